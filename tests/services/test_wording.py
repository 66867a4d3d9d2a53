"""Digests as they are worded: few statements one by one, a debate as one entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.brief import Brief
from bot.domain.digest import Coverage, Digest
from bot.domain.taxonomy import Forum, Stance, Topic
from bot.services.wording import digest_reply
from tests.samples import NOW, brief, statement

STATES = ["CHL", "FJI", "GHA", "IND", "JPN", "KEN", "LVA", "MEX", "NOR"]


def spoken(country: str, stance: Stance) -> Brief:
    made = brief(country=country, id=country, forum=Forum.UNSC, date=date(2026, 11, 18))
    return replace(made, points=(replace(made.points[0], stance=stance, topics=(Topic.RANSOMWARE,)),))


def digest(*briefs: Brief) -> Digest:
    return Digest(slot="s", made_at=NOW, briefs=briefs, coverage=Coverage(checked=3))


def test_few_statements_are_told_one_by_one() -> None:
    reply = digest_reply(digest(*(spoken(code, Stance.SUPPORTS) for code in STATES[:3])))
    assert [section.byline.split(" · ")[0] for section in reply.sections] == ["Chile", "Fiji", "Ghana"]
    assert all(section.points for section in reply.sections)


def test_a_debate_is_one_entry_with_its_tally_the_outliers_and_everybody_s_name() -> None:
    room = [spoken(code, Stance.SUPPORTS) for code in STATES[:-1]] + [spoken("NOR", Stance.OPPOSES)]
    elsewhere = brief(country="ZMB", forum=Forum.OEWG)
    debate, alone = digest_reply(digest(*room, elsewhere)).sections
    assert debate.heading == "Security Council · 18 November 2026: 9 statements"
    assert debate.byline == "Spoke: Chile, Fiji, Ghana, India, Japan, Kenya, Latvia, Mexico, Norway"
    assert debate.text == "All of them: latest forum:UNSC since:2026-11-18 until:2026-11-18"
    assert debate.table is not None
    assert debate.table.rows == (("ransomware", "8 in favour or asking for more, 1 against or cautioning"),)
    assert [(point.by, point.stance) for point in debate.points] == [("Norway", Stance.OPPOSES)]
    assert alone.byline.startswith("Zambia")


def test_a_room_divided_in_halves_has_no_outliers() -> None:
    room = [spoken(code, Stance.OPPOSES if n % 2 else Stance.SUPPORTS) for n, code in enumerate(STATES)]
    (debate,) = digest_reply(digest(*room)).sections
    assert debate.points == ()


def test_many_statements_begin_with_who_spoke_where() -> None:
    said = [brief(country=code, id=code, forum=Forum.OEWG, date=None) for code in STATES]
    said += [brief(country="KEN", id="again", forum=Forum.OEWG, date=None), brief(country="FRA", forum=None)]
    short, *others = digest_reply(digest(*said)).sections
    assert short.table is not None
    assert short.table.rows == (
        ("Open-ended Working Group", "Chile, Fiji, Ghana, India, Japan, Kenya (2), Latvia, Mexico, Norway"),
        ("Elsewhere", "France"),
    )
    assert len(others) == 11


def test_nothing_new_says_what_was_watched() -> None:
    reply = digest_reply(digest())
    assert (reply.heading, reply.intro) == ("UN cyber statements: nothing new", "0 new, 3 sources checked")


def test_a_group_is_named_with_the_state_that_spoke_for_it_and_an_official_by_name() -> None:
    nordic = brief(country="DNK", group="Nordic")
    official = replace(
        brief(), statement=statement(country=None, speaker="Ms. Ilse Okoth", role="High Representative", date=None)
    )
    bylines = [section.byline for section in digest_reply(digest(nordic, official)).sections]
    assert any(line.startswith("Nordic (Denmark) · ") for line in bylines)
    assert any(line == "Ms. Ilse Okoth, High Representative · Open-ended Working Group" for line in bylines)
