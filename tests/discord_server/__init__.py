"""Discord on loopback: REST and gateway over real sockets, keeping what it is sent. See `server.DiscordServer`."""

from tests.discord_server.routes import APPLICATION, GUILD
from tests.discord_server.server import TOKEN, DiscordServer
from tests.discord_server.talk import Talk
from tests.discord_server.trouble import Trouble, broken, dropped, hanging, page_instead, throttled

__all__ = [
    "APPLICATION",
    "GUILD",
    "TOKEN",
    "DiscordServer",
    "Talk",
    "Trouble",
    "broken",
    "dropped",
    "hanging",
    "page_instead",
    "throttled",
]
