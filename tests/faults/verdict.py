"""What arrived, held against what should have: nothing lost, nothing repeated, everything in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.delivery import State
from bot.infra.store import Store
from tests.discord_server import DiscordServer
from tests.faults.sample import CAMEROON, IKEBANA, KENYA, TITLES
from tests.faults.town import Listener, Town

CORRECTED = f"Correction: {TITLES[KENYA]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One line for each statement, correction or message that was lost, came twice, or out of turn."""

    lost: tuple[str, ...]
    repeated: tuple[str, ...]
    disordered: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether all is well."""
        return not (self.lost or self.repeated or self.disordered)


def wanted(listener: Listener, *, in_the_end: bool) -> set[str]:
    """The headings that a channel is to get; before the sources go on, those of the first statements."""
    first = {TITLES[name] for name in listener.matching if name != CAMEROON}
    return first | {TITLES[CAMEROON], CORRECTED} if in_the_end else first


def arrived(town: Town, *, in_the_end: bool) -> bool:
    """Whether every channel has got what it is to get, at least once."""
    return all(
        wanted(each, in_the_end=in_the_end) <= set(headings(messages_of(town.discord, each))) for each in town.listeners
    )


def messages_of(discord: DiscordServer, listener: Listener) -> list[Mapping[str, Any]]:
    """What stands in a channel and its threads, in the order in which it came."""
    found = list(listener.place.messages)
    if listener.adapter == "discord":
        threads = [place for place in discord.world.channels.values() if place.parent == listener.place.id]
        found += [message for thread in threads for message in thread.messages]
    return sorted(found, key=id_of)


def id_of(message: Mapping[str, Any]) -> str:
    """A message's id; ids of one platform are in order."""
    return str(message.get("ts") or message["id"])


def headings(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every statement and correction that messages tell of."""
    known = {*TITLES.values(), CORRECTED}
    return [text for message in messages for text in _texts(_shown(message)) if text in known]


def judge(town: Town) -> Verdict:
    """The verdict on a run that is over."""
    lost: list[str] = []
    repeated: list[str] = []
    disordered: list[str] = []
    for listener in town.listeners:
        messages = messages_of(town.discord, listener)
        told = Counter(headings(messages))
        lost += [f"{listener.key}: {title}" for title in wanted(listener, in_the_end=True) - set(told)]
        repeated += [f"{listener.key}: {title} x{times}" for title, times in told.items() if times > 1]
        if told[TITLES[IKEBANA]]:
            repeated.append(f"{listener.key}: what is no statement")
        lost_here, repeated_here, disordered_here = _by_ledger(town.store, listener, messages)
        lost += lost_here
        repeated += repeated_here
        disordered += disordered_here
    return Verdict(lost=tuple(lost), repeated=tuple(repeated), disordered=tuple(disordered))


def _by_ledger(
    store: Store, listener: Listener, messages: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[str], list[str]]:
    """The same from the ledger's side: every row sent, and standing in the channel once, in the ledger's order."""
    rows = list(reversed(store.ledger.history(channel=listener.key, limit=1000)))
    keys = Counter(key_of(message) for message in messages)
    lost = [f"{row.channel}: {row.slot} {row.part}/{row.parts} is {row.state}" for row in rows if not keys[row.key]]
    lost += [f"{row.channel}: {row.slot} {row.state}" for row in rows if keys[row.key] and row.state is not State.SENT]
    repeated = [f"{listener.key}: message {key} x{times}" for key, times in keys.items() if times > 1]
    stood = [key_of(message) for message in messages]
    meant = [row.key for row in rows if keys[row.key]]
    return lost, repeated, [] if repeated or stood == meant else [f"{listener.key}: {stood} for {meant}"]


def noted(town: Town) -> set[str]:
    """The keys of what the ledger has as sent."""
    histories = (town.store.ledger.history(channel=each.key, limit=1000) for each in town.listeners)
    return {row.key for rows in histories for row in rows if row.state is State.SENT}


def key_of(message: Mapping[str, Any]) -> str:
    """The ledger's key of a message."""
    metadata = message.get("metadata") or {}
    return str(message.get("nonce") or metadata["event_payload"]["key"])


def _shown(message: Mapping[str, Any]) -> Any:
    """What readers see of a message, without what only announces it."""
    return message["blocks"] if "blocks" in message else message.get("embeds")


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, Sequence):
        for value in thing:
            yield from _texts(value)
