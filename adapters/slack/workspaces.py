"""The workspaces we may post in: the one of the settings, or each that installed the app.

A destination is a channel's id (`C…`, `D…`, `G…`), before it the workspace's where there may be several: `T…/C…`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.slack.settings import SlackSettings
from bot.errors import AttacheError, DestinationGoneError, RetryLaterError
from bot.ports import Installations

PREFIX = "workspace/"
DESTINATION = re.compile(r"(?:([TE][A-Z0-9]+)/)?([CDG][A-Z0-9]+)")
HOW_TO_GET_ONE = "in Slack, open the channel's details and copy the Channel ID at the end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel, the token that posts there, and its workspace's id where there may be several."""

    token: str
    channel: str
    workspace: str = ""


class Workspaces:
    """Finds the token for a place. Every method raises RetryLaterError if that cannot be looked up now."""

    def __init__(self, settings: SlackSettings, kept: Installations) -> None:
        self._single = settings.bot_token
        self.kept = kept

    @property
    def many(self) -> bool:
        """Whether there may be several."""
        return self._single is None

    def named(self, workspace: str, id: str) -> str:
        """A channel or person as we name them: with the workspace where there may be several."""
        return f"{workspace}/{id}" if self.many and workspace else id

    async def place(self, destination: str) -> Place:
        """The channel and token of a destination. Raises DestinationGoneError."""
        found = DESTINATION.fullmatch(destination)
        if found is None:
            raise DestinationGoneError(f"{destination!r} is no channel id: {HOW_TO_GET_ONE}")
        return Place(token=await self.token(found[1] or ""), channel=found[2], workspace=found[1] or "")

    async def token(self, workspace: str) -> str:
        """The token of a workspace. Raises DestinationGoneError if the app is not installed there."""
        if self._single:
            return self._single.reveal()
        names = [workspace] if workspace else await self.names()
        kept = await self._get(names[0]) if len(names) == 1 else None
        if kept is None:
            raise DestinationGoneError(f"the app is not installed in the workspace {workspace or 'that is meant'}")
        return str(kept["bot_token"])

    async def tokens(self) -> Mapping[str, str]:
        """Every workspace's token."""
        if self._single:
            return {"": self._single.reveal()}
        return {name: await self.token(name) for name in await self.names()}

    async def names(self) -> Sequence[str]:
        """The workspaces that installed the app."""
        return [name.removeprefix(PREFIX) for name in await self._wait(self.kept.names) if name.startswith(PREFIX)]

    async def installed(self, workspace: str, about: Mapping[str, Any]) -> None:
        """Keep what an installation brought."""
        await self._wait(self.kept.keep, f"{PREFIX}{workspace}", about)

    async def gone(self, workspace: str, *, at: int) -> None:
        """Forget a workspace that took the app away, unless it installed it anew since: events may come late."""
        kept = await self._get(workspace)
        if kept and at >= int(kept.get("installed_at") or 0):
            await self._wait(self.kept.drop, f"{PREFIX}{workspace}")

    async def _get(self, workspace: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = await self._wait(self.kept.get, f"{PREFIX}{workspace}")
        return found

    async def _wait(self, job: Any, *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(job, *arguments)
        except AttacheError as error:
            raise RetryLaterError(f"the installations cannot be looked up: {error}") from error
