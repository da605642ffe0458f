"""Send one HTTPS POST and say whether it was received, was not, or may have been.

The standard library's connection and nothing around it: no proxy, no redirect, no cookie, no password file,
and the certificate is always verified. Connecting, writing and waiting for the answer are separate steps,
since only what fails before the request is written whole may be tried again.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from dataclasses import dataclass

from generator.actions.notify.delivery import NotDeliveredError, UnknownOutcomeError
from generator.actions.notify.settings import Webhook

_MOST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds: to connect, between two pieces of an answer, and for the whole answer."""

    connect: float = 10
    answer: float = 20
    whole: float = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other side answered."""

    status: int
    body: bytes
    retry_after: str


def post_json(
    webhook: Webhook, target: str, body: bytes, *, limits: Limits, tls: ssl.SSLContext | None
) -> Reply:
    """Send JSON and return the answer, whatever its status.

    target: path and query; everything else of the address is the webhook's.
    tls: None stands for the system's certificates.
    Raises NotDeliveredError and UnknownOutcomeError, whose texts name the host and nothing else of the address.
    """
    connection = _connected(webhook, limits, tls)
    line: socket.socket = connection.sock  # the connection forgets it once the answer has begun
    timer = threading.Timer(limits.whole, _end, [line])
    timer.daemon = True
    timer.start()
    try:
        line.settimeout(limits.answer)
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "pairing"}
        try:
            connection.request("POST", target, body=body, headers={**headers, "Connection": "close"})
        except OSError:
            # Content-Length was announced and not reached: no server acts on half a request.
            raise NotDeliveredError(f"发给 {webhook.host} 的途中断开了", again=True) from None
        try:
            response = connection.getresponse()
            data = response.read(_MOST)
        except (OSError, http.client.HTTPException, ValueError):
            raise UnknownOutcomeError(f"已经发给 {webhook.host}，没有等到完整的答复") from None
        return Reply(status=response.status, body=data, retry_after=response.headers.get("Retry-After", ""))
    finally:
        timer.cancel()
        connection.close()


def _connected(webhook: Webhook, limits: Limits, tls: ssl.SSLContext | None) -> http.client.HTTPConnection:
    connection: http.client.HTTPConnection
    if webhook.scheme == "https":
        context = tls or ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            webhook.host, webhook.port, timeout=limits.connect, context=context
        )
    else:
        connection = http.client.HTTPConnection(webhook.host, webhook.port, timeout=limits.connect)
    try:
        connection.connect()
    except ssl.SSLCertVerificationError:
        raise NotDeliveredError(f"{webhook.host} 的证书不可信，没有发送") from None
    except TimeoutError:
        raise NotDeliveredError(f"连不上 {webhook.host}：等了 {limits.connect:g} 秒", again=True) from None
    except socket.gaierror:
        raise NotDeliveredError(f"找不到 {webhook.host}：查不到这个域名", again=True) from None
    except OSError as error:
        raise NotDeliveredError(
            f"连不上 {webhook.host}：{error.strerror or type(error).__name__}", again=True
        ) from None
    return connection


def _end(line: socket.socket) -> None:
    """Cut the connection, so that a slow answer ends the wait."""
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
