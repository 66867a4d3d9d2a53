"""A body taken in piece by piece, inflated in bounded steps, and never larger than allowed."""

from __future__ import annotations

import zlib

from bot.errors import FetchError

GZIP = 16 + zlib.MAX_WBITS
MAGIC = b"\x1f\x8b\x08"  # nothing we read begins so: what does is still compressed, whatever the header says
STEP = 65536
MOST_LAYERS = 2
MOST_MEMBERS = 1000
MIB = 1 << 20


def layers(content_encoding: str) -> int:
    """How many times a body is said to be gzipped. Raises FetchError for any other coding, or too many."""
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    unknown = next((coding for coding in codings if coding not in ("gzip", "x-gzip")), None)
    if unknown is not None:
        raise FetchError(f"the answer is encoded as {unknown[:20]!r}, though only gzip was offered")
    if len(codings) > MOST_LAYERS:
        raise FetchError(f"the answer is compressed {len(codings)} times over")
    return len(codings)


class Body:
    """A document as it comes in: `feed` it the pieces, then take the `whole`.

    Both raise FetchError: larger than `limit` bytes, before or after decompression; not the gzip it is said to be;
    cut short. `times` says how often it was gzipped, `length` is what the server announced, if anything.
    """

    def __init__(self, limit: int, *, times: int, length: int | None = None) -> None:
        self._limit, self._times = limit, times
        self._raw = bytearray()
        self._check(length or 0)

    def feed(self, piece: bytes) -> None:
        """Take in a piece as it came over the wire."""
        self._check(len(self._raw) + len(piece))
        self._raw += piece

    def whole(self) -> bytes:
        """The document. One that is gzipped once more than was said is inflated once more."""
        body, said = bytes(self._raw), self._times
        for layer in range(MOST_LAYERS):
            if not body or (layer >= said and not body.startswith(MAGIC)):
                return body
            body = inflated(body, self._limit)
        if body.startswith(MAGIC):
            raise FetchError(f"the answer is compressed more than {MOST_LAYERS} times over")
        return body

    def _check(self, length: int) -> None:
        if length > self._limit:
            raise FetchError(f"larger than {size(self._limit)}")


def inflated(data: bytes, limit: int) -> bytes:
    """One layer of gzip undone, never holding more than `limit` bytes and a step; FetchError if that will not do.

    What follows the last member is passed over, as gzip itself does.
    """
    out, start = bytearray(), 0
    try:
        for _ in range(MOST_MEMBERS):
            start = _member(memoryview(data), start, out, limit)
            if data[start : start + len(MAGIC)] != MAGIC:
                return bytes(out)
    except zlib.error as error:
        raise FetchError("the answer is said to be gzip, but is not, or is damaged") from error
    raise FetchError(f"the answer is gzip in more than {MOST_MEMBERS} pieces")


def _member(data: memoryview, start: int, out: bytearray, limit: int) -> int:
    """Inflate the member that begins at `start`, and say where it ends."""
    stream = zlib.decompressobj(GZIP)
    while not stream.eof:
        block = stream.unconsumed_tail
        if not block:
            block = bytes(data[start : start + STEP])
            start += len(block)
        piece = stream.decompress(block, STEP)
        if not (block or piece or stream.eof):
            raise FetchError("the answer was cut short: its gzip has no end")
        out += piece
        if len(out) > limit:
            raise FetchError(f"larger than {size(limit)} after decompression")
    return start - len(stream.unused_data)


def size(limit: int) -> str:
    """A number of bytes as people say it."""
    return f"{limit / MIB:.3g} MB" if limit >= MIB else f"{limit} bytes"
