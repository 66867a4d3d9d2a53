"""The shards, each a gateway connection of its own, so that several processes can share them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adapters.discord.answers import Answers
from adapters.discord.gateway import Gateway
from adapters.discord.rest import Rest
from adapters.discord.settings import DiscordSettings
from bot.ports import Paces

NAME = re.compile(r"shard (\d+) of (\d+)")


class Shards:
    """The connections of this process, by name."""

    def __init__(self, settings: DiscordSettings, answers: Answers, rest: Rest, paces: Paces) -> None:
        self._settings, self._answers, self._rest, self._paces = settings, answers, rest, paces
        self._open: dict[str, Gateway] = {}

    async def names(self) -> Sequence[str]:
        """A name for each shard Discord recommends."""
        said = await self._rest.gateway()
        return [f"shard {number} of {said}" for number in range(said)]

    async def open(self, name: str) -> None:
        """Connect one. Raises RetryLaterError if that cannot be done now."""
        found = NAME.fullmatch(name)
        if found is None or name in self._open:
            return
        gateway = Gateway(self._settings, self._answers, self._paces, shard=int(found[1]), count=int(found[2]))
        await gateway.start()
        self._open[name] = gateway

    async def close(self, name: str) -> None:
        """Disconnect one."""
        gateway = self._open.pop(name, None)
        if gateway:
            await gateway.stop()

    async def stop(self) -> None:
        """Disconnect all."""
        for name in list(self._open):
            await self.close(name)

    def problems(self) -> Sequence[str]:
        """What keeps people's questions from us, one line each."""
        return [problem for gateway in self._open.values() for problem in gateway.problems()]
