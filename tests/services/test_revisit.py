"""Pages of statements seen lately are looked at again, since a feed does not say that a page changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.source import Source, SourceKind
from bot.errors import AttacheError, FetchError, ThrottledError
from bot.infra.feeds import parse_feed
from bot.infra.folder import list_folder, read_file
from bot.infra.store import Store
from bot.services.others import Others
from bot.services.poll import Polling
from bot.services.revisit import Revisiting
from bot.services.windows import Windows
from tests.fakes import FakeWeb, OpenSandbox, SetClock
from tests.samples import NOW
from tests.services.test_poll import CYBER, FEED, POSITION, feed, speech

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGE = CYBER[1]
CHANGED = speech(position=POSITION.replace("a template", "two templates"))


@dataclass
class Bench:
    """A service with one feed of one statement, polled once; `look` after some time says how many had changed."""

    store: Store
    web: FakeWeb
    clock: SetClock
    polling: Polling
    revisiting: Revisiting

    async def look(self, after: timedelta = timedelta(), *, limit: int = 9) -> int:
        self.clock.pass_by(after)
        self.web.asked.clear()
        return await self.revisiting.look(limit=limit)

    async def next_look(self) -> timedelta | None:
        """How long after the start its page is looked at next."""
        found = self.store.pages.due(now=NOW + 99 * DAY, limit=1)
        return found[0].next_look - NOW if found and found[0].next_look else None

    def body(self) -> str:
        brief = self.store.statements.get(PAGE)
        assert brief is not None
        return brief.statement.body


@pytest.fixture
async def bench(store: Store) -> Bench:
    web, clock, sandbox = FakeWeb(pages={FEED.url: feed(CYBER), PAGE: speech()}), SetClock(NOW), OpenSandbox()
    polling = Polling(
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
    await polling.poll([FEED])
    revisiting = Revisiting(pages=store.pages, polling=polling, sources=(FEED,), clock=clock)
    return Bench(store, web, clock, polling, revisiting)


async def test_a_page_that_changes_while_its_entry_does_not_is_a_revision(bench: Bench) -> None:
    bench.web.pages[PAGE] = CHANGED
    assert await bench.look(5 * HOUR) == 0
    assert bench.web.asked == []
    assert await bench.look(HOUR) == 1
    assert bench.web.asked == [PAGE]
    assert "two templates" in bench.body()
    assert await bench.next_look() == DAY


async def test_an_unchanged_page_is_asked_for_a_change_only_and_ever_more_seldom(bench: Bench) -> None:
    looks = []
    for hours in range(0, 24 * 20, 3):
        bench.clock.moment = NOW + hours * HOUR
        if await bench.look() or bench.web.asked:
            looks.append(hours)
    assert looks == [6, 24, 72, 168, 336]
    assert await bench.next_look() is None
    assert len(bench.store.statements.revisions(bench.store.statements.get(PAGE).statement.id)) == 1  # type: ignore[union-attr]


async def test_the_server_s_validators_are_kept(bench: Bench) -> None:
    bench.web.etags[PAGE] = '"v1"'
    assert await bench.look(6 * HOUR) == 0
    bench.web.pages[PAGE] = CHANGED  # but the server says that it did not change
    assert await bench.look(DAY) == 0
    bench.web.etags[PAGE] = '"v2"'
    assert await bench.look(3 * DAY) == 1


async def test_a_page_that_only_looks_different_is_no_revision(bench: Bench) -> None:
    bench.web.pages[PAGE] = speech().replace(b"<main>", b"<main><!-- built in 0.2 s -->")
    assert await bench.look(6 * HOUR) == 0


async def test_a_speaker_s_name_put_right_at_the_head_of_the_page_is_a_revision(bench: Bench, store: Store) -> None:
    def named(name: str) -> bytes:
        return other(7).replace(b"</h1>", f"</h1><p>Statement by H.E. {name}, Ambassador</p>".encode())

    url = f"{PAGE}/named"
    bench.web.pages |= {FEED.url: feed(CYBER, (CYBER[0], url)), url: named("Ms. Paula Rojas")}
    await bench.polling.poll([FEED])
    bench.web.pages[url] = named("Ms. Paula Soto")
    assert await bench.look(6 * HOUR) == 1
    brief = store.statements.get(url)
    assert brief is not None
    assert "Soto" in (brief.statement.speaker or "")
    assert "Rojas" in (store.statements.revisions(brief.statement.id)[0].brief.statement.speaker or "")


@pytest.mark.parametrize(
    "answer",
    [
        FetchError("404 Not Found", status=404),
        b"<html><body><h1>Log in</h1><p>Please log in to go on to this page.</p></body></html>",
        b"<html><body><h1>Concert</h1><p>The ambassador opened a concert of chamber music on Friday.</p></body></html>",
        b"",
        b"%PDF-1.4 nonsense",
    ],
)
async def test_a_page_that_cannot_be_read_now_loses_nothing_and_is_asked_again(
    bench: Bench, answer: bytes | AttacheError
) -> None:
    before = bench.body()
    bench.web.pages[PAGE] = answer
    assert await bench.look(6 * HOUR) == 0
    assert bench.body() == before
    assert await bench.next_look() == 7 * HOUR
    bench.web.pages[PAGE] = CHANGED
    assert await bench.look(HOUR) == 1
    assert await bench.next_look() == DAY


async def test_a_server_that_asks_for_patience_gets_it(bench: Bench) -> None:
    bench.web.pages[PAGE] = ThrottledError("429", retry_after=7200)
    await bench.look(6 * HOUR)
    assert await bench.next_look() == 8 * HOUR


def other(number: int) -> bytes:
    """A statement with words of its own."""
    words = " ".join(f"port{number}x{n}" for n in range(60))
    return speech(position=f"Chile proposes a fund of {number} million dollars for the ports of {words}.")


async def test_one_page_never_stops_another_and_so_many_are_looked_at_at_most(bench: Bench) -> None:
    others = [(f"{CYBER[0]} {n}", f"{PAGE}/{n}") for n in range(4)]
    bench.web.pages[FEED.url] = feed(CYBER, *others)
    for n, (_, url) in enumerate(others):
        bench.web.pages[url] = other(n)
    await bench.polling.poll([FEED])
    bench.web.pages[others[0][1]] = FetchError("down")
    bench.web.pages[others[1][1]] = RuntimeError  # type: ignore[assignment]  # a defect of ours
    bench.web.pages[others[2][1]] = other(2).replace(b"proposes", b"demands")
    changed = [await bench.look(6 * HOUR, limit=3), await bench.look(limit=3), await bench.look(limit=3)]
    assert (sum(changed), bench.web.asked) == (1, [])


async def test_what_a_feed_or_a_folder_brought_itself_has_no_page_to_look_at(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "gm.html").write_bytes(speech(position=POSITION.replace("Chile", "Peru")))
    saved = Source(name="Saved", kind=SourceKind.FOLDER, url=str(tmp_path))
    await bench.polling.poll([saved])
    assert [page.source for page in bench.store.pages.due(now=NOW + DAY, limit=9)] == ["Chile"]


async def test_a_source_that_is_watched_no_more_has_its_pages_left_alone(bench: Bench) -> None:
    elsewhere = replace(bench.revisiting, sources=(replace(FEED, name="Other"),))
    bench.clock.pass_by(6 * HOUR)
    bench.web.asked.clear()
    assert await elsewhere.look() == 0
    assert (bench.web.asked, await bench.next_look()) == ([], None)


async def test_a_page_read_again_because_its_entry_changed_is_remembered_as_it_was_then(bench: Bench) -> None:
    bench.web.pages[FEED.url] = feed((f"{CYBER[0]} (corrected)", PAGE))
    bench.web.pages[PAGE] = CHANGED
    await bench.polling.poll([FEED])
    (page,) = bench.store.pages.due(now=NOW + DAY, limit=9)
    assert (page.title, page.next_look) == (f"{CYBER[0]} (corrected)", NOW + 6 * HOUR)
    assert await bench.look(6 * HOUR) == 0
