"""What look-ups weigh of statements and show of their points, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.outline import Place, Said, Stand
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Stance
from bot.infra.store import Store
from tests.contracts.test_statement_store import EVERYTHING, keep
from tests.samples import BODY, another, brief


def test_the_newest_first_with_who_speaks_and_what_each_point_takes_a_side_on(store: Store) -> None:
    keep(store, brief(date=date(2026, 11, 19)))
    keep(store, another(2, group="ASEAN", speaker=None, role=None))
    keep(store, another(3, country="KEN", date=date(2026, 11, 18)))
    newest, older = store.statements.outlines(Filter(countries=frozenset({"MWI"})), limit=5)
    assert (newest.group, newest.speaker, newest.stands) == ("ASEAN", None, ())
    point, said = brief().points[0], brief().statement
    assert older.stands == (Stand(point.stance, point.topics),)
    assert (older.country, older.speaker, older.role, older.date, older.language) == (
        "MWI",
        said.speaker,
        said.role,
        date(2026, 11, 19),
        "en",
    )
    assert [one.id for one in store.statements.outlines(EVERYTHING, limit=2)] == [newest.id, older.id]


def test_a_point_without_a_stance_or_a_topic_has_none(store: Store) -> None:
    sample = brief()
    bare = replace(sample.points[0], stance=None, topics=(), link=None, new=None, text="\x00 \n “quoted”")
    keep(store, replace(sample, points=(bare, sample.points[0])))
    (outline,) = store.statements.outlines(EVERYTHING, limit=5)
    assert outline.stands[0] == Stand(None, ())
    said = store.statements.said([outline.place(1), outline.place(2)])
    assert said[outline.place(1)] == Said("\ufffd \n “quoted”", None, None)
    assert said[outline.place(2)].text == sample.points[0].text


def test_the_newest_revision_alone_is_outlined_and_what_an_earlier_one_said_is_still_told(
    store: Store,
) -> None:
    keep(store, brief())
    (before,) = store.statements.outlines(EVERYTHING, limit=5)
    changed = brief(body=f"{BODY} And more.", speaker="Somebody Else")
    point = replace(changed.points[0], text="Otherwise", stance=Stance.OPPOSES, new=True)
    keep(store, replace(changed, points=(point,)), minutes=5)
    (after,) = store.statements.outlines(EVERYTHING, limit=5)
    assert (after.revision, after.speaker, after.stands[0].stance) == (2, "Somebody Else", Stance.OPPOSES)
    told = store.statements.said([before.place(1), after.place(1)])
    assert {place.revision: said.text for place, said in told.items()} == {
        1: brief().points[0].text,
        2: "Otherwise",
    }


def test_what_stands_nowhere_is_left_out(store: Store) -> None:
    keep(store, brief())
    (outline,) = store.statements.outlines(EVERYTHING, limit=5)
    nowhere = [outline.place(0), outline.place(2), Place(outline.id, 2, 1), Place("f" * 12, 1, 1)]
    assert store.statements.said(nowhere) == {}
    assert store.statements.said([]) == {}


def test_more_places_than_one_question_holds_are_told(store: Store) -> None:
    keep(store, brief())
    (outline,) = store.statements.outlines(EVERYTHING, limit=5)
    places = [*(Place(f"{number:012x}", 1, 1) for number in range(1200)), outline.place(1)]
    assert list(store.statements.said(places)) == [outline.place(1)]


def test_so_many_pass_a_filter(store: Store) -> None:
    for number, country in enumerate(("KEN", "KEN", "PER")):
        keep(store, another(number, country=country), minutes=number)
    counted = [store.statements.count(Filter(countries=frozenset(codes))) for codes in ({"KEN"}, {"FJI"}, ())]
    assert counted == [2, 0, 3]
