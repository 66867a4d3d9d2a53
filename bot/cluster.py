"""What several processes on one database need to share the work. Part of `bot.ports`.

A lease lasts as long as its holder's session, so any number of them costs one write each beat. No clocks are compared:
a worker is dead when another has seen its beats stand still for a lease's length, by the watcher's own stopwatch. The
worker itself counts from before its last beat, so it stops first, whatever the clocks of the two machines say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.worker import Lease, Worker


class ClusterStore(Protocol):
    """Who is at work, and who alone may do what. Every method raises AttacheError if the database does not answer."""

    def join(self, worker: Worker) -> None:
        """Begin a session: the worker is at work, with no beat yet and no lease."""
        ...

    def beat(self, id: str) -> bool:
        """Count one beat of a worker's; False if it was struck off, and everything it held with it."""
        ...

    def strike(self, id: str, *, beats: int) -> bool:
        """End the session of a worker that still stands at so many beats, and free what it held; False if it does not.

        Once this has returned True, nothing the worker does under its leases is taken (`beat`, `claim`, `holds`).
        """
        ...

    def leave(self, id: str) -> None:
        """End one's own session and give back every lease."""
        ...

    def workers(self) -> Sequence[Worker]:
        """Every worker that is not struck off, the one that started first before the others."""
        ...

    def claim(self, id: str, names: Sequence[str], *, limit: int | None = None) -> list[str]:
        """Take those leases that nobody holds, at most `limit` of them; which of the names are this worker's now.

        Those it holds already are among them and do not count. A worker that was struck off gets none.
        """
        ...

    def release(self, id: str, names: Collection[str]) -> None:
        """Give back leases; those that are not this worker's stay as they are."""
        ...

    def holds(self, id: str, name: str) -> bool:
        """Whether a lease is this worker's."""
        ...

    def leases(self) -> Sequence[Lease]:
        """Every lease that is held, by name."""
        ...


class PaceStore(Protocol):
    """When what is limited in number for all workers together may leave; by the database's clock."""

    def draw(self, name: str, count: int, *, every: float) -> float:
        """Take the next `count` turns of a pace, `every` seconds apart; in how many seconds the first one is.

        Turns not taken do not pile up: after a pause the next one is now.
        """
        ...

    def pause(self, name: str, seconds: float) -> None:
        """Have no turn begin earlier than in so many seconds; those drawn before are not taken back."""
        ...


class Marks(Protocol):
    """Signs of life on this machine, which end with a process however it ends."""

    def make(self, id: str) -> None:
        """Show that the worker of that id lives, until it drops the mark or ends."""
        ...

    def dead(self, id: str) -> bool:
        """Whether a worker certainly ended; False wherever that cannot be said."""
        ...

    def drop(self, id: str) -> None:
        """Take back one's own mark."""
        ...
