"""Another process on the same store: `python -m tests.contracts.second_process URL keep|open-slot|follow-up|claim`.

It says `ready`, waits for a line, does the one thing and prints what came of it.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Sequence

from bot.domain.identity import identify
from bot.domain.worker import Worker
from bot.infra.store import Store, open_store
from tests.samples import NOW, another, channel

KEPT = 40


def race(url: str, action: str, *, processes: int = 2) -> list[str]:
    """Do one thing in several processes at the same moment; what each of them printed."""
    command = [sys.executable, "-m", "tests.contracts.second_process", url, action]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60)[0].strip() for process in running]
    assert [process.returncode for process in running] == [0] * processes
    return outputs


def keep(store: Store) -> str:
    """Keep the same statements; the changes, in order."""
    briefs = [another(number) for number in range(KEPT)]
    return " ".join(store.statements.keep(b, identify(b.statement), source="s", now=NOW).change for b in briefs)


def open_slot(store: Store) -> str:
    """Open ten slots; for each how many messages it got, `-` where it was open."""
    got = [
        store.ledger.open_slot(channel(), f"slot {n}", now=NOW, compose=lambda briefs: [{"n": len(briefs)}])
        for n in range(10)
    ]
    return " ".join("-" if deliveries is None else str(deliveries[0].payload["n"]) for deliveries in got)


def follow_up(store: Store) -> str:
    """Follow up every correction the channel is owed; for each how many messages it got, `-` where it was done."""
    owed = store.corrections.owed([channel().key], limit=50)
    print("ready", flush=True)
    sys.stdin.readline()
    got = [store.corrections.follow_up(each, [{"text": "Correction"}], now=NOW) for each in owed]
    return " ".join("-" if deliveries is None else str(len(deliveries)) for deliveries in got)


def claim(store: Store) -> str:
    """Claim forty leases a few at a time, as somebody new; those that were got, in order."""
    me = secrets.token_hex(8)
    store.cluster.join(Worker(id=me, role="worker", host="here", version="1", started_at=NOW))
    print("ready", flush=True)
    sys.stdin.readline()
    names = [str(number) for number in range(KEPT)]
    for _ in range(KEPT):
        store.cluster.claim(me, names, limit=1)
    return " ".join(lease.name for lease in store.cluster.leases() if lease.holder == me)


def main(arguments: Sequence[str]) -> None:
    url, action = arguments
    if action == "open":
        print("ready", flush=True)
        sys.stdin.readline()
        print(open_store(url).statements.count())
        return
    store = open_store(url)
    if action in {"follow-up", "claim"}:
        print(follow_up(store) if action == "follow-up" else claim(store))
        store.close()
        return
    print("ready", flush=True)
    sys.stdin.readline()
    print(keep(store) if action == "keep" else open_slot(store))
    store.close()


if __name__ == "__main__":
    main(sys.argv[1:])
