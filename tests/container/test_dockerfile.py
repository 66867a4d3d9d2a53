"""The Dockerfile's steps, replayed in a root of their own: it installs, and serves without a shell or root's rights."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import __version__
from tests.container.dockerfile import Stage, command, stages
from tests.container.root import INTERPRETER, Root

ROOT = Path(__file__).parents[2]
STAGES = stages(ROOT / "Dockerfile")
FINAL = STAGES[-1]
SETTINGS = """\
time_zone = "UTC"
[[sources]]
name = "folder"
kind = "folder"
url = "/data/pages"
[[channels]]
adapter = "console"
destination = "file:/data/digests.txt"
"""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="a root of its own is for root to make")


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the lock file names, from wherever this machine gets its packages; the replay itself needs no network."""
    folder = tmp_path_factory.mktemp("wheels")
    lock = str(ROOT / "requirements" / "run.txt")
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    subprocess.run([*fetch, "--requirement", lock, "--dest", str(folder)], check=True, timeout=600)
    return folder


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> Iterator[Root]:
    """The last stage as the Dockerfile makes it."""
    folder = tmp_path_factory.mktemp("image")
    made: dict[str, Root] = {}
    root = Root(folder / "unused", wheels)
    for number, stage in enumerate(STAGES):
        root = Root(folder / f"stage{number}", wheels)
        root.env |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        root.replay(stage, ROOT, made)
        made[stage.name] = root
    for name in [name for name in root.env if name.startswith("PIP_")]:
        del root.env[name]
    yield root
    shutil.rmtree(folder, ignore_errors=True)


class TestWhatItSays:
    def test_two_stages_from_one_base_locked_by_hash(self) -> None:
        build, final = STAGES
        assert build.base == final.base
        assert build.name == "build"
        installs = [said for word, said in build.steps if word == "RUN" and "pip install" in said]
        assert installs
        assert all("--require-hashes" in said or "--no-deps --no-build-isolation ." in said for said in installs)
        assert not [said for word, said in final.steps if word == "RUN" and "pip" in said]
        assert [said for word, said in final.steps if word == "COPY"] == ["--from=build /opt/attache /opt/attache"]

    def test_it_runs_as_nobody_in_particular_stops_on_a_signal_and_has_one_volume(self) -> None:
        assert FINAL.last("USER") == "10001:10001"
        assert FINAL.last("STOPSIGNAL") == "SIGTERM"
        assert [said for word, said in FINAL.steps if word == "VOLUME"] == ["/data"]
        order = [word for word, _ in FINAL.steps]
        assert order.index("USER") > max(place for place, word in enumerate(order) if word in {"RUN", "COPY"})

    def test_nothing_that_is_run_needs_a_shell(self) -> None:
        assert command(FINAL.last("ENTRYPOINT")) == ["attache"]
        assert command(FINAL.last("CMD")) == ["run"]
        assert command(FINAL.last("HEALTHCHECK"))[0] == "attache"

    def test_what_is_copied_is_there_and_holds_no_secrets(self) -> None:
        ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
        assert {".git", "attache.toml", "secrets", "*.db*"} <= ignored
        for stage in STAGES[:1]:
            for said in (said for word, said in stage.steps if word == "COPY"):
                assert all((ROOT / source).exists() for source in said.split()[:-1])


@contextmanager
def serving(image: Root, port: int) -> Iterator[subprocess.Popen[str]]:
    """The container's own command, sealed; stopped as an engine stops it."""
    words = [*command(FINAL.last("ENTRYPOINT")), *command(FINAL.last("CMD"))]
    env = {**image.env, "ATTACHE_WEB__PORT": str(port)}
    process = subprocess.Popen(
        image.command(words, sealed=True), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=15)


def until_alive(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()[0]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError("the service does not answer")


@needs_root
class TestReplayed:
    def test_it_installs_from_the_lock_file_alone(self, image: Root) -> None:
        assert image.check(["attache", "--version"]).strip() == f"attache {__version__}"
        assert image.check(["python", "-c", "import bot; print(bot.__file__)"]).startswith("/opt/attache/")
        assert not (image.path / "src").exists()

    def test_it_serves_sealed_says_that_it_is_well_and_stops_in_time(self, image: Root) -> None:
        data = image.path / "data"
        owner = data.stat()
        assert (owner.st_uid, owner.st_gid, owner.st_mode & 0o777) == (10001, 10001, 0o700)
        (data / "attache.toml").write_text(SETTINGS, encoding="utf-8")
        (data / "pages").mkdir()
        port = free_port()
        health = image.command(command(FINAL.last("HEALTHCHECK")), sealed=True)
        with serving(image, port) as process:
            until_alive(port, process)
            well = subprocess.run(health, env=image.env, capture_output=True, text=True, timeout=60)
            assert (well.returncode, well.stdout[:7]) == (0, "at work")
            writing = image.command(["python", "-c", "open('/opt/attache/x', 'w')"], sealed=True)
            assert (
                "Read-only file system" in subprocess.run(writing, env=image.env, capture_output=True, text=True).stderr
            )
            shell = image.command(["/bin/sh", "-c", "true"], sealed=True)
            assert subprocess.run(shell, env=image.env, capture_output=True).returncode != 0
            start = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=15) == 0
            assert time.monotonic() - start < 10
        assert (data / "attache.db").stat().st_uid == 10001
        ill = subprocess.run(health, env=image.env, capture_output=True, text=True, timeout=60)
        assert (ill.returncode, ill.stderr) == (
            1,
            "attache: no `attache run` or `attache worker` of this machine is at work\n",
        )


@needs_root
def test_a_step_that_fails_fails_the_replay(tmp_path: Path) -> None:
    root = Root(tmp_path / "root", tmp_path)
    with pytest.raises(AssertionError, match="exit 3"):
        root.replay(Stage(base="x", name="", steps=[("RUN", "exit 3")]), tmp_path, {})
    assert INTERPRETER.exists()


def test_a_local_builder_builds_it_where_there_is_one(tmp_path: Path) -> None:
    for builder in ("docker", "podman", "buildah"):
        answers = shutil.which(builder) and subprocess.run([builder, "info"], capture_output=True).returncode == 0
        if answers:
            subprocess.run([builder, "build", "--tag", "attache:test", str(ROOT)], check=True, timeout=1200)
            return


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port
