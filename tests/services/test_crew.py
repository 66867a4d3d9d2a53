"""Who is at work, told in a line each."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.worker import Worker
from bot.infra.store import Store
from bot.services.crew import in_short
from tests.samples import NOW


def test_nobody_at_work_is_said(store: Store) -> None:
    assert in_short(store.cluster, hosts=True) == ("none at work", "none held")


def test_workers_and_what_each_does_are_told_channels_and_sources_counted(store: Store) -> None:
    for number, role in enumerate(("run", "worker")):
        start = NOW + timedelta(minutes=number)
        store.cluster.join(Worker(id=f"{role:a<16}", role=role, host=f"h{number}", version="1", started_at=start))
    store.cluster.claim("runaaaaaaaaaaaaa", ["listen discord shard 0 of 1", "channel discord:1", "channel discord:2"])
    store.cluster.claim("workeraaaaaaaaaa", ["source UN News", "job correct"])
    workers, leases = in_short(store.cluster, hosts=True)
    assert workers == (
        "2 at work: run runaaa on h0 since 2026-11-23 08:30 UTC, beat 0 s ago; "
        "worker worker on h1 since 2026-11-23 08:31 UTC, beat 0 s ago"
    )
    assert leases == "run runaaa: listen discord shard 0 of 1, 2 channels; worker worker: job correct, 1 source"
    assert " on h" not in in_short(store.cluster, hosts=False)[0]
