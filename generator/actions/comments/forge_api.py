"""Ask a forge's API over HTTPS: JSON both ways, within limits of size and time.

The standard library's connection and nothing around it: no proxy, no cookie and no redirect. Paths are made of numbers
and checked names alone.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

_MOST_ANSWER = 16_000_000
_WHOLE = 60.0
_PAGE = 100
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class ForgeError(Exception):
    """The forge did not do as it was asked; the message, in Chinese, names the request and holds no token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A repository on a forge.

    api: address of the API, ``https://api.github.com`` or ``https://forge.example/api/v1``.
    repository: ``owner/name``.   tls: None stands for the system's certificates.
    accept: the form of the answers, as the forge names it.
    """

    api: str
    repository: str
    token: str = field(repr=False)
    tls: ssl.SSLContext | None = None
    accept: str = "application/json"

    def __post_init__(self) -> None:
        """Refuse an address without encryption, and a name that is more than a name."""
        parts = urlsplit(self.api)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
            raise ForgeError("API 的网址应当以 https:// 开头")
        if not re.fullmatch(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", self.repository):
            raise ForgeError("仓库的名称应当是 组织/仓库 的样子")

    def fetch_json(self, path: str, **query: str | int) -> Any:
        """Return the JSON at a path of the repository, ``/actions/runs/7``."""
        return self._json("GET", path + (f"?{urlencode(query)}" if query else ""), None)

    def fetch_all(
        self, path: str, *, within: str = "", pages: int = 20, **query: str | int
    ) -> tuple[list[Any], bool]:
        """Return the items of all pages of a list, and whether these are all. ``within`` names the list in an object."""
        found: list[Any] = []
        for page in range(1, pages + 1):
            answer = self.fetch_json(path, per_page=_PAGE, limit=_PAGE, page=page, **query)
            items = answer.get(within) if within and isinstance(answer, dict) else answer
            if not isinstance(items, list):
                raise ForgeError(f"{path} 的答复不是列表")
            found += items
            if len(items) < _PAGE:
                return found, True
        return found, False

    def send_json(self, method: str, path: str, value: dict[str, Any]) -> Any:
        """Send JSON and return the answer's."""
        return self._json(method, path, json.dumps(value, ensure_ascii=False).encode("utf-8"))

    @property
    def _base(self) -> str:
        return f"{self.api.rstrip('/')}/repos/{self.repository}"

    def _json(self, method: str, path: str, body: bytes | None) -> Any:
        status, data = self._ask(method, self._base + path, body)
        shown = path.partition("?")[0]
        if not 200 <= status < 300:
            raise ForgeError(f"{method} {shown} 没有成功：{status}")
        if len(data) > _MOST_ANSWER:
            raise ForgeError(f"{shown} 的答复太大")
        try:
            return json.loads(data)
        except ValueError:
            raise ForgeError(f"{shown} 的答复不是 JSON") from None

    def _ask(self, method: str, address: str, body: bytes | None) -> tuple[int, bytes]:
        parts = urlsplit(address)
        host = parts.hostname or ""
        connection: http.client.HTTPConnection
        try:
            if parts.scheme == "https":
                context = self.tls or ssl.create_default_context()
                connection = http.client.HTTPSConnection(host, parts.port, timeout=20, context=context)
            else:
                connection = http.client.HTTPConnection(host, parts.port, timeout=20)
            headers = {
                "User-Agent": "pairing",
                "Connection": "close",
                "Accept": self.accept,
                "Authorization": f"Bearer {self.token}",
            }
            if body is not None:
                headers["Content-Type"] = "application/json; charset=utf-8"
            connection.connect()
            timer = threading.Timer(_WHOLE, cut_line, [connection.sock])
            timer.daemon = True
            timer.start()
            try:
                target = parts.path + (f"?{parts.query}" if parts.query else "")
                connection.request(method, target, body=body, headers=headers)
                response = connection.getresponse()
                return response.status, response.read(_MOST_ANSWER + 1)
            finally:
                timer.cancel()
                connection.close()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ForgeError(f"问不到 {host}：{type(error).__name__}") from None


def cut_line(line: socket.socket) -> None:
    """Cut the connection, so that a slow answer ends the wait."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def take_mapping(value: Any) -> Mapping[str, Any]:
    """Return a JSON object of an answer; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def take_number(value: Any) -> int:
    """Return a number of an answer that may stand in a path. Raises ForgeError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
        return value
    raise ForgeError("答复里的编号不是数字")
