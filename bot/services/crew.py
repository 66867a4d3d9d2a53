"""Who is at work and what each alone does, in a line each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.domain.worker import Lease, Worker
from bot.ports import ClusterStore


def in_short(cluster: ClusterStore, *, hosts: bool) -> tuple[str, str]:
    """A line of the workers, with their `hosts` or not, and one of the leases, channels and sources counted."""
    workers = cluster.workers()
    return _workers(workers, hosts=hosts), _leases(cluster.leases(), {one.id: _named(one) for one in workers})


def _workers(workers: Sequence[Worker], *, hosts: bool) -> str:
    told = "; ".join(
        f"{_named(one)}{f' on {one.host}' if hosts else ''} since {one.started_at:%Y-%m-%d %H:%M} UTC, {_beat(one)}"
        for one in workers
    )
    return f"{len(workers)} at work: {told}" if workers else "none at work"


def _leases(leases: Sequence[Lease], names: dict[str, str]) -> str:
    by_holder: dict[str, list[str]] = defaultdict(list)
    for lease in leases:
        by_holder[lease.holder].append(lease.name)
    told = "; ".join(f"{names.get(holder, holder)}: {_what(held)}" for holder, held in sorted(by_holder.items()))
    return told or "none held"


def _what(names: Sequence[str]) -> str:
    """What one worker does: connections and jobs by name, channels and sources counted."""
    many = Counter(kind for name in names if (kind := name.partition(" ")[0]) in {"channel", "source"})
    few = [name for name in names if name.partition(" ")[0] not in many]
    return ", ".join([*few, *(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(many.items()))])


def _named(worker: Worker) -> str:
    return f"{worker.role} {worker.id[:6]}"


def _beat(worker: Worker) -> str:
    return f"beat {worker.silent:.0f} s ago"
