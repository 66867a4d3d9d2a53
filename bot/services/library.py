"""The archive as the web's visitors read it: the same look-ups as in chat, answered as values for pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.briefing.revision import compare
from bot.domain.brief import Brief
from bot.domain.calls import to_filter
from bot.domain.differences import Fate, Run, differences
from bot.domain.rewriting import key_of
from bot.domain.subscription import Filter
from bot.errors import NotFoundError, UsageError
from bot.ports import MarkStore, RewritingStore, StatementStore
from bot.reading.states import codes, country_name
from bot.services.correcting import changes_section, in_short
from bot.services.lookup import get
from bot.services.marking import readers_section
from bot.services.naming import find_code, who
from bot.services.rewrite import dresser
from bot.site import Change, Entry, Reading, Shelf, Stage

PAGE = 50
LONGEST_SEARCH = 400
MOST_PAGES = 100_000
FIRST = "as it was first seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The port Library; `retold` is there where a language model is set up."""

    statements: StatementStore
    marks: MarkStore
    retold: Retold | None = None

    def states(self) -> Mapping[str, str]:
        return dict(sorted(((code, country_name(code)) for code in codes()), key=lambda state: state[1]))

    def filter(self, options: Mapping[str, str]) -> Filter:
        return to_filter(options, find_code)

    def search(self, words: str, filter: Filter, *, page: int) -> Shelf:
        if len(words) > LONGEST_SEARCH:
            raise UsageError(f"a search takes {LONGEST_SEARCH} characters at most; this one has {len(words)}")
        if not 1 <= page <= MOST_PAGES:
            raise UsageError(f"there is no page {page}; the first is 1")
        found = self.statements.search(words, filter, limit=PAGE, offset=(page - 1) * PAGE)
        entries = tuple(map(entry, found.briefs))
        return Shelf(entries=entries, total=found.total, page=page, pages=max(1, -(-found.total // PAGE)))

    def statement(self, key: str, *, retold: str | None = None) -> Reading:
        brief = get(self.statements, key)
        stages = self._stages(brief)
        said_before = dict.fromkeys(point.said_before for point in brief.points if point.said_before)
        found = [(id, self.statements.get(id)) for id in said_before]
        marks = readers_section(self.marks.of(brief.statement.id), brief, stages[-1].number if stages else 1)
        languages = self.retold.languages(brief) if self.retold else ()
        if self.retold and languages:
            brief = self.retold.dressed(brief, retold if retold in languages else languages[0])
        return Reading(
            entry=entry(brief),
            earlier={id: entry(earlier) for id, earlier in found if earlier},
            stages=stages,
            readers="".join(section.text for section in marks),
            retold=languages,
        )

    def change(self, key: str, revision: int) -> Change:
        newest = get(self.statements, key)
        found = {each.number: each for each in self.statements.revisions(newest.statement.id)}
        if revision not in found:
            raise NotFoundError(f"{newest.statement.id} has no revision {revision}; there are {len(found)}")
        after, before = found[revision], found.get(revision - 1)
        stages = self._stages(newest)
        changes = compare(before.brief, after.brief) if before else None
        body = after.brief.statement.body
        return Change(
            entry=entry(after.brief),
            stage=next(stage for stage in stages if stage.number == revision)
            if stages
            else Stage(number=1, seen_at=after.seen_at, changed=FIRST),
            stages=stages,
            told=changes_section("What it changed", changes, after.brief) if changes and changes.telling else None,
            runs=differences(before.brief.statement.body, body) if before else (Run(Fate.SAME, body),),
        )

    def _stages(self, brief: Brief) -> tuple[Stage, ...]:
        """The revisions with what each changed, in a line; of the only one there is nothing to tell."""
        if not brief.corrects:
            return ()
        revisions = self.statements.revisions(brief.statement.id)
        changed = [FIRST, *(in_short(compare(one.brief, two.brief)) for one, two in pairwise(revisions))]
        return tuple(
            Stage(number=each.number, seen_at=each.seen_at, changed=words)
            for each, words in zip(revisions, changed, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """What a model, by its name, made of briefs and is kept."""

    kept: RewritingStore
    model: str

    def languages(self, brief: Brief) -> tuple[str, ...]:
        """The languages it is retold in as it stands, English first."""
        found = {
            one.language
            for one in self.kept.about(brief.statement.id)
            if (one.points or one.lead) and one.key == key_of(brief, self.model, one.language)
        }
        return tuple(sorted(found, key=lambda language: (language != "en", language)))

    def dressed(self, brief: Brief, language: str) -> Brief:
        """The brief with what is kept of it in a language."""
        (shown,) = dresser(self.kept, self.model)([brief], language)
        return shown


def entry(brief: Brief) -> Entry:
    """A statement with who speaks."""
    return Entry(brief=brief, who=who(brief))
