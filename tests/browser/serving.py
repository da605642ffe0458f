"""A folder of a built site behind a loopback HTTP server, under the sub-path that it was built for."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv"}


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site below its sub-path and, as a static host does, 404.html for what is not there."""

    def __init__(self, *args: Any, prefix: str, compressed: bool, policy: str, **kwargs: Any) -> None:
        self.prefix = prefix
        self.compressed = compressed
        self.policy = policy
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-sub-path")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        if not (self.compressed and path.suffix in _TEXTS and path.is_file()):
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.exists() or not self.path.startswith(self.prefix):
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep the test's output for the test."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens several connections at once for a gallery.
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a browser hangs up on a picture that it no longer needs."""


@contextmanager
def served(folder: Path, prefix: str, *, compressed: bool = False, policy: str = "") -> Iterator[str]:
    """Serve the folder at http://127.0.0.1:<free port><prefix> and yield that address.

    compressed: texts go out as gzip, as GitHub Pages and every other host of static files sends them.
    policy: a Content-Security-Policy that goes with everything, so that it holds for workers, too.
    """
    handler = partial(_Handler, directory=str(folder), prefix=prefix, compressed=compressed, policy=policy)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
        finally:
            server.shutdown()
            thread.join()
