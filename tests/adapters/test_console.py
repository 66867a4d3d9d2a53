"""The console: readable, harmless, and a file that remembers what it was sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.console import create, renderer
from adapters.console.render import plain
from bot.domain.reply import Action, Image, Reply, Section, Table
from bot.errors import DestinationGoneError, SettingsError
from tests.adapters.digests import digests, missing, sections_in_order
from tests.adapters.samples import HOSTILE, ORDINARY, RETOLD
from tests.fakes import FakeDesk


def text_of(reply: Reply) -> str:
    (payload,) = renderer.render(reply)
    return plain(payload)


def test_a_point_is_its_stance_its_words_and_the_link_below() -> None:
    lines = text_of(ORDINARY).splitlines()
    at = lines.index("  proposes   “Chile proposes a register of contact points.” (new)")
    assert lines[at + 1].strip() == "https://chile.example/s/1#:~:text=Chile%20proposes"
    assert "  opposes    “We reject ransom payments.” (said before)" in lines


def test_what_a_model_wrote_is_marked_and_stands_beside_the_words_themselves() -> None:
    lines = text_of(RETOLD).splitlines()
    assert "  Chile proposes a register. Chile rejects ransom payments. [machine-written]" in lines
    at = lines.index("  proposes   Chile proposes a register. [machine-written]")
    assert lines[at + 1] == "             “Proponemos un registro.”"
    assert lines[at + 2].strip() == "https://chile.example/s/2"
    assert "  opposes    “Rechazamos los pagos.”" in lines


def test_tables_line_up() -> None:
    table = Table(columns=("source", "health"), rows=(("UN Press", "well"), ("A", "failing")))
    lines = text_of(Reply(heading="x", sections=(Section(heading="", table=table),))).splitlines()
    assert lines[-3:] == ["source    health", "UN Press  well", "A         failing"]


def test_a_picture_is_told_in_words_and_as_a_table() -> None:
    table = Table(columns=("who", "positions"), rows=(("Kenya", "norms: supports"),))
    image = Image(png=b"\x89PNG", alt="Kenya supports norms.", table=table)
    lines = text_of(Reply(heading="x", sections=(Section(heading="", image=image),))).splitlines()
    assert lines[-3:] == ["[picture: Kenya supports norms.]", "who    positions", "Kenya  norms: supports"]


def test_no_terminal_escape_gets_through() -> None:
    assert "\x1b" not in text_of(Reply(heading=HOSTILE, sections=(Section(heading=HOSTILE, text=HOSTILE),)))


async def test_a_file_holds_what_was_sent_and_can_be_asked_for_it(tmp_path: Path) -> None:
    console, (payload,) = create({}, FakeDesk()), renderer.render(ORDINARY)
    destination = f"file:{tmp_path / 'digests.txt'}"
    assert await console.find(destination, key="k1") is None
    message_id = await console.send(destination, payload, key="k1")
    assert await console.find(destination, key="k1") == message_id
    assert await console.find(destination, key="k2") is None
    assert "Chile proposes" in (tmp_path / "digests.txt").read_text(encoding="utf-8")


async def test_a_folder_that_is_gone_is_a_destination_that_is_gone(tmp_path: Path) -> None:
    (payload,) = renderer.render(ORDINARY)
    with pytest.raises(DestinationGoneError, match="does not exist"):
        await create({}, FakeDesk()).send(f"file:{tmp_path / 'no' / 'digests.txt'}", payload, key="k")


def test_a_setting_it_does_not_have_is_refused() -> None:
    with pytest.raises(SettingsError, match="has no settings"):
        create({"colour": "red"}, FakeDesk())


def test_the_terminal_gets_plain_text_when_it_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    import asyncio

    (payload,) = renderer.render(ORDINARY)
    asyncio.run(create({}, FakeDesk()).send("-", payload, key="k"))
    assert capsys.readouterr().out == plain(payload)


def test_a_thousand_digests_are_whole() -> None:
    for number, reply in enumerate(digests()):
        shown = text_of(reply)
        assert not set(shown) & set("\x1b\x9b\u202e\u200b")
        addresses = {line.strip().partition("#")[0] for line in shown.splitlines() if line.strip().startswith("http")}
        assert missing(reply, shown, addresses) == [], number
        assert sections_in_order(reply, shown), number


def test_a_button_is_told_as_what_to_type() -> None:
    actions = (Action(label="Older", press="page:2:search x"), Action(label="Odd", press="kept:0"))
    assert text_of(Reply(heading="x", actions=actions)).splitlines() == ["x", "Older: search x", "Odd"]


def test_the_page_on_the_web_is_named_under_the_heading() -> None:
    (message,) = renderer.render(Reply(heading="x", permalink="https://attache.example/digests/1"))
    assert message["lines"][1] == ["link", "On the web: https://attache.example/digests/1"]
