"""Has a language model retell points, once a statement, in the background; what is shown is what is kept by then.

No digest waits for a model: a slot takes what the store holds at that moment, and quotes where it holds nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.brief import Brief
from bot.domain.rewriting import (
    MOST_CALLS,
    PASSING,
    Draft,
    Question,
    Refusal,
    Refused,
    Rewriting,
    counted,
    dressed,
    key_of,
)
from bot.domain.subscription import Channel, Filter
from bot.errors import AttacheError, ModelError, SandboxError
from bot.grounding import Verdict, examine, fit_to_send
from bot.grounding.names import speaker_of
from bot.ports import Clock, RewritingStore, Sandbox, StatementStore, Summarizer

log = logging.getLogger(__name__)
Dress = Callable[[Sequence[Brief], str], Sequence[Brief]]
AT_ONCE = 4
CALLS = 2
CHECK_TIMEOUT = 10.0
PAUSE = 1.0
CAUGHT_UP = 100
# What is older has been told to whoever wants it, and a model set up today is not asked about the whole archive.
LATELY = timedelta(days=7)


def undressed(briefs: Sequence[Brief], language: str) -> Sequence[Brief]:  # noqa: ARG001 - one shape for both
    """The briefs as they are: what everybody is shown without a model."""
    return briefs


def dresser(kept: RewritingStore, model: str) -> Dress:
    """Dresses briefs in what is kept of them, by a model's name; the model is not asked and need not be there."""

    def dress(briefs: Sequence[Brief], language: str) -> Sequence[Brief]:
        keys = [key_of(brief, model, language) for brief in briefs]
        known = kept.find(keys)
        return [dressed(brief, known.get(key)) for brief, key in zip(briefs, keys, strict=True)]

    return dress


