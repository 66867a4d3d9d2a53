"""Two states side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.domain.brief import Brief, Point
from bot.domain.identity import identify
from bot.domain.reply import Reply
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance, Topic
from bot.infra.store import open_store
from bot.services import lookup
from bot.services.comparing import APART, OPPOSITE, SAME, compare
from tests.samples import NOW, statement

LAW, NORMS, GENDER = Topic.INTERNATIONAL_LAW, Topic.NORMS, Topic.GENDER


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = open_store(f"sqlite:///{tmp_path}/attache.db")
    yield opened.statements
    opened.close()


def keep(store: Any, country: str, *said: tuple[str, Stance | None, tuple[Topic, ...]], **changes: Any) -> str:
    """Keep a statement that takes these positions, in order."""
    body = "\n\n".join(words for words, _, _ in said)
    points = tuple(
        Point(
            text=words, quote=words, start=body.index(words), end=body.index(words) + len(words),
            stance=stance, topics=topics, link=None, **changes,
        )
        for words, stance, topics in said
    )  # fmt: skip
    url = f"https://mission.example/{country}/{len(body)}"
    kept = Brief(
        statement=statement(id=url, url=url, country=country, body=body, speaker=None, title=f"{country} {len(body)}"),
        points=points,
    )
    return str(store.keep(kept, identify(kept.statement), source="s", now=NOW).id)


def told(reply: Reply) -> list[tuple[str, str]]:
    return [(section.heading, section.text) for section in reply.sections]


def test_where_they_differ_comes_first_then_where_they_are_on_one_side_then_who_is_silent(store: Any) -> None:
    keep(
        store,
        "CHN",
        ("Norms should grow.", Stance.SUPPORTS, (NORMS,)),
        ("A treaty is needed.", Stance.CALLS_FOR, (LAW,)),
    )
    keep(
        store, "EST",
        ("Women must sit here.", Stance.CALLS_FOR, (GENDER,)),
        ("Norms deserve support.", Stance.SUPPORTS, (NORMS,)),
        ("We reject a treaty.", Stance.OPPOSES, (LAW,)),
    )  # fmt: skip
    reply = compare(store, "CHN", "EST", Filter())
    assert told(reply) == [("International law", OPPOSITE), ("Norms", SAME), ("Gender", "China is silent.")]


def test_words_on_no_side_are_no_agreement(store: Any) -> None:
    keep(store, "CHN", ("Norms are eleven.", None, (NORMS,)))
    keep(store, "EST", ("Norms deserve support.", Stance.SUPPORTS, (NORMS,)))
    assert told(compare(store, "CHN", "EST", Filter())) == [("Norms", APART)]


def test_the_same_two_quotes_are_shown_once(store: Any) -> None:
    keep(store, "CHN", ("Norms and law hold.", Stance.SUPPORTS, (NORMS, LAW)))
    keep(store, "EST", ("Law and norms hold here.", Stance.SUPPORTS, (LAW, NORMS)))
    assert len(compare(store, "CHN", "EST", Filter()).sections) == 1


def test_a_topic_narrows_what_is_compared_and_nothing_is_said_of_nothing(store: Any) -> None:
    keep(store, "CHN", ("Norms should grow.", Stance.SUPPORTS, (NORMS,)))
    assert told(compare(store, "CHN", "EST", Filter(topics=frozenset({NORMS})))) == []
    assert compare(store, "CHN", "EST", Filter(topics=frozenset({GENDER}))).intro.startswith("Nothing is kept")


def test_what_was_said_before_tells_when(store: Any) -> None:
    earlier = keep(store, "EST", ("Norms deserve support.", Stance.SUPPORTS, (NORMS,)))
    words = ("Norms deserve our full support.", Stance.SUPPORTS, (NORMS,))
    keep(store, "EST", words, new=False, said_before=earlier)
    reply = lookup.new(store, "EST")
    (section,) = [section for section in reply.sections if section.heading == "Said before"]
    assert section.points[0].by == f"said on 20 November 2026 ({earlier})"
