"""Drives a simulation: workers that come and go, statements that arrive, every clock change of many zones."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.quiet import parse_quiet
from bot.domain.subscription import Channel, Filter
from bot.domain.timing import parse_schedule
from tests.year.reckoning import Opened, Wanted, is_quiet, reckon
from tests.year.world import Post, Worker, World, arrive

# Each zone with times that its clock changes skip or repeat, and one that they leave alone.
ZONES: dict[str, tuple[str, ...]] = {
    "Europe/Berlin": ("02:30", "13:00"),
    "America/New_York": ("01:30", "02:30"),
    "America/Santiago": ("00:30", "23:30"),
    "Australia/Lord_Howe": ("01:45", "02:15"),
    "Pacific/Chatham": ("03:15", "09:00"),
    "Africa/Casablanca": ("02:30", "12:00"),
    "Antarctica/Troll": ("02:30", "01:15"),
    "Africa/Cairo": ("00:30", "23:45"),
    "Asia/Beirut": ("00:15", "23:30"),
    "Atlantic/Azores": ("00:30", "18:00"),
    "America/Nuuk": ("23:30", "08:00"),
    "Australia/Adelaide": ("02:45", "07:00"),
    "Asia/Kathmandu": ("00:00", "23:59"),
    "America/Asuncion": ("08:30", "20:00"),
}
# Some have quiet hours in which a time of theirs lies; so some digests wait, also through a change of the clocks.
QUIET = {
    "Europe/Berlin": ("22:00", "03:10"),
    "Australia/Lord_Howe": ("01:50", "06:00"),
    "Asia/Beirut": ("21:00", "08:00"),
}
BURST = 3
HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a simulation does: from when to when, how many workers, how often they fail, how much arrives."""

    start: datetime
    end: datetime
    seed: int = 1
    workers: int = 1
    zones: tuple[str, ...] = tuple(ZONES)
    up: timedelta = timedelta(days=3)
    down: timedelta = timedelta(hours=9)
    every: timedelta = timedelta(hours=40)


@dataclass
class Outcome:
    """What came of it, and everything that is not as it was reckoned, in words."""

    expected: int = 0
    caught_up: int = 0
    posts: int = 0
    statements: int = 0
    downtime: timedelta = timedelta()
    wrong: list[str] = field(default_factory=list)


def wanted(zone: str) -> Wanted:
    """A zone's schedule for the reckoning."""
    quiet = QUIET.get(zone)
    bounds = (time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])) if quiet else None
    return Wanted(zone, tuple(sorted(map(time.fromisoformat, ZONES[zone]))), quiet=bounds)


def channels(zones: Sequence[str]) -> list[Channel]:
    """Each zone's digest, one place told as it happens, and one told both ways."""
    usual = Channel(adapter="fake", destination="", schedule=parse_schedule("daily 08:00"), zone=ZoneInfo("UTC"))
    made = [
        replace(
            usual,
            destination=zone,
            schedule=parse_schedule(f"daily {','.join(ZONES[zone])}"),
            zone=ZoneInfo(zone),
            quiet=parse_quiet("-".join(QUIET[zone]) if zone in QUIET else "none"),
        )
        for zone in zones
    ]
    live = parse_schedule(f"as it happens, at most {BURST} an hour")
    berlin = ZoneInfo("Europe/Berlin")
    night = parse_quiet("22:00-07:00")
    return [
        *made,
        replace(usual, destination="live", schedule=live, zone=berlin, quiet=night),
        replace(usual, destination="both", zone=berlin, schedule=parse_schedule("daily 02:30")),
        replace(
            usual,
            destination="both",
            zone=berlin,
            name="urgent",
            schedule=live,
            filter=Filter(countries=frozenset({"MWI"})),
        ),
    ]


def shifts(plan: Plan, chance: random.Random) -> list[tuple[datetime, datetime]]:
    """When one worker works: from the beginning, then on and off; it starts at the minutes by which is reckoned."""
    found, begin = [], plan.start
    while begin < plan.end:
        stop = (begin + plan.up * chance.expovariate(1.0)).replace(second=30) + timedelta(minutes=1)
        found.append((begin, min(stop, plan.end)))
        # Mostly restarts and outages of hours; now and then days.
        away = plan.down * chance.choice((0.02, 0.3, 1, 3)) * chance.expovariate(1.0)
        begin = (stop + away).replace(second=0, microsecond=0) + timedelta(minutes=1)
    return found


def _rota(plan: Plan, chance: random.Random) -> list[list[tuple[datetime, datetime]]]:
    """Each worker's shifts. Where there are several, each fails by itself, and now and then all are down together."""
    alone = [shifts(plan, chance) for _ in range(plan.workers)]
    if plan.workers == 1:
        return alone
    room = shifts(plan, chance)
    return [[(max(a, c), min(b, d)) for a, b in each for c, d in room if max(a, c) < min(b, d)] for each in alone]


