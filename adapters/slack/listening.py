"""The Bolt app: what Slack sends, acknowledged before anything is done about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from adapters.slack.answers import Answers
from adapters.slack.client import SDK_LOG, Slack
from adapters.slack.forms import SCHEDULE, SUBSCRIBE, SUGGEST, choices, problems, read
from adapters.slack.manifest import BRIEF_THIS
from adapters.slack.once import Once, key_of
from adapters.slack.views import waiting

log = logging.getLogger(__name__)
Body = Mapping[str, Any]


def app_for(answers: Answers, slack: Slack) -> AsyncApp:
    """An app that takes everything to `answers`.

    Signatures are checked where requests come in, and no token is looked up: Bolt would ask Slack about it, and the
    store for it, before a listener could acknowledge.
    """
    app = AsyncApp(
        name="attache",
        logger=SDK_LOG,
        client=slack.web(),
        authorize=_anybody,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
    )
    app.middleware(_once())
    # The name of the command is the manifest's: two apps in one workspace cannot both be /brief.
    app.command(re.compile(r"/.+"))(_acknowledged(answers.command))
    app.shortcut(BRIEF_THIS)(_acknowledged(answers.brief_this))
    app.action(re.compile(r".+"))(_acknowledged(answers.press))
    app.event("app_home_opened")(_acknowledged(answers.home))
    for gone in ("app_uninstalled", "tokens_revoked"):
        app.event(gone)(_acknowledged(answers.removed))
    app.options(re.compile(f"^{SUGGEST}"))(_suggesting(answers))
    app.view(re.compile(f"^({SUBSCRIBE}|{SCHEDULE})$"))(_submitting(answers))
    return app


async def _anybody(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _once() -> Callable[..., Awaitable[BoltResponse | None]]:
    once = Once()

    async def middleware(body: Body, next: Callable[[], Awaitable[BoltResponse | None]]) -> BoltResponse | None:
        if once.known(key_of(body)):
            return BoltResponse(status=200, body="")
        return await next()

    return middleware


def _acknowledged(job: Callable[[Body], None]) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Body) -> None:
        await ack()
        job(body)

    return listener


def _suggesting(answers: Answers) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Body) -> None:
        option = str(body.get("action_id") or "").removeprefix(SUGGEST)
        await ack(options=choices(await answers.suggest(body, option)))

    return listener


def _submitting(answers: Answers) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Body) -> None:
        channel, options = read(body["view"])
        if wrong := problems(options):
            await ack(response_action="errors", errors=wrong)
            return
        await ack(response_action="update", view=waiting(channel))
        answers.submitted(body, channel, options)

    return listener
