"""What the service is made of: locked by hash, and listed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "run.txt"
PINNED = re.compile(r"^([a-z0-9.-]+)==([^ ;]+)", re.MULTILINE)


def test_everything_that_is_locked_has_its_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
        assert entries
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == [], lock.name


def test_make_sbom_lists_all_that_the_service_is_made_of(tmp_path: Path) -> None:
    made = tmp_path / "sbom.json"
    subprocess.run(["make", "sbom", f"SBOM={made}"], cwd=ROOT, check=True, timeout=300)
    listed = json.loads(made.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["component"]["name"] == "cyber-attache"
    found = {(part["name"], part["version"]) for part in listed["components"]}
    locked = PINNED.findall(LOCK.read_text(encoding="utf-8"))
    assert len(locked) > 50
    assert {name for name, _ in found} == {name for name, _ in locked}
    assert found == set(locked)
    assert all(part["purl"].startswith("pkg:pypi/") for part in listed["components"])
    assert str(ROOT) not in made.read_text(encoding="utf-8")
