"""Polling: each entry becomes what it is, once, and says why; one source's trouble is its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.source import Health, Source, SourceKind, Validators, due
from bot.errors import FetchError, StoreError, ThrottledError
from bot.infra.feeds import parse_feed
from bot.infra.folder import list_folder, read_file
from bot.infra.store import Store
from bot.ports import Fetched
from bot.services.others import Others
from bot.services.outcomes import SourceOutcome
from bot.services.poll import Polling
from bot.services.windows import Windows
from tests.fakes import FakeWeb, OpenSandbox, SetClock
from tests.samples import NOW

SITE = "https://chile.mission.example"
FEED = Source(name="Chile", kind=SourceKind.FEED, url=f"{SITE}/feed.xml", every=timedelta(minutes=30))
SPEECH = """\
<html><head><title>{title}</title></head><body><header>Permanent Mission of Chile to the United Nations</header>
<main><h1>{title}</h1><p>17 November 2026</p><p>Mr. Chair,</p>
<p>Chile thanks you for convening this meeting of the Global Mechanism on ICT security.</p>
<p>{position}</p>
<p>We also condemn ransomware attacks against hospitals, and we call on all States to deny safe havens to those who
carry them out. My delegation supports the full application of international law to the use of ICTs by States.</p>
<p>I thank you, Mr. Chair.</p></main></body></html>"""
POSITION = (
    "Chile proposes that the Global Mechanism adopt a template for requests of assistance after a cyber incident."
)


def speech(
    title: str = "Statement by Chile at the Global Mechanism on ICT security", position: str = POSITION
) -> bytes:
    return SPEECH.format(title=title, position=position).encode()


def feed(*entries: tuple[str, str], guid: str = "") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}{link}</guid>"
        "<pubDate>Wed, 18 Nov 2026 10:00:00 GMT</pubDate></item>"
        for title, link in entries
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode()


CYBER = ("Statement by Chile at the Global Mechanism on ICT security", f"{SITE}/gm")
CULTURE = ("Chile opens an exhibition of poetry", f"{SITE}/poetry")


@pytest.fixture
def web() -> FakeWeb:
    poetry = (
        b"<html><body><h1>Chile opens an exhibition of poetry</h1><p>The exhibition opened on Friday.</p></body></html>"
    )
    return FakeWeb(pages={FEED.url: feed(CYBER, CULTURE), CYBER[1]: speech(), CULTURE[1]: poetry})


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def polling(store: Store, web: FakeWeb, clock: SetClock) -> Polling:
    sandbox = OpenSandbox()
    return Polling(
        windows=Windows(web, sandbox, parse_feed=parse_feed, folder=list_folder),
        fetcher=web,
        sandbox=sandbox,
        statements=store.statements,
        others=Others(statements=store.statements, clock=clock),
        pages=store.pages,
        sources=store.sources,
        clock=clock,
        read_file=read_file,
    )


LISTING = Source(name="Chile", kind=SourceKind.PAGE, url="https://mission.example/")


async def once(polling: Polling, source: Source = FEED) -> SourceOutcome:
    (outcome,) = await polling.poll([source])
    return outcome


async def test_a_statement_is_kept_with_its_brief_and_other_items_say_why_they_are_not(
    polling: Polling, store: Store
) -> None:
    outcome = await once(polling)
    assert outcome.line() == "Chile: 1 new, 1 skipped"
    kept, skipped = outcome.entries
    brief = store.statements.get(kept.statement_id or "")
    assert brief is not None
    assert (brief.statement.country, brief.statement.forum) == ("CHL", "GM")
    assert any(POSITION in point.quote for point in brief.points)
    assert skipped.statement_id is None
    assert skipped.why


@dataclass
class SlowWeb(FakeWeb):
    """Takes a minute for each page."""

    clock: SetClock = field(default_factory=lambda: SetClock(NOW))

    async def get(self, url: str, *, validators: Validators | None = None, allow_private: bool = False) -> Fetched:
        self.clock.pass_by(timedelta(minutes=1))
        return await super().get(url, validators=validators, allow_private=allow_private)


async def test_the_interval_counts_from_when_a_source_was_seen_however_long_its_pages_take(
    polling: Polling, web: FakeWeb, clock: SetClock
) -> None:
    outcome = await once(replace(polling, fetcher=SlowWeb(pages=web.pages, clock=clock)))
    assert (outcome.next_try, clock.now()) == (NOW + FEED.every, NOW + timedelta(minutes=2))


async def test_a_second_poll_finds_nothing_new_and_fetches_no_page_again(polling: Polling, web: FakeWeb) -> None:
    await once(polling)
    web.asked.clear()
    web.pages[FEED.url] = feed(CYBER, CULTURE) + b"<!-- made anew -->"
    assert (await once(polling)).line() == "Chile: 2 unchanged"
    assert web.asked == [FEED.url]


async def test_a_feed_that_is_the_same_to_the_byte_is_not_parsed_again(polling: Polling, web: FakeWeb) -> None:
    await once(polling)
    assert (await once(polling)).line() == "Chile: not modified"
    web.pages[FEED.url] = feed(CULTURE)
    assert (await once(polling)).line() == "Chile: 1 unchanged"


async def test_a_listing_is_read_again_when_it_is_to_be_read_in_another_way(polling: Polling, web: FakeWeb) -> None:
    items = "".join(f"<li class='{kind}'><a href='/{kind}'>A speech that is {kind}</a></li>" for kind in ("old", "new"))
    web.pages[LISTING.url] = f"<html><body><ul>{items}</ul></body></html>".encode()
    for kind in ("old", "new"):
        web.pages[f"{LISTING.url}{kind}"] = speech()
    await once(polling, replace(LISTING, item="li.old", link="a"))
    (entry,) = (await once(polling, replace(LISTING, item="li.new", link="a"))).entries
    assert entry.url == f"{LISTING.url}new"


async def test_a_page_that_cannot_be_had_is_tried_again_from_a_feed_that_is_the_same(
    polling: Polling, web: FakeWeb
) -> None:
    page, web.pages[CYBER[1]] = web.pages[CYBER[1]], FetchError("no answer within 30 s")
    assert (await once(polling)).line() == "Chile: 1 skipped, 1 failed"
    web.pages[CYBER[1]] = page
    assert (await once(polling)).line() == "Chile: 1 new, 1 unchanged"


async def test_a_feed_that_says_it_did_not_change_is_taken_at_its_word(polling: Polling, web: FakeWeb) -> None:
    web.etags[FEED.url] = '"v1"'
    await once(polling)
    assert (await once(polling)).line() == "Chile: not modified"


async def test_a_page_that_cannot_be_had_is_tried_again_even_if_the_feed_did_not_change(
    polling: Polling, web: FakeWeb, store: Store
) -> None:
    web.etags[FEED.url] = '"v1"'
    page, web.pages[CYBER[1]] = web.pages[CYBER[1]], FetchError("no answer within 30 s")
    assert (await once(polling)).line() == "Chile: 1 skipped, 1 failed"
    assert store.statements.count() == 0
    web.pages[CYBER[1]] = page
    assert (await once(polling)).line() == "Chile: 1 new, 1 unchanged"


async def test_a_changed_entry_of_a_changed_page_is_a_revision_not_a_second_statement(
    polling: Polling, web: FakeWeb, store: Store
) -> None:
    await once(polling)
    web.pages[FEED.url] = feed(
        ("Statement by Chile at the Global Mechanism on ICT security (corrected)", CYBER[1]), CULTURE
    )
    web.pages[CYBER[1]] = speech(position=POSITION.replace("a template", "two templates"))
    assert (await once(polling)).line() == "Chile: 1 changed, 1 unchanged"
    assert store.statements.count() == 1
    brief = store.statements.get(CYBER[1])
    assert brief is not None
    assert "two templates" in brief.statement.body


async def test_the_same_statement_at_a_second_address_is_a_duplicate(
    polling: Polling, web: FakeWeb, store: Store
) -> None:
    await once(polling)
    other = replace(FEED, name="UN copies", url=f"{SITE}/copies.xml")
    web.pages[other.url] = feed((CYBER[0], f"{SITE}/copy"))
    web.pages[f"{SITE}/copy"] = speech()
    assert (await once(polling, other)).line() == "UN copies: 1 duplicate"
    assert store.statements.count() == 1


async def test_a_date_of_publication_that_is_yet_to_come_is_not_believed(
    polling: Polling, web: FakeWeb, store: Store
) -> None:
    web.pages[FEED.url] = feed(CYBER).replace(b"18 Nov 2026", b"18 Nov 2036")
    await once(polling)
    brief = store.statements.get(CYBER[1])
    assert brief is not None
    assert brief.statement.published is None


async def test_a_firehose_s_entries_are_fetched_only_if_they_hint_at_the_subject(
    polling: Polling, web: FakeWeb
) -> None:
    assert (await once(polling, replace(FEED, firehose=True))).line() == "Chile: 1 new, 1 skipped"
    assert CULTURE[1] not in web.asked


async def _due(polling: Polling, sources: list[Source]) -> list[str]:
    return [source.name for source, state in await polling.standing(sources) if due(state, polling.clock.now())]


async def test_one_failing_source_costs_only_itself_and_says_when_it_is_asked_again(
    polling: Polling, web: FakeWeb, clock: SetClock
) -> None:
    down = replace(FEED, name="Down", url=f"{SITE}/down.xml")
    rubbish = replace(FEED, name="Rubbish", url=f"{SITE}/rubbish.xml")
    web.pages[rubbish.url] = b"<html><body>Please log in</body></html>"
    one, two, three = await polling.poll([down, rubbish, FEED])
    assert one.line() == f"Down: no host at {down.url}, next try at 2026-11-23 09:00 UTC"
    assert two.failed is not None
    assert "not a feed" in two.failed
    assert three.line() == "Chile: 1 new, 1 skipped"
    assert await _due(polling, [down, rubbish, FEED]) == []
    clock.pass_by(timedelta(minutes=30))
    assert len(await _due(polling, [down, rubbish, FEED])) == 3


async def test_a_server_that_asks_for_patience_gets_it(polling: Polling, web: FakeWeb) -> None:
    web.pages[FEED.url] = ThrottledError("429 Too Many Requests", retry_after=7200)
    outcome = await once(polling)
    assert outcome.next_try == NOW + timedelta(hours=2)


async def test_a_change_of_health_is_noticed_once(polling: Polling, web: FakeWeb) -> None:
    good = web.pages[FEED.url]
    web.pages[FEED.url] = FetchError("503 Service Unavailable")
    notices = [(await once(polling)).notice, (await once(polling)).notice]
    web.pages[FEED.url] = good
    notices += [(await once(polling)).notice, (await once(polling)).notice]
    assert notices == ["Chile is failing: 503 Service Unavailable", None, "Chile is well again", None]


async def test_a_window_that_shares_nothing_with_the_last_is_a_possible_gap(
    polling: Polling, web: FakeWeb, store: Store
) -> None:
    many = replace(FEED, firehose=True)
    web.pages[FEED.url] = feed(*((f"Poetry {n}", f"{SITE}/a{n}") for n in range(10)))
    assert not (await once(polling, many)).gap
    web.pages[FEED.url] = feed(*((f"Poetry {n}", f"{SITE}/b{n}") for n in range(10)))
    assert (await once(polling, many)).gap
    state = store.sources.states()["Chile"]
    assert (state.gap_at, state.health) == (NOW, Health.WELL)


async def test_a_folder_s_pages_are_read_and_a_changed_file_is_read_again(
    polling: Polling, tmp_path: Path, store: Store
) -> None:
    folder = Source(name="Saved", kind=SourceKind.FOLDER, url=str(tmp_path))
    (tmp_path / "gm.html").write_bytes(speech())
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    outcome = await once(polling, folder)
    assert outcome.line() == "Saved: 1 new"
    assert "photo.jpg" in outcome.problems[0]
    assert (await once(polling, folder)).line() == "Saved: 1 unchanged"
    assert (await once(polling, replace(folder, url=str(tmp_path / "none")))).failed is not None
    assert store.statements.count() == 1


async def test_a_database_that_cannot_keep_anything_is_no_fault_of_a_source(polling: Polling, store: Store) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE bands RENAME TO away")
    with pytest.raises(StoreError):
        await once(polling)
    assert store.sources.states() == {}, "nothing says that it fails, nor when it is tried next"
    with store.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO bands")
    assert (await once(polling)).counts() == {"new": 1, "skipped": 1}
