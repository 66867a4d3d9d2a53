"""Discord messages: within every limit, complete, in order, and harmless."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from adapters.discord import renderer
from adapters.discord.preview import markup
from bot.domain.reply import Quotation, Reply, Section
from bot.domain.text import one_line, units
from tests.adapters.samples import HOSTILE, ORDINARY, replies


def length(embed: dict[str, Any]) -> int:
    footer = embed.get("footer", {}).get("text", "")
    return units(embed.get("title", "")) + units(embed.get("description", "")) + units(footer)


def shown(reply: Reply) -> str:
    """All a reader sees of a reply's descriptions, mark-up undone."""
    texts = [e.get("description", "") for message in renderer.render(reply) for e in message["embeds"]]
    return re.sub(r"\\(.)", r"\1", "\n".join(texts))


def test_a_digest_is_a_heading_and_an_embed_a_statement() -> None:
    (message,) = renderer.render(ORDINARY)
    head, chile, egypt = message["embeds"]
    assert head["title"] == "UN cyber statements: 2 new"
    assert chile["url"] == "https://chile.example/s/1"
    assert chile["description"].split("\n") == [
        "*Chile · Global Mechanism · 17 November 2026*",
        "• **Proposes** “Chile proposes a register of contact points.” 🆕"
        " [source](https://chile.example/s/1#:~:text=Chile%20proposes)",
        "• **Opposes** “We reject ransom payments.” ↺ said before",
    ]
    assert "تدعو مصر إلى التعاون." in egypt["description"]
    assert egypt["footer"]["text"] == "Every point is quoted word for word."
    assert message["components"][0]["components"][0]["url"] == "https://attache.example/digests/1"


def test_nobody_is_ever_pinged() -> None:
    assert all(message["allowed_mentions"] == {"parse": []} for message in renderer.render(ORDINARY))


def test_mark_up_mentions_and_links_from_feeds_arrive_as_text() -> None:
    reply = Reply(heading="x", sections=(Section(heading="x", points=(Quotation(text=HOSTILE),)),))
    (message,) = renderer.render(reply)
    html = markup(message["embeds"][1]["description"])
    assert "<b>" not in html
    assert "<a " not in html
    assert "@everyone &lt;!channel&gt; &lt;@U0123&gt;" in html
    assert "\u202e" not in html
    assert "\x1b" not in html


def test_embeds_that_share_an_address_would_be_shown_as_one_so_only_the_first_keeps_it() -> None:
    twins = tuple(Section(heading=name, url="https://un.example/m", byline=name) for name in ("a", "b"))
    (message,) = renderer.render(Reply(heading="x", sections=twins))
    assert [embed.get("url") for embed in message["embeds"]] == [None, "https://un.example/m", None]


def test_a_long_statement_goes_on_in_order_and_loses_no_word() -> None:
    long = " ".join(f"word{number}" for number in range(3000))
    reply = Reply(heading="x", sections=(Section(heading="x", points=(Quotation(text=long),)),))
    assert [
        word for word in shown(reply).replace("“", " ").replace("”", " ").split() if word.startswith("word")
    ] == long.split()


def test_a_full_statement_and_a_long_footer_share_a_message_within_its_limit() -> None:
    full = Section(heading="h" * 256, points=tuple(Quotation(text="x" * 997) for _ in range(8)))
    for message in renderer.render(Reply(heading="x", sections=(full,), footer="f" * 3000)):
        assert sum(map(length, message["embeds"])) <= 6000


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(replies)
def test_any_reply_stays_within_every_limit_and_loses_nothing(reply: Reply) -> None:
    for message in renderer.render(reply):
        assert 1 <= len(message["embeds"]) <= 10
        assert sum(map(length, message["embeds"])) <= 6000
        for embed in message["embeds"]:
            assert units(embed.get("title", "")) <= 256
            assert units(embed.get("description", "")) <= 4096
            assert units(embed.get("footer", {}).get("text", "")) <= 2048
            assert set(embed) - {"color"}
        for row in message.get("components", ()):
            assert 1 <= len(row["components"]) <= 5
            assert all(1 <= units(button["label"]) <= 80 for button in row["components"])
    everything = "".join(shown(reply).split())
    for section in reply.sections:
        for point in section.points:
            ends = one_line(point.text).split()
            assert all(word[:20] in everything for word in ends[:1] + ends[-1:])
