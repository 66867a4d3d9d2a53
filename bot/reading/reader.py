"""Reading: from a record to a statement, everything found put together."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from bot.domain.statement import Record, Statement
from bot.reading.article import Article, extract
from bot.reading.day import find_day
from bot.reading.forum import find_forum
from bot.reading.kind import find_kind
from bot.reading.relevance import judge
from bot.reading.symbol import find_symbol
from bot.reading.who import find_who


def read(record: Record) -> Statement:
    """Read a record. Raises UnreadableError, saying why, if there is no text in it."""
    record = _with_sound_address(record)
    article = extract(record)
    who = find_who(article, record)
    title = _title(record, article)
    header, site, body = article.header, article.site, article.body
    day = find_day(
        title=title,
        header=header,
        site=site,
        body=body,
        tail=article.tail,
        url=record.url,
        published=record.published,
    )
    judged = judge(
        title=title,
        header=header,
        site=site,
        body=body,
        url=record.url,
        speaker=who.speaker,
        country=who.country,
        language=article.language,
        day=day,
    )
    return Statement(
        id=record.id,
        url=record.url,
        title=title,
        body=body,
        is_cyber_statement=judged.yes,
        relevance=judged.probability,
        why=(*judged.why, *who.why),
        kind=find_kind(
            title=title,
            header=header,
            body=body,
            url=record.url,
            speech=judged.speech,
            group=who.group,
            un_official=who.un_official,
        ),
        country=who.country,
        group=who.group,
        speaker=who.speaker,
        role=who.role,
        forum=find_forum(title=title, header=header, site=site, body=body, url=record.url, day=day),
        symbol=find_symbol(url=record.url, title=title, header=header, site=site),
        date=day,
        language=article.language,
        published=record.published,
    )


def _title(record: Record, article: Article) -> str:
    """The title as given, else as the page shows it, else as the page names itself."""
    given = (record.title or "").strip()
    return given or article.title or (article.html_title or "").strip()


def _with_sound_address(record: Record) -> Record:
    """The record, without an address that is none: nobody can be recognised by it, and no link would open."""
    try:
        urlsplit(record.url or "").port  # noqa: B018  # a port that is no number is found only when asked for
    except ValueError:
        return replace(record, url=None)
    return record
