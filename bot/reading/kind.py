"""What a document is: which sort of statement, or what else."""

from __future__ import annotations

from bot.domain.taxonomy import Kind
from bot.reading.forum import find_place
from bot.reading.hosts import look_at
from bot.reading.subject import Text, has, hits, ready

# What a document that is no statement may be; in doubt the first.
OTHERS = (Kind.MEETING_COVERAGE, Kind.BLOG, Kind.NEWS, Kind.REPORT, Kind.OTHER)
OPENING = 600
READ = 20_000
# So many reports of what was said make an account of a meeting.
MANY = 6


def find_kind(
    *,
    title: str,
    header: str = "",
    body: str = "",
    url: str | None = None,
    speech: float,
    group: str | None = None,
    un_official: bool = False,
) -> Kind:
    """The kind of a document; `speech` is how likely it is that somebody speaks in it, from 0 to 1."""
    if speech >= 0.5:
        return _statement(ready(title, header), ready(body).head(OPENING), group, un_official)
    return _other(title=title, body=body, around=ready(header, body[:OPENING]), url=url)


def _statement(named: Text, opening: Text, group: str | None, un_official: bool) -> Kind:
    for kind in (Kind.EXPLANATION_OF_VOTE, Kind.RIGHT_OF_REPLY):
        if has(named, "kinds", kind) or has(opening, "kinds", kind):
            return kind
    if un_official:
        return Kind.UN_OFFICIAL_REMARKS
    if has(named, "kinds", Kind.JOINT_STATEMENT):
        return Kind.JOINT_STATEMENT
    if group or has(named, "kinds", Kind.GROUP_STATEMENT):
        return Kind.GROUP_STATEMENT
    return Kind.NATIONAL_STATEMENT


def _other(*, title: str, body: str, around: Text, url: str | None) -> Kind:
    host, name = look_at(url), ready(title)
    counts = dict.fromkeys(OTHERS, 0.0)
    for kind in OTHERS:
        counts[kind] = 2.0 * len(hits(name, "kinds", kind)) + len(hits(around, "kinds", kind))
    counts[Kind.NEWS] += 1.5 * host.news + 1.0 * has(name, "headline")
    counts[Kind.NEWS] += min(2.0, 0.5 * len(hits(ready(body[:READ]), "kinds", Kind.NEWS)))
    counts[Kind.BLOG] += 0.5 * host.mirror
    counts[Kind.OTHER] += 1.5 * has(name, "kinds", Kind.JOINT_STATEMENT)
    if find_place(title=title) and len(hits(ready(body[:READ]), "reporting")) >= MANY:
        counts[Kind.MEETING_COVERAGE] += 2.0
    best = max(OTHERS, key=lambda kind: counts[kind])
    return best if counts[best] else Kind.OTHER
