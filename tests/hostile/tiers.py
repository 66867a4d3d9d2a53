"""The table of the hostile tiers: of what was tried, how much held. `make hostile` writes it to docs/security.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs/security.md"
BEGIN, END = "<!-- table -->", "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Tier:
    """Something that is defended, how, and the tests that attack it (files, or `file::beginning of a name`)."""

    what: str
    how: str
    where: tuple[str, ...]


TIERS = (
    Tier(
        "Feeds: bombs, depth, encodings, dates, links",
        "made safe by our own code before feedparser sees it, in a child that is stopped at 5 s and 200 MB",
        ("tests/hostile/test_feeds.py", "tests/infra/test_feeds"),
    ),
    Tier(
        "Answers: endless, dripping, gzip in gzip, garbage",
        "one deadline and one size for the whole fetch, the size also after decompression",
        ("tests/infra/test_fetch.py", "tests/infra/test_fetch_"),
    ),
    Tier(
        "The sandbox: hanging, swelling, crashing jobs",
        "the child is killed; a job costs only itself",
        ("tests/infra/test_sandbox.py",),
    ),
    Tier(
        "Addresses that lead inside, redirects, changed DNS answers",
        "a name is looked up once, every address checked, and the one that was checked is dialled",
        ("tests/hostile/test_network.py", "tests/infra/test_addresses.py"),
    ),
    Tier(
        "Grammars of feeds, pages, filters and commands",
        "whatever is made of their pieces is answered, and every quote stands in its page",
        ("tests/hostile/test_grammars.py",),
    ),
    Tier(
        "Regular expressions",
        "each is attacked from its own parse tree: time grows with the text, not faster",
        ("tests/hostile/test_regexes.py",),
    ),
    Tier(
        "Pages and feeds long in one way",
        "reading and briefing are measured at a length and at twice that length",
        ("tests/hostile/test_growth.py",),
    ),
    Tier(
        "Slack's requests: forged, stale, replayed",
        "let in only if signed within five minutes, each once",
        ("tests/adapters/test_slack_http.py",),
    ),
    Tier(
        "Signed requests and interactions of any shape, crowds",
        "nothing unsigned is read; what cannot be read costs neither the connection nor the next question",
        ("tests/hostile/test_chat.py",),
    ),
    Tier(
        "People without the right, crowds, odd payloads",
        "rights are asked of the platform; a hundred presses at once are each answered to their own",
        (
            "tests/adapters/test_slack_forms.py",
            "tests/adapters/test_slack_commands.py",
            "tests/adapters/test_discord_commands.py",
        ),
    ),
)


def counted(reports: Sequence[pytest.TestReport]) -> list[tuple[Tier, int, int]]:
    """Each tier that ran: how many attacks were tried and how many held. A test counts for one, or what it noted."""
    rows = []
    for tier in TIERS:
        ran = [report for report in reports if report.when == "call" and report.nodeid.startswith(tier.where)]
        tried = {report.nodeid: _noted(report) or 1 for report in ran}
        failed = {report.nodeid for report in ran if report.failed}
        if tried:
            rows.append((tier, sum(tried.values()), sum(n for node, n in tried.items() if node not in failed)))
    return rows


def _noted(report: pytest.TestReport) -> int:
    """How many attacks a test says it made; 0 if it says nothing."""
    noted: list[tuple[str, Any]] = list(report.user_properties)
    return sum(int(value[1]) for key, value in noted if key == "tried")


def table(rows: Sequence[tuple[Tier, int, int]]) -> str:
    """The rows as a Markdown table, each with the command that shows it."""
    lines = ["| attack | defence | tried | held | shown by |", "| --- | --- | ---: | ---: | --- |"]
    for tier, tried, held in rows:
        shown = f"`pytest {' '.join(where if where.endswith('.py') else where + '*' for where in tier.where)}`"
        lines.append(f"| {tier.what} | {tier.how} | {tried:,} | {held:,} | {shown} |")
    return "\n".join(lines)


class Listener:
    """Gathers a run's reports."""

    def __init__(self) -> None:
        self.reports: list[pytest.TestReport] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.reports.append(report)


def main() -> int:
    """Run every tier and write the table."""
    listener, paths = Listener(), set[str]()
    for where in (where for tier in TIERS for where in tier.where):
        paths |= {where} if where.endswith(".py") else {str(path) for path in Path().glob(where + "*.py")}
    status = pytest.main(["-q", *sorted(paths)], plugins=[listener])
    text = DOCUMENT.read_text(encoding="utf-8")
    written = f"{BEGIN}\n{table(counted(listener.reports))}\n{END}"
    DOCUMENT.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: written, text, flags=re.DOTALL), encoding="utf-8")
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
