"""Fetch an attachment from the forge's own host and its stores, nowhere else, within limits of size, count and time."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from generator.actions.comments.forge_api import cut_line
from generator.actions.intake.attachments import Attachment, Places
from generator.actions.receive.sources import Refused

_HOPS = 3
_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_MB = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes of a file and of all; files; seconds of silence, for a file, and for all."""

    file: int = 25 * _MB
    total: int = 100 * _MB
    count: int = 40
    silence: float = 20
    each: float = 60
    whole: float = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The files that came, by the name they are received under, and why the others did not."""

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    refused: tuple[Refused, ...] = ()


class _NotFetched(Exception):
    """An attachment did not come; the message, in Chinese, says why and what to do."""


def fetch_all(
    places: Places,
    attachments: Sequence[Attachment],
    *,
    token: str,
    signed: Mapping[str, str],
    limits: Limits,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """Return what is attached. ``signed``: addresses by UUID that need no token. Never raises for what a server does."""
    files: list[tuple[str, bytes]] = []
    refused: list[Refused] = []
    left = limits.total
    end = time.monotonic() + limits.whole
    for number, attachment in enumerate(attachments):
        if number == limits.count:
            more = len(attachments) - number
            refused.append(
                Refused(name=f"其余 {more} 个附件", reason=f"一次最多 {limits.count} 个；分几次交")
            )
            break
        seconds = min(limits.each, end - time.monotonic())
        address = signed.get(attachment.uuid, attachment.address)
        try:
            if left <= 0:
                raise _NotFetched(f"附件一共超过 {limits.total // _MB} MB；分几次交")
            if seconds <= 0:
                raise _NotFetched("取附件用的时间太长，没有再等；过一会儿把表再存一次")
            data = _Fetch(places, token, limits, tls, seconds).fetch(address, min(limits.file, left))
        except _NotFetched as error:
            refused.append(Refused(name=attachment.name, reason=str(error)))
            continue
        left -= len(data)
        files.append((attachment.name, data))
    return Fetched(files=tuple(files), refused=tuple(refused))


@dataclass(frozen=True, slots=True)
class _Fetch:
    """One attachment's way: each step is looked at before it is made."""

    places: Places
    token: str
    limits: Limits
    tls: ssl.SSLContext | None
    seconds: float

    def fetch(self, address: str, most: int) -> bytes:
        end = time.monotonic() + self.seconds
        for _ in range(_HOPS):
            if not self.places.allows(address):
                host = _show_host(address)
                raise _NotFetched(f"网站要转到 {host} 去取，那里不是网站存附件的地方，没有跟过去")
            answer = self._ask(address, most, end)
            if isinstance(answer, bytes):
                return answer
            address = urljoin(address, answer)
        raise _NotFetched("网站转来转去，没有取到；过一会儿把表再存一次")

    def _ask(self, address: str, most: int, end: float) -> bytes | str:
        """Return an answer's bytes, or where it leads."""
        parts = urlsplit(address)
        host, timeout = parts.hostname or "", self.limits.silence
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            context = self.tls or ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
        else:
            connection = http.client.HTTPConnection(host, parts.port, timeout=timeout)
        headers = {"User-Agent": "pairing", "Connection": "close", "Accept-Encoding": "identity"}
        if f"{parts.scheme}://{parts.netloc}".lower() == self.places.server.lower():
            headers["Authorization"] = f"Bearer {self.token}"  # to the forge alone, never to a store
        try:
            connection.connect()
            timer = threading.Timer(max(0.01, end - time.monotonic()), cut_line, [connection.sock])
            timer.daemon = True
            timer.start()
            try:
                target = quote(parts.path, safe="/%~+") + (f"?{parts.query}" if parts.query else "")
                connection.request("GET", target, headers=headers)
                response = connection.getresponse()
                if response.status in _REDIRECTS:
                    return response.headers.get("Location", "")
                if response.status != 200:
                    raise _NotFetched(_explain(response.status))
                return b"".join(_read(response, most, end))
            finally:
                timer.cancel()
        except (OSError, http.client.HTTPException, ValueError):
            if time.monotonic() >= end:
                raise _NotFetched("等得太久，没有取到；过一会儿把表再存一次") from None
            raise _NotFetched("没有取到，网站没有答复或中途断了；过一会儿把表再存一次") from None
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse, most: int, end: float) -> Iterator[bytes]:
    """Yield an answer's bytes; the size that it states is believed only where it is too much."""
    stated = response.length
    size = 0
    if stated is not None and stated > most:
        raise _NotFetched(_too_big(most))
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > most:
            raise _NotFetched(_too_big(most))
        if time.monotonic() >= end:
            raise TimeoutError
        yield chunk
    if time.monotonic() >= end or (stated is not None and size != stated):
        raise TimeoutError  # the line was cut


def _too_big(most: int) -> str:
    return f"太大，最多还能收 {max(1, most // _MB)} MB；照片先缩小，或者分几次交"


def _explain(status: int) -> str:
    if status in (401, 403, 404):
        return (
            f"网站不让程序取这个附件（{status}）：私有仓库里的文件，GitHub 只给机器人账号的经典令牌；"
            "照片请直接拖进来，文字粘贴在“文字”里，Word 文件和档案包请发给档案员"
        )
    return f"没有取到（网站答复 {status}）；过一会儿把表再存一次"


def _show_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "别处")[:100]
    except ValueError:
        return "别处"
