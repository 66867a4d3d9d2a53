"""The figures in README.md, taken from where they are measured: `make figures` writes them anew.

A test holds the page against them, so that no figure stays when what it was measured on has gone on.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "README.md"
BEGIN, END = "<!-- figures: make figures -->", "<!-- end -->"
APART = "Pages kept apart"
BY_LANGUAGE = f"{APART}: vital recall, "


def main() -> None:
    """Write them into README.md."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def renewed(page: str) -> str:
    """The page with the figures of today."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END, 1)[1]}"


def table() -> str:
    """What is promised, what was measured, and what shows it."""
    rows = (
        (
            "**Grounded**: every point is word for word in its source",
            f"{_measured(f'{APART}: unfaithful quotes')} unfaithful quotes, "
            f"{_measured(f'{APART}: points without a deep link')} points without a link to their sentence",
            "make bench",
        ),
        (
            "**What matters is in it**: of the positions readers marked as vital",
            f"{_counted(f'{APART}: vital recall')}; {_best_peer()}",
            "make bench",
        ),
        ("**Six languages**: the same, language by language", _languages(), "make bench"),
        (
            "**Who, where, when**: speaker's country, forum, day",
            ", ".join(_counted(f"{APART}: {what}") for what in ("country", "forum", "date")),
            "make bench",
        ),
        (
            "**Exactly once**: killed between a source and a reader",
            f"at {_kills()} points and more, nothing lost, nothing posted twice",
            ".venv/bin/pytest tests/faults/test_kills.py",
        ),
        ("**Strangers' input**: attacks tried, attacks held", _attacks(), "make hostile"),
        ("**No key needed**: from sources to a digest, offline", "0 keys, 0 tokens", "make demo"),
    )
    lines = ["| promise | figure | shown by |", "|---|---|---|"]
    return "\n".join(lines + [f"| {what} | {figure} | `{command}` |" for what, figure, command in rows])


def _results() -> str:
    return (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")


def _aims() -> dict[str, str]:
    """What was measured, by the name of its aim as it stands in the table of aims."""
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| ([^|]+?) \| [^|]+ \|$", _results(), re.MULTILINE)
    return dict(rows)


def _measured(aim: str) -> str:
    if aim not in _aims():
        raise SystemExit(f"benchmarks/RESULTS.md has no aim {aim!r} any more; change docs/figures.py with it")
    return _aims()[aim]


def _counted(aim: str) -> str:
    """`112 of 130`, from the aim's own name."""
    for name in _aims():
        if match := re.fullmatch(rf"{re.escape(aim)} \((\d+ of \d+)\)", name):
            return match[1]
    raise SystemExit(f"benchmarks/RESULTS.md has no aim {aim!r} any more; change docs/figures.py with it")


def _best_peer() -> str:
    """The summariser that finds most of them on the same pages."""
    rest = _results().split(f"### {APART}: the page as a person copies it", 1)[1].split("###", 1)[0]
    rows = re.findall(r"^\| ([^|]+?) \|.*?\| (\d+) of (\d+) \|", rest, re.MULTILINE)
    peers = [(int(found), int(all_), name) for name, found, all_ in rows if not name.startswith("Attaché")]
    found, all_, name = max(peers)
    return f"the best of {len(peers)} other ways ({name}) {found} of {all_}"


def _languages() -> str:
    found = {
        match[1]: float(measured)
        for name, measured in _aims().items()
        if (match := re.match(rf"{re.escape(BY_LANGUAGE)}(\w\w) ", name))
    }
    return ", ".join(f"{code} {share:.2f}" for code, share in sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _kills() -> int:
    campaign = (ROOT / "tests" / "faults" / "test_kills.py").read_text(encoding="utf-8")
    points = re.search(r"^POINTS = (\d+)$", campaign, re.MULTILINE)
    assert points  # noqa: S101 - the campaign says how many points it tries
    return int(points[1]) * len(re.findall(r"\(\"(?:sqlite|postgresql)\", \d\)", campaign))


def _attacks() -> str:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| ([\d,]+) \| ([\d,]+) \| `pytest", page)
    tried, held = (sum(int(row[column].replace(",", "")) for row in rows) for column in (0, 1))
    return f"{tried:,} tried, {held:,} held"


if __name__ == "__main__":
    main()
