"""Discord messages: within every limit, complete, in order, and harmless."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from adapters.discord import renderer
from adapters.discord.preview import markup
from bot.domain.reply import FILES, IN_THREAD, Action, Image, Look, Payload, Quotation, Reply, Section, Table
from bot.domain.text import one_line, units
from tests.adapters.digests import digests, missing, sections_in_order
from tests.adapters.samples import HOSTILE, ORDINARY, RETOLD, replies


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


@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
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


def check(message: dict[str, Any]) -> None:
    """That Discord takes a message: the limits its documentation gives."""
    assert set(message) <= {"embeds", "components", "allowed_mentions", FILES, IN_THREAD}
    assert 1 <= len(message["embeds"]) <= 10
    assert sum(map(length, message["embeds"])) <= 6000
    addresses = [embed["url"] for embed in message["embeds"] if "url" in embed]
    assert len(addresses) == len(set(addresses))
    for embed in message["embeds"]:
        assert set(embed) - {"color"}
        assert 1 <= units(embed.get("title", "x")) <= 256
        assert 1 <= units(embed.get("description", "x")) <= 4096
        assert 1 <= units(embed.get("footer", {"text": "x"})["text"]) <= 2048
        assert re.match(r"https?://\S+$", embed.get("url", "https://x"))
    assert len(message.get("components", ())) <= 5
    for row in message.get("components", ()):
        assert 1 <= len(row["components"]) <= 5
        for button in row["components"]:
            assert 1 <= units(button["label"]) <= 80
            assert units(button.get("custom_id", "")) <= 100
            assert units(button.get("url", "")) <= 512


def read(messages: Sequence[Payload]) -> tuple[str, set[str]]:
    """What a reader sees of messages, mark-up undone, and where the links lead."""
    shown, addresses = [], set()
    for embed in (embed for message in messages for embed in message["embeds"]):
        addresses |= {embed.get("url", "")}
        addresses |= {unquote_brackets(url) for url in re.findall(r"\]\((\S+)\)", embed.get("description", ""))}
        description = re.sub(r" \[source\]\(\S+\)$", "", embed.get("description", ""), flags=re.MULTILINE)
        description = re.sub(r"(?<!\\)\*+", "", description)
        text = "\n".join((embed.get("title", ""), description))
        shown += [re.sub(r"\\(.)", r"\1", text), embed.get("footer", {}).get("text", "")]
    return "\n".join(shown), {url.partition("#")[0] for url in addresses}


def unquote_brackets(url: str) -> str:
    return url.replace("%28", "(").replace("%29", ")")


def test_a_thousand_digests_are_within_every_limit_and_nothing_is_lost() -> None:
    for number, reply in enumerate(digests()):
        messages = renderer.render(reply)
        for message in messages:
            check(dict(message))
        shown, addresses = read(messages)
        assert missing(reply, shown, addresses) == [], number
        assert sections_in_order(reply, shown), number


def test_a_title_from_a_feed_is_no_mark_up_either() -> None:
    reply = Reply(heading=HOSTILE, sections=(Section(heading=HOSTILE),))
    for embed in (embed for message in renderer.render(reply) for embed in message["embeds"]):
        assert "<b>" not in markup(embed["title"])
        assert "<a " not in markup(embed["title"])
        assert not re.search(r"(?<!\\)[*_`|<@\[]", embed["title"])


def test_a_button_that_is_pressed_holds_its_action_and_none_holds_it_twice() -> None:
    actions = (
        Action(label="Older", press="page:2:latest"),
        Action(label="Older again", press="page:2:latest"),
        Action(label="Share", press="share:1:latest", look=Look.PRIMARY),
        Action(label="End", press="go:unsubscribe", look=Look.DANGER),
        Action(label="Open", url="https://un.example"),
    )
    (message,) = renderer.render(Reply(heading="x", actions=actions))
    (row,) = message["components"]
    assert [(b["style"], b.get("custom_id") or b["url"]) for b in row["components"]] == [
        (2, "page:2:latest"),
        (1, "share:1:latest"),
        (4, "go:unsubscribe"),
        (5, "https://un.example"),
    ]


@pytest.mark.parametrize("url", ["ftp://un.example/a", "https://un.example/" + "a" * 600])
def test_an_address_no_button_takes_stands_in_the_text(url: str) -> None:
    messages = renderer.render(Reply(heading="x", actions=(Action(label="Open", url=url),)))
    assert all("components" not in message for message in messages)
    assert url in read(messages)[0]


def test_a_picture_is_attached_to_its_message_with_its_words() -> None:
    image = Image(png=b"\x89PNG", alt="12 in favour")
    (message,) = renderer.render(Reply(heading="x", sections=(Section(heading="Chart", image=image),)))
    assert message["embeds"][1]["image"] == {"url": "attachment://picture-1.png"}
    assert message[FILES] == [{"name": "picture-1.png", "alt": "12 in favour", "png": "iVBORw=="}]
    assert 'alt="12 in favour" src="data:image/png;base64,iVBORw=="' in renderer.preview(message)


def test_all_but_the_first_message_may_go_into_a_thread_where_the_reply_says_so() -> None:
    sections = tuple(Section(heading=f"s{n}", text="word " * 700) for n in range(5))
    first, *others = renderer.render(Reply(heading="x", sections=sections, thread=True))
    assert IN_THREAD not in first
    assert others
    assert all(message[IN_THREAD] for message in others)
    assert all(IN_THREAD not in message for message in renderer.render(Reply(heading="x", sections=sections)))


def test_the_names_of_a_table_s_columns_are_told() -> None:
    table = Table(columns=("source", "health"), rows=(("UN Press", "well"),))
    shown, _ = read(renderer.render(Reply(heading="x", sections=(Section(heading="", table=table),))))
    assert "source · health" in shown


def test_what_a_model_wrote_is_marked_and_stands_beside_the_words_themselves() -> None:
    (message,) = renderer.render(RETOLD)
    assert message["embeds"][1]["description"].split("\n") == [
        "Chile proposes a register. Chile rejects ransom payments. *(machine-written)*",
        "• **Proposes** Chile proposes a register. *(machine-written)*",
        "“Proponemos un registro.” [source](https://chile.example/s/2)",
        "• **Opposes** “Rechazamos los pagos.”",
    ]
    assert "<i>(machine-written)</i>" in renderer.preview(message)


def test_the_heading_leads_to_the_page_on_the_web() -> None:
    (message,) = renderer.render(Reply(heading="x", permalink="https://attache.example/digests/1"))
    assert message["embeds"][0]["url"] == "https://attache.example/digests/1"
