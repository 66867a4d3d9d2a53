"""The command line as a user types it: what is printed where, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run
from bot.domain.brief import BRIEF_KEYS

SPEECH = """\
Permanent Mission of the Republic of Zambia to the United Nations

Home
Statements

Statement by H.E. Ms. Thandiwe Mwale-Phiri at the Open-ended Working Group on security of and in the use of ICTs

12 March 2024

Check against delivery

Mr. Chair,

Zambia thanks you for your guidance of this Open-ended Working Group.

Zambia proposes that the group create a voluntary fund for national response teams, open to every developing State.
We are convinced that international law applies to the use of ICTs by States. We condemn ransomware attacks against
hospitals. We cannot accept that requests for assistance go unanswered for months.

I thank you, Mr. Chair.

Share this page
Print
"""


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder of its own, with one folder source and nothing of the network."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "zambia.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "attache.toml").write_text(
        '[[sources]]\nname = "Saved"\nkind = "folder"\nurl = "saved"\n\n'
        '[[channels]]\nadapter = "console"\ndestination = "file:out.txt"\nlookback = "9999d"\n',
        encoding="utf-8",
    )


class Said:
    """What a command came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def attache(capsys: pytest.CaptureFixture[str]) -> Any:
    def typed(*arguments: str) -> Said:
        try:
            status = run(arguments)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        return Said(status, *capsys.readouterr())

    return typed


def test_a_document_is_briefed_without_being_kept(attache: Any) -> None:
    said = attache("brief", "saved/zambia.txt", "--json")
    brief = said.json
    assert (said.status, said.err) == (0, "")
    assert list(brief) == BRIEF_KEYS
    assert (brief["country"], brief["forum"], brief["date"]) == ("ZMB", "OEWG", "2024-03-12")
    assert brief["speaker"] == "H.E. Ms. Thandiwe Mwale-Phiri"
    assert 3 <= len(brief["points"]) <= 6
    assert all(brief["body"][p["start"] : p["end"]] == p["quote"] for p in brief["points"])
    assert not any("Print" in p["quote"] or "thank" in p["quote"] for p in brief["points"])
    assert attache("lookup", "latest", "--json").json["sections"] == []


def test_for_people_a_brief_is_text(attache: Any) -> None:
    said = attache("brief", "saved/zambia.txt")
    assert "Zambia · Open-ended Working Group · 12 March 2024 · H.E. Ms. Thandiwe Mwale-Phiri" in said.out
    assert "  proposes   “Zambia proposes that the group create a voluntary fund" in said.out


def test_a_document_that_is_not_there_is_one_line_and_status_1(attache: Any) -> None:
    said = attache("brief", "nowhere.html")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("attache: nowhere.html cannot be read: No such file")
    assert said.err.count("\n") == 1


