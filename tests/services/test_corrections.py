"""Corrections: who was told what has changed is told so, once, with what it said and what it says now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.console.render import ConsoleRenderer, plain
from bot.briefing import make_brief
from bot.domain.delivery import State
from bot.domain.identity import identify
from bot.domain.reply import Payload, Reply
from bot.domain.timing import Slot
from bot.errors import AttacheError
from bot.infra.store import Store
from bot.services.corrections import Corrections
from bot.services.covering import Covering
from bot.services.deliver import Deliverer
from bot.services.digests import Digests
from bot.services.lookup import show
from bot.services.membership import Membership
from bot.services.why import explain
from tests.fakes import FakeChat, OpenSandbox, SetClock
from tests.samples import BODY, NOW, channel, statement

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOM = channel(adapter="fake", zone=ZoneInfo("Europe/Berlin"))
PROPOSAL = "We therefore propose that hospitals and the suppliers of hospitals"
STRONGER = "We therefore demand that hospitals, ports and the suppliers of hospitals"


class TextRenderer(ConsoleRenderer):
    """The console's words, a message a reply, as the fake platform keeps them."""

    def render(self, reply: Reply) -> list[Payload]:
        return [{"text": plain(payload)} for payload in super().render(reply)]


class BrokenRenderer(ConsoleRenderer):
    """One with a defect."""

    def render(self, reply: Reply) -> list[Payload]:
        raise AttacheError("this platform takes no such message")


@dataclass
class Bench:
    """A channel, what it was posted, and a way to let its statement change."""

    store: Store
    chat: FakeChat
    clock: SetClock
    corrections: Corrections
    deliverer: Deliverer
    digests: Digests

    def say(self, body: str, **changes: object) -> str:
        made = make_brief(statement(body=body, **changes))
        return self.store.statements.keep(made, identify(made.statement), source="mission", now=self.clock.now()).id

    async def digest(self) -> None:
        now = self.clock.now()
        self.digests.open(ROOM, Slot(now, f"{now:%Y-%m-%dT%H:%M} UTC"), now=now)
        await self.deliverer.post()

    async def follow_up(self) -> list[str]:
        """The messages that following up posted."""
        before = len(self.chat.posts)
        await self.corrections.follow_up([ROOM])
        await self.deliverer.post()
        return self.chat.texts()[before:]


@pytest.fixture
def bench(store: Store, workers: Membership) -> Bench:
    clock, renderers = SetClock(NOW - HOUR), {"fake": TextRenderer()}
    chat = FakeChat(renderer=renderers["fake"])
    return Bench(
        store,
        chat,
        clock,
        Corrections(
            ledger=store.corrections,
            statements=store.statements,
            sandbox=OpenSandbox(),
            renderers=renderers,
            clock=clock,
        ),
        Deliverer(
            ledger=store.ledger,
            subscriptions=store.subscriptions,
            adapters={"fake": chat},
            clock=clock,
            workers=workers,
        ),
        Digests(
            ledger=store.ledger,
            slots=store.slots,
            statements=store.statements,
            covering=Covering(states=store.sources, sources=()),
            renderers=renderers,
        ),
    )


async def told(bench: Bench) -> str:
    id = bench.say(BODY)
    bench.clock.moment = NOW
    await bench.digest()
    bench.clock.pass_by(HOUR)
    return id


async def test_a_correction_says_what_it_said_what_it_says_now_and_when_it_was_posted(bench: Bench) -> None:
    id = await told(bench)
    assert await bench.follow_up() == []
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    (message,) = await bench.follow_up()
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    assert lines[0] == "Correction: Statement on existing threats"
    assert lines[1].startswith("Posted here on 23 November 2026 at 09:30; what the source says has changed since.")
    said, says = (next(n for n, line in enumerate(lines) if line.startswith(words)) for words in ("It said", "It says"))
    assert PROPOSAL in lines[said]
    assert lines[said + 1] == "https://mission.example/statements/nets"
    assert STRONGER in lines[says]
    assert lines[says + 1].startswith("https://mission.example/statements/nets#:~:text=We%20therefore%20demand")
    assert lines[-1].startswith(id)


async def test_it_is_posted_once(bench: Bench) -> None:
    await told(bench)
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    assert len(await bench.follow_up()) == 1
    assert await bench.follow_up() == []
    await bench.digest()
    assert "Correction" not in bench.chat.texts()[-1]


