"""README, guides and notes as they stand: their links, headings, fenced blocks and commands in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BESIDE = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
PAGES = sorted([*(ROOT / name for name in BESIDE), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])
FENCE = re.compile(r"^( *)```([\w.-]*)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"(?<!\\)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\))?)\)|(?:src|href)=\"([^\"]+)\"")
PATHS = re.compile(r"^(?:bot|adapters|docs|tests|benchmarks|training|requirements)/[\w./*<>-]+$")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language (empty: what a shell takes), its text, and where it stands."""

    page: str
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """Where to look when it is wrong."""
        return f"{self.page}:{self.line}"


def name(page: Path) -> str:
    """A page as people call it."""
    return str(page.relative_to(ROOT))


def text(page: str) -> str:
    """A page's text."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(*languages: str, of: str | None = None) -> list[Block]:
    """The fenced blocks in those languages, of every page or of one, without the indent of a list."""
    found = []
    for page in PAGES:
        if of in {None, name(page)}:
            words = page.read_text(encoding="utf-8")
            for match in FENCE.finditer(words):
                inner = re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE)
                found.append(Block(name(page), words[: match.start()].count("\n") + 1, match[2], inner))
    return [block for block in found if block.language in languages]


def prose(words: str) -> str:
    """A page's text without its fenced blocks."""
    return FENCE.sub("", words)


def spans(beginning: str) -> Iterator[tuple[str, str]]:
    """Every `code span` outside blocks that begins with a word, and its page; the bar of a table is a bar again."""
    for page in PAGES:
        for match in INLINE.finditer(prose(page.read_text(encoding="utf-8"))):
            if match[1].split(" ")[0] == beginning:
                yield name(page), match[1].replace("\\|", "|")


def links(page: Path) -> list[str]:
    """Where a page's links and pictures lead."""
    outside = INLINE.sub("", prose(page.read_text(encoding="utf-8")))
    return [match[1] or match[2] for match in LINK.finditer(outside)]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    found = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", prose(page.read_text(encoding="utf-8")), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found
