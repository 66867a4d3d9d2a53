"""When two documents are the same statement: by symbol, else by address, else by nearly the same words."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from bot.domain.statement import Statement
from bot.domain.taxonomy import STATEMENT_KINDS

SKETCH_SIZE = 128
SHORTEST_SKETCH = 12
BANDS = 16
SAME = 0.7
DAYS_APART = timedelta(days=3)
TRACKING = re.compile(
    r"utm_\w+|at_\w+|mc_[ce]id|_?ga|gad_source|[a-z]{1,3}clid|igshid|ref|ref_src|share|s_cid|cmpid|sid|phpsessid|jsessionid",
    re.ASCII,
)
SESSION = re.compile(r";jsessionid=[^/?#]{0,200}", re.ASCII | re.IGNORECASE)
# Symbols of a whole meeting, a draft or a resolution: what many speak under or about.
SHARED_SYMBOL = re.compile(r"[/.](?:PV|SR|RES|DEC|L)[./]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a statement is known by.

    `keys` are exact names, strongest first (`symbol:…`, `url:…`); `sketch` the smallest hashes of its word runs,
    ascending: two sketches estimate how much of two texts is the same without keeping the texts.
    """

    keys: tuple[str, ...]
    sketch: tuple[int, ...]

    @property
    def bands(self) -> tuple[int, ...]:
        """The few smallest hashes: near-duplicates share at least one, unrelated texts almost never."""
        return self.sketch[:BANDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who spoke and when: what two near-duplicates must agree in. `country` and `group` together are the speaker."""

    country: str | None
    group: str | None
    date: date | None

    def agrees(self, other: Occasion) -> bool:
        """Whether both may be the same occasion: what is unknown agrees with anything.

        Dates may be a few days apart, since a page's day of publication is often taken for that of delivery.
        """
        return (
            (self.country is None or other.country is None or self.country == other.country)
            and (self.group is None or other.group is None or self.group == other.group)
            and (self.date is None or other.date is None or abs(self.date - other.date) <= DAYS_APART)
        )


def occasion(statement: Statement) -> Occasion:
    """The occasion of a statement, as far as it is known."""
    return Occasion(country=statement.country, group=statement.group, date=statement.date)


def identify(statement: Statement) -> Identity:
    """The identity of a statement. A symbol that many speak under (a meeting's record, a draft) names none of them."""
    keys = []
    if statement.symbol and not (statement.kind in STATEMENT_KINDS and SHARED_SYMBOL.search(statement.symbol.upper())):
        keys.append(f"symbol:{statement.symbol.upper()}")
    if statement.url:
        keys.append(f"url:{canonical_url(statement.url)}")
    return Identity(keys=tuple(keys), sketch=sketch(statement.body))


def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, `www.`, tracking and session parameters, closing slash.

    The fragment goes too, unless it is a route of its own (`#!/news/12`, `#/news/12`). What is no address stays.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").removeprefix("www.")
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = sorted((name, value) for name, value in pairs if not TRACKING.fullmatch(name.lower()))
    path = SESSION.sub("", unquote(parts.path)).rstrip("/") or "/"
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("", host, path, urlencode(query), fragment)).removeprefix("//")


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's runs of five words (of a script without spaces: eight characters)."""
    words = re.findall(r"[㐀-鿿぀-ヿ]|[^\W_㐀-鿿぀-ヿ]+", text.casefold())
    run = 5 if sum(len(word) > 1 for word in words) > len(words) / 2 else 8
    grams = {" ".join(words[i : i + run]) for i in range(max(1, len(words) - run + 1))} if words else set()
    return tuple(sorted({zlib.crc32(gram.encode()) for gram in grams})[:SKETCH_SIZE])


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How alike two texts are, 0 to 1, estimated from their sketches.

    Halfway between Broder's resemblance (what is shared, of all there is in either) and his containment (of the
    shorter): so a copy in the middle of another site's page furniture still counts as one, while two statements that
    have half their sentences in common do not. A text of a line or two resembles nothing: titles repeat.
    """
    if min(len(one), len(other)) < SHORTEST_SKETCH:
        return 0.0
    # Below the lower of the two last hashes both samples are complete.
    limit = min((sample[-1] for sample in (one, other) if len(sample) >= SKETCH_SIZE), default=max(one[-1], other[-1]))
    a, b = ({value for value in sample if value <= limit} for sample in (one, other))
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return (shared / len(a | b) + shared / min(len(a), len(b))) / 2
