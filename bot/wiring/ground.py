"""What everything else stands on: the store, the ways out, the clock, and this process among the others."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot import __version__
from bot.config import Settings
from bot.infra.clock import SystemClock
from bot.ports import ChatAdapter, Clock

if TYPE_CHECKING:
    from bot.infra.fetch import HttpFetcher
    from bot.infra.sandbox import ProcessSandbox
    from bot.infra.schedule import Timer
    from bot.infra.store import Store
    from bot.services.membership import Membership
    from bot.services.tally import Tally

PROJECT = "https://github.com/cyber-attache/attache"


class Ground:
    """The settings, and the parts that need nothing but them.

    `role` is what this process was started as, for whoever looks at the workers.
    """

    def __init__(self, settings: Settings, *, role: str = "by hand") -> None:
        self.settings, self.role = settings, role
        self.clock: Clock = SystemClock()
        self.problems: dict[str, Sequence[str]] = {}
        self.running: dict[str, ChatAdapter] = {}
        self._adapters: dict[str, ChatAdapter] = {}

    @cached_property
    def store(self) -> Store:
        from bot.infra.store import open_store

        return open_store(self.settings.database)

    @cached_property
    def fetcher(self) -> HttpFetcher:
        from bot.infra.fetch import HttpFetcher

        contact = self.settings.contact or PROJECT
        return HttpFetcher(user_agent=f"Attache/{__version__} (+{contact})")

    @cached_property
    def sandbox(self) -> ProcessSandbox:
        from bot.infra.sandbox import ProcessSandbox

        return ProcessSandbox(workers=max(2, min(8, os.cpu_count() or 2)))

    @cached_property
    def tally(self) -> Tally:
        """What this process does, counted."""
        from bot.services.tally import Tally

        return Tally()

    @cached_property
    def timer(self) -> Timer:
        from bot.infra.schedule import Timer

        return Timer(self.clock)

    @cached_property
    def workers(self) -> Membership:
        """This process among those on the same database; whoever does anything under a lease starts it first."""
        from bot.infra.clock import stopwatch
        from bot.infra.marks import FileMarks
        from bot.services.membership import Membership

        return Membership(
            self.store.cluster,
            role=self.role,
            host=socket.gethostname(),
            version=__version__,
            clock=self.clock,
            stopwatch=stopwatch,
            marks=FileMarks(),
            lease=self.settings.lease.total_seconds(),
        )
