"""What charts show, from the store: who takes which stance on what, where two differ, how many spoke when."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.chart import Chart, ChartName, Matrix, Pair, Pairs, Saying, Series, words
from bot.domain.outline import Outline, Place, Said
from bot.domain.search import fold
from bot.domain.spans import start_of, stretches
from bot.domain.subscription import Filter
from bot.domain.taxonomy import FORUM_NAMES, Forum, Topic
from bot.errors import UsageError
from bot.ports import Count, CountBy, StatementIndex, StatementStore
from bot.reading.states import country_name
from bot.services import findings
from bot.services.comparing import APART, OPPOSITE, SAME, Both, Taken, places, side_by_side, verdict

# So many of the newest statements speak for everybody in the chart of positions.
WEIGHED = 1000
# What can still be read where chats show pictures.
ROWS, COLUMNS, BARS = 16, 10, 14
# More speakers than there are.
MOST = 10_000
GROUP = "group:"
VERDICTS = {OPPOSITE: "on opposite sides", SAME: "on the same side", APART: "on no clear side"}
BY = {ChartName.TIMELINE: CountBy.FORUM, ChartName.ACTIVITY: CountBy.SPEAKER, ChartName.TOPICS: CountBy.TOPIC}


def positions(store: StatementStore, filter: Filter, *, whole: bool = False) -> Chart:
    """Who takes which stance on what; the newest words with a stance speak for a state or group.

    With `whole` it is not cut down to what a picture has room for.
    """
    most_rows, most_columns = (MOST, len(Topic)) if whole else (ROWS, COLUMNS)
    weighed = store.outlines(filter, limit=WEIGHED)
    taken = _taken(weighed, filter)
    topics = Counter(topic for _, topic in taken)
    columns = tuple(sorted(topics, key=lambda topic: (-topics[topic], topic))[:most_columns])
    speakers = Counter(who for who, topic in taken if topic in columns)
    rows = tuple(sorted(sorted(speakers, key=lambda who: (-speakers[who], who))[:most_rows], key=fold))
    shown = [[taken.get((who, topic)) for topic in columns] for who in rows]
    said = store.said({one.place for cells in shown for one in cells if one})
    matrix = Matrix(
        rows=rows,
        columns=columns,
        cells=tuple(tuple(_of(one, who, said) for one in cells) for cells, who in zip(shown, rows, strict=True)),
        more_rows=len({who for who, _ in taken}) - len(rows),
        more_columns=len(topics) - len(columns),
    )
    total = store.count(filter) if len(weighed) == WEIGHED else 0
    rest = f"from the newest {WEIGHED:,} of {total:,} statements" if total > WEIGHED else ""
    return Chart(
        name=ChartName.POSITIONS,
        title="Positions by state or group and topic",
        scope=findings.scope(filter, rest, findings.undrawn(matrix)),
        finding=findings.of_matrix(matrix) if rows else findings.NOTHING,
        content=matrix if rows else None,
    )


def comparison(store: StatementStore, filter: Filter, *, whole: bool = False) -> Chart:
    """Two states topic by topic. Raises UsageError unless the filter names two."""
    if len(filter.countries) != 2:
        raise UsageError("this chart compares two states: chart compare country:CHN,EST")
    one, other = sorted(filter.countries, key=country_name)
    compared = side_by_side(store, one, other, filter)
    names = (country_name(one), country_name(other))
    most = MOST if whole else ROWS
    said = store.said(places(both for _, both in compared[:most]))
    pairs = tuple(_pair(topic, both, (one, other), said) for topic, both in compared[:most])
    drawn = Pairs(speakers=names, rows=pairs, more_rows=max(0, len(compared) - most))
    return Chart(
        name=ChartName.COMPARE,
        title=f"{names[0]} and {names[1]}, topic by topic",
        scope=findings.scope(filter, findings.undrawn(drawn), countries=False),
        finding=findings.of_pairs(drawn) if compared else findings.NOTHING,
        content=drawn if compared else None,
    )


def over_time(index: StatementIndex, name: ChartName, filter: Filter) -> Chart:
    """Statements counted over time, by forum, by speaker or by topic."""
    by = BY[name]
    counts = index.counts(filter, by=by)
    of, title = TITLES[by]
    series = _series(counts, of, BARS if by is CountBy.SPEAKER else len(Topic)) if counts else None
    return Chart(
        name=name,
        title=title,
        scope=findings.scope(filter, "statements with a day of delivery", findings.undrawn(series) if series else ""),
        finding=findings.of_series(series) if series else findings.NOTHING,
        content=series,
    )


TITLES = {
    CountBy.FORUM: ("forum", "Statements by forum"),
    CountBy.SPEAKER: ("speaker", "Statements by state or group"),
    CountBy.TOPIC: ("topic", "Statements by topic"),
}


def _taken(outlines: Iterable[Outline], filter: Filter) -> Mapping[tuple[str, Topic], Taken]:
    """What each speaks for on each topic: their newest point that takes a stance, else their newest."""
    taken: dict[tuple[str, Topic], Taken] = {}
    for outline in outlines:
        who = _speaker(outline)
        for number, stand in enumerate(outline.stands if who else (), 1):
            for topic in stand.topics:
                known = taken.get((who, topic))
                wanted = not filter.topics or topic in filter.topics
                if wanted and (known is None or (known.stance is None and stand.stance is not None)):
                    taken[who, topic] = Taken(outline, number, stand.stance)
    return taken


def _speaker(outline: Outline) -> str:
    """A state or group by a name in Latin letters; nothing for a person who speaks for neither."""
    if outline.group and _latin(outline.group):
        return outline.group
    return country_name(outline.country) if outline.country else ""


def _latin(name: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN") for char in name if char.isalpha())


def _of(taken: Taken | None, who: str, said: Mapping[Place, Said]) -> Saying | None:
    if taken is None:
        return None
    words = said[taken.place]
    return Saying(
        by=who,
        stance=taken.stance,
        text=words.text,
        statement=taken.outline.id,
        link=words.link,
        day=taken.outline.date,
        point=taken.point,
        language=taken.outline.language,
    )


def _pair(topic: Topic, both: Both, codes: tuple[str, str], said: Mapping[Place, Said]) -> Pair:
    sayings = [_of(each, country_name(code), said) for each, code in zip(both, codes, strict=True)]
    words = verdict(both, codes)
    return Pair(
        topic=topic,
        one=sayings[0],
        other=sayings[1],
        verdict=VERDICTS.get(words, words.removesuffix(".")),
        apart=words == OPPOSITE,
    )


def _series(counts: Sequence[Count], of: str, most: int) -> Series:
    unit, starts = stretches(counts[0].day, counts[-1].day)
    totals, cells = Counter[str](), Counter[tuple[str, date]]()
    # A day and a label come again and again, in a large archive tens of thousands of times.
    labels = {key: _label(key, of) for key in {count.key for count in counts}}
    begins = {day: start_of(day, unit) for day in {count.day for count in counts}}
    for day, key, number in counts:
        totals[labels[key]] += number
        cells[labels[key], begins[day]] += number
    ranked = sorted(totals, key=lambda label: (-totals[label], label))
    # One row more is drawn rather than a row that says that one is not.
    kept = ranked if len(ranked) <= most + 1 else ranked[:most]
    rows = [(label, tuple(cells[label, start] for start in starts)) for label in kept]
    if rest := ranked[len(kept) :]:
        together = tuple(sum(cells[label, start] for label in rest) for start in starts)
        rows.append((f"and {len(rest)} more together", together))
    return Series(
        of=of,
        unit=unit,
        starts=starts,
        rows=tuple(label for label, _ in rows),
        counts=tuple(numbers for _, numbers in rows),
        together=len(rest),
    )


def _label(key: str | None, of: str) -> str:
    if key is None:
        return "no forum told" if of == "forum" else "persons and others"
    if of == "forum":
        return FORUM_NAMES[Forum(key)]
    if of == "topic":
        return words(key)
    if key.startswith(GROUP):
        group = key.removeprefix(GROUP)
        return group if _latin(group) else "other groups"
    return country_name(key)
