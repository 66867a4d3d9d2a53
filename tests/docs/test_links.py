"""Every link inside the project leads to a file and a heading that are there; the guides also build as a site."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import INLINE, PAGES, PATHS, ROOT, anchors, links, name, prose

PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
LARGEST = 150_000
ELSEWHERE = ("http://", "https://", "mailto:")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_inside_resolves(page: Path) -> None:
    broken = []
    for link in links(page):
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = link.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = [path for path in INLINE.findall(prose(page.read_text(encoding="utf-8"))) if PATHS.match(path)]
    assert [path for path in named if not list(ROOT.glob(re.sub(r"<[^>]*>", "*", path).rstrip("/")))] == []


def test_every_guide_is_reached_from_the_first_page() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page.suffix == ".md" and page not in reached and page.exists():
            reached.add(page)
            waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if "://" not in link]
    guides = set((ROOT / "docs").glob("*.md"))
    assert sorted(name(page) for page in guides - reached) == []


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_every_picture_is_small_and_shown_somewhere_with_words_in_its_place(picture: Path) -> None:
    data = picture.read_bytes()
    assert len(data) < LARGEST
    width, height = struct.unpack(">II", data[16:24])
    assert (width >= 600, height >= 300) == (True, True)
    shown = re.compile(rf"!\[[^\]]{{40,}}\]\([\w./]*pictures/{picture.name}\)")
    assert [name(page) for page in PAGES if shown.search(page.read_text(encoding="utf-8"))]


def test_the_site_builds_and_nothing_in_it_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, env=quiet)
    assert (made.returncode, "WARNING" in made.stderr) == (0, False), made.stderr
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|link rel=\"stylesheet\"|img)[^>]+(?:src|href)=\"https?://", page) == []
