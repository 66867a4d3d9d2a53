"""What a language model is asked: pages of our own, through the whole way, on a server that answers as it is told."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.config import load_settings
from bot.domain.rewriting import Draft, Sentence, Support
from bot.domain.timing import Slot
from bot.wiring import House
from tests.fakes import SetClock
from tests.grounding.samples import SAID, TOLD
from tests.model_server import COMPLETIONS, answer, completion, question
from tests.servers import Answer, HttpServer, Request

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
BYTES_A_TOKEN = 4
READ = frozenset({"new", "changed", "duplicate", "unchanged"})
SETTINGS = """\
database = "sqlite:///{folder}/{name}.db"
catalogue = false
[[sources]]
name = "Saved"
kind = "folder"
url = "{folder}/{name}"
"""
CHANNEL = """\
[[channels]]
adapter = "console"
destination = "file:{folder}/{name}-{number}.txt"
language = "{language}"
lookback = "9999d"
"""
MODEL = """\
[model]
name = "small-model"
base_url = "{url}"
"""
TALK = """<html><head><title>{title}</title></head><body>
<header>Permanent Mission of Kenya to the United Nations</header>
<main><h1>{title}</h1><p>17 November 2026</p><p>Mr. Chair,</p>{said}<p>I thank you, Mr. Chair.</p></main></body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The calls of one step: how many, the most about one text, characters and tokens in and out."""

    calls: int
    statements: int
    most: int
    sent: int
    answered: int
    tokens_in: int
    tokens_out: int


def tokens(text: str) -> int:
    """An estimate, a token for every four bytes of UTF-8: 4 letters of English, 2 of Russian, 1⅓ of Chinese."""
    return math.ceil(len(text.encode()) / BYTES_A_TOKEN)


@dataclass
class Stage:
    """A folder of pages, settings for them, and a model on loopback; `said` is what it answered, a text a call."""

    folder: Path
    server: HttpServer
    name: str
    model: bool = True
    languages: Sequence[str] = ("en",)
    said: list[str] = field(default_factory=list)
    _seen: int = field(init=False)

    def __post_init__(self) -> None:
        self._seen = len(self.server.requests)

    def save(self, pages: Mapping[str, str]) -> None:
        """Put pages into the folder, in the place of those of the same name."""
        place = self.folder / self.name
        place.mkdir(exist_ok=True)
        for name, page in pages.items():
            (place / name).write_text(page, encoding="utf-8")

    def touch(self) -> None:
        """Have every page look changed, so that it is read again."""
        for number, file in enumerate(sorted((self.folder / self.name).iterdir())):
            os.utime(file, (number, number))

    def answers(self, draft: Callable[[Mapping[str, Any], str], Draft]) -> None:
        """Have the model answer each question so."""

        def respond(request: Request) -> Answer:
            asked = question(request)
            made = answer({language: draft(asked, language) for language in asked["write_in"]})
            self.said.append(json.dumps(made, ensure_ascii=False))
            return completion(made)

        self.server.route(COMPLETIONS, respond)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """All of Attaché as it is after a start."""
        about = {"folder": self.folder, "name": self.name}
        text = SETTINGS.format(**about) + "".join(
            CHANNEL.format(**about, number=number, language=language) for number, language in enumerate(self.languages)
        )
        text += MODEL.format(url=self.server.url("/v1")) if self.model else ""
        file = self.folder / f"{self.name}.toml"
        file.write_text(text, encoding="utf-8")
        house = House(load_settings(str(file), {}))
        house.clock = SetClock(NOW)
        try:
            yield house
        finally:
            await house.close()

    async def poll(self) -> Asked:
        """Read what the folder has, and have it retold."""
        async with self.house() as house:
            (outcome,) = await house.polling.poll(house.settings.sources)
            if house.rewriter:
                await house.rewriter.settle()
            return self._asked(sum(entry.outcome in READ for entry in outcome.entries))

    async def restart(self) -> Asked:
        """Catch up on what no answer is kept of, however old it is."""
        async with self.house() as house:
            if house.rewriter:
                rewriter = replace(house.rewriter, clock=SetClock(LONG_AGO))
                await rewriter.catch_up(house.store.statements)
                await rewriter.settle()
            return self._asked(house.store.statements.count())

    async def digests(self) -> Asked:
        """Compose a digest for every channel; `statements` are those in all of them."""
        async with self.house() as house:
            for channel in house.channels.served():
                house.digests.open(channel, Slot(NOW, "slot"), now=NOW)
            told = [id for row in house.store.ledger.unsettled() for id in row.statement_ids]
            return self._asked(len(told))

    def _asked(self, statements: int) -> Asked:
        """What was asked since the last step."""
        requests, said = self.server.requests[self._seen :], self.said
        self._seen, self.said = len(self.server.requests), []
        about = Counter(json.dumps(question(request)["points"]) for request in requests)
        sent = ["".join(parts(request)) for request in requests]
        return Asked(
            calls=len(requests),
            statements=statements,
            most=max(about.values(), default=0),
            sent=sum(map(len, sent)),
            answered=sum(map(len, said)),
            tokens_in=sum(map(tokens, sent)),
            tokens_out=sum(map(tokens, said)),
        )


def parts(request: Request) -> tuple[str, str, str]:
    """What a call is made of: the instructions, the shape of the answer, the question."""
    body = json.loads(request.body)
    told = {"system": "", "user": ""}
    for message in body["messages"]:
        told["user" if message["role"] == "user" else "system"] += message["content"]
    return told["system"], json.dumps(body.get("tools", []), ensure_ascii=False), told["user"]


def careful(asked: Mapping[str, Any], language: str) -> Draft:
    """What a careful model answers about the sample statement: every sentence is borne out by its quote."""
    told = dict(zip(SAID[asked["language_of_points"]], TOLD[language], strict=True))
    made = {one["number"]: _sentence(one, told[one["quote"]]) for one in asked["points"]}
    return Draft(points=made, lead=tuple(made.values())[:2])


def careless(asked: Mapping[str, Any], language: str) -> Draft:
    """What is refused for every point, being longer than what it retells: as long as an answer of use can be."""
    speaker = asked["speaker"][language]
    made = {one["number"]: _sentence(one, f"{speaker}: {one['quote']}") for one in asked["points"]}
    return Draft(points=made, lead=tuple(made.values())[:2])


def _sentence(point: Mapping[str, Any], text: str) -> Sentence:
    return Sentence(text=text, support=(Support(point=point["number"], quote=point["quote"]),))


def talk(*numbers: int) -> str:
    """A page with these points of the sample statement."""
    said = "".join(f"<p>{SAID['en'][number]}</p>" for number in numbers)
    return TALK.format(title="Statement by Kenya at the Global Mechanism on ICT security", said=said)
