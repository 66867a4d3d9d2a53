"""Defects put in on purpose: a harness that does not notice them proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from adapters.discord.adapter import DiscordAdapter
from adapters.slack.adapter import SlackAdapter
from bot.domain.delivery import State
from bot.infra.store.ledger import SqlLedger
from tests.faults.points import replace


def blind() -> None:
    """What may have been posted is never found, so it is sent again."""

    async def find(self: Any, destination: str, *, key: str, thread: str | None = None) -> str | None:
        return None

    replace(DiscordAdapter, "find", find)
    replace(SlackAdapter, "find", find)


def hasty() -> None:
    """A message is noted as sent before it is."""

    def begin_and_end(self: SqlLedger, key: str, *, now: datetime, **more: Any) -> bool:
        begun: bool = begin(self, key, now=now, **more)
        self.settle(key, State.SENT, now=now, message_id="0")
        return begun

    begin = replace(SqlLedger, "begin", begin_and_end)


MUTATIONS: dict[str, Callable[[], None]] = {"blind": blind, "hasty": hasty}
