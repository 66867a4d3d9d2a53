"""A record as an article: the clean speech, and around it the lines that say who spoke, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.statement import Record
from bot.errors import UnreadableError
from bot.reading import chrome
from bot.reading.article_cut import Cut, cut
from bot.reading.article_lines import Line, clean, rejoin, text_lines
from bot.reading.article_markup import read_markup
from bot.reading.language import detect


@dataclass(frozen=True, kw_only=True)
class Article:
    """A document taken apart. Every paragraph of `body` stands in the document word for word, white space aside.

    `site` is what stands before the title (banner, menus, breadcrumbs), `header` what stands between it and the
    speech, `tail` what follows; their lines are joined by newlines, the paragraphs of `body` by blank lines.
    `html_title` and `html_language` are what the page says of itself; `language` is ISO 639-1, from the speech.
    """

    title: str
    site: str
    header: str
    body: str
    tail: str
    html_title: str | None
    html_language: str | None
    language: str


def extract(record: Record) -> Article:
    """Take a record apart. Raises UnreadableError, saying why, if there is no text in it."""
    if record.html and record.html.strip():
        return _from_html(record, record.html)
    if record.text and record.text.strip():
        _refuse_binary(record.text)
        return _article(record, text_lines(record.text), titles=_titles(record))
    if record.title and record.title.strip():
        return _article(record, [], titles=_titles(record))
    raise UnreadableError("the record is empty: neither html nor text nor a title")


def _titles(record: Record) -> list[str]:
    return [clean(record.title)] if record.title and record.title.strip() else []


def _from_html(record: Record, html: str) -> Article:
    _refuse_binary(html)
    page = read_markup(html)
    if not page.lines and not page.html_title:
        raise UnreadableError("the page has no text: perhaps it is filled in by scripts")
    return _article(
        record, page.lines, titles=[*_titles(record), *page.titles], html_title=page.html_title, language=page.language
    )


def _refuse_binary(text: str) -> None:
    sample = text[:4000]
    odd = sum(1 for c in sample if c == "\ufffd" or (ord(c) < 32 and c not in "\t\n\r\f"))
    if odd > len(sample) * 0.05:
        raise UnreadableError("not text: the record holds binary data or was decoded wrongly")


def _article(
    record: Record,
    lines: Sequence[Line],
    *,
    titles: Sequence[str],
    html_title: str | None = None,
    language: str | None = None,
) -> Article:
    parts = cut(lines, titles)
    title = _best_title(parts, titles, given=clean(record.title or ""))
    body = "\n\n".join(rejoin(parts.body)) or _snippet(lines, title)
    if not body and not title:
        raise UnreadableError("no text was found in the document")
    return Article(
        title=title,
        site=_joined(parts.site),
        header="\n".join([*_unsaid(parts, title), *_labelled(parts.header)]) if parts.body else "",
        body=body,
        tail=_joined(parts.tail),
        html_title=html_title,
        html_language=language,
        language=detect(body if chrome.weight(body) >= 20 else f"{title}\n{body}", record.language or language),
    )


def _best_title(parts: Cut, titles: Sequence[str], *, given: str) -> str:
    """The title as given; as the page has it where it was given cut short or not at all."""
    found = parts.title or ""
    if not given or (given.endswith(("…", "...")) and len(found) > len(given)):
        return found or next(iter(titles), "")
    return given


def _unsaid(parts: Cut, title: str) -> list[str]:
    """The page's own title where the one given is another: it often says who speaks and when."""
    found = parts.title or ""
    return [found] if chrome.key(found) not in chrome.key(title) else []


def _snippet(lines: Iterable[Line], title: str) -> str:
    """What there is of a text too short to have a speech in it: all but its title, and its buttons if more is left."""
    kept = [line for line in lines if chrome.key(line.text) != chrome.key(title)]
    return "\n\n".join(rejoin([line for line in kept if not line.is_chrome] or kept))


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _labelled(lines: Iterable[Line]) -> list[str]:
    """The lines with each label (`Presenter:`) on one line with what it labels."""
    made: list[str] = []
    for line in lines:
        if made and made[-1].endswith((":", "：")) and chrome.weight(made[-1]) <= 4:
            made[-1] += " " + line.text
        else:
            made.append(line.text)
    return made
