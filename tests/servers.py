"""A small web server on loopback that answers well, badly, slowly or not at all, as a test asks.

    async with HttpServer() as server:
        server.route("/feed", page(b"<rss/>", media_type="application/rss+xml", etag='"v1"'))
        server.route("/moved", redirect("/feed"))
        server.route("/busy", throttled(retry_after="120"), page(b"at last"))   # first, then ever after
        ... fetch server.url("/feed") ...
        assert server.requests[0].headers["user-agent"] == "..."

It speaks HTTP/1.1 over plain sockets (no framework to correct what is wrong on purpose), keeps connections alive,
answers 304 where validators match, 404 where there is no route, and ends every connection on leaving the block.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import TracebackType
from typing import Self

GARBAGE = b"\x16\x03\x01\xff\xfe not http at all \x00\r\n\r\n\x80\x81"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived, on connection number `connection`, `at` seconds; `headers` by lower-case name."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server does with a request. The functions below make the usual ones.

    `headers` are sent besides Content-Type, Content-Length and the validators. `delay` passes before the status line;
    `pause` between pieces of `piece` bytes of the body. `length` is a Content-Length to claim, whatever the truth;
    `chunked` sends none. `endless` repeats the body for ever; `cut` closes the connection after so many bytes
    of the body; `raw` is sent verbatim instead of everything else, and the connection closed.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = "text/html; charset=utf-8"
    etag: str | None = None
    last_modified: str | None = None
    delay: float = 0.0
    pause: float = 0.0
    piece: int = 65536
    length: int | None = None
    chunked: bool = False
    endless: bool = False
    cut: int | None = None
    raw: bytes | None = None


Respond = Callable[[Request], Answer]


def page(
    body: bytes | str,
    *,
    media_type: str = "text/html",
    charset: str | None = "utf-8",
    etag: str | None = None,
    last_modified: str | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    zipped: int = 0,
    delay: float = 0.0,
) -> Answer:
    """A document. `charset` is only what is *said* of it (text is sent as UTF-8); `zipped` counts layers of gzip."""
    data = body.encode() if isinstance(body, str) else body
    for _ in range(zipped):
        data = gzip.compress(data)
    said = (("Content-Encoding", ", ".join(["gzip"] * zipped)),) if zipped else ()
    return Answer(
        body=data,
        content_type=media_type if charset is None else f"{media_type}; charset={charset}",
        etag=etag,
        last_modified=last_modified,
        headers=said + headers,
        delay=delay,
    )


def redirect(location: str, *, status: int = 302) -> Answer:
    """A redirect to a path or address; to its own path, it is a loop."""
    return Answer(status=status, headers=(("Location", location),))


def failure(status: int) -> Answer:
    """An error with a page that says nothing of use."""
    return Answer(status=status, body=b"<h1>Sorry</h1>")


def throttled(*, retry_after: str | None = None, status: int = 429) -> Answer:
    """'Come back later': `retry_after` is sent as given, in seconds or as an HTTP date."""
    return replace(failure(status), headers=(("Retry-After", retry_after),) if retry_after is not None else ())


def silent(seconds: float = 3600.0) -> Answer:
    """A server that accepts the request and says nothing for so long."""
    return Answer(delay=seconds, body=b"late")


def dripping(body: bytes, *, pause: float, piece: int = 1) -> Answer:
    """A body that comes `piece` bytes at a time, with a pause after each."""
    return Answer(body=body, pause=pause, piece=piece)


def endless(block: bytes = b"x" * 65536) -> Answer:
    """A body that never ends."""
    return Answer(body=block, endless=True, chunked=True)


def bomb(size: int, *, layers: int = 1) -> Answer:
    """A few kilobytes of gzip that inflate to `size` bytes of spaces."""
    return page(b" " * size, zipped=layers)


def dropped(body: bytes = b"", *, after: int | None = None) -> Answer:
    """A connection that is closed before any answer or, given `after`, so many bytes into the body."""
    return Answer(raw=b"") if after is None else Answer(body=body, cut=after)


def garbage(data: bytes = GARBAGE) -> Answer:
    """Bytes sent verbatim in place of an answer."""
    return Answer(raw=data)


NO_ROUTE = failure(404)


@dataclass
class HttpServer:
    """The server; see the module. `requests` lists what was asked, in order; `tls` makes it speak HTTPS.

    `peak` is the highest number of requests that were being answered at once.
    """

    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    peak: int = 0
    port: int = 0
    _busy: int = 0
    _routes: dict[str, list[Answer | Respond]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    def route(self, path: str, *answers: Answer | Respond) -> None:
        """Answer requests for a path (with its query, if any) with these in turn, the last one ever after.

        One that is a function makes its answer of the request.
        """
        self._routes[path] = list(answers)

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        """The address of a path on this server."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [request.path for request in self.requests]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer, self.connections))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> None:
        try:
            while (request := await _read(reader, connection)) is not None:
                self.requests.append(request)
                if not await self._answer(request, writer):
                    break
            writer.close()  # in order, so that what was sent arrives
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away: its right
        finally:
            writer.transport.abort()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        self._busy += 1
        self.peak = max(self.peak, self._busy)
        try:
            return await _send(_conditional(self._next(request), request), writer)
        finally:
            self._busy -= 1

    def _next(self, request: Request) -> Answer:
        answers = self._routes.get(request.path, [NO_ROUTE])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Answer) else answer(request)


async def _read(reader: asyncio.StreamReader, connection: int) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    at = asyncio.get_running_loop().time()
    return Request(method=method, path=path, headers=headers, body=body, connection=connection, at=at)


def _conditional(answer: Answer, request: Request) -> Answer:
    etag, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    same = answer.etag in etag.split(", ") if etag and answer.etag else bool(since) and since == answer.last_modified
    return replace(answer, status=304, body=b"", length=None, chunked=False, endless=False) if same else answer


async def _send(answer: Answer, writer: asyncio.StreamWriter) -> bool:
    """Answer, and say whether the connection may be used again."""
    await asyncio.sleep(answer.delay)
    if answer.raw is not None:
        writer.write(answer.raw)
        return False
    writer.write(_head(answer))
    if answer.cut is not None:
        writer.write(answer.body[: answer.cut])
        return False
    await _send_body(answer, writer)
    return answer.length is None or answer.length == len(answer.body)


async def _send_body(answer: Answer, writer: asyncio.StreamWriter) -> None:
    while True:
        for start in range(0, len(answer.body), answer.piece):
            data = answer.body[start : start + answer.piece]
            writer.write(b"%x\r\n%b\r\n" % (len(data), data) if answer.chunked else data)
            await writer.drain()
            if answer.pause:
                await asyncio.sleep(answer.pause)
        if not answer.endless:
            break
    if answer.chunked and answer.status != HTTPStatus.NOT_MODIFIED:
        writer.write(b"0\r\n\r\n")
    await writer.drain()


def _head(answer: Answer) -> bytes:
    headers = list(answer.headers)
    if answer.content_type is not None:
        headers.append(("Content-Type", answer.content_type))
    headers += [("ETag", answer.etag)] if answer.etag else []
    headers += [("Last-Modified", answer.last_modified)] if answer.last_modified else []
    if answer.chunked:
        headers.append(("Transfer-Encoding", "chunked"))
    elif answer.status != HTTPStatus.NOT_MODIFIED:
        headers.append(("Content-Length", str(len(answer.body) if answer.length is None else answer.length)))
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")
