"""Brings a database's schema forward, once, however many processes start together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.errors import AttacheError
from bot.infra.store.engine import Database
from bot.infra.store.schema import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Migrate forward to this version's schema.

    Raises AttacheError if the database was written by a newer version or cannot be reached.
    """
    database.prepare()
    with database.read() as connection:
        if version(connection) == HEAD:
            return
    with database.write(lock="migrate", thinking=600) as connection:
        found = version(connection)
        if found != HEAD:
            _upgrade(connection, found, database.name)


def version(connection: Connection) -> str | None:
    """The migration a database stands at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def configuration() -> Config:
    """Alembic's configuration, made here so that an installed package needs no file of its own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection, found: str | None, name: str | None) -> None:
    # Imported only when there is something to do: it costs a tenth of a second at every start.
    from alembic import command
    from alembic.script import ScriptDirectory

    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise AttacheError(
            f"database {name}: written by a newer version of Attaché (schema {found}, this one knows {HEAD}); "
            "install that version again, or restore a backup made before"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