class Unkept:
    """The port RewritingStore for a document that is not kept: it remembers nothing."""

    def find(self, keys: Collection[str]) -> dict[str, Rewriting]:  # noqa: ARG002 - the port's
        return {}

    def keep(self, rewritings: Iterable[Rewriting]) -> None: ...

    def about(self, statement_id: str) -> Sequence[Rewriting]:  # noqa: ARG002 - the port's
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriter:
    """Asks a model about statements and keeps what stands up to the checks.

    `channels` are those served now. `timeout` covers all of one statement; a busy service that does not say when it has
    time is asked again after `pause` seconds.
    """

    model: Summarizer
    kept: RewritingStore
    sandbox: Sandbox
    clock: Clock
    channels: Callable[[], Sequence[Channel]] = tuple
    timeout: float = 60.0
    pause: float = PAUSE
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def start(self, brief: Brief) -> None:
        """Have a kept statement retold for the channels that will be told of it; returns at once."""
        key = key_of(brief, self.model.name, "")
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._work(key, brief))

    async def catch_up(self, statements: StatementStore) -> None:
        """Start with what earlier runs left: statements of the last days that no answer is kept of."""
        lately = Filter(since=(self.clock.now() - LATELY).date())
        found = await asyncio.to_thread(statements.search, "", lately, limit=CAUGHT_UP)
        for brief in found.briefs:
            self.start(brief)

    async def settle(self) -> None:
        """Wait until everything started is done, each within its deadline."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def stop(self) -> None:
        """End what is under way; it is caught up at the next start."""
        for task in self._tasks.values():
            task.cancel()
        await self.settle()

    async def _work(self, key: str, brief: Brief) -> None:
        try:
            async with self.gate:
                told = [one for one in await asyncio.to_thread(self.channels) if one.filter.matches(brief)]
                await self.rewrite(brief, sorted({channel.language for channel in told}))
        except AttacheError as error:
            log.warning("model: %s: %s", brief.statement.id, error)
        except Exception:  # a defect of ours costs the machine-written lines, nothing else
            log.exception("model: %s", brief.statement.id)
        finally:
            self._tasks.pop(key, None)

    async def rewrite(self, brief: Brief, languages: Sequence[str]) -> Mapping[str, Rewriting]:
        """What is kept of a statement in these languages, asked for where missing; no failure of the model raises."""
        keys = {language: key_of(brief, self.model.name, language) for language in languages}
        known = await asyncio.to_thread(self.kept.find, keys.values())
        wanted = tuple(lang for lang in languages if not _settled(known.get(keys[lang])))
        made = await self._ask(brief, wanted, known, keys) if wanted and fit_to_send(brief) else {}
        if made:
            await asyncio.to_thread(self.kept.keep, made.values())
        return {lang: known[key] for lang, key in keys.items() if key in known} | made

    async def _ask(
        self, brief: Brief, languages: tuple[str, ...], known: Mapping[str, Rewriting], keys: Mapping[str, str]
    ) -> dict[str, Rewriting]:
        attempt = _Attempt(brief=brief, languages=_speakable(brief, languages))
        if attempt.languages:
            try:
                async with asyncio.timeout(self.timeout):
                    await self._calls(attempt)
            except TimeoutError:
                attempt.failed = Refusal.TIME
        now = self.clock.now()
        made = {
            lang: _rewriting(attempt, lang, keys[lang], self.model.name, known.get(keys[lang]), now)
            for lang in languages
        }
        for lang, one in made.items():
            told = f"{len(one.points)} of {len(brief.points)} points, {'a' if one.lead else 'no'} lead"
            said = f"; refused {counted(one.refused)}" if one.refused else ""
            log.info("model: %s in %s, %d calls: %s%s", brief.statement.id, lang, attempt.calls, told, said)
        return made

    async def _calls(self, attempt: _Attempt) -> None:
        """One call, and one more if something of the answer could not be used."""
        for number in range(CALLS):
            attempt.calls += 1
            try:
                drafts = await self.model.draft(attempt.question())
            except ModelError as error:
                attempt.failed = Refusal(error.kind)
                log.info("model: %s: %s", attempt.brief.statement.id, error)
                if not error.again:
                    return
                if number + 1 < CALLS and error.kind == Refusal.STATUS:
                    await asyncio.sleep(self.pause if error.after is None else error.after)
                continue
            attempt.failed = None
            for language in attempt.open():
                attempt.take(language, await self._examined(drafts.get(language), attempt.brief, language))
            if not attempt.open():
                return

    async def _examined(self, draft: Draft | None, brief: Brief, language: str) -> Verdict:
        if draft is None:
            return Verdict(refused=(Refused(part="answer", reasons=(Refusal.ABSENT,)),))
        try:
            return await self.sandbox.run(examine, draft, brief, language, self.model.name, timeout=CHECK_TIMEOUT)
        except SandboxError:
            return Verdict(refused=(Refused(part="answer", reasons=(Refusal.FORM,)),))


@dataclass(slots=True, kw_only=True)
class _Attempt:
    """What has come of asking about one statement so far, by language."""

    brief: Brief
    languages: tuple[str, ...]
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    failed: Refusal | None = None
    calls: int = 0

    def open(self) -> tuple[str, ...]:
        """The languages in which something is still missing."""
        return tuple(lang for lang in self.languages if lang not in self.verdicts or self.verdicts[lang].refused)

    def take(self, language: str, new: Verdict) -> None:
        """Add what a further answer brings; what was accepted before stays."""
        old = self.verdicts.get(language, Verdict())
        points = {accepted.point: accepted for accepted in (*new.points, *old.points)}
        lead = old.lead or new.lead
        done = {f"point {number}" for number in points} | ({"lead"} if lead else set())
        refused = tuple(one for one in new.refused if one.part not in done)
        self.verdicts[language] = Verdict(
            points=tuple(points[number] for number in sorted(points)), lead=lead, refused=refused
        )

    def question(self) -> Question:
        s = self.brief.statement
        wrong = {lang: self.verdicts[lang].refused for lang in self.open() if lang in self.verdicts}
        if self.failed is Refusal.SCHEMA:
            wrong |= {lang: (Refused(part="answer", reasons=(Refusal.SCHEMA,)),) for lang in self.open()}
        return Question(
            points=tuple((number, self.brief.points[number - 1]) for number in fit_to_send(self.brief)),
            speakers={lang: speaker_of(self.brief, lang).shown for lang in self.open()},
            of=s.language,
            languages=self.open(),
            complaints=wrong,
        )


def _speakable(brief: Brief, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages that have a name for the speaker: without one no sentence could be held to its subject."""
    return tuple(language for language in languages if speaker_of(brief, language))


def _settled(known: Rewriting | None) -> bool:
    return known is not None and (known.final or known.calls >= MOST_CALLS)


def _rewriting(
    attempt: _Attempt, language: str, key: str, model: str, before: Rewriting | None, now: datetime
) -> Rewriting:
    verdict = attempt.verdicts.get(language)
    failed = attempt.failed if language in attempt.languages else Refusal.SUBJECT
    if verdict is None:
        verdict = Verdict(refused=(Refused(part="answer", reasons=(failed or Refusal.ABSENT,)),))
    made = Rewriting(
        key=key,
        statement_id=attempt.brief.statement.id,
        language=language,
        model=model,
        points=verdict.points,
        lead=verdict.lead,
        refused=verdict.refused,
        calls=attempt.calls + (before.calls if before else 0),
        made_at=now,
    )
    return replace(made, final=language in attempt.verdicts or failed not in PASSING)
