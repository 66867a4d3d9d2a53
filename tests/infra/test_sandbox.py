from __future__ import annotations

import asyncio
import inspect
import os
import pickle
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import errors
from bot.errors import (
    AttacheError,
    DeliveryError,
    DeniedError,
    DestinationGoneError,
    FetchError,
    ModelError,
    NotFoundError,
    RefusedError,
    RejectedError,
    RetryLaterError,
    SandboxError,
    SettingsError,
    StoreError,
    ThrottledError,
    UnknownOutcomeError,
    UnreadableError,
    UsageError,
)
from bot.infra.sandbox import ProcessSandbox
from tests.infra import jobs

EVERY_ERROR: list[AttacheError] = [
    AttacheError("root"),
    UsageError("words"),
    SettingsError("web.port", "attache.toml:3", "is not a number"),
    NotFoundError("nothing there"),
    StoreError("gone"),
    UnreadableError("a scan"),
    FetchError("gone", status=410),
    ThrottledError("busy", retry_after=7.5, status=429),
    RefusedError("private"),
    SandboxError("took longer than 5 s"),
    DeliveryError("lost"),
    RetryLaterError("down", retry_after=3.0),
    UnknownOutcomeError("perhaps"),
    DestinationGoneError("deleted"),
    RejectedError("too long"),
    DeniedError("not yours"),
    ModelError("status", "the model is busy", again=True, after=2.5),
]


@pytest.fixture
async def sandbox() -> AsyncIterator[ProcessSandbox]:
    sandbox = ProcessSandbox(workers=2)
    yield sandbox
    await sandbox.close()


async def why(sandbox: ProcessSandbox, function: object, *args: object, timeout: float = 10.0) -> str:
    """The one line a job was stopped with; the sandbox must work again at once."""
    assert callable(function)
    with pytest.raises(SandboxError) as caught:
        await sandbox.run(function, *args, timeout=timeout)
    assert "\n" not in str(caught.value)
    assert await sandbox.run(jobs.add, 2, 3) == 5
    return caught.value.why


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_function_is_run_in_another_process(sandbox: ProcessSandbox) -> None:
    assert await sandbox.run(jobs.add, 2, 3) == 5
    assert await sandbox.run(jobs.pid) != os.getpid()


async def test_a_child_is_used_again(sandbox: ProcessSandbox) -> None:
    assert await sandbox.run(jobs.pid) == await sandbox.run(jobs.pid)


async def test_a_job_that_takes_too_long_is_killed_and_costs_only_itself(sandbox: ProcessSandbox) -> None:
    begun = time.monotonic()
    assert await why(sandbox, jobs.spin, timeout=0.2) == "spin took longer than 0.2 s"
    assert time.monotonic() - begun < 20


async def test_a_slow_job_does_not_delay_the_others(sandbox: ProcessSandbox) -> None:
    slow = asyncio.create_task(sandbox.run(jobs.nap, 30.0, timeout=60))
    assert [await sandbox.run(jobs.add, number, 1) for number in range(20)] == list(range(1, 21))
    assert not slow.done()
    slow.cancel()


async def test_jobs_overlap_on_as_many_children_as_there_are(sandbox: ProcessSandbox) -> None:
    spans = await asyncio.gather(*(sandbox.run(jobs.span, 0.3) for _ in range(4)))
    moments = sorted([(begun, 1) for begun, _ in spans] + [(ended, -1) for _, ended in spans])
    running = [sum(change for _, change in moments[: n + 1]) for n in range(len(moments))]
    assert max(running) == 2


async def test_time_spent_waiting_for_a_turn_is_not_the_jobs_own(sandbox: ProcessSandbox) -> None:
    naps = await asyncio.gather(*(sandbox.run(jobs.nap, 0.3, timeout=0.8) for _ in range(6)))
    assert naps == [0.3] * 6


async def test_a_job_that_wants_too_much_memory_is_stopped(sandbox: ProcessSandbox) -> None:
    assert await sandbox.run(jobs.hold, 100) == 100 * jobs.MB
    assert await why(sandbox, jobs.hold, 1000) == "hold needed more than 200 MB of memory"


async def test_a_child_that_keeps_too_much_is_replaced() -> None:
    sandbox = ProcessSandbox(workers=1, memory=50 * jobs.MB)
    children = [await sandbox.run(jobs.leak, 20) for _ in range(8)]
    await sandbox.close()
    assert 2 <= len(set(children)) <= 4


async def test_endless_nesting_is_stopped(sandbox: ProcessSandbox) -> None:
    assert await why(sandbox, jobs.recurse) == "recurse nested too deeply"


async def test_a_crash_is_told_with_its_signal(sandbox: ProcessSandbox) -> None:
    assert await why(sandbox, jobs.abort) == "abort crashed (SIGABRT)"


