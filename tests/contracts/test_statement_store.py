"""The port StatementStore, on every database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.brief import Brief
from bot.domain.identity import identify
from bot.domain.subscription import Filter
from bot.domain.taxonomy import Forum, Kind, Topic
from bot.infra.store import Store
from bot.ports import Change, Kept
from tests.contracts.second_process import KEPT, race
from tests.samples import BODY, NOW, another, brief, statement

EVERYTHING = Filter()


def keep(store: Store, what: Brief, *, minutes: int = 0) -> Kept:
    now = NOW + timedelta(minutes=minutes)
    return store.statements.keep(what, identify(what.statement), source="mission", now=now)


def found(store: Store, words: str, **filter: Any) -> list[str]:
    return [b.statement.title for b in store.statements.search(words, Filter(**filter), limit=50).briefs]


class TestKeeping:
    def test_a_statement_seen_for_the_first_time_is_new(self, store: Store) -> None:
        kept = keep(store, brief())
        assert (kept.change, kept.revision, store.statements.count()) == (Change.NEW, 1, 1)

    def test_its_brief_comes_back_exactly_under_an_id_of_its_own(self, store: Store) -> None:
        sample = brief()
        kept = keep(store, sample)
        assert store.statements.get(kept.id) == replace(sample, statement=replace(sample.statement, id=kept.id))
        assert len(kept.id) == 12
        assert set(kept.id) <= set("0123456789abcdef")

    def test_the_id_is_made_of_the_address_alone(self, store: Store) -> None:
        first = keep(store, brief(id="a"))
        assert first.id == "ef854f9cbbac"

    def test_seen_again_it_is_the_same(self, store: Store) -> None:
        first = keep(store, brief())
        assert keep(store, brief(id="other", title="Another title")) == Kept(
            id=first.id, change=Change.SAME, revision=1
        )
        assert store.statements.count() == 1

    def test_other_white_space_is_no_change(self, store: Store) -> None:
        keep(store, brief())
        assert keep(store, brief(body=BODY.replace("\n\n", " \n \n ") + "\n")).change is Change.SAME

    def test_tracking_parameters_do_not_make_another_address(self, store: Store) -> None:
        keep(store, brief())
        again = brief(url="http://www.mission.example/statements/nets/?utm_source=letter#top")
        assert keep(store, again).change is Change.SAME

    def test_a_changed_text_at_its_address_is_a_revision(self, store: Store) -> None:
        first = keep(store, brief())
        kept = keep(store, brief(body=BODY.replace("nine", "eleven")))
        assert kept == Kept(id=first.id, change=Change.REVISED, revision=2)
        newest = store.statements.get(first.id)
        assert newest is not None
        assert "eleven districts" in newest.statement.body
        assert (newest.corrects, newest.statement.id) == (first.id, first.id)
        assert store.statements.count() == 1

    def test_a_revision_is_found_by_its_words_and_no_longer_by_the_old_ones(self, store: Store) -> None:
        keep(store, another(1, body="The old wording of it."))
        keep(store, another(1, body="The fresh phrasing of it.", country="FJI"))
        assert found(store, "wording") == []
        assert found(store, "phrasing", countries=frozenset({"FJI"})) == ["Statement 1"]

    def test_a_text_changed_back_is_a_revision_too(self, store: Store) -> None:
        keep(store, brief())
        keep(store, brief(body=BODY.replace("nine", "eleven")))
        assert keep(store, brief()).revision == 3

    @pytest.mark.parametrize(
        "changes", [{"speaker": "Mwayi Phiri"}, {"date": date(2026, 11, 19)}, {"country": "ZMB"}, {"forum": Forum.GM}]
    )
    def test_a_fact_the_page_tells_otherwise_is_a_revision(self, store: Store, changes: dict[str, Any]) -> None:
        keep(store, brief())
        assert keep(store, brief(**changes)).change is Change.REVISED
        assert keep(store, brief(**changes)).change is Change.SAME

    @pytest.mark.parametrize(
        "changes",
        [
            # What an entry brings along is not the page's own.
            {"title": "Another title", "forum": Forum.GM},
            {"published": NOW, "date": date(2026, 11, 22)},
            # Nor does one that says less contradict anything.
            {"speaker": None, "country": None, "forum": None, "date": None},
        ],
    )
    def test_what_another_entry_says_of_it_is_none(self, store: Store, changes: dict[str, Any]) -> None:
        keep(store, brief())
        assert keep(store, brief(**changes)).change is Change.SAME

    def test_what_another_source_or_a_copy_says_of_it_is_none_either(self, store: Store) -> None:
        keep(store, brief())
        other = brief(speaker="Mwayi Phiri")
        assert store.statements.keep(other, identify(other.statement), source="b", now=NOW).change is Change.SAME
        for _ in range(2):
            copy = keep(store, brief(speaker="Mwayi Phiri", url="https://mirror.example/copy"))
        assert copy.change is Change.SAME

    def test_the_same_words_elsewhere_are_a_duplicate_and_known_there_from_then_on(self, store: Store) -> None:
        first = keep(store, brief())
        copy = brief(url="https://mirror.example/2026/copy", title="Copied", body=f"Home | News | Contact\n\n{BODY}")
        assert keep(store, copy) == Kept(id=first.id, change=Change.DUPLICATE, revision=1)
        assert keep(store, copy).change is Change.SAME
        known = store.statements.get("https://mirror.example/2026/copy")
        assert known is not None
        assert known.statement.title == "Statement on existing threats"

    def test_a_change_of_the_copy_does_not_revise_the_statement(self, store: Store) -> None:
        keep(store, brief())
        keep(store, brief(url="https://mirror.example/copy"))
        changed = brief(url="https://mirror.example/copy", body=f"{BODY}\n\nShare this.")
        assert keep(store, changed).change is Change.DUPLICATE
        assert store.statements.get("https://mirror.example/copy") == store.statements.get(
            "mission.example/statements/nets"
        )

    @pytest.mark.parametrize(
        "changes", [{"country": "KEN"}, {"date": date(2027, 11, 20)}, {"group": "African Group", "country": "KEN"}]
    )
    def test_like_words_of_another_speaker_or_time_are_another_statement(
        self, store: Store, changes: dict[str, Any]
    ) -> None:
        keep(store, brief())
        assert keep(store, brief(url="https://other.example/1", **changes)).change is Change.NEW

    def test_what_is_unknown_of_a_copy_agrees(self, store: Store) -> None:
        keep(store, brief())
        copy = brief(url="https://other.example/1", country=None, date=None)
        assert keep(store, copy).change is Change.DUPLICATE

    def test_a_bare_title_resembles_nothing(self, store: Store) -> None:
        keep(store, brief(url="https://a.example/1", body="Other Disarmament Measures", country=None, date=None))
        second = brief(url="https://b.example/2", body="Other Disarmament Measures", country=None, date=None)
        assert keep(store, second).change is Change.NEW

    def test_the_same_symbol_is_the_same_document(self, store: Store) -> None:
        first = keep(store, brief(symbol="A/AC.298/2026/CRP.4"))
        translated = brief(
            url="https://un.example/fr", symbol="a/ac.298/2026/crp.4", body="Tout autre texte.", language="fr"
        )
        assert keep(store, translated) == Kept(id=first.id, change=Change.DUPLICATE, revision=1)

    def test_two_speakers_under_one_symbol_are_two_statements(self, store: Store) -> None:
        first = keep(store, another(1, symbol="SC/16200", country="MWI"))
        second = keep(store, another(2, symbol="SC/16200", country="KEN"))
        assert second.change is Change.NEW
        assert second.id != first.id

    def test_without_any_address_the_text_itself_is_the_name(self, store: Store) -> None:
        first = keep(store, brief(url=None))
        assert keep(store, brief(url=None)) == Kept(id=first.id, change=Change.SAME, revision=1)
        assert keep(store, brief(url=None, country="KEN")).change is Change.NEW

    def test_an_address_of_any_length_is_known_again(self, store: Store) -> None:
        long = f"https://mission.example/?{'q=1&' * 3000}"
        keep(store, brief(url=long))
        assert keep(store, brief(url=long)).change is Change.SAME
        assert keep(store, another(2, url=f"{long}x=2")).change is Change.NEW

    def test_what_no_database_can_store_is_replaced_one_for_one(self, store: Store) -> None:
        broken = brief(title="A\x00B \ud800", body=f"{BODY}\x00\udfff", speaker="\ud83d", country="X\x00")
        got = store.statements.get(keep(store, broken).id)
        assert got is not None
        assert len(got.statement.body) == len(BODY) + 2
        assert got.statement.title == "A\ufffdB \ufffd"
        point = got.points[0]
        assert got.statement.body[point.start : point.end] == point.quote


class TestManyAtOnce:
    def test_threads_that_keep_the_same_statements_keep_each_once(self, store: Store) -> None:
        with ThreadPoolExecutor(8) as pool:
            kept = list(pool.map(lambda number: keep(store, another(number % 5)), range(40)))
        assert sorted(k.change for k in kept) == [Change.NEW] * 5 + [Change.SAME] * 35
        assert store.statements.count() == 5

    def test_threads_that_keep_copies_keep_one_statement(self, store: Store) -> None:
        copies = [brief(url=f"https://mirror.example/{number}") for number in range(8)]
        with ThreadPoolExecutor(8) as pool:
            changes = sorted(k.change for k in pool.map(lambda copy: keep(store, copy), copies))
        assert changes == [Change.DUPLICATE] * 7 + [Change.NEW]

    def test_two_processes_that_keep_the_same_statements_keep_each_once(self, store: Store, database_url: str) -> None:
        outcomes = [line.split() for line in race(database_url, "keep")]
        assert all(sorted(both) == ["new", "same"] for both in zip(*outcomes, strict=True))
        assert store.statements.count() == KEPT


class TestGetting:
    def test_by_the_beginning_of_its_id(self, store: Store) -> None:
        kept = keep(store, brief())
        for known in (kept.id[:4], kept.id[:7].upper(), f" {kept.id} "):
            assert store.statements.get(known) is not None
        assert store.statements.get(kept.id[:3]) is None

    def test_by_any_address_or_symbol(self, store: Store) -> None:
        keep(store, brief(symbol="A/AC.298/2026/CRP.4"))
        assert store.statements.get("https://www.mission.example/statements/nets/?fbclid=1") is not None
        assert store.statements.get("a/ac.298/2026/crp.4") is not None

    @pytest.mark.parametrize(
        "unknown", ["", "ffff", "https://nowhere.example/", "%", "\x00", "\ud800", "http://[", "____"]
    )
    def test_none_for_what_is_unknown(self, store: Store, unknown: str) -> None:
        keep(store, brief())
        assert store.statements.get(unknown) is None


class TestRevisions:
    def test_are_all_there_in_their_order_as_they_were(self, store: Store) -> None:
        id = keep(store, brief()).id
        keep(store, brief(body=BODY.replace("nine", "eleven")), minutes=5)
        keep(store, brief(body=BODY.replace("nine", "ten")), minutes=9)
        revisions = store.statements.revisions(id)
        assert [(r.number, r.seen_at - NOW) for r in revisions] == [
            (1, timedelta()),
            (2, timedelta(minutes=5)),
            (3, timedelta(minutes=9)),
        ]
        assert [word in r.brief.statement.body for r, word in zip(revisions, ("nine", "eleven", "ten"), strict=True)]
        assert [r.brief.corrects for r in revisions] == [None, id, id]
        assert revisions[-1].brief == store.statements.get(id)

    def test_of_an_unknown_statement_there_are_none(self, store: Store) -> None:
        keep(store, brief())
        assert store.statements.revisions("ffffffffffff") == []
        assert store.statements.revisions("\x00") == []


class TestSearching:
    def test_newest_first_by_delivery_then_publication_then_sight(self, store: Store) -> None:
        keep(store, another(1, date=date(2026, 11, 3)))
        keep(store, another(2, date=date(2026, 11, 5)), minutes=1)
        keep(store, another(3, date=None))  # published on the 21st
        keep(store, another(4, date=None, published=None))  # seen on the 23rd
        keep(store, another(5, date=date(2026, 11, 5)), minutes=2)
        assert found(store, "") == ["Statement 4", "Statement 3", "Statement 5", "Statement 2", "Statement 1"]

    def test_pages_follow_each_other_and_know_how_many_there_are(self, store: Store) -> None:
        for number in range(7):
            keep(store, another(number), minutes=number)
        pages = [store.statements.search("", EVERYTHING, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
        assert [len(page.briefs) for page in pages] == [3, 3, 1, 0]
        assert {page.total for page in pages} == {7}
        assert len({b.statement.id for page in pages for b in page.briefs}) == 7

    def test_every_word_must_be_there_in_any_form(self, store: Store) -> None:
        keep(store, another(1, body="We condemned attacks upon hospitals."))
        keep(store, another(2, body="An attack on a port."))
        assert found(store, "ATTACK hospital") == ["Statement 1"]
        assert sorted(found(store, "attacks")) == ["Statement 1", "Statement 2"]
        assert found(store, "attack volcano") == []

    def test_the_speaker_and_the_title_are_searched_too(self, store: Store) -> None:
        keep(store, another(1, speaker="Ñusta Quispe"))
        assert found(store, "nusta statement") == ["Statement 1"]

    @pytest.mark.parametrize(
        "words", ["***", '"', "' OR 1=1 --", "-", "NEAR(", "a:b*", "\x00", "\ud800", "& | !", "\\"]
    )
    def test_signs_are_not_understood_as_commands(self, store: Store, words: str) -> None:
        keep(store, another(1))
        assert store.statements.search(words, EVERYTHING, limit=5).total == 0

    def test_blank_words_are_none(self, store: Store) -> None:
        keep(store, another(1))
        assert found(store, "  \n") == ["Statement 1"]

    def test_filters_narrow_what_is_found(self, store: Store) -> None:
        keep(store, another(1, country="KEN", forum=Forum.UNSC, language="en", date=date(2026, 1, 1)))
        keep(store, another(2, country="PER", forum=Forum.HRC, language="es", date=date(2026, 2, 2)))
        keep(store, replace(another(3, country=None, forum=None, date=None), topics=(Topic.GENDER, Topic.NORMS)))
        assert found(store, "", countries=frozenset({"KEN"})) == ["Statement 1"]
        assert found(store, "", forums=frozenset({Forum.HRC, Forum.GM})) == ["Statement 2"]
        assert found(store, "", topics=frozenset({Topic.NORMS, Topic.GENDER})) == ["Statement 3"]
        assert found(store, "", languages=frozenset({"es"})) == ["Statement 2"]
        assert found(store, "", since=date(2026, 1, 2)) == ["Statement 2"]
        assert found(store, "", until=date(2026, 2, 1)) == ["Statement 1"]
        assert found(store, "statement", countries=frozenset({"PER"}), since=date(2026, 3, 1)) == []

    def test_what_a_filter_says_of_a_brief_is_what_search_does(self, store: Store) -> None:
        briefs = [
            another(1, country=None, date=None),
            another(2, country="KEN", forum=Forum.OTHER, language="fr"),
            replace(another(3, kind=Kind.GROUP_STATEMENT, group="ASEAN", country="SGP"), topics=()),
        ]
        for sample in briefs:
            keep(store, sample)
        filters = [
            Filter(countries=frozenset({"KEN", "SGP"}), topics=frozenset({Topic.RANSOMWARE})),
            Filter(since=date(2020, 1, 1)),
            Filter(forums=frozenset({Forum.OTHER}), languages=frozenset({"fr", "en"})),
            EVERYTHING,
        ]
        for wanted in filters:
            expected = sorted(b.statement.title for b in briefs if wanted.matches(b))
            assert sorted(b.statement.title for b in store.statements.search("", wanted, limit=9).briefs) == expected


class TestEarlier:
    def test_the_same_speakers_statements_of_an_earlier_date_newest_first(self, store: Store) -> None:
        for number, year in ((1, 2023), (2, 2025), (3, 2024), (4, 2026)):
            keep(store, another(number, date=date(year, 6, 1)))
        keep(store, another(5, date=date(2024, 1, 1), country="KEN"))
        keep(store, another(6, date=date(2024, 1, 1), group="African Group"))
        now = another(7, date=date(2026, 6, 1))
        assert [b.statement.title for b in store.statements.earlier(now, limit=2)] == ["Statement 2", "Statement 3"]
        assert len(store.statements.earlier(now, limit=9)) == 3

    def test_a_group_is_its_own_speaker_whoever_delivers(self, store: Store) -> None:
        keep(store, another(1, date=date(2024, 1, 1), country=None, group="ASEAN"))
        now = another(2, country=None, group="ASEAN")
        assert [b.statement.title for b in store.statements.earlier(now, limit=9)] == ["Statement 1"]

    def test_nothing_is_earlier_than_an_unknown_speaker_or_day(self, store: Store) -> None:
        keep(store, another(1, date=date(2024, 1, 1), country=None))
        keep(store, another(2, date=date(2024, 1, 1)))
        assert store.statements.earlier(another(3, country=None), limit=9) == ()
        assert store.statements.earlier(another(3, date=None, published=None), limit=9) == ()

    def test_a_revision_has_not_said_it_before_itself(self, store: Store) -> None:
        kept = keep(store, brief(date=date(2024, 1, 1)))
        later = brief(id=kept.id, date=date(2024, 1, 2))
        assert store.statements.earlier(later, limit=9) == []


def test_samples_are_as_the_tests_say() -> None:
    assert statement().body == BODY
    assert not set(identify(another(1).statement).bands) & set(identify(another(2).statement).bands)
