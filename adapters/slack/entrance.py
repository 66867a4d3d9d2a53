"""A web server for Slack's requests alone, until Attaché's own takes them in (it hands them to `Door.answer`)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from aiohttp import web
from slack_bolt.response import BoltResponse

from adapters.slack.door import EVENTS, INSTALL, REDIRECT, Door
from adapters.slack.settings import SlackSettings, wrong

log = logging.getLogger(__name__)
LAST_REQUESTS_WITHIN = 3.0


class Entrance:
    """The server."""

    def __init__(self, door: Door, settings: SlackSettings) -> None:
        self._door, self._host, self._port = door, settings.host, settings.port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen. Raises SettingsError if the address cannot be used."""
        if self._runner is not None:
            return
        app = web.Application()
        app.router.add_post(EVENTS, self._take)
        app.router.add_get(INSTALL, self._take)
        app.router.add_get(REDIRECT, self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REQUESTS_WITHIN)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
        except OSError as error:
            await runner.cleanup()
            raise wrong("port", f"{self._host}:{self._port} cannot be listened at ({error.strerror})") from error
        self._runner = runner
        log.info("Slack's requests are taken at http://%s:%d%s", self._host, self._port, EVENTS)

    async def stop(self) -> None:
        """Listen no more."""
        runner, self._runner = self._runner, None
        if runner:
            await runner.cleanup()

    def problems(self) -> Sequence[str]:
        """Nothing that is known here: whether Slack reaches it only Slack can say."""
        return ()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.text()
        answer = await self._door.answer(
            request.method, request.path, query=request.query_string, headers=request.headers, body=body
        )
        return _response(answer)


def _response(answer: BoltResponse) -> web.Response:
    response = web.Response(status=answer.status, text=answer.body)
    for name, values in answer.headers.items():
        if name.lower() == "content-type":
            response.headers[name] = values[0]
        else:
            for value in values:
                response.headers.add(name, value)
    return response
