"""What the bot may do in a channel, reckoned as Discord does, and what each right that is missing costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapters.discord.rest import Rest

# Each right by Discord's own name: its bit, and what is lost without it.
RIGHTS: Mapping[str, tuple[int, str]] = {
    "View Channel": (10, "nothing can be posted"),
    "Send Messages": (11, "nothing can be posted"),
    "Embed Links": (14, "nothing can be shown"),
    "Attach Files": (15, "charts cannot be posted"),
    "Read Message History": (16, "a post whose answer got lost is given up instead of looked for"),
    "Create Public Threads": (35, "a digest's details follow in the channel itself"),
    "Send Messages in Threads": (38, "a digest's details follow in the channel itself"),
}
ASKED = sum(1 << bit for bit, _ in RIGHTS.values())
ADMINISTRATOR = 1 << 3


async def lacking_in(rest: Rest, channel: str) -> str:
    """One line that says what the bot may not do in a channel, and what that costs; nothing if it may do all.

    Raises DeliveryError: DestinationGoneError if there is no such channel, or none it may see.
    """
    about = await rest.ask("GET", "/channels/{channel_id}", {"channel_id": channel})
    if not about.get("guild_id"):
        return ""  # a direct message: nobody gives or takes rights there
    server, me = str(about["guild_id"]), await rest.me()
    roles = await rest.ask("GET", "/guilds/{guild_id}/roles", {"guild_id": server})
    member = await rest.ask("GET", "/guilds/{guild_id}/members/{user_id}", {"guild_id": server, "user_id": me})
    held = set(map(str, member.get("roles") or ()))
    return lacking(granted(roles, server, held, about.get("permission_overwrites") or (), me))


def lacking(permissions: int) -> str:
    """What is missing from permissions, one line."""
    costs = [f"without {name} {cost}" for name, (bit, cost) in RIGHTS.items() if not permissions >> bit & 1]
    if not costs:
        return ""
    return f"{'; '.join(costs)}; give them to the bot's role, or in the channel's settings under Permissions"


def granted(
    roles: Iterable[Mapping[str, Any]], server: str, held: set[str], overwrites: Iterable[Mapping[str, Any]], me: str
) -> int:
    """The permissions of a member in a channel of a server.

    Those of the roles they hold, everyone's among them (it has the server's id); then what the channel's overwrites
    take and give: everyone's first, those of the other roles together next, the member's own last.
    """
    permissions = 0
    for role in roles:
        if str(role["id"]) in held | {server}:
            permissions |= int(role["permissions"])
    if permissions & ADMINISTRATOR:
        return ASKED
    kept = list(overwrites)
    for level in ({server}, held - {server}, {me}):
        those = [one for one in kept if str(one["id"]) in level]
        for one in those:
            permissions &= ~int(one["deny"])
        for one in those:
            permissions |= int(one["allow"])
    return permissions