def test_what_is_no_document_is_one_line_and_status_1(attache: Any, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    said = attache("brief", "photo.png")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "arguments", [["brief"], ["brief", "--archive"], ["digest", "--since", "someday"], ["frobnicate"], []]
)
def test_wrong_usage_is_status_2(attache: Any, arguments: list[str]) -> None:
    said = attache(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_wrong_settings_are_status_2_and_name_key_and_line(attache: Any, tmp_path: Path) -> None:
    (tmp_path / "attache.toml").write_text('time_zone = "Nowhere"\n', encoding="utf-8")
    said = attache("poll")
    assert said.status == 2
    assert said.err.startswith("attache: attache.toml:1: time_zone: should be an IANA time zone")


def test_many_records_one_line_each_in_order_a_bad_one_never_stopping_the_rest(attache: Any, tmp_path: Path) -> None:
    good = json.dumps({"id": "z", "title": None, "url": "https://zm.example/1", "text": SPEECH})
    lines = [
        good,
        "not json",
        '{"id": "b"}',
        '{"id": 7, "html": 5}',
        "[]",
        '{"text": "no id"}',
        good.replace('"z"', '"y"'),
    ]
    (tmp_path / "records.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    said = attache("brief", "--jsonl", "records.jsonl")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert said.status == 0
    assert [row["id"] for row in rows] == ["z", None, "b", "7", None, None, "y"]
    assert [bool(row["error"]) for row in rows] == [False, True, True, True, True, True, False]
    assert all(list(row) == BRIEF_KEYS for row in rows)
    assert rows[0]["points"][0]["link"].startswith("https://zm.example/1#:~:text=")
    assert "line 2: is not JSON" in rows[1]["error"]


def test_with_archive_copies_and_corrections_are_told(attache: Any, tmp_path: Path) -> None:
    def record(name: str, url: str, text: str, day: int) -> str:
        return json.dumps({"id": name, "url": url, "text": text, "published": f"2024-03-{day}T00:00:00Z"})

    changed = SPEECH.replace("a voluntary fund", "an obligatory fund of nine million dollars")
    rows = [
        record("first", "https://zm.example/1", SPEECH, 13),
        record("copy", "https://copies.example/9", SPEECH, 14),
        record("changed", "https://zm.example/1", changed, 15),
    ]
    (tmp_path / "records.jsonl").write_text("\n".join(rows), encoding="utf-8")
    briefs = [json.loads(line) for line in attache("brief", "--jsonl", "--archive", "records.jsonl").out.splitlines()]
    assert [brief["duplicate_of"] for brief in briefs] == [None, "first", None]
    assert [brief["corrects"] for brief in briefs] == [None, None, "first"]


def test_a_poll_says_what_became_of_each_source(attache: Any) -> None:
    first = attache("poll", "--json").json
    assert [(row["source"], row["new"], row["failed"]) for row in first] == [("Saved", 1, None)]
    assert attache("poll").out == "Saved: 1 unchanged\n"
    assert attache("poll", "--source", "Other").status == 1


def test_what_was_polled_can_be_looked_up_explained_digested_and_exported(attache: Any) -> None:
    attache("poll")
    assert "Zambia · Open-ended Working Group" in attache("lookup", "search ransomware country:ZMB").out
    (row,) = attache("lookup", "latest", "--json").json["sections"]
    key = row["byline"].rpartition(" ")[2]
    assert "proposes" in attache("lookup", "show", key).out
    assert "kept as" in attache("why", key).out
    assert attache("digest", "--format", "json").json["briefs"][0]["country"] == "ZMB"
    assert attache("digest", "--format", "discord").json[0]["embeds"]
    assert attache("digest", "--format", "slack").json[0]["blocks"]
    assert "<!doctype html>" in attache("digest", "--format", "html").out
    (line,) = attache("export", "--jsonl").out.splitlines()
    assert json.loads(line)["country"] == "ZMB"
    assert attache("export").json[0]["country"] == "ZMB"


def test_a_digest_posted_by_hand_is_posted_once(attache: Any, tmp_path: Path) -> None:
    attache("poll")
    assert attache("digest", "--post", "console:file:out.txt").status == 0
    assert attache("digest", "--post", "console:file:out.txt").status == 0
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert text.count("Zambia proposes") == 1
    assert "nothing new" in text


def test_a_reader_at_the_terminal_marks_a_brief_and_the_marks_become_a_gold_file(attache: Any, tmp_path: Path) -> None:
    attache("poll")
    (row,) = attache("lookup", "latest", "--json").json["sections"]
    key = row["byline"].rpartition(" ")[2]
    assert (attache("export", "--gold", "-").status, attache("export", "--gold", "-").out) == (0, "")
    assert "you found this brief accurate" in attache("lookup", f"mark {key} accurate").out
    assert attache("lookup", f'mark {key} wrong point:1 stance:opposes note:"no"').status == 0
    assert attache("lookup", f"mark {key} wrong point:77").status == 2
    assert "1 found it accurate, 0 did not; 1 marked single points" in attache("lookup", "show", key).out
    assert (attache("export", "--gold", "gold.jsonl").out, attache("export", "--gold", "gold.jsonl").status) == ("", 0)
    (record,) = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (record["id"], record["country"]) == (key, "ZMB")
    assert [nugget["importance"] for nugget in record["nuggets"]].count("vital") == 1
    said = attache("export", "--gold", "nowhere/gold.jsonl")
    assert (said.status, said.err) == (1, "attache: nowhere/gold.jsonl cannot be written: No such file or directory\n")
    assert attache("export", "--gold", "-", "--jsonl").status == 2


@pytest.mark.parametrize(
    "line",
    [
        "positions capacity_building",
        "compare ZMB Kenya",
        "new Zambia",
        "digest",
        "sources",
        "status",
        "help",
        "help search",
    ],
)
def test_every_look_up_answers(attache: Any, line: str) -> None:
    attache("poll")
    said = attache("lookup", line)
    assert (said.status, said.err) == (0, "")
    assert len(said.out.splitlines()) > 1


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("show ffffffffffff", 1, "no statement is kept under"),
        ("why https://un.example/x", 1, "was never seen"),
        ("search", 2, "needs words"),
        ("positions weather", 2, "no topic is called"),
        ("compare Zambia", 2, "needs two states"),
        ("latest country:Atlantis", 2, "no state"),
        ("latst", 2, "did you mean 'latest'"),
    ],
)
def test_a_look_up_that_cannot_be_answered_says_why(attache: Any, line: str, status: int, words: str) -> None:
    said = attache("lookup", line)
    assert (said.status, said.out) == (status, "")
    assert words in said.err


