"""Pictures: given to Slack beforehand, and named in their blocks by the id they get there."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Mapping
from typing import Any

from adapters.slack.client import Slack
from bot.domain.reply import FILES, IN_THREAD, Payload
from bot.errors import DestinationGoneError, RejectedError, RetryLaterError

log = logging.getLogger(__name__)
READY_WITHIN = 10.0
PAUSE = 0.25


class Pictures:
    """Puts a payload's pictures in their place."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def placed(self, payload: Payload, token: str) -> dict[str, Any]:
        """The payload as Slack takes it: without our own keys, its pictures uploaded.

        A picture that Slack does not take is told in words instead. Raises RetryLaterError if it does not answer.
        """
        body = {key: value for key, value in payload.items() if key not in {FILES, IN_THREAD}}
        held = {file["name"]: file for file in payload.get(FILES, ())}
        if held:
            body["blocks"] = [await self._block(block, held, token) for block in body["blocks"]]
        return body

    async def _block(self, block: Mapping[str, Any], held: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        if block["type"] != "image":
            return block
        try:
            id = await self._uploaded(held[block["slack_file"]["id"]], token)
        except (RejectedError, DestinationGoneError) as error:
            log.warning("a picture is told in words: %s", error)
            return in_words(block)
        return {**block, "slack_file": {"id": id}}

    async def _uploaded(self, file: Mapping[str, str], token: str) -> str:
        """The id of a file that is uploaded and ready to be shown: Slack looks at it for a moment first."""
        png = base64.b64decode(file["png"])
        about = {"filename": file["name"], "length": len(png), "alt_txt": file["alt"]}
        place = await self._slack.ask("files.getUploadURLExternal", token, **about)
        await self._slack.upload(str(place["upload_url"]), png)
        id = str(place["file_id"])
        await self._slack.tell("files.completeUploadExternal", token, files=[{"id": id, "title": file["name"]}])
        try:
            async with asyncio.timeout(READY_WITHIN):
                while not (await self._slack.ask("files.info", token, file=id))["file"].get("mimetype"):  # noqa: ASYNC110
                    await asyncio.sleep(PAUSE)
        except TimeoutError:
            raise RetryLaterError(f"Slack has not looked at a picture within {READY_WITHIN:.0f} seconds") from None
        return id


def without_pictures(body: Mapping[str, Any]) -> dict[str, Any]:
    """A message or view with its pictures told in words."""
    return {**body, "blocks": [in_words(block) if block["type"] == "image" else block for block in body["blocks"]]}


def in_words(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """A picture's block with its description in its place."""
    element = {"type": "text", "text": str(block["alt_text"]), "style": {"italic": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
