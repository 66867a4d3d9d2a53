"""Every command the pages tell people to type, made concrete: placeholders filled in, alternatives told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.docs.pages import blocks, spans

# An example of each placeholder, as it lies in the folder the commands are run in.
PLACEHOLDERS = {
    "PATH": "statement.html",
    "URL": "https://mission.example/statement",
    "FILE": "made.jsonl",
    "ID": "{id}",
    " C": " console:-",
}
BEGINNINGS = ("attache", ".venv/bin/attache", "make", "pytest", ".venv/bin/pytest", "python", ".venv/bin/python")
# Commands that take something, named in a sentence without it.
MENTIONED = {f"attache {word}" for word in ("backup", "brief", "config", "lookup", "restore", "sources", "why")}
OLDER = re.compile(r"^(CHANGELOG\.md|docs/decisions/)")


@dataclass(frozen=True, slots=True)
class Typed:
    """One line of shell, and the pages it stands in."""

    line: str
    pages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.line} ({', '.join(self.pages)})"


def typed() -> list[Typed]:
    """All of them, each once. What has been (changes, decisions) is not typed any more."""
    found = [(line, block.page) for block in blocks("", "sh", "bash") for line in _lines(block.text)]
    found += [(one, page) for word in BEGINNINGS for page, span in spans(word) for one in _made(span)]
    places: dict[str, list[str]] = {}
    for line, page in sorted(set(found)):
        if not OLDER.match(page):
            places.setdefault(line, []).append(page)
    return [Typed(line, tuple(pages)) for line, pages in places.items()]


def _lines(text: str) -> Iterator[str]:
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        command = re.sub(r"\s{2,}#.*$", "", line).strip()
        if command and not command.startswith(("#", "/brief")):
            yield _bare(command.replace("ID", "{id}"))


def _made(span: str) -> Iterator[str]:
    """A span's command with its brackets both ways and its alternatives one by one; a bare name or `…` is none."""
    if span in {"attache", "make", "python"} or span in MENTIONED or span.endswith("…"):
        return
    for line in _optional(span):
        for one in _alternatives(line):
            if one.startswith(("attache brief --jsonl", "attache restore")):
                one = one.replace("FILE", "records.jsonl" if "--jsonl" in one else "backups/today.db")
            one = re.sub(r"--gold$", "--gold -", one)
            for name, example in PLACEHOLDERS.items():
                one = re.sub(rf"{name}\b", example, one)
            yield _bare(one)


def _optional(line: str) -> list[str]:
    if "[" not in line:
        return [line]
    before, _, rest = line.partition("[")
    inner, _, after = rest.partition("]")
    return [" ".join(f"{before}{middle}{after}".split()) for middle in (inner, "")]


def _alternatives(line: str) -> list[str]:
    """`PATH|URL|-` is three."""
    word = next((word for word in line.split() if "|" in word), None)
    return [line] if word is None else [line.replace(word, one) for one in word.split("|")]


def _bare(line: str) -> str:
    return line.removeprefix(".venv/bin/") if line.startswith((".venv/bin/attache", ".venv/bin/python")) else line
