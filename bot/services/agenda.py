"""Which sources to look at next, as far as one worker knows."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from random import sample
from urllib.parse import urlsplit

from bot.domain.source import Source

AT_ONE_HOST = 2
SET_BACK = timedelta(minutes=1)
AT_ONCE = datetime.min.replace(tzinfo=UTC)


class Agenda:
    """Gives the sources whose time has come, each once until it is told that it is `done`.

    Other workers poll as well, so what it gives is only worth a look. No more than two sources of one host are given at
    once: a slow host keeps nobody waiting but its own. Sources come in no order, so that workers begin with different
    ones; a look costs only as much as there is due.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._numbers = {source.name: number for number, source in enumerate(sources)}
        self._hosts = [host_of(source) for source in sources]
        self._waiting = [(AT_ONCE, number) for number in sample(range(len(sources)), len(sources))]
        self._busy = Counter[str]()
        self._behind: dict[str, deque[int]] = defaultdict(deque)
        self._looked = AT_ONCE

    def take(self, now: datetime, most: int) -> list[Source]:
        """At most so many sources that may be due."""
        if now + SET_BACK < self._looked:  # every moment to come was reckoned by a wrong clock
            self._waiting = [(AT_ONCE, number) for _, number in self._waiting]
            heapify(self._waiting)
        self._looked = now
        found: list[Source] = []
        while len(found) < most and self.due(now):
            _, number = heappop(self._waiting)
            host = self._hosts[number]
            if self._busy[host] >= AT_ONE_HOST:
                self._behind[host].append(number)
                continue
            self._busy[host] += 1
            found.append(self._sources[number])
        return found

    def due(self, now: datetime) -> bool:
        """Whether there may be anything to take."""
        return bool(self._waiting) and self._waiting[0][0] <= now

    def done(self, source: Source, again: datetime) -> None:
        """Give back a source that was taken, to be looked at again at a moment."""
        number = self._numbers[source.name]
        host = self._hosts[number]
        heappush(self._waiting, (again, number))
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
        if behind := self._behind.get(host):
            heappush(self._waiting, (AT_ONCE, behind.popleft()))
            if not behind:
                del self._behind[host]


def host_of(source: Source) -> str:
    """What a source shares with others that would have to wait if it was slow: its host, or its folder alone."""
    return urlsplit(source.url).netloc or source.url
