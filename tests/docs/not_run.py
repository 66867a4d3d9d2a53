"""What README and guides tell people to type and no test of this folder carries out, each with the reason.

Everything else is run. What stands here is still checked: a command line of ours is parsed, a target of make is there
and its recipe can be planned, a test that is named is there, shell is read by the shell, a unit and a compose file key
by key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    r"attache (run|worker)( |$)": "serves until it is stopped: tests/docs/test_connect.py starts it as the guides say",
    r"attache health( |$)": "needs a service at work: tests/end_to_end/test_web.py",
    r"attache poll --source \"My ministry\"": "asks a host that is nobody's; the address is an example",
    r"attache brief (--json |--jsonl )?https?://": "asks a host that is nobody's; the address is an example",
    r"attache why https?://": "of an address that is an example, and so was never seen",
    r"attache brief --model": "needs a language model: tests/end_to_end/test_model.py has one",
    r"ATTACHE_DATABASE_FILE=\S+ attache restore": "needs PostgreSQL: tests/infra/test_backup.py restores there",
    r"(?:make|docker|git|openssl) *$": "named in a sentence, without anything to do",
    r"make (demo|run|setup|model)$": "sets up an environment; the demo itself is run by tests/end_to_end/test_demo.py",
    r"make( (test|check|bench|hostile|fit|lock|format|pictures|figures|docs|sbom|audit|clean))+$": "long, or it writes",
    r"docker (build|run|compose)": "needs Docker and a registry: tests/container replays the image without either",
    r"(\.venv/bin/)?pytest ": "runs tests that are run anyway",
    r"python -m training": "takes minutes",
    r"(BENCH=full )?python -m benchmarks ": "takes minutes",
    r"\.venv/bin/uv build$": "asks the package index for what builds it",
    r"git (clone|tag) ": "changes a repository",
    r"pre-commit ": "sets up hooks in a repository; its file is read by tests/docs/test_project.py",
}


def reason(command: str) -> str | None:
    """Why a command is not run, None if it is."""
    return next((why for pattern, why in REASONS.items() if re.match(pattern, command)), None)
