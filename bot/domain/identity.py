"""When two documents are the same statement: by symbol, else by address, else by nearly the same words."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from bot.domain.statement import Statement

SKETCH_SIZE = 96
BANDS = 12
SAME = 0.75
DAYS_APART = timedelta(days=3)
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|share|s_cid|cmpid", re.ASCII)


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
    """The identity of a statement."""
    keys = []
    if statement.symbol:
        keys.append(f"symbol:{statement.symbol.upper()}")
    if statement.url:
        keys.append(f"url:{canonical_url(statement.url)}")
    return Identity(keys=tuple(keys), sketch=sketch(statement.body))


def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, `www.`, tracking parameters, fragment, closing slash."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port and parts.port not in {80, 443}:
        host = f"{host}:{parts.port}"
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(k))
    path = unquote(parts.path).rstrip("/") or "/"
    return urlunsplit(("", host, path, urlencode(query), "")).removeprefix("//")


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's runs of five words (of a script without spaces: eight characters)."""
    words = re.findall(r"[㐀-鿿぀-ヿ]|[^\W_㐀-鿿぀-ヿ]+", text.casefold())
    run = 5 if sum(len(word) > 1 for word in words) > len(words) / 2 else 8
    grams = {" ".join(words[i : i + run]) for i in range(max(1, len(words) - run + 1))} if words else set()
    return tuple(sorted({zlib.crc32(gram.encode()) for gram in grams})[:SKETCH_SIZE])


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How alike two texts are, 0 to 1, estimated from their sketches (Broder's bottom-k estimate of Jaccard)."""
    if not one or not other:
        return 0.0
    union = sorted(set(one) | set(other))[:SKETCH_SIZE]
    both = set(one) & set(other)
    return sum(value in both for value in union) / len(union)
