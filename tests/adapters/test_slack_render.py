"""Slack messages: within every limit, complete, in order, and harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from adapters.slack import renderer
from bot.domain.reply import FILES, IN_THREAD, Action, Image, Look, Payload, Quotation, Reply, Section, Table
from bot.domain.text import one_line, units
from tests.adapters.digests import digests, missing, sections_in_order
from tests.adapters.samples import HOSTILE, ORDINARY, RETOLD, replies


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


@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
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


def check(message: dict[str, Any]) -> None:
    """That Slack takes a message: the limits its reference of blocks gives."""
    assert 1 <= units(message["text"]) <= 4000
    assert not re.search(r"[<>]", message["text"])
    assert 1 <= len(message["blocks"]) <= 50
    ids = [button["action_id"] for block in message["blocks"] for button in block["elements"] if "action_id" in button]
    assert len(ids) == len(set(ids))
    for block in message["blocks"]:
        assert "mrkdwn" not in str(block)
        if block["type"] == "header":
            assert 1 <= units(block["text"]["text"]) <= 150
        if block["type"] == "actions":
            assert 1 <= len(block["elements"]) <= 25
            assert all(1 <= units(button["text"]["text"]) <= 75 for button in block["elements"])
            assert all(units(button.get("value", "")) <= 2000 for button in block["elements"])
        if block["type"] == "context":
            assert 1 <= len(block["elements"]) <= 10
            assert all(1 <= units(element["text"]) <= 3000 for element in block["elements"])
        assert sum(units(leaf["text"]) for leaf in leaves(block)) <= 3000
        for leaf in leaves(block):
            assert leaf["text"]
            assert re.match(r"https?://\S{1,2992}$", leaf.get("url", "https://x"))


def read(messages: Sequence[Payload]) -> tuple[str, set[str]]:
    """What a reader sees of messages, and where the links lead."""
    shown, addresses = [], set()
    for block in (block for message in messages for block in message["blocks"]):
        if block["type"] == "header":
            shown.append(block["text"]["text"])
        if block["type"] == "context":
            shown += [element["text"] for element in block["elements"]]
        for leaf in leaves(block):
            addresses.add(leaf.get("url", "").partition("#")[0])
            if leaf["text"] != "source":
                shown.append(leaf["text"])
    return "\n".join(shown), addresses


def test_a_heading_stands_in_the_message_in_which_its_points_begin() -> None:
    for length in range(900, 1500, 50):
        points = (Quotation(text="word " * (length // 5)),)
        sections = tuple(Section(heading=f"Statement {number}", byline="Peru", points=points) for number in range(20))
        messages = renderer.render(Reply(heading="Digest", sections=sections))
        assert len(messages) > 1
        for message in messages:
            *_, before, last = message["blocks"]
            assert before["type"] != "divider"
            assert last["type"] != "divider"


def test_a_thousand_digests_are_within_every_limit_and_nothing_is_lost() -> None:
    for number, reply in enumerate(digests()):
        messages = renderer.render(reply)
        for message in messages:
            check({**message, "blocks": [{"elements": [], **block} for block in message["blocks"]]})
        shown, addresses = read(messages)
        assert missing(reply, shown, addresses) == [], number
        assert sections_in_order(reply, shown), number


def test_buttons_have_names_of_their_own_and_hold_their_action() -> None:
    actions = (
        Action(label="Older", press="page:2:latest"),
        Action(label=":smile:", press="share:1:latest", look=Look.PRIMARY),
        Action(label="Open", url="https://un.example"),
    )
    (message,) = renderer.render(Reply(heading="x", actions=actions))
    older, share, link = message["blocks"][-1]["elements"]
    assert (older["action_id"], older["value"], "style" in older) == ("press-1", "page:2:latest", False)
    assert (share["style"], share["text"]["emoji"]) == ("primary", False)
    assert (link["action_id"], link["url"]) == ("open-3", "https://un.example")


def test_an_address_no_button_takes_stands_in_the_text() -> None:
    messages = renderer.render(Reply(heading="x", actions=(Action(label="Open", url="ftp://un.example"),)))
    assert "Open: ftp://un.example" in read(messages)[0]


def test_a_picture_is_a_block_that_names_its_file() -> None:
    image = Image(png=b"\x89PNG", alt="12 in favour")
    (message,) = renderer.render(Reply(heading="x", sections=(Section(heading="Chart", image=image),)))
    (block,) = [block for block in message["blocks"] if block["type"] == "image"]
    assert block == {"type": "image", "slack_file": {"id": "picture-0.png"}, "alt_text": "12 in favour"}
    assert message[FILES] == [{"name": "picture-0.png", "alt": "12 in favour", "png": "iVBORw=="}]
    assert 'alt="12 in favour" src="data:image/png;base64,iVBORw=="' in renderer.preview(message)


def test_all_but_the_first_message_may_go_into_a_thread_where_the_reply_says_so() -> None:
    sections = tuple(Section(heading=f"s{n}", text="word " * 700) for n in range(9))
    first, *others = renderer.render(Reply(heading="x", sections=sections, thread=True))
    assert IN_THREAD not in first
    assert others
    assert all(message[IN_THREAD] for message in others)


def test_the_names_of_a_table_s_columns_are_told() -> None:
    table = Table(columns=("source", "health"), rows=(("UN Press", "well"),))
    shown, _ = read(renderer.render(Reply(heading="x", sections=(Section(heading="", table=table),))))
    assert "source · health" in shown


def test_what_a_model_wrote_is_marked_and_stands_beside_the_words_themselves() -> None:
    (message,) = renderer.render(RETOLD)
    mark = {"type": "text", "text": "(machine-written)", "style": {"italic": True}}
    rich = [block for block in message["blocks"] if block["type"] == "rich_text"]
    lead = {"type": "text", "text": "Chile proposes a register. Chile rejects ransom payments. "}
    assert rich[1]["elements"][0]["elements"] == [lead, mark]
    told, quoted, other = rich[2]["elements"][0]["elements"]
    assert told["elements"][1:] == [{"type": "text", "text": "Chile proposes a register. "}, mark]
    assert quoted["elements"][0]["text"] == "“Proponemos un registro.” "
    assert other["elements"][1]["text"] == "“Rechazamos los pagos.” "
    assert "<i>(machine-written)</i>" in renderer.preview(message).replace("<bdi>", "").replace("</bdi>", "")


def test_the_first_lines_lead_to_the_page_on_the_web() -> None:
    (message,) = renderer.render(Reply(heading="x", permalink="https://attache.example/digests/1"))
    (link,) = message["blocks"][1]["elements"][0]["elements"]
    assert link == {"type": "link", "url": "https://attache.example/digests/1", "text": "On the web"}
