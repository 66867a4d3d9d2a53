"""This process among the workers: it beats, watches the others, and knows what it alone may do and for how long."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from bot.domain.worker import Worker
from bot.errors import AttacheError, RetryLaterError
from bot.ports import Clock, ClusterStore, Marks

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
BEATS, LOOKS = 5, 8
"""So many beats, and looks at the others, in a lease's length."""


class Membership:
    """One worker's session with the database, begun anew where it was struck off.

    `stopwatch` tells seconds that pass also while the machine sleeps; `lease` is after how many of them without a beat
    a worker counts as dead. Whatever is done under a lease asks `check` right before.
    """

    def __init__(
        self,
        store: ClusterStore,
        *,
        role: str,
        host: str,
        version: str,
        clock: Clock,
        stopwatch: Callable[[], float],
        marks: Marks,
        lease: float,
    ) -> None:
        self._store, self._role, self._host, self._version = store, role, host, version
        self._clock, self._stopwatch, self._marks, self._lease = clock, stopwatch, marks, lease
        self._deadline = self._beat_due = float("-inf")
        self._held: set[str] = set()
        self._seen: dict[str, tuple[int, float]] = {}
        self._calls: list[Callable[[], None]] = []
        self._life: asyncio.Task[None] | None = None
        # Threads of its own: a beat must not wait behind a poll that waits for the database.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="attache-beat")
        self.id = ""
        self.troubled = ""

    @property
    def held(self) -> frozenset[str]:
        """The leases this worker has."""
        return frozenset(self._held)

    def on_loss(self, call: Callable[[], None]) -> None:
        """Have something called when the session was lost, and every lease with it."""
        self._calls.append(call)

    async def start(self) -> None:
        """Join the others, and from now on beat. Raises AttacheError if the database does not answer."""
        await self._join()
        await self.look()
        self._life = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """Give everything back and leave. What cannot be given back now is free after a lease's length."""
        life, self._life = self._life, None
        if life:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)
        gone, self.id = self.id, ""
        if gone:
            try:
                await self._in_thread(self._store.leave, gone)
            except AttacheError as error:
                log.error("this worker's leases are not given back: %s", error)
            self._marks.drop(gone)
        self._held.clear()
        self._deadline = float("-inf")
        self._threads.shutdown(wait=False)

    def left(self) -> float:
        """For how many seconds yet nobody can have taken over what this worker holds."""
        return self._deadline - self._stopwatch()

    def check(self, session: str) -> None:
        """Raise RetryLaterError unless a session (`id`) goes on for a while: what it held may be somebody else's.

        A fifth of a lease must be left, so that what is sent now is long there when somebody else can look for it.
        """
        if session != self.id or self.left() < self._lease / BEATS:
            raise RetryLaterError(
                "nothing was sent: this worker was too long without a beat, another may have taken over"
            )

    async def claim(self, names: Sequence[str], *, limit: int | None = None) -> list[str]:
        """Take those leases that nobody holds, at most `limit` more; which of the names are ours now."""
        session = self.id
        got = await self._in_thread(self._store.claim, session, names, limit=limit) if names else []
        if session != self.id:
            return []
        self._held.update(got)
        return got

    async def release(self, names: Collection[str]) -> None:
        """Give back leases."""
        self._held.difference_update(names)
        if names:
            await self._in_thread(self._store.release, self.id, names)

    async def _join(self) -> None:
        id, before = secrets.token_hex(8), self._stopwatch()
        self._marks.make(id)
        worker = Worker(id=id, role=self._role, host=self._host, version=self._version, started_at=self._clock.now())
        await self._in_thread(self._store.join, worker)
        self.id, self._deadline = id, before + self._lease
        self._beat_due = before + self._lease / BEATS

    async def _live(self) -> None:
        while True:
            await asyncio.sleep(self._lease / LOOKS)
            try:
                if self._stopwatch() >= self._beat_due:
                    await self.beat()
                await self.look()
            except AttacheError as error:
                if not self.troubled:
                    log.error("this worker cannot beat, and posts nothing until it can: %s", error)
                self.troubled = str(error)
            else:
                self.troubled = ""

    async def beat(self) -> None:
        """Tell the others that this worker lives; begin anew if they gave it up."""
        before = self._stopwatch()
        if await self._in_thread(self._store.beat, self.id):
            self._deadline = before + self._lease
            self._beat_due = before + self._lease / BEATS
            return
        log.error("this worker was silent for too long and others took over; it begins anew")
        await self._lost()

    async def _lost(self) -> None:
        gone, self.id, self._deadline = self.id, "", float("-inf")
        self._held.clear()
        self._marks.drop(gone)
        for call in self._calls:
            call()
        await self._join()

    async def look(self) -> None:
        """Strike off who is dead: whose process has ended on this machine, or who stood still for a lease's length."""
        found = await self._in_thread(self._store.workers)
        now = self._stopwatch()
        seen = {one.id: self._seen.get(one.id, (-1, now)) for one in found if one.id != self.id}
        for one in found:
            if one.id == self.id:
                continue
            beats, since = seen[one.id]
            if beats != one.beats:
                seen[one.id] = beats, since = one.beats, now
            if now - since < self._lease and not await self._in_thread(self._marks.dead, one.id):
                continue
            if await self._in_thread(self._store.strike, one.id, beats=one.beats):
                log.warning("worker %s on %s is dead; what it did is taken over", one.id, one.host)
        self._seen = seen

    async def _in_thread(
        self, call: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: call(*args, **kwargs))
