"""Slack's requests on Attaché's web server, each handed to `Door.answer`."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack.door import Door
from bot.chat import Answered, Asking
from bot.chat import Entrance as Paths


class Entrance:
    """The paths under `/chat/slack/`, open between start and stop."""

    def __init__(self, door: Door, paths: Paths) -> None:
        self._door, self._paths = door, paths

    async def start(self) -> None:
        """Take requests. Raises AttacheError if there is no web server."""
        self._paths.open(self._answer)

    async def stop(self) -> None:
        """Take no more of them."""
        self._paths.close()

    def problems(self) -> Sequence[str]:
        """Nothing that is known here: whether Slack reaches it only Slack can say."""
        return ()

    async def _answer(self, asking: Asking) -> Answered:
        body = asking.body.decode("utf-8", "replace")
        answer = await self._door.answer(
            asking.method, asking.path, query=asking.query, headers=asking.headers, body=body
        )
        headers = tuple((name, value) for name, values in answer.headers.items() for value in values)
        return Answered(status=answer.status, body=answer.body.encode(), headers=headers)
