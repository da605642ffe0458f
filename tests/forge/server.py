"""The stand-in forge's HTTP: threads, CORS, keys, limits, and the faults that tests ask for."""

from __future__ import annotations

import importlib
import json
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.forge.api import Answer, Api, Ask, RefusedError
from tests.forge.state import Call, ForgeState


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: ForgeState
    api: Api

    def do_OPTIONS(self) -> None:
        if self.state.cors:
            self._send(Answer(status=204), self.api.preflight(self._named()))
        else:
            self._send(Answer(status=405), {})

    def _call(self) -> None:
        parts = urlsplit(self.path)
        call = f"{self.command} {unquote(parts.path)}"
        length = int(self.headers.get("Content-Length") or 0)
        self.state.calls.append(Call(method=self.command, address=self.path, size=length))
        fault = self.state.take_fault(call)
        if fault and fault.what == "refuse":
            return self._hang_up()
        if fault and fault.what in ("cut", "hold"):  # no set: an answer's headers cannot be hashed
            self.rfile.read(length // 2)
            if fault.what == "hold":
                self.state.held.set()
                self.state.let_go.wait(10)
            return self._hang_up()
        if length > self.state.most:
            self._drain(length)
            return self._send(self.api.refuse("large").answer, self._cors())
        body = self._read(length)
        if fault and isinstance(fault.what, tuple):
            status, data, headers = fault.what
            return self._send(Answer(status=status, data=data, headers=headers), self._cors())
        answer = self._answer(parts.path, dict(parse_qsl(parts.query)), body)
        if fault and fault.what == "lose":
            return self._hang_up()
        return self._send(answer, self._cors())

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _call

    def _answer(self, path: str, query: dict[str, str], body: bytes) -> Answer:
        try:
            account = self.state.keys.get(self.api.read_key(self._named()) or "")
            if not account:
                raise self.api.refuse("key")
            data = json.loads(body) if body else None
            for method, pattern, handler in self.api.ROUTES:
                found = pattern.fullmatch(path.removeprefix(self.api.BASE))
                if not found or method != self.command:
                    continue
                named = {name: unquote(value) for name, value in found.groupdict().items()}
                ask = Ask(
                    method=method,
                    path=path,
                    query=query,
                    data=data,
                    login=account.login,
                    may_write=account.may_write,
                    parts=named,
                )
                if "repo" in named and named["repo"] != self.state.name:
                    raise self.api.refuse("missing")
                if method != "GET" and not account.may_write:
                    raise self.api.refuse("forbidden")
                with self.state.lock:
                    return handler(self.state, ask)
            raise self.api.refuse("missing")
        except RefusedError as refused:
            return refused.answer

    def _named(self) -> dict[str, str]:
        """Return the call's headers, their names as Title-Case."""
        return {name.title(): value for name, value in self.headers.items()}

    def _cors(self) -> dict[str, str]:
        return self.api.allow() if self.state.cors else {}

    def _read(self, length: int) -> bytes:
        if not self.state.speed:
            return self.rfile.read(length)
        began, body = time.monotonic(), b""
        while len(body) < length and (read := self.rfile.read(min(length - len(body), 16_384))):
            body += read
            time.sleep(max(0.0, len(body) / self.state.speed - (time.monotonic() - began)))
        return body

    def _drain(self, length: int) -> None:
        while length > 0 and (read := self.rfile.read(min(length, 1 << 20))):
            length -= len(read)

    def _send(self, answer: Answer, cors: dict[str, str]) -> None:
        data = answer.data
        body = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        self.send_response(answer.status)
        if answer.status == 204:
            body = b""
        else:
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        if not self.state.keep_alive:
            self.send_header("Connection", "close")
        for name, value in {**cors, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        """End the connection at once, with a reset and no answer."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep the test's output for the test."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that were cut: some tests are about them."""


@contextmanager
def serve_forge(state: ForgeState) -> Iterator[str]:
    """Serve a forge at a free port of this machine and yield the address of its API."""
    api = cast("Api", importlib.import_module(f"tests.forge.{state.kind}"))
    handler = type("Handler", (_Handler,), {"state": state, "api": api})
    server = _Server(("127.0.0.1", 0), handler)
    state.web = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"{state.web}{api.BASE}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
