"""Readers say whether a brief is accurate: what is understood, what is kept, what the next reader is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.briefing import make_brief
from bot.domain.brief import Brief
from bot.domain.calls import call, parse
from bot.domain.identity import identify
from bot.domain.mark import Verdict
from bot.domain.reply import Reply
from bot.domain.taxonomy import Stance
from bot.errors import NotFoundError, UsageError
from bot.infra.store import Store
from bot.services.lookup import show
from bot.services.marking import take
from tests.samples import BODY, NOW, statement

ME = "discord:1"
ASKED = "We ask the Chair to put this in the second part of the draft."
MALARIA = "Malaria took more of our children last year than any intrusion"


def keep(store: Store, body: str = BODY) -> Brief:
    made = make_brief(statement(body=body))
    kept = store.statements.keep(made, identify(made.statement), source="s", now=NOW)
    brief = store.statements.get(kept.id)
    assert brief is not None
    return brief


def mark(store: Store, line: str, reader: str = ME) -> Reply:
    return take(store.statements, store.marks, parse(f"mark {line}"), reader, now=NOW)


def kept(store: Store, brief: Brief) -> list[tuple[str, str, Stance | None]]:
    return [(m.verdict, m.quote, m.stance) for m in store.marks.of(brief.statement.id)]


def readers(store: Store, brief: Brief) -> str:
    sections = show(store.statements, store.marks, brief.statement.id).sections
    return "".join(section.text for section in sections if section.heading == "Readers")


def test_a_whole_brief_is_marked(store: Store) -> None:
    brief = keep(store)
    reply = mark(store, f'{brief.statement.id[:6]} accurate note:"well done"')
    assert reply.intro == "Noted, thank you; you found this brief accurate."
    (got,) = store.marks.of(brief.statement.id)
    assert (got.reader, got.verdict, got.revision, got.quote, got.note) == (ME, Verdict.ACCURATE, 1, "", "well done")


def test_a_point_is_marked_by_its_number_and_kept_by_its_words(store: Store) -> None:
    brief = keep(store)
    reply = mark(store, f"{brief.statement.id} wrong point:1 stance:calls-for")
    assert [(q.text, q.stance) for q in reply.sections[0].points] == [(brief.points[0].quote, Stance.CALLS_FOR)]
    assert kept(store, brief) == [("wrong", brief.points[0].quote, Stance.CALLS_FOR)]
    mark(store, f"{brief.statement.id} accurate point:1")
    assert kept(store, brief) == [("accurate", brief.points[0].quote, brief.points[0].stance)]


@pytest.mark.parametrize("said", [MALARIA, MALARIA.replace(" ", "  "), f" {MALARIA} "])
def test_a_missed_sentence_is_kept_as_it_stands_in_the_statement(store: Store, said: str) -> None:
    brief = keep(store)
    mark(store, f'{brief.statement.id} wrong missed:"{said}" stance:cautions')
    assert kept(store, brief) == [("wrong", "", None), ("missed", MALARIA, Stance.CAUTIONS)]


def test_quotation_marks_may_be_of_any_form(store: Store) -> None:
    brief = keep(store, f"{BODY}\n\nOur people call it “the long week”, and they’re right to.")
    mark(store, f"{brief.statement.id} missed:\"call it 'the long week', and they're right\"")
    assert [quote for _, quote, _ in kept(store, brief)] == ["call it “the long week”, and they’re right"]


def test_a_platform_with_typed_options_says_the_same(store: Store) -> None:
    brief = keep(store)
    asked = call("mark", {"statement": brief.statement.url or "", "verdict": "wrong", "point": "1", "note": ""})
    take(store.statements, store.marks, asked, ME, now=NOW)
    assert kept(store, brief) == [("wrong", brief.points[0].quote, None)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{id}", "say what you found: mark {id} accurate"),
        ("{id} point:1", "say what you found"),
        ("{id} wrong point:9", r"point:9 is no point of this brief; it has \d points?, counted from 1"),
        ("{id} wrong point:0", "point:0 is no point"),
        ("{id} wrong point:one", "point:one is no point"),
        ("{id} wrong stance:opposes", "stance: says what is right instead"),
        ("{id} accurate point:1 stance:opposes", "stance: says what is right instead"),
        ("{id} wrong point:1 stance:opposed", "did you mean 'opposes'"),
        ('{id} wrong point:1 missed:"a b c"', "are two marks"),
        ('{id} missed:"the"', "takes a sentence of the statement"),
        ('{id} missed:"Malaria took fewer of our children"', "word for word, and .* does not"),
        ("{id} wrong note:{long}", "note: takes 500 characters at most; this one has 501"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_what_would_be_and_kept_nowhere(
    store: Store, line: str, said: str
) -> None:
    brief = keep(store)
    id = brief.statement.id
    with pytest.raises(UsageError, match=said.format(id=id)):
        mark(store, line.format(id=id, long="x" * 501))
    assert kept(store, brief) == []


def test_a_missed_sentence_that_is_a_point_is_said_to_be(store: Store) -> None:
    brief = keep(store)
    with pytest.raises(UsageError, match="that is point 1 already"):
        mark(store, f'{brief.statement.id} missed:"{brief.points[0].quote}"')


def test_a_statement_there_is_not(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no statement is kept under 'ffff accurately'"):
        mark(store, "ffff accurately missed:x")


def test_show_says_what_readers_found_and_lets_the_next_one_say_it(store: Store) -> None:
    brief = keep(store)
    id = brief.statement.id
    assert readers(store, brief) == ""
    for reader in ("discord:1", "discord:2", "slack:1"):
        mark(store, f"{id} accurate", reader)
    mark(store, f"{id} wrong", "console:me")
    mark(store, f"{id} wrong", "discord:1")
    mark(store, f"{id} accurate", "discord:1")
    mark(store, f"{id} wrong point:1", "slack:9")
    mark(store, f'{id} missed:"{MALARIA}"', "slack:9")
    assert readers(store, brief) == "3 found it accurate, 1 did not; 1 marked single points; 1 sentence missed"
    buttons = {a.label: a.press for a in show(store.statements, store.marks, id).actions if a.press}
    assert buttons == {"Accurate": f"go:mark {id} accurate", "Not accurate": f"go:mark {id} wrong"}


def test_what_was_said_of_an_earlier_revision_is_not_said_of_this_one(store: Store) -> None:
    brief = keep(store)
    mark(store, f"{brief.statement.id} wrong")
    mark(store, f'{brief.statement.id} missed:"{MALARIA}"')
    revised = keep(store, BODY.replace("nine districts", "eleven districts"))
    assert readers(store, revised) == "1 sentence missed"
    take(store.statements, store.marks, parse(f"mark {brief.statement.id} accurate"), ME, now=NOW + timedelta(days=1))
    assert readers(store, revised) == "1 found it accurate, 0 did not; 1 sentence missed"