async def test_what_went_what_came_and_facts_are_told(bench: Bench) -> None:
    await told(bench)
    proposal = BODY[BODY.index("We therefore") : BODY.index(" We ask the Chair")]
    fund = "We will pay two million dollars into a fund for the repair of hospital networks before the end of 2027."
    bench.say(BODY.replace(proposal, fund), speaker="Mwayi Phiri", country="ZMB", date=date(2026, 11, 19))
    (message,) = await bench.follow_up()
    assert "No longer said" in message
    assert "Now said" in message
    assert "speaker  Chikondi Banda    Mwayi Phiri" in message
    assert "country  Malawi            Zambia" in message
    assert "date     20 November 2026  19 November 2026" in message


async def test_a_change_a_reader_was_told_nothing_of_is_kept_and_not_posted(bench: Bench) -> None:
    id = await told(bench)
    bench.say(BODY.replace("Mr. Chair,", "Mister Chair,"))
    assert await bench.follow_up() == []
    assert len(bench.store.statements.revisions(id)) == 2
    bench.say(BODY.replace("Mr. Chair,", "Mister Chair,").replace(PROPOSAL, STRONGER))
    (message,) = await bench.follow_up()
    assert PROPOSAL in message


async def test_several_revisions_are_one_correction_from_what_was_told_to_the_newest(bench: Bench) -> None:
    await told(bench)
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    bench.say(BODY.replace(PROPOSAL, STRONGER.replace("demand", "ask")))
    (message,) = await bench.follow_up()
    assert PROPOSAL in message
    assert "therefore ask" in message
    assert "demand" not in message


async def test_a_text_put_back_before_anyone_noticed_is_no_correction(bench: Bench) -> None:
    await told(bench)
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    bench.say(BODY)
    assert await bench.follow_up() == []


async def test_while_the_platform_is_down_the_digest_goes_first(bench: Bench) -> None:
    bench.say(BODY)
    bench.clock.moment = NOW
    bench.chat.faults = [(AttacheError("down"), False)]
    await bench.digest()
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    assert await bench.follow_up() == []
    bench.clock.pass_by(HOUR)
    await bench.deliverer.post()
    (message,) = await bench.follow_up()
    assert message.startswith("Correction")
    assert [text.split(":")[0] for text in bench.chat.texts()] == ["UN cyber statements", "Correction"]


async def test_a_correction_that_cannot_be_composed_costs_only_itself(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    await told(bench)
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    broken = replace(bench.corrections, renderers={"fake": BrokenRenderer()}, _failed=set())
    nobody = replace(bench.corrections, renderers={}, _failed=set())
    for service in (broken, broken, nobody):
        assert await service.follow_up([ROOM]) == 0
    assert caplog.text.count("not composed: this platform takes no such message") == 1
    assert len(await bench.follow_up()) == 1


async def test_a_crash_in_mid_post_neither_loses_nor_repeats_it(bench: Bench) -> None:
    await told(bench)
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    await bench.corrections.follow_up([ROOM])
    (row,) = bench.store.ledger.unsettled()
    assert bench.store.ledger.begin(row.key, now=NOW)  # … and here the process died, before or after it arrived
    bench.chat.posts.append(("room", row.payload["text"], row.key))
    await bench.deliverer.post()
    assert await bench.follow_up() == []
    assert sum("Correction" in text for text in bench.chat.texts()) == 1


async def test_show_and_why_name_what_was_corrected(bench: Bench) -> None:
    id = await told(bench)
    plainly = show(bench.store.statements, bench.store.marks, id)
    assert [section.heading for section in plainly.sections] == ["Points"]
    bench.clock.moment = NOW + DAY
    bench.say(BODY.replace("Mr. Chair,", "Mister Chair,"))
    bench.say(BODY.replace(PROPOSAL, STRONGER))
    await bench.follow_up()
    shown = show(bench.store.statements, bench.store.marks, id)
    assert shown.intro.endswith(" · corrected text")
    assert [section.heading for section in shown.sections] == ["Points", "Corrected on 24 November 2026"]
    assert [(q.by, PROPOSAL in q.text, STRONGER in q.text) for q in shown.sections[1].points] == [
        ("It said", True, False),
        ("It says now", False, True),
    ]
    why = explain(bench.store.sources, bench.store.statements, bench.store.ledger, id)
    by_heading = {section.heading: section.table for section in why.sections}
    revised, posted = by_heading["Revised"], by_heading["Posted"]
    assert revised is not None
    assert [row[1:] for row in revised.rows] == [("2", "nothing a reader was told"), ("3", "1 point reworded")]
    assert posted is not None
    assert [(row[1], row[3]) for row in posted.rows] == [
        (f"correction {id} revision 3", State.SENT),
        ("2026-11-23T08:30 UTC", State.SENT),
    ]