def test_a_backup_can_be_put_back(attache: Any, tmp_path: Path) -> None:
    attache("poll")
    assert attache("backup", "copy.db").out == "copy.db: 1 statements\n"
    for file in tmp_path.glob("attache.db*"):
        file.unlink()
    assert attache("restore", "copy.db").status == 0
    assert "Zambia" in attache("lookup", "latest").out


def test_sources_are_added_listed_exported_imported_and_removed(attache: Any, tmp_path: Path) -> None:
    assert (
        attache("sources", "add", "Mission", "https://m.example/feed", "--every", "1h", "--country", "CHE").status == 0
    )
    listed = {row["name"]: row for row in attache("sources", "list", "--json").json}
    assert (listed["Mission"]["every"], listed["Mission"]["country"]) == (3600, "CHE")
    opml = attache("sources", "export").out
    (tmp_path / "s.opml").write_text(opml, encoding="utf-8")
    assert attache("sources", "remove", "Mission").status == 0
    assert "Mission" not in attache("sources", "list").out
    assert attache("sources", "import", "s.opml").status == 0
    again = {row["name"]: row for row in attache("sources", "list", "--json").json}
    assert again["Mission"] == listed["Mission"]
    assert attache("sources", "add", "Mission", "https://other.example").status == 2


def test_doctor_and_config_check_say_that_all_is_well(attache: Any) -> None:
    attache("poll")
    assert "1 sources, 1 channels" in attache("config", "check").out
    said = attache("doctor")
    assert said.status == 0
    assert "wrong" not in said.out


def test_doctor_names_what_is_wrong(attache: Any, tmp_path: Path) -> None:
    text = (tmp_path / "attache.toml").read_text(encoding="utf-8")
    (tmp_path / "attache.toml").write_text(text.replace('"console"', '"telex"'), encoding="utf-8")
    said = attache("doctor")
    assert said.status == 1
    assert "wrong adapter telex: no adapter is called 'telex'; installed: " in said.out
    assert "console" in said.out


def test_config_init_writes_a_file_that_reads_back(attache: Any) -> None:
    assert attache("config", "init", "--config", "new.toml").status == 0
    assert attache("config", "check", "--config", "new.toml").status == 0
    assert attache("config", "init", "--config", "new.toml").status == 2


def test_a_channel_is_subscribed_from_the_terminal_and_the_doctor_says_how_it_stands(attache: Any) -> None:
    attache("poll")
    here = ("lookup", "--channel", "console:file:chat.txt")
    assert "This channel is subscribed" in attache(*here, "subscribe country:ZMB lookback:3650d").out
    assert "console:file:chat.txt" in attache("lookup", "subscriptions").out
    assert attache("digest", "--post", "console:file:chat.txt").status == 0
    assert attache("doctor").status == 0
    assert "paused since" in attache(*here, "pause").out
    assert "ok    channel console:file:chat.txt" in attache("doctor").out


def test_a_channel_that_is_gone_is_told_by_doctor_and_digest(attache: Any) -> None:
    attache("poll")
    attache("lookup", "--channel", "console:file:no/folder.txt", "subscribe")
    assert attache("digest", "--post", "console:file:no/folder.txt").status == 1
    said = attache("doctor")
    assert said.status == 1
    assert "wrong channel console:file:no/folder.txt: gone since" in said.out


class TestModel:
    def test_none_set_up_is_said_with_what_to_do(self, attache: Any) -> None:
        said = attache("brief", "saved/zambia.txt", "--model")
        assert (said.status, said.out) == (2, "")
        assert "no [model] is set up" in said.err

    def test_what_it_needs_is_one_document_and_a_language_there_is(self, attache: Any) -> None:
        assert "without --jsonl" in attache("brief", "--jsonl", "--model", "saved/zambia.txt").err
        assert "write it with --model" in attache("brief", "saved/zambia.txt", "--language", "fr").err
        assert "there are ar, en" in attache("brief", "saved/zambia.txt", "--model", "--language", "de").err

    def test_a_model_that_cannot_be_reached_costs_only_its_lines(
        self, attache: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ATTACHE_MODEL__NAME", "small-model")
        monkeypatch.setenv("ATTACHE_MODEL__BASE_URL", "http://127.0.0.1:9/v1")
        said = attache("brief", "saved/zambia.txt", "--model", "--json")
        assert (said.status, list(said.json)) == (0, BRIEF_KEYS)
        assert said.err == "attache: not retold: answer: connection\n"
        assert not Path("attache.db").exists()
