"""Local stand-ins for the services that messages go to: real servers on real sockets."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CERTIFICATE = Path(__file__).with_name("certificates") / "localhost.pem"
"""For localhost, signed by itself, with its key; made for these tests alone."""


def trusting() -> ssl.SSLContext:
    """Return a client's context that trusts the tests' certificate and nothing else."""
    return ssl.create_default_context(cafile=CERTIFICATE)


def serving() -> ssl.SSLContext:
    """Return a server's context."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


@dataclass(kw_only=True)
class Service:
    """A web service: what it was asked, and what it answers next (the last answer again and again).

    An answer is (status, body, headers), "slow" (ok after a while), "hang" (says nothing), "close" (hangs up
    after reading) or "drip" (an answer that never ends).
    """

    port: int = 0
    answers: list[Any] = field(default_factory=lambda: [(200, {"errcode": 0, "errmsg": "ok"}, {})])
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def bodies(self) -> list[Any]:
        """What was posted, as JSON."""
        return [json.loads(body) for _, _, body in self.requests]


@contextmanager
def service(*, tls: bool = False) -> Iterator[Service]:
    """Run a web service on a free port of this machine."""
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.requests.append((self.path, dict(self.headers), body))
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            if answer == "close":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if answer == "slow":
                state.over.wait(0.3)
                answer = (200, {"errcode": 0, "errmsg": "ok"}, {})
            if answer == "hang":
                state.over.wait(5)
                return
            if answer == "drip":
                self.send_response(200)
                self.end_headers()
                while not state.over.wait(0.02):
                    try:
                        self.wfile.write(b" ")
                    except OSError:
                        return
                return
            status, value, headers = answer
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, content in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, content)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the base class's name
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a client that goes away is what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = serving().wrap_socket(server.socket, server_side=True)
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
