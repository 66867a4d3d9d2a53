"""A Dockerfile, read: its stages and their instructions, in order."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Stage:
    """One FROM and what follows it."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, word: str) -> str:
        """What the last instruction of that kind says."""
        return [said for instruction, said in self.steps if instruction == word][-1]


def stages(path: Path) -> list[Stage]:
    """The stages of a file; an instruction is its word and all that it says, on one line."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found: list[Stage] = []
    for line in filter(str.strip, text.splitlines()):
        word, _, said = line.strip().partition(" ")
        if word == "FROM":
            base, _, name = said.partition(" AS ")
            found.append(Stage(base=base, name=name))
        else:
            found[-1].steps.append((word, " ".join(said.split())))
    return found


def command(said: str) -> list[str]:
    """An exec form, `["attache", "run"]`: the only one that needs no shell."""
    words = json.loads(said[said.index("[") :])
    assert all(isinstance(word, str) for word in words)
    return list(words)


def variables(said: str, known: dict[str, str]) -> dict[str, str]:
    """The variables of an ENV, with those it uses put in."""
    pairs = (pair.split("=", 1) for pair in said.split())
    return {name: re.sub(r"\$(\w+)", lambda match: known.get(match[1], ""), value) for name, value in pairs}
