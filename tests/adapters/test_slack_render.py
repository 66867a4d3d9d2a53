"""Slack messages: within every limit, complete, in order, and harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from adapters.slack import renderer
from bot.domain.reply import Quotation, Reply, Section
from bot.domain.text import one_line, units
from tests.adapters.samples import HOSTILE, ORDINARY, replies


def leaves(value: Any) -> Iterator[dict[str, Any]]:
    """Every text and link element of a block."""
    if isinstance(value, dict):
        if value.get("type") in {"text", "link"}:
            yield value
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def shown(reply: Reply) -> str:
    return "".join(leaf["text"] for message in renderer.render(reply) for leaf in leaves(message["blocks"]))


def test_a_digest_is_a_header_and_for_each_statement_its_title_and_points() -> None:
    (message,) = renderer.render(ORDINARY)
    kinds = [block["type"] for block in message["blocks"]]
    assert " ".join(kinds) == (
        "header rich_text divider rich_text rich_text divider rich_text rich_text actions context"
    )
    assert message["text"] == "UN cyber statements: 2 new – 2 new, 4 sources checked, 1 failing"
    first = message["blocks"][4]["elements"][0]["elements"][0]["elements"]
    assert first == [
        {"type": "text", "text": "Proposes ", "style": {"bold": True}},
        {"type": "text", "text": "“Chile proposes a register of contact points.” 🆕 "},
        {"type": "link", "url": "https://chile.example/s/1#:~:text=Chile%20proposes", "text": "source"},
    ]


def test_what_feeds_say_is_never_mark_up() -> None:
    reply = Reply(
        heading=HOSTILE, intro=HOSTILE, sections=(Section(heading=HOSTILE, points=(Quotation(text=HOSTILE),)),)
    )
    (message,) = renderer.render(reply)
    assert "<" not in message["text"]
    assert "mrkdwn" not in str(message)
    for leaf in leaves(message["blocks"]):
        assert leaf["type"] == "text"
        assert "\u202e" not in leaf["text"]


def test_a_message_without_a_heading_still_has_a_text_of_its_own() -> None:
    assert [message["text"] for message in renderer.render(Reply(heading=" "))] == ["Untitled"]


def test_a_long_statement_goes_on_in_order_and_loses_no_word() -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    reply = Reply(heading="x", sections=(Section(heading="x", points=(Quotation(text=long),)),))
    words = shown(reply).replace("“", " ").replace("”", " ").replace("word", " word").split()
    assert [word for word in words if word.startswith("word")] == long.split()


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(replies)
def test_any_reply_stays_within_every_limit_and_loses_nothing(reply: Reply) -> None:
    for message in renderer.render(reply):
        assert 1 <= len(message["blocks"]) <= 50
        assert 1 <= len(message["text"]) <= 4000
        for block in message["blocks"]:
            if block["type"] == "header":
                assert 1 <= units(block["text"]["text"]) <= 150
            if block["type"] == "actions":
                assert 1 <= len(block["elements"]) <= 25
                assert all(1 <= units(button["text"]["text"]) <= 75 for button in block["elements"])
            if block["type"] == "context":
                assert 1 <= len(block["elements"]) <= 10
            assert sum(units(leaf["text"]) for leaf in leaves(block)) <= 3000
            assert all(leaf["text"] for leaf in leaves(block))
            assert all(units(leaf.get("url", "")) <= 3000 for leaf in leaves(block))
    everything = "".join(shown(reply).split())
    for section in reply.sections:
        for point in section.points:
            ends = one_line(point.text).split()
            assert all(word[:20] in everything for word in ends[:1] + ends[-1:])
