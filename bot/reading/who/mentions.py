"""The states a single line names, whatever language it is in."""

from __future__ import annotations

from bot.reading.states import Mention, find_states
from bot.reading.who.vocabulary import SCRIPTS, script_of


def states_in(text: str) -> list[Mention]:
    """The states a line names, in any language of its script, each place once."""
    found: dict[int, Mention] = {}
    for language in SCRIPTS[script_of(text)]:
        for mention in find_states(text, language):
            kept = found.get(mention.start)
            if kept is None or (kept.adjective, kept.start - kept.end) > (
                mention.adjective,
                mention.start - mention.end,
            ):
                found[mention.start] = mention
    ordered = [found[start] for start in sorted(found)]
    return [m for i, m in enumerate(ordered) if i == 0 or m.start >= ordered[i - 1].end]
