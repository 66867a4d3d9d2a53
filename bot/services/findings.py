"""What a chart shows, in words: the line under its title, and the finding for whoever does not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.chart import Matrix, Pairs, Saying, Series, capital, stance_words, words
from bot.domain.spans import Unit, named
from bot.domain.subscription import Filter
from bot.domain.taxonomy import FORUM_NAMES, Topic
from bot.reading.states import country_name
from bot.services.meetings import AGAINST, FOR

NOTHING = "Nothing is kept that passes the filters."
# So many are named; a sentence with more is not read to its end.
NAMED = 4
TOLD = 3
LONG = 6


def scope(filter: Filter, *rest: str, countries: bool = True) -> str:
    """What a chart rests on: its filters in words, and what else there is to say."""
    states = sorted(map(country_name, filter.countries)) if countries else ()
    parts = [
        listed(states),
        listed(sorted(FORUM_NAMES[forum] for forum in filter.forums)),
        listed(sorted(map(words, filter.topics))),
        f"in {listed(sorted(filter.languages))}" if filter.languages else "",
        f"since {filter.since}" if filter.since else "",
        f"until {filter.until}" if filter.until else "",
        *rest,
    ]
    return capital(" · ".join(part for part in parts if part))


def undrawn(content: Matrix | Pairs | Series) -> str:
    """What there is besides what is drawn."""
    if isinstance(content, Series):
        return ""  # what is not drawn for itself stands in the last row
    rows = f"{content.more_rows} more {'topics' if isinstance(content, Pairs) else 'speakers'}"
    columns = f"{content.more_columns} more topics" if isinstance(content, Matrix) and content.more_columns else ""
    told = listed([part for part in (rows if content.more_rows else "", columns) if part])
    return f"and {told} not drawn" if told else ""


def of_matrix(matrix: Matrix) -> str:
    """Who speaks on what, and where somebody stands against."""
    sides = {topic: [row[column] for row in matrix.cells if row[column]] for column, topic in enumerate(matrix.columns)}
    most = [f"{words(topic)} ({len(sides[topic])})" for topic in matrix.columns[:TOLD]]
    many = len(matrix.rows) + matrix.more_rows
    drawn = f"The {len(matrix.rows)} of {many} speakers drawn here speak"
    all_of = f"{many} {'speaker speaks' if many == 1 else 'speakers speak'}"
    against = {topic: _names(said, AGAINST) for topic, said in sides.items()}
    contested = sorted((topic for topic in sides if against[topic]), key=lambda topic: -len(against[topic]))
    told = [_contested(topic, against[topic], _names(sides[topic], FOR)) for topic in contested[:TOLD]]
    more = [f"Objections are drawn on {len(contested) - TOLD} more topics."] if len(contested) > TOLD else []
    return " ".join([f"{drawn if matrix.more_rows else all_of} most on {listed(most)}.", *(told or [NOBODY]), *more])


NOBODY = "Nobody among them opposes or cautions."


def of_pairs(pairs: Pairs) -> str:
    """Where two differ, where they do not, and who is silent on what."""
    differ = [pair for pair in pairs.rows if pair.apart]
    apart = [f"{words(pair.topic)} ({_says(pair.one)}, {_says(pair.other)})" for pair in differ]
    together = Counter(pair.verdict for pair in pairs.rows if not pair.apart)
    topics = {
        verdict: listed([words(pair.topic) for pair in pairs.rows if pair.verdict == verdict and not pair.apart])
        for verdict in together
    }
    first = f"{listed(pairs.speakers)} stand on opposite sides on {listed(apart, LONG)}." if apart else ""
    none = "" if apart else f"{listed(pairs.speakers)} stand on opposite sides nowhere."
    rest = [f"{capital(verdict)}: {topics[verdict]}." for verdict in together]
    return " ".join(part for part in (first, none, *rest) if part)


def of_series(series: Series) -> str:
    """How many in all, from when to when, where most, and when that was busiest."""
    counted = [(label, numbers) for label, numbers in series.counted() if sum(numbers)]
    single = counted[: len(counted) - 1] if series.together else counted
    most = [f"{label} ({sum(numbers):,}, busiest {series.busiest(numbers)})" for label, numbers in single[:TOLD]]
    first, last = named(series.starts[0], series.unit), named(series.starts[-1], series.unit)
    at = {Unit.DAY: "On", Unit.WEEK: "In the"}.get(series.unit, "In")
    when = f"{at} {first}" if first == last else f"From {first} to {last}"
    many = f"{len(series.rows) + max(0, series.together - 1)}"
    rest = f" {many} {_plural(series.of, int(many))} in all." if len(counted) > TOLD else ""
    return f"{when}, most statements by {series.of}: {listed(most)}.{rest}"


def listed(parts: Sequence[str], most: int = 99) -> str:
    """Words in a row as a reader writes them, those beyond `most` counted: `China, Russia and 3 more`."""
    shown = [*parts[:most], *([f"{len(parts) - most} more"] if len(parts) > most else [])]
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def _names(said: Iterable[Saying | None], stances: Iterable[object]) -> list[str]:
    wanted = set(stances)
    return [saying.by for saying in said if saying and saying.stance in wanted]


def _contested(topic: Topic, against: Sequence[str], favour: Sequence[str]) -> str:
    for_it = f", {len(favour)} {'is' if len(favour) == 1 else 'are'} in favour or ask for more" if favour else ""
    verb = "opposes or cautions" if len(against) == 1 else "oppose or caution"
    return f"On {words(topic)}, {listed(against, NAMED)} {verb}{for_it}."


def _says(saying: Saying | None) -> str:
    return f"{saying.by}: {stance_words(saying.stance)}" if saying else ""


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
