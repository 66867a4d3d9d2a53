"""`attache demo` as a new user runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_the_demo_polls_briefs_posts_and_previews_offline(tmp_path: Path) -> None:
    for _ in range(2):  # a second run starts afresh and shows the same
        run = subprocess.run(
            [sys.executable, "-m", "bot", "demo"],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, env={"PYTHONPATH": str(Path.cwd()), "PATH": ""},
        )  # fmt: skip
        assert (run.returncode, run.stderr) == (0, "")
        assert "  broken: not a feed" in run.stdout
        assert "  saved-pages: 3 new" in run.stdout
        assert "UN cyber statements: 9 new" in run.stdout
        assert "9 new, 5 sources checked, 1 failing" in run.stdout
        assert len(re.findall(r"^  \w[\w ]{9} “", run.stdout, re.MULTILINE)) >= 27, "three points a statement at least"
    preview = (tmp_path / "demo" / "preview.html").read_text(encoding="utf-8")
    assert "Discord" in preview
    assert "Slack" in preview
    for words in ("Kenya calls for mobile money", "中方坚决反对", "México rechaza el veto"):
        assert preview.count(words) == 2, "once as Discord, once as Slack would show it"
