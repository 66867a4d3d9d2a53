"""`attache lookup` and `attache why`."""

from __future__ import annotations

import argparse
import getpass

from bot.cli.common import in_house, print_json, print_reply, settings_of
from bot.domain.asker import Asker
from bot.services.why import explain
from bot.wiring import House


def lookup(options: argparse.Namespace) -> int:
    """Answer a slash command."""

    async def answer(house: House) -> int:
        reply = await house.dispatcher.carry_out(" ".join(options.line), _asker(options.channel))
        if options.json:
            print_json(reply.as_json())
        else:
            await print_reply(house, reply)
        return 0

    return in_house(settings_of(options), answer)


def why(options: argparse.Namespace) -> int:
    """Say what became of an entry or statement."""

    async def answer(house: House) -> int:
        store = house.store
        asked = store.rewritings if house.settings.model else None
        reply = explain(
            store.sources, store.statements, store.ledger, options.key, channel=options.channel, rewritings=asked
        )
        if options.json:
            print_json(reply.as_json())
        else:
            await print_reply(house, reply)
        return 0

    return in_house(settings_of(options), answer)


def _asker(channel: str | None) -> Asker:
    """Whoever sits at the terminal, as if in a channel; a process without a user of its own still may ask."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return Asker(user=user, channel=channel, may_manage=True)
