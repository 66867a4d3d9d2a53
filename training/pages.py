"""Reads marked statements: pages as a person copies them, with the positions in them marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.domain.taxonomy import Forum, Kind, Stance, Topic

STATEMENTS = Path(__file__).parent / "statements"
HEADS = re.compile(r"^=== *", re.MULTILINE)
MARK = re.compile(r"<<([VO]) (\w+) (\w+)(?: (new|old))?\|(.*?)>>", re.DOTALL)
IMPORTANCE = {"V": "vital", "O": "okay"}
ENDED = re.compile(r"[.!?。！？؟;；:…][\"'”’»」』)）]*$")
SCALARS = ("url", "title", "kind", "country", "speaker", "forum", "date", "language", "duplicate_of")
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MarkError(ValueError):
    """A page that is marked wrongly: which, and what is wrong."""

    page: str
    problem: str

    def __str__(self) -> str:
        return f"{self.page}: {self.problem}"


def load_all(folder: Path = STATEMENTS) -> list[Gold]:
    """The records of every file of a folder, in the shape of `tests/corpus`. Raises MarkError."""
    return [row for path in sorted(folder.glob("*.txt")) for row in parse(path.read_text(encoding="utf-8"))]


def parse(text: str) -> Iterator[Gold]:
    """The records of one file. Raises MarkError, naming the page and what is wrong with it."""
    for chunk in HEADS.split(text)[1:]:
        head, found, page = chunk.partition("\n---\n")
        name, *lines = head.strip().splitlines()
        if not found:
            raise MarkError(name, "has no line '---' between its labels and its text")
        yield _record(name.strip(), dict(_label(name, line) for line in lines), page)


def _label(page: str, line: str) -> tuple[str, str]:
    key, found, value = line.partition(":")
    if not found:
        raise MarkError(page, f"{line!r} is no label; write key: value")
    return key.strip(), value.strip()


def _record(page: str, labels: dict[str, str], marked: str) -> Gold:
    text = MARK.sub(lambda mark: mark[5], marked).strip()
    if "<<" in text or ">>" in text:
        raise MarkError(page, "has a mark that is not <<V|O stance topic [new|old]|The sentence.>>")
    told = {key: labels.get(key) or None for key in SCALARS}
    cyber = labels.get("cyber") == "yes"
    _one_of(page, Kind, told["kind"])
    if told["forum"]:
        _one_of(page, Forum, told["forum"])
    return {
        "id": page,
        **told,
        "html": None,
        "text": text,
        "published": f"{labels['published']}T12:00:00Z" if labels.get("published") else None,
        "is_cyber_statement": cyber,
        "speaker_absent": cyber and not told["speaker"],
        "nuggets": [_nugget(page, mark) for mark in MARK.finditer(marked)],
    }


def _nugget(page: str, mark: re.Match[str]) -> Gold:
    importance, stance, topic, said, words = mark.groups()
    sentence = " ".join(words.split())
    if not ENDED.search(sentence):
        raise MarkError(page, f"the mark …{sentence[-40:]!r} ends before its sentence does")
    nugget: Gold = {"nugget": sentence, "sentence": sentence, "importance": IMPORTANCE[importance]}
    nugget |= {"stance": _one_of(page, Stance, stance), "topic": _one_of(page, Topic, topic)}
    return nugget | ({"new": said == "new"} if said else {})


def _one_of(page: str, kind: type[StrEnum], word: str | None) -> str:
    try:
        return kind(word or "").value
    except ValueError as error:
        raise MarkError(page, str(error)) from None
