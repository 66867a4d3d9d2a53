"""The ports Installations and ActionStore, on every database."""

from __future__ import annotations

from datetime import timedelta

from bot.infra.store import Store
from bot.infra.store.chat import SqlInstallations
from tests.samples import NOW


def installations(store: Store, platform: str = "slack") -> SqlInstallations:
    return SqlInstallations(lambda: store.database, platform)


class TestInstallations:
    def test_what_is_kept_is_there_again_and_the_last_one_counts(self, store: Store) -> None:
        kept = installations(store)
        assert kept.get("T1") is None
        kept.keep("T1", {"token": "xoxb-1", "scopes": ["chat:write"], "bot": {"id": 7}})
        kept.keep("T1", {"token": "xoxb-2"})
        assert installations(store).get("T1") == {"token": "xoxb-2"}

    def test_names_are_listed_in_order(self, store: Store) -> None:
        kept = installations(store)
        for name in ("b", "a", "É", "B"):
            kept.keep(name, {})
        assert kept.names() == ["B", "a", "b", "É"]

    def test_of_two_who_drop_it_only_one_has_it(self, store: Store) -> None:
        kept = installations(store)
        kept.keep("state:1", {"until": "2026-11-23"})
        assert kept.drop("state:1")
        assert not kept.drop("state:1")
        assert kept.get("state:1") is None

    def test_adapters_do_not_see_each_others(self, store: Store) -> None:
        installations(store).keep("T1", {"token": "a"})
        other = installations(store, "discord")
        assert other.get("T1") is None
        assert other.names() == []
        assert not other.drop("T1")

    def test_what_no_database_stores_is_replaced(self, store: Store) -> None:
        kept = installations(store)
        kept.keep("T\x001", {"token": "a\x00\ud800"})
        assert kept.get("T\x001") == {"token": "a\ufffd\ufffd"}


class TestActions:
    def test_an_action_is_found_under_its_name(self, store: Store) -> None:
        assert store.actions.find("kept:1") is None
        store.actions.keep("kept:1", "page:2:search ransomware", now=NOW)
        store.actions.keep("kept:1", "page:2:search ransomware", now=NOW)
        assert store.actions.find("kept:1") == "page:2:search ransomware"

    def test_one_that_was_not_kept_again_for_half_a_year_is_forgotten(self, store: Store) -> None:
        store.actions.keep("kept:1", "old", now=NOW)
        store.actions.keep("kept:2", "used", now=NOW)
        store.actions.keep("kept:2", "used", now=NOW + timedelta(days=100))
        store.actions.keep("kept:3", "new", now=NOW + timedelta(days=200))
        assert [store.actions.find(f"kept:{number}") for number in (1, 2, 3)] == [None, "used", "new"]
