"""Making the tables of a new database, and bringing those of an older one up to date."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection

from mailroom.store import (
    alert_tables,
    bench_tables,
    claim_tables,
    office_tables,
    paper_tables,
    poll_tables,
    search,
    sqlite,
    tables,
)
from mailroom.store.columns import metadata

VERSION = 10  # as SQLite's user_version; one more with every migration
REVISION = "mail0010"  # the newest migration: `mail` and the version in four digits
PREFIX = "mail"

MODULES = (
    tables,
    office_tables,
    paper_tables,
    claim_tables,
    alert_tables,
    bench_tables,
    poll_tables,
)  # imported, so that `metadata` knows all tables


def create(connection: Connection) -> None:
    """Make all tables of a new database, as the migrations would; part of the caller's transaction."""
    metadata.create_all(connection, checkfirst=False)
    search.create(connection)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:revision)"), {"revision": REVISION})
    stamp(connection)


def stamp(connection: Connection) -> None:
    """Write into the head of an SQLite file whose it is and which version; nothing elsewhere."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, inside the caller's transaction; alembic is imported only here."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext

    from mailroom.store.mending import mend

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    before = MigrationContext.configure(connection).get_current_revision() or ""
    command.upgrade(config, "head")
    mend(connection, before)
    stamp(connection)
