"""One connection that speaks HTTP/1.1: h11 says what the bytes mean, a stream carries them.

httpcore's connection does the same behind locks, of which one who asks one thing after the other has no need; they
cost more than the protocol.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import cast

import h11
import httpcore

READ = 65536
HINTS = frozenset({100, 102, 103})  # they come before the answer
LONGEST_HEAD = 100 * 1024  # bytes of a status line with its header fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an answer begins with; the header fields as they came, in their order."""

    status: int
    fields: Sequence[tuple[bytes, bytes]]


class Exchange:
    """Requests over one connection, one at a time: `ask`, then `body`, and again if it is `reusable`.

    Both raise httpcore's errors: RemoteProtocolError for what is no HTTP, LocalProtocolError for what cannot be asked,
    ReadError for a broken line.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)

    async def ask(self, target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> Head:
        """Make a GET request, and read the head of the answer."""
        with _told_as_ours():
            request = self._state.send(h11.Request(method=b"GET", target=target, headers=list(headers))) or b""
            request += self._state.send(h11.EndOfMessage()) or b""
        # A server may hang up before it has read everything, and still have answered.
        with suppress(httpcore.WriteError):
            await self._stream.write(request)
        while True:
            event = await self._event()
            if isinstance(event, h11.Response | h11.InformationalResponse) and event.status_code not in HINTS:
                return Head(status=event.status_code, fields=event.headers.raw_items())

    async def body(self) -> AsyncIterator[bytes]:
        """The body, piece by piece, as it comes over the wire."""
        while isinstance(event := await self._event(), h11.Data):
            yield bytes(event.data)

    def reusable(self) -> bool:
        """Whether the answer came to its end, with nothing after it, and another request can be made."""
        with suppress(h11.RemoteProtocolError):
            # An answer without a body has an end as well, which nobody has read yet.
            self._state.next_event()
        if not self._state.our_state is self._state.their_state is h11.DONE or self._state.trailing_data[0]:
            return False
        self._state.start_next_cycle()
        return True

    def is_open(self) -> bool:
        """Whether nothing came while nothing was asked: what does is the server's goodbye."""
        return not self._stream.get_extra_info("is_readable")

    async def close(self) -> None:
        """Let go of the connection, whatever is under way."""
        await self._stream.aclose()

    async def _event(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            with _told_as_ours():
                event = self._state.next_event()
            if event is not h11.NEED_DATA:
                return cast("h11.Event | type[h11.PAUSED]", event)
            data = await self._stream.read(READ)
            if not data and self._state.their_state is h11.SEND_RESPONSE:
                raise httpcore.RemoteProtocolError("Server disconnected without sending a response.")
            self._state.receive_data(data)


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """h11's errors as those of the port."""
    try:
        yield
    except h11.RemoteProtocolError as error:
        raise httpcore.RemoteProtocolError(str(error)) from error
    except h11.LocalProtocolError as error:
        raise httpcore.LocalProtocolError(str(error)) from error
