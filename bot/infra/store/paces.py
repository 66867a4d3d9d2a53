"""How fast all workers may go together: the moment of the next free turn, one row a pace."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.infra.store.codec import clean
from bot.infra.store.engine import Database
from bot.infra.store.schema_cluster import paces

# A turn further off than this was drawn before the database's clock was set back.
FURTHEST = 3600.0


class SqlPaces:
    """The port PaceStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draw(self, name: str, count: int, *, every: float) -> float:
        name = clean(name)
        with self._database.write(lock=f"pace {name}") as connection:
            now = self._database.seconds(connection)
            first = max(now, _next(connection, name, now))
            self._database.upsert(connection, paces, [{"name": name, "next_at": first + count * every}])
        return first - now

    def pause(self, name: str, seconds: float) -> None:
        name = clean(name)
        with self._database.write(lock=f"pace {name}") as connection:
            now = self._database.seconds(connection)
            later = max(now + min(seconds, FURTHEST), _next(connection, name, now))
            self._database.upsert(connection, paces, [{"name": name, "next_at": later}])


def _next(connection: Connection, name: str, now: float) -> float:
    found: float | None = connection.execute(select(paces.c.next_at).where(paces.c.name == name)).scalar()
    return now if found is None or found > now + FURTHEST else found
