"""Opening the store: connect, bring the schema forward, hand out the ports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.infra.store.backup import back_up
from bot.infra.store.chat import SqlActions
from bot.infra.store.cluster import SqlCluster
from bot.infra.store.corrections import SqlCorrections
from bot.infra.store.engine import Database
from bot.infra.store.ledger import SqlLedger
from bot.infra.store.marks import SqlMarks
from bot.infra.store.migrate import migrate
from bot.infra.store.overview import SqlOverview
from bot.infra.store.paces import SqlPaces
from bot.infra.store.pages import SqlPages
from bot.infra.store.retention import SqlRetention
from bot.infra.store.rewritings import SqlRewritings
from bot.infra.store.slots import SqlSlots
from bot.infra.store.sources import SqlSources
from bot.infra.store.statements import SqlStatements
from bot.infra.store.subscriptions import SqlSubscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The ports on one database; usable from several threads, and beside other processes."""

    statements: SqlStatements
    overview: SqlOverview
    sources: SqlSources
    ledger: SqlLedger
    slots: SqlSlots
    subscriptions: SqlSubscriptions
    actions: SqlActions
    corrections: SqlCorrections
    pages: SqlPages
    marks: SqlMarks
    rewritings: SqlRewritings
    cluster: SqlCluster
    paces: SqlPaces
    retention: SqlRetention
    database: Database

    def ping(self) -> None:
        """Do nothing, on the database. Raises AttacheError if it cannot be reached."""
        with self.database.read() as connection:
            connection.execute(text("SELECT 1"))

    def backup(self, path: str | Path) -> int:
        """Write all that is kept, as it is at one moment, to a SQLite file; how many statements that is.

        The service may go on writing; the file can be put back on either kind of database. An older file there is
        replaced at the end. Raises AttacheError if it cannot be written.
        """
        return back_up(self.database, Path(path))

    def close(self) -> None:
        """Let go of every connection."""
        self.database.close()


def open_store(url: str) -> Store:
    """Connect to a database and migrate it forward; safe to do in several processes at once.

    `url` is `sqlite:///attache.db` or `postgresql+psycopg://user:password@host/name`. Raises SettingsError for an
    address that cannot be right; AttacheError if the database cannot be reached, is full, or is of a newer version.
    """
    database = Database(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(
        statements=SqlStatements(database),
        overview=SqlOverview(database),
        sources=SqlSources(database),
        ledger=SqlLedger(database),
        slots=SqlSlots(database),
        subscriptions=SqlSubscriptions(database),
        actions=SqlActions(database),
        corrections=SqlCorrections(database),
        pages=SqlPages(database),
        marks=SqlMarks(database),
        rewritings=SqlRewritings(database),
        cluster=SqlCluster(database),
        paces=SqlPaces(database),
        retention=SqlRetention(database),
        database=database,
    )
