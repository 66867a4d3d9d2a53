"""Where a message goes: the channel, or a thread under a message where the channel has threads."""

from __future__ import annotations

import logging

from adapters.discord.rest import Rest
from bot.domain.reply import Payload
from bot.domain.text import label
from bot.errors import DeliveryError, DestinationGoneError, RejectedError, RetryLaterError, UnknownOutcomeError

log = logging.getLogger(__name__)
THREAD_NAME = 100
A_WEEK = 10080
REMEMBERED = 1000


class Threads:
    """Posts under a message. A thread that begins with a message has that message's id, so nothing need be kept."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._without: set[str] = set()

    async def post(self, channel: str, under: str, payload: Payload, *, nonce: str) -> str | None:
        """Post into the thread under a message, opened if need be; None if the channel lets us have none.

        Raises RetryLaterError and UnknownOutcomeError as any post does.
        """
        if under in self._without:
            return None
        try:
            return await self._rest.post(under, payload, nonce=nonce)
        except DestinationGoneError:
            if await self._open(channel, under):
                return await self._into_new(under, payload, nonce)
        except RejectedError as error:
            self._do_without(under, error)
        return None

    async def _into_new(self, under: str, payload: Payload, nonce: str) -> str | None:
        try:
            return await self._rest.post(under, payload, nonce=nonce)
        except (DestinationGoneError, RejectedError) as error:
            self._do_without(under, error)
            return None

    async def _open(self, channel: str, under: str) -> bool:
        path = "/channels/{channel_id}/messages/{message_id}"
        where = {"channel_id": channel, "message_id": under}
        try:
            first = await self._rest.ask("GET", path, where)
            titles = [embed.get("title") or "" for embed in first.get("embeds") or ()]
            name = label(next(iter(titles), ""), THREAD_NAME, otherwise="Details")
            body = {"name": name, "auto_archive_duration": A_WEEK}
            await self._rest.ask("POST", f"{path}/threads", where, body)
        except UnknownOutcomeError as error:
            # No message was posted, only a thread perhaps opened: the next try finds it.
            raise RetryLaterError(f"opening a thread: {error}") from error
        except (DestinationGoneError, RejectedError) as error:
            self._do_without(under, error)
            return False
        return True

    def _do_without(self, under: str, why: DeliveryError) -> None:
        log.info("no thread under %s (%s); the details follow in the channel", under, why)
        if len(self._without) >= REMEMBERED:
            self._without.clear()
        self._without.add(under)