@pytest.mark.parametrize("status", [0, 3])
async def test_a_job_that_ends_its_process_is_told_with_the_status(sandbox: ProcessSandbox, status: int) -> None:
    assert await why(sandbox, jobs.leave, status) == f"leave ended its process (exit status {status})"


async def test_any_other_error_becomes_one_line(sandbox: ProcessSandbox) -> None:
    assert await why(sandbox, jobs.two_lines) == "two_lines failed: ValueError: first line"
    assert await why(sandbox, jobs.system_exit) == "system_exit failed: SystemExit: enough"
    assert await why(sandbox, jobs.raise_error, KeyboardInterrupt()) == "raise_error failed: KeyboardInterrupt"


async def test_our_own_errors_arrive_as_themselves(sandbox: ProcessSandbox) -> None:
    with pytest.raises(UnreadableError) as caught:
        await sandbox.run(jobs.raise_unreadable)
    assert caught.value.why == "a scan without text"


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
async def test_every_error_survives_the_way_back(error: AttacheError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_no_error_was_forgotten_above() -> None:
    kinds = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, AttacheError)}
    assert {type(error) for error in EVERY_ERROR} == kinds


async def test_an_error_that_cannot_be_sent_is_told_by_its_text(sandbox: ProcessSandbox) -> None:
    assert await why(sandbox, jobs.raise_stubborn) == "raise_stubborn failed: StubbornError: holds a lambda"


async def test_what_cannot_be_sent_either_way_is_said(sandbox: ProcessSandbox) -> None:
    assert "cannot be sent to another process" in await why(sandbox, jobs.echo, lambda: None)
    assert "failed: AttributeError" in await why(sandbox, jobs.unsendable)
    assert "returned what cannot be sent back: ValueError" in await why(sandbox, jobs.trap)


async def test_what_a_job_prints_or_reads_does_no_harm(sandbox: ProcessSandbox) -> None:
    assert await sandbox.run(jobs.chatter) == ""
    assert await sandbox.run(jobs.add, 1, 1) == 2


async def test_large_documents_go_both_ways(sandbox: ProcessSandbox) -> None:
    text = "paix et sécurité " * 300_000
    assert await sandbox.run(jobs.echo, text) == text


async def test_a_job_sees_no_secrets(sandbox: ProcessSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_ADAPTERS__DISCORD__TOKEN", "secret")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    seen = await sandbox.run(jobs.environment)
    assert "secret" not in seen.values()
    assert seen["PYTHONHASHSEED"] == "7"


async def test_an_interrupt_is_for_the_parent_to_handle(sandbox: ProcessSandbox) -> None:
    assert await sandbox.run(jobs.interrupt_self) == "still here"
    child = await sandbox.run(jobs.pid)
    assert os.getsid(child) != os.getsid(0)


async def test_a_child_killed_while_resting_is_replaced_unnoticed(sandbox: ProcessSandbox) -> None:
    child = await sandbox.run(jobs.pid)
    os.kill(child, 9)
    assert await sandbox.run(jobs.pid) != child


async def test_a_cancelled_job_is_stopped(sandbox: ProcessSandbox, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    task = asyncio.create_task(sandbox.run(jobs.note_when_started, str(mark), 0.5))
    for _ in range(500):
        if mark.exists() and mark.read_text():
            break
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.7)
    assert mark.read_text() == "started"
    assert await sandbox.run(jobs.add, 1, 2) == 3


async def test_children_start_when_needed_and_end_when_idle() -> None:
    sandbox = ProcessSandbox(workers=1, idle=0.1)
    child = await sandbox.run(jobs.pid)
    assert alive(child)
    await asyncio.sleep(0.5)
    assert not alive(child)
    assert await sandbox.run(jobs.pid) != child
    await sandbox.close()


async def test_closing_ends_children_and_jobs_under_way() -> None:
    sandbox = ProcessSandbox(workers=2)
    children = await asyncio.gather(sandbox.run(jobs.pid), sandbox.run(jobs.pid))
    tasks = [asyncio.create_task(sandbox.run(jobs.nap, 30.0, timeout=60)) for _ in range(3)]
    await asyncio.sleep(0.2)
    await asyncio.wait_for(sandbox.close(), 20)
    endings = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(ending, SandboxError) and "the sandbox" in str(ending) for ending in endings)
    assert not any(alive(child) for child in children)
    with pytest.raises(SandboxError, match="the sandbox is closed"):
        await sandbox.run(jobs.add, 1, 1)


async def test_a_call_costs_little() -> None:
    sandbox = ProcessSandbox(workers=2)
    await asyncio.gather(*(sandbox.run(jobs.nap, 0.05) for _ in range(2)))
    rounds = []
    for _ in range(5):
        begun = time.perf_counter()
        await asyncio.gather(*(sandbox.run(jobs.add, number, 1) for number in range(200)))
        rounds.append((time.perf_counter() - begun) / 200)
    await sandbox.close()
    assert min(rounds) < 0.002  # the best of several, since the machine may be busy with other things
