"""What adapters keep for the workspaces that installed them, and buttons whose words are too long for a button."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from bot.infra.store.codec import clean, dump
from bot.infra.store.engine import Database
from bot.infra.store.schema import actions, installations

FORGOTTEN_AFTER = timedelta(days=183)


class SqlActions:
    """The port ActionStore on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, name: str, action: str, *, now: datetime) -> None:
        row = {"name": name, "action": clean(action), "kept_at": now}
        with self._database.write() as connection:
            connection.execute(delete(actions).where(actions.c.kept_at < now - FORGOTTEN_AFTER))
            self._database.upsert(connection, actions, [row])

    def find(self, name: str) -> str | None:
        with self._database.read() as connection:
            found: str | None = connection.execute(select(actions.c.action).where(actions.c.name == name)).scalar()
        return found


class SqlInstallations:
    """The port Installations on a database, for one platform; `database` is called for it whenever it is needed."""

    def __init__(self, database: Callable[[], Database], platform: str) -> None:
        self._open, self._platform = database, platform

    def keep(self, name: str, value: Mapping[str, Any]) -> None:
        row = {"platform": self._platform, "name": clean(name), "value": dump(value)}
        database = self._open()
        with database.write() as connection:
            database.upsert(connection, installations, [row])

    def get(self, name: str) -> Mapping[str, Any] | None:
        query = select(installations.c.value).where(self._of(name))
        with self._open().read() as connection:
            found: str | None = connection.execute(query).scalar()
        return None if found is None else dict(json.loads(found))

    def names(self) -> Sequence[str]:
        query = select(installations.c.name).where(installations.c.platform == self._platform)
        with self._open().read() as connection:
            # Sorted here: every database has an order of its own.
            return sorted(connection.execute(query).scalars())

    def drop(self, name: str) -> bool:
        with self._open().write() as connection:
            return connection.execute(delete(installations).where(self._of(name))).rowcount == 1

    def _of(self, name: str) -> Any:
        return (installations.c.platform == self._platform) & (installations.c.name == clean(name))
