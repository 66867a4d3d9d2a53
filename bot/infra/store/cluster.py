"""Who is at work on the database, and who alone may do what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.worker import Lease, Worker
from bot.infra.store.codec import clean
from bot.infra.store.engine import Database
from bot.infra.store.schema_cluster import leases, workers

PORTION = 500


class SqlCluster:
    """The port ClusterStore on a database. It waits for no turn: a worker that cannot beat is taken for dead."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def join(self, worker: Worker) -> None:
        about = {name: clean(getattr(worker, name)) for name in ("id", "role", "host", "version")}
        with self._database.write(urgent=True) as connection:
            row = {**about, "started_at": worker.started_at, "beats": 0, "beat_at": self._now(connection)}
            connection.execute(workers.insert().values(row))

    def beat(self, id: str) -> bool:
        with self._database.write(urgent=True) as connection:
            one_more = {"beats": workers.c.beats + 1, "beat_at": self._now(connection)}
            return connection.execute(update(workers).where(workers.c.id == id).values(one_more)).rowcount == 1

    def strike(self, id: str, *, beats: int) -> bool:
        still = (workers.c.id == id) & (workers.c.beats == beats)
        with self._database.write(urgent=True) as connection:
            return connection.execute(delete(workers).where(still)).rowcount == 1

    def leave(self, id: str) -> None:
        with self._database.write(urgent=True) as connection:
            connection.execute(delete(workers).where(workers.c.id == id))

    def workers(self) -> Sequence[Worker]:
        with self._database.read(urgent=True) as connection:
            now = self._now(connection)
            rows = connection.execute(select(workers).order_by(workers.c.started_at, workers.c.id)).mappings().all()
        return [Worker(**row, silent=max(0.0, (now - row["beat_at"]).total_seconds())) for row in rows]

    def claim(self, id: str, names: Sequence[str], *, limit: int | None = None) -> list[str]:
        wanted = {clean(name): name for name in names}
        with self._database.read(urgent=True) as connection:
            held = _holders(connection, list(wanted))
        mine = {name for name in wanted if held.get(name) == id}
        free = [name for name in wanted if name not in held][:limit]
        # Nothing to take is the usual case of a look round: it must not cost a write.
        taken = self._take(id, free) if free else set()
        return [name for plain, name in wanted.items() if plain in taken or plain in mine]

    def release(self, id: str, names: Collection[str]) -> None:
        given, own = [clean(name) for name in names], leases.c.holder == id
        if not given:
            return
        with self._database.write(urgent=True) as connection:
            for some in _portions(given):
                connection.execute(delete(leases).where(own, leases.c.name.in_(some)))

    def holds(self, id: str, name: str) -> bool:
        query = select(leases.c.name).where(leases.c.name == clean(name), leases.c.holder == id)
        with self._database.read(urgent=True) as connection:
            return connection.execute(query).first() is not None

    def leases(self) -> Sequence[Lease]:
        with self._database.read(urgent=True) as connection:
            rows = connection.execute(select(leases.c.name, leases.c.holder)).all()
        # Sorted here: every database has an order of its own.
        return [Lease(name=row.name, holder=row.holder) for row in sorted(rows, key=lambda row: row.name)]

    def _take(self, id: str, free: Sequence[str]) -> set[str]:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        with self._database.write(urgent=True) as connection:
            # Kept there until the end of the transaction: whoever strikes it off now waits, and frees these too.
            alive = select(workers.c.id).where(workers.c.id == id).with_for_update(read=True)
            if connection.execute(alive).first() is None:
                return set()
            # The rows beside the statement, not in it: one that bears its rows is compiled anew at every call.
            taking = insert(leases).on_conflict_do_nothing().returning(leases.c.name)
            return set(connection.execute(taking, [{"name": name, "holder": id} for name in free]).scalars())

    def _now(self, connection: Connection) -> datetime:
        return datetime.fromtimestamp(self._database.seconds(connection), UTC)


def _holders(connection: Connection, names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _portions(names):
        query = select(leases.c.name, leases.c.holder).where(leases.c.name.in_(some))
        found.update((row.name, row.holder) for row in connection.execute(query))
    return found


def _portions(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[start : start + PORTION] for start in range(0, len(names), PORTION)]