def merged(stretches: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """When anybody works."""
    found: list[tuple[datetime, datetime]] = []
    for begin, stop in sorted(stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((begin, stop))
    return found


Happening = tuple[datetime, int, str, int]


def _happenings(
    plan: Plan, rota: Sequence[Sequence[tuple[datetime, datetime]]], chance: random.Random
) -> list[Happening]:
    """Everything that is settled beforehand: who starts and stops, what arrives, when somebody looks."""
    order, found = itertools.count(), list[Happening]()
    for worker, stretches in enumerate(rota):
        for begin, stop in stretches:
            found += [(begin, next(order), "start", worker), (stop, next(order), "stop", worker)]
    last = plan.start
    for number, moment in enumerate(_spread(plan, chance)):
        found.append((moment, next(order), "arrive", number))
        if moment - last > HOUR:
            # The service looks every few seconds; here after what it must notice, and now and then.
            last = moment
            looks = [moment + timedelta(seconds=seconds) for seconds in (3, 60, 150, 310)]
            looks += [moment + HOUR * hours for hours in range(1, 14)]
            found += [(look, next(order), "look", 0) for look in looks]
    heapq.heapify(found)
    return found


def _spread(plan: Plan, chance: random.Random) -> Iterator[datetime]:
    moment = plan.start
    while (moment := moment + plan.every * chance.expovariate(1.0)) < plan.end - timedelta(days=2):
        # Sometimes a whole meeting is put up at once.
        for _ in range(chance.choice((1, 1, 1, 2, 9))):
            moment += timedelta(seconds=chance.randint(1, 40))
            yield moment


async def simulate(url: str, plan: Plan) -> Outcome:
    """Run a plan on a database and hold everything that was posted against the reckoning."""
    chance = random.Random(plan.seed)
    world = World(plan.start)
    rota = _rota(plan, chance)
    made = channels(plan.zones)
    workers = [Worker(url, made, world) for _ in rota]
    arrived: dict[str, datetime] = {}
    try:
        await _drive(workers, world, plan, _happenings(plan, rota, chance), arrived)
    finally:
        for worker in workers:
            worker.close()
    return _judge(plan, world.kept, arrived, merged([stretch for each in rota for stretch in each]))


async def _drive(
    workers: Sequence[Worker], world: World, plan: Plan, coming: list[Happening], arrived: dict[str, datetime]
) -> None:
    while True:
        wake = min((wakes for worker in workers if (wakes := worker.wakes())), default=plan.end)
        moment = min(wake, coming[0][0] if coming else plan.end, plan.end)
        world.now = max(world.now, moment)
        if world.now >= plan.end:
            return
        happened = list[tuple[str, int]]()
        while coming and coming[0][0] <= world.now:
            _, _, what, which = heapq.heappop(coming)
            happened.append((what, which))
        for what, which in happened:
            if what == "stop":
                workers[which].stop()
            elif what == "arrive":
                arrived[await asyncio.to_thread(arrive, workers[0].store, which, world.now)] = world.now
        # At once, so that they race for the same slot.
        await asyncio.gather(*(workers[which].start() for what, which in happened if what == "start"))
        if any(what == "look" for what, _ in happened):
            await asyncio.gather(*(worker.tick() for worker in workers))
        await asyncio.gather(*(worker.due() for worker in workers))


def _judge(
    plan: Plan, posts: Sequence[Post], arrived: dict[str, datetime], at_work: Sequence[tuple[datetime, datetime]]
) -> Outcome:
    outcome = Outcome(posts=len(posts), statements=len(arrived))
    outcome.downtime = plan.end - plan.start - sum((stop - begin for begin, stop in at_work), timedelta())
    places: dict[str, list[Post]] = {}
    for post in posts:
        places.setdefault(post.place.partition(":")[2], []).append(post)
    for zone in plan.zones:
        expected = reckon(wanted(zone), plan.start, plan.end, at_work)
        outcome.expected += len(expected)
        outcome.caught_up += sum(each.minute > each.due for each in expected)
        outcome.wrong += digests(zone, expected, places.get(zone, []))
    for place in (*plan.zones, "live", "both"):
        outcome.wrong += _told(place, places.get(place, []), arrived)
    for place in ("live", "both"):
        outcome.wrong += _live(place, [post for post in places.get(place, []) if post.slot.startswith("as it")])
    return outcome


def digests(zone: str, expected: Sequence[Opened], posts: Sequence[Post]) -> Iterator[str]:
    """What is wrong with a place's digests: missing, repeated, not reckoned, early, late, marked wrongly."""
    by_name: dict[str, list[Post]] = {}
    for post in posts:
        by_name.setdefault(post.slot, []).append(post)
    for name in by_name.keys() - {each.name(zone) for each in expected}:
        yield f"{name}: posted at {by_name[name][0].at}, not reckoned"
    for each in expected:
        found = by_name.get(each.name(zone), [])
        if len(found) != 1:
            yield f"{each.name(zone)}: posted {len(found)} times, reckoned for {each.minute}"
            continue
        if not timedelta() <= found[0].at - each.minute <= timedelta(seconds=10):
            yield f"{each.name(zone)}: posted at {found[0].at}, reckoned for {each.minute}"
        late = found[0].at - each.due
        marked = "This digest is late" in found[0].text
        if marked != (late > timedelta(minutes=5)):
            yield f"{each.name(zone)}: {late} late, marked {marked}"


def _told(place: str, posts: Sequence[Post], arrived: dict[str, datetime]) -> Iterator[str]:
    """Which statements a place was not told once, and which it was told before they were there."""
    told: dict[str, list[Post]] = {}
    for post in posts:
        for number in post.statements:
            told.setdefault(number, []).append(post)
    for number, moment in arrived.items():
        found = told.get(number, [])
        if len(found) != 1:
            yield f"{place}: statement {number} of {moment} told {len(found)} times"
        elif any(moment < post.at < found[0].at for post in posts if not post.slot.startswith("as it")):
            yield f"{place}: statement {number} of {moment} passed over until {found[0].at}"


def _live(place: str, posts: Sequence[Post]) -> Iterator[str]:
    """Where a place was posted too much to in an hour, or in its quiet hours."""
    for number, post in enumerate(posts):
        wall = post.at.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
        if place == "live" and is_quiet(wall, (time(22), time(7))):
            yield f"{place}: posted at {wall}, a quiet hour"
        if sum(post.at <= other.at < post.at + HOUR for other in posts[number:]) > BURST:
            yield f"{place}: more than {BURST} posts in the hour from {post.at}"


YEAR = Plan(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2027, 1, 4, tzinfo=UTC))
