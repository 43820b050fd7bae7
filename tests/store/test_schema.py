"""A new database and a migrated one are the same; nothing else has to be done to either."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, make_url

from mailroom.store import open_store, postgres, schema, sqlite
from mailroom.store.columns import metadata


def shape(connection: Connection) -> dict[str, object]:
    """All tables, columns, keys and indexes as the engine tells them."""
    look = inspect(connection)
    found: dict[str, object] = {}
    for name in look.get_table_names():
        if name.startswith("shipment_search"):
            continue  # FTS5's own; compared by their SQL below
        found[name] = (
            # by name: a migration can only append a column
            sorted((one["name"], str(one["type"]), one["nullable"], one["default"]) for one in look.get_columns(name)),
            look.get_pk_constraint(name),
            sorted(look.get_foreign_keys(name), key=str),
            sorted(look.get_unique_constraints(name), key=str),
            sorted(look.get_indexes(name), key=str),
        )
    return found


def sqlite_sql(connection: Connection) -> list[tuple[str, str]]:
    """Indexes and the tables of the search, which nothing else tells."""
    made = "type = 'index' OR name LIKE 'shipment_search%'"
    rows = connection.exec_driver_sql(f"SELECT name, sql FROM sqlite_master WHERE {made} ORDER BY name")
    return [(name, "".join((sql or "").split())) for name, sql in rows]


def test_a_migrated_sqlite_file_is_like_a_new_one(tmp_path: Path) -> None:
    # GIVEN a new database, and an empty file that all migrations ran on
    store = open_store("", profile=tmp_path / "new")
    file = tmp_path / "migrated.sqlite"
    sqlite.make_file(file)
    engine = sqlite.writer(file, exclusive=False)
    with engine.begin() as connection:
        schema.migrate(connection)
    # WHEN both are looked at
    with store.read() as one, engine.connect() as other:
        # THEN they are the same
        assert sqlite_sql(one) == sqlite_sql(other)
        assert shape(one) == shape(other)
        assert set(shape(one)) == {*metadata.tables, "alembic_version"}
    store.close()
    engine.dispose()


def test_a_migrated_postgresql_database_is_like_a_new_one(empty_postgres: str, tmp_path: Path) -> None:
    engine = create_engine(postgres.checked(make_url(empty_postgres)))
    with engine.begin() as connection:
        schema.migrate(connection)
        migrated = shape(connection)
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    store = open_store(empty_postgres, profile=tmp_path)
    with store.read() as connection:
        assert shape(connection) == migrated
    store.close()
    engine.dispose()


def test_the_revision_in_the_code_is_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.REVISION
    assert f"{schema.PREFIX}{schema.VERSION:04d}" == schema.REVISION


def test_autogenerate_finds_nothing_to_change(address: str, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = open_store(address, profile=tmp_path / "profile")

    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        if kind == "table":
            return name in metadata.tables
        return name != "ix_shipment_search_text"  # made where the server has pg_trgm

    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
    store.close()


def test_alembic_is_not_imported_to_open_a_current_database(tmp_path: Path) -> None:
    import subprocess
    import sys

    open_store("", profile=tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from mailroom.store import open_store;"
        "open_store('', profile=Path(sys.argv[1])).close();"
        "print('alembic' in sys.modules, 'sqlalchemy.orm' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_a_file_that_was_never_finished_is_made(tmp_path: Path) -> None:
    # GIVEN a file that is ours by its head and has no tables yet
    file = tmp_path / "mailroom.sqlite"
    sqlite.make_file(file)
    engine = sqlite.writer(file, exclusive=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
    engine.dispose()
    # WHEN it is opened
    store = open_store("", profile=tmp_path)
    # THEN it has all tables
    with store.read() as connection:
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == schema.VERSION
    store.close()


def test_an_older_file_runs_the_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a file of today, and a Mailroom that is one version on
    open_store("", profile=tmp_path).close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    # WHEN it is opened
    store = open_store("", profile=tmp_path)
    # THEN the migrations ran, and foreign keys are watched again
    with store.write() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == schema.VERSION
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    store.close()


@pytest.mark.parametrize("extension", [True, False])
def test_postgresql_works_with_and_without_pg_trgm(empty_postgres: str, tmp_path: Path, extension: bool) -> None:
    # GIVEN a server where the extension may not be added
    engine = create_engine(postgres.checked(make_url(empty_postgres)))
    url = empty_postgres
    if not extension:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP ROLE IF EXISTS plain_desk")
            connection.exec_driver_sql("CREATE ROLE plain_desk LOGIN")
            connection.exec_driver_sql("GRANT ALL ON SCHEMA public TO plain_desk")
        url = empty_postgres.replace("mailroom@", "plain_desk@")
    # WHEN the record is made
    store = open_store(url, profile=tmp_path)
    # THEN it is there, with the index where it could be
    with store.read() as connection:
        found = {one["name"] for one in inspect(connection).get_indexes("shipment")}
        assert ("ix_shipment_search_text" in found) is extension
        assert postgres.version_of(connection) == schema.REVISION
    store.close()
    if not extension:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP OWNED BY plain_desk; DROP ROLE plain_desk")
    engine.dispose()
