"""Slack on loopback: Web API, Socket Mode and signed requests, keeping what it is sent. See `server.SlackServer`."""

from tests.slack_server.doing import People
from tests.slack_server.server import APP_TOKEN, SIGNING_SECRET, TOKEN, SlackServer
from tests.slack_server.talk import Talk
from tests.slack_server.trouble import Trouble, broken, dropped, failed, hanging, refused, throttled
from tests.slack_server.world import ADMIN, CREATOR, MEMBER, TEAM, Workspace

__all__ = [
    "ADMIN",
    "APP_TOKEN",
    "CREATOR",
    "MEMBER",
    "SIGNING_SECRET",
    "TEAM",
    "TOKEN",
    "People",
    "SlackServer",
    "Talk",
    "Trouble",
    "Workspace",
    "broken",
    "dropped",
    "failed",
    "hanging",
    "refused",
    "throttled",
]
