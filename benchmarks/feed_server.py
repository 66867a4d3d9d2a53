"""Thousands of feeds, each on a host of its own, in a process of their own: `python -m benchmarks.feed_server`.

A host is an address of 127.0.0.0/8, all of which are this machine. Feed number n is `http://<host n>:<port>/feed/n`.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, cast

from benchmarks.corpora import OWN, corpora
from benchmarks.feeds import feed
from bot.reading.relevance import hints
from tests.corpus.scoring import Gold

ENTRIES = 10
SLOW = 5.0  # seconds until the slow host answers
SLOW_HOST = "127.0.0.2"
REQUEST = re.compile(rb"GET /(feed|slow|plain)/(\d+) ")
SAME = re.compile(rb"(?i)\r\nif-none-match: \"feed-")


def address(number: int, port: int, kind: str = "feed") -> str:
    """A feed on a host that nothing else is on; one of the `plain` kind comes without validators."""
    return f"http://127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}:{port}/{kind}/{number}"


def slow_address(number: int, port: int) -> str:
    """One of the feeds of the one slow host."""
    return f"http://{SLOW_HOST}:{port}/slow/{number}"


def of_no_interest(rows: list[Gold]) -> list[Gold]:
    """What is no business of ours by its title: a poll reads the feed, and no page behind it."""
    return [row for row in rows if not hints(row["title"], row["text"][:400])]


@dataclass(slots=True)
class Counts:
    """What was asked and answered since the last look, in requests and in bytes both ways."""

    requests: int = 0
    unchanged: int = 0
    received: int = 0
    sent: int = 0
    connections: int = 0


@dataclass(slots=True)
class Served:
    """What every connection shares: the feed, with a place for its number, and the counts."""

    body: bytes
    counts: Counts = field(default_factory=Counts)

    def answer(self, head: bytes) -> bytes:
        """The answer to a request for a feed."""
        found = REQUEST.match(head)
        if not found:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        self.counts.requests += 1
        validator = b"" if found[1] == b"plain" else b'ETag: "feed-%s"\r\n' % found[2]
        if SAME.search(head):
            self.counts.unchanged += 1
            return b"HTTP/1.1 304 Not Modified\r\n%s\r\n" % validator
        body = self.body.replace(b"@@", found[2])
        fields = b"Content-Type: application/rss+xml; charset=utf-8\r\n%sContent-Length: %d" % (validator, len(body))
        return b"HTTP/1.1 200 OK\r\n%s\r\n\r\n%s" % (fields, body)

    def tell(self) -> bytes:
        """The counts as an answer; they begin anew."""
        counts, self.counts = self.counts, Counts()
        body = json.dumps({name: getattr(counts, name) for name in Counts.__dataclass_fields__}).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Connection(asyncio.Protocol):
    """One connection, kept for as many requests as come."""

    def __init__(self, served: Served) -> None:
        self._served, self._head = served, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            if head.startswith(b"GET /counts "):
                self._write(self._served.tell())
            elif head.startswith(b"GET /slow/"):
                asyncio.get_running_loop().call_later(SLOW, self._reply, head)
            else:
                self._served.counts.connections += not self._known
                self._reply(head)

    _known = False

    def _reply(self, head: bytes) -> None:
        self._known = True
        answer = self._served.answer(head)
        self._served.counts.received += len(head) + 4
        self._served.counts.sent += len(answer)
        self._write(answer)

    def _write(self, answer: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(answer)


async def serve() -> None:
    """Serve until the process is ended; the port is the first line printed."""
    body = feed(of_no_interest(corpora()[OWN]), ENTRIES, whole=False).replace(b"/statements/", b"/feeds/@@/statements/")
    served = Served(body=body)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(served),
        "0.0.0.0",  # noqa: S104 - every host is an address of loopback
        0,
        backlog=4096,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running() -> Iterator[int]:
    """A server in a process of its own; its port."""
    command = (sys.executable, "-m", "benchmarks.feed_server")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(cast(IO[str], process.stdout).readline())
        finally:
            process.kill()


def counts(port: int) -> Counts:
    """What the server counted since it was last asked."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts", timeout=60) as answer:
        return Counts(**json.load(answer))


if __name__ == "__main__":
    asyncio.run(serve())
