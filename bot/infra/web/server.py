"""The web server inside the service: it listens if it can, and its trouble is nobody else's."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

log = logging.getLogger(__name__)
AT_ONCE = 200
LAST_ANSWERS_WITHIN = 3
BACKLOG = 128


class WebServer:
    """Serves an application on a port of its own, on the running event loop."""

    def __init__(self, make: Callable[[], ASGIApp], *, host: str, port: int) -> None:
        self._make, self._host, self._port = make, host, port
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Where it listens: the port that was set, or the free one that was found for 0."""
        return self._port

    async def start(self) -> bool:
        """Listen; False, with one line in the log that says why, if that cannot be."""
        try:
            listening = _listening(self._host, self._port)
        except OSError as error:
            log.error(
                "no web pages: %s:%d cannot be listened at (%s); set another [web] port or end what is there",
                self._host,
                self._port,
                error.strerror or error,
            )
            return False
        self._port = listening.getsockname()[1]
        config = uvicorn.Config(
            self._make(),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=AT_ONCE,
            timeout_graceful_shutdown=LAST_ANSWERS_WITHIN,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        shown = f"[{self._host}]" if ":" in self._host else self._host
        log.info("web pages at http://%s:%d/", shown, self._port)
        return True

    async def stop(self) -> None:
        """Answer who was asking, then listen no more."""
        if self._server is None or self._task is None:
            return
        self._server.should_exit = True
        await asyncio.gather(self._task, return_exceptions=True)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the service, which stops everything in its order."""
        yield


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError if the address cannot be used."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made
