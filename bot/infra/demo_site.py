"""A web site on loopback that serves the demo's bundled pages, so that they are fetched as any other."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources.abc import Traversable
from urllib.parse import unquote, urlsplit

TYPES = {".rss": "application/rss+xml", ".atom": "application/atom+xml"}


@contextmanager
def serve(folder: Traversable) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1 while the context lasts; yields the site's address.

    `{base}` in a page stands for that address.
    """

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _page(folder, self.path, base)
            self.send_response(200 if body is not None else 404)
            suffix = "." + self.path.rpartition(".")[2]
            kind = TYPES.get(suffix) or mimetypes.guess_type(self.path)[0] or "text/html"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the demo's output is the digest."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield base
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _page(folder: Traversable, path: str, base: str) -> bytes | None:
    """A file of the folder by its path; None if there is none. Nothing above the folder can be named."""
    file = folder
    for part in unquote(urlsplit(path).path).strip("/").split("/"):
        if part in {"", ".", ".."} or "\\" in part:
            return None
        file = file / part
    return file.read_bytes().replace(b"{base}", base.encode()) if file.is_file() else None
