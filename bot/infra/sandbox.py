"""Runs text libraries in child processes that can be killed, with limits of time and memory.

It guards against documents that make a parser hang, swell or crash; it is no wall against hostile code.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import signal
import sys
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

from bot.errors import SandboxError
from bot.infra.sandbox_child import LENGTH, MB, STARTED, Outcome, described

Result = TypeVar("Result")

BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from bot.infra.sandbox_child import main; main()"
START_LIMIT = 60.0  # seconds to start Python and import a job's module; not part of the job's own time
BUFFER = 1 << 20

# A parser needs neither our tokens nor more than one thread.
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
KEPT_PREFIXES = ("PYTHON", "LC_")
SINGLE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class ChildEndedError(Exception):
    """The child went away; `started` tells whether it had begun the job."""

    def __init__(self, *, started: bool) -> None:
        self.started = started
        super().__init__()


class ProcessSandbox:
    """A few child processes, started when first needed, ended after `idle` seconds without work.

    `memory` is how much (bytes) a job may add to what its child held when the job's modules were imported: modules
    imported inside the function count, so import at the top. Calls beyond `workers` wait their turn; a job's timeout
    counts from its start. A child that was stopped or crashed costs only its own job.
    """

    def __init__(self, *, workers: int = 2, memory: int = 200 * MB, idle: float = 60.0) -> None:
        self._memory, self._idle = memory, idle
        self._workers, self._closed = workers, False
        self._turns = asyncio.Semaphore(workers)
        self._resting: dict[_Child, asyncio.TimerHandle] = {}
        self._children: set[_Child] = set()
        self._ending: set[asyncio.Task[str]] = set()

    async def run(self, function: Callable[..., Result], *args: Any, timeout: float = 5.0) -> Result:
        """The result of `function(*args)` from a child; see the port for what it raises."""
        try:
            job = pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            raise SandboxError(f"{_name(function)} cannot be sent to another process: {described(error)}") from error
        async with self._turns:
            if self._closed:
                raise SandboxError(f"{_name(function)} was not run: the sandbox is closed")
            outcome = await self._outcome(job, timeout)
        if outcome.failure is not None:
            raise SandboxError(f"{_name(function)} {outcome.failure}")
        try:
            answer = pickle.loads(outcome.error or outcome.value or b"")  # noqa: S301 - from our own child
        except Exception as error:
            raise SandboxError(f"{_name(function)} returned what cannot be sent back: {described(error)}") from error
        if outcome.error is not None:
            raise answer
        result: Result = answer
        return result

    async def close(self) -> None:
        """End the children, and with them any job under way or waiting; further calls raise SandboxError."""
        self._closed = True
        for child in list(self._children):
            child.kill()
        for _ in range(self._workers):  # every job under way has now been told
            await self._turns.acquire()
        for child in list(self._resting):
            self._end(child)
        await asyncio.gather(*self._ending)
        for _ in range(self._workers):
            self._turns.release()

    async def _outcome(self, job: bytes, timeout: float) -> Outcome:
        child = self._rested() or await self._new_child()
        try:
            outcome = await child.do(job, timeout, self._memory)
        except ChildEndedError as ended:
            fate = await child.end()
            self._children.discard(child)
            if self._closed:
                return Outcome(failure="was stopped: the sandbox was closed")
            if ended.started or child.jobs == 1:
                return Outcome(failure=fate)
            return await self._outcome(job, timeout)  # it had died while resting; the next one is fresh
        except BaseException:
            self._end(child)  # cancelled: nobody waits for the answer
            raise
        if outcome.worn:
            self._end(child)
        else:
            self._resting[child] = asyncio.get_running_loop().call_later(self._idle, self._end, child)
        return outcome

    def _rested(self) -> _Child | None:
        if not self._resting:
            return None
        child, timer = self._resting.popitem()
        timer.cancel()
        return child

    async def _new_child(self) -> _Child:
        child = await _Child.start()
        self._children.add(child)
        return child

    def _end(self, child: _Child) -> None:
        self._children.discard(child)
        if timer := self._resting.pop(child, None):
            timer.cancel()
        task = asyncio.get_running_loop().create_task(child.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Child:
    """One child process and the pipes to it."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.inbox = cast(StreamWriter, process.stdin)
        self.outbox = cast(StreamReader, process.stdout)
        self.jobs = 0

    @classmethod
    async def start(cls) -> _Child:
        """Start Python anew, in a session of its own: Ctrl-C in the terminal is the parent's to handle."""
        kept = {k: v for k, v in os.environ.items() if k in KEPT_VARIABLES or k.startswith(KEPT_PREFIXES)}
        command = (sys.executable, "-c", BOOT, json.dumps(sys.path))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=kept | SINGLE_THREAD,
            start_new_session=True,
            limit=BUFFER,
        )
        return cls(process)

    async def do(self, job: bytes, timeout: float, memory: int) -> Outcome:
        """Have a job done or stopped. Raises ChildEndedError if the child went away."""
        self.jobs += 1
        allowed = START_LIMIT
        try:
            async with asyncio.timeout(START_LIMIT):
                message = await self._send_and_receive(pickle.dumps((timeout, memory, job)))
            if message == STARTED:
                allowed = timeout
                async with asyncio.timeout(timeout):
                    message = await self._receive(started=True)
        except TimeoutError:
            return Outcome(failure=f"took longer than {allowed:g} s", worn=True)
        outcome: Outcome = pickle.loads(message)  # noqa: S301 - from our own child
        return outcome

    def kill(self) -> None:
        """Stop the process, whatever it is doing."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                # Not Process.kill(): in 3.11 it may reap a dying child behind asyncio's back and lose its exit status.
                os.kill(self.process.pid, signal.SIGKILL)

    async def end(self) -> str:
        """Stop the process if it still runs, let go of it, and say how it ended."""
        self.kill()
        self.inbox.close()
        await self.outbox.read()  # to the end, or the pipe would stay open
        return _fate(await self.process.wait())

    async def _send_and_receive(self, message: bytes) -> bytes:
        try:
            self.inbox.write(LENGTH.pack(len(message)) + message)
            await self.inbox.drain()
        except OSError as error:
            raise ChildEndedError(started=False) from error
        return await self._receive(started=False)

    async def _receive(self, *, started: bool) -> bytes:
        try:
            (length,) = LENGTH.unpack(await self.outbox.readexactly(LENGTH.size))
            return await self.outbox.readexactly(length)
        except (IncompleteReadError, OSError) as error:
            raise ChildEndedError(started=started) from error


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", type(function).__name__)


def _fate(status: int) -> str:
    if status >= 0:
        return f"ended its process (exit status {status})"
    try:
        return f"crashed ({signal.Signals(-status).name})"
    except ValueError:
        return f"crashed (signal {-status})"
