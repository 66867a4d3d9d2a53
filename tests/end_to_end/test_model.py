"""A language model set up for real: settings, processes, the sandbox, a model on a socket that hangs or answers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

from bot.domain.brief import Brief
from bot.domain.rewriting import Draft, Support
from tests.grounding.samples import TOLD, short_brief, short_draft
from tests.model_server import COMPLETIONS, KEY, answer, completion, questions
from tests.servers import HttpServer, silent

PAGE = """<html><head><title>Statement by Kenya at the Global Mechanism on ICT security</title></head><body>
<header>Permanent Mission of Kenya to the United Nations</header><main>
<h1>Statement by Kenya at the Global Mechanism on ICT security</h1><p>17 November 2026</p><p>Mr. Chair,</p>
<p>{points}</p><p>I thank you, Mr. Chair.</p></main></body></html>"""
SETTINGS = """\
[[sources]]
name = "Saved"
kind = "folder"
url = "{folder}"

[[channels]]
adapter = "console"
destination = "file:{out}"
language = "{language}"
lookback = "9999d"

[model]
name = "small-model"
base_url = "{base_url}"
timeout = "{timeout}"
"""


def set_up(at: Path, server: HttpServer, *, language: str = "en", timeout: str = "30s") -> Brief:
    brief = short_brief()
    (at / "saved").mkdir()
    page = PAGE.format(points="</p><p>".join(point.quote for point in brief.points))
    (at / "saved" / "kenya.html").write_text(page, encoding="utf-8")
    text = SETTINGS.format(
        folder=at / "saved", out=at / "out.txt", language=language, base_url=server.url("/v1"), timeout=timeout
    )
    (at / "attache.toml").write_text(text, encoding="utf-8")
    return brief


async def attache(at: Path, *arguments: str) -> str:
    """What a command prints, standard error included."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=at,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "ATTACHE_MODEL__API_KEY": KEY},
    )
    out, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, out.decode()
    return out.decode()


async def careful(at: Path, brief: Brief, language: str) -> Draft:
    """What a careful model answers about the saved page, whose points may stand in another order than the sample's."""
    found = json.loads(await attache(at, "brief", "saved/kenya.html", "--json"))["points"]
    numbers = {point["quote"]: number for number, point in enumerate(found, 1)}
    told = [
        replace(sentence, support=tuple(Support(point=numbers[one.quote], quote=one.quote) for one in sentence.support))
        for sentence in short_draft(brief, language).lead
    ]
    return Draft(points={sentence.support[0].point: sentence for sentence in told}, lead=tuple(told))


async def test_points_are_retold_in_the_channel_s_language_beside_their_quotes(tmp_path: Path) -> None:
    async with HttpServer() as server:
        brief = set_up(tmp_path, server, language="fr")
        draft = await careful(tmp_path, brief, "fr")
        server.route(COMPLETIONS, completion(answer({"fr": draft})))
        await attache(tmp_path, "poll")
        (question,) = questions(server)
        sent = [point["quote"] for point in question["points"]]
        assert sorted(sent) == sorted(point.quote for point in brief.points)
        await attache(tmp_path, "digest", "--post", f"console:file:{tmp_path / 'out.txt'}")
        (id,) = re.findall(r"\b[0-9a-f]{12}\b", await attache(tmp_path, "why", "kenya.html"))
        why = await attache(tmp_path, "why", id)
        assert len(server.requests) == 1
    assert "Retold by a language model" in why
    assert "2 of 2 points, a lead" in why
    digest = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert all(f"“{point.quote}”" in digest for point in brief.points)
    assert f"{TOLD['fr'][3]} [machine-written]" in digest
    assert KEY not in digest


async def test_a_model_that_hangs_costs_its_deadline_and_nothing_else(tmp_path: Path) -> None:
    async with HttpServer() as server:
        brief = set_up(tmp_path, server, timeout="2s")
        server.route(COMPLETIONS, silent())
        assert "Saved: 1 new" in await attache(tmp_path, "poll")
        await attache(tmp_path, "digest", "--post", f"console:file:{tmp_path / 'out.txt'}")
    digest = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert all(f"“{point.quote}”" in digest for point in brief.points)
    assert "machine-written" not in digest
