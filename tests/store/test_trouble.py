"""Trouble with the database is one code each, and a file that is not ours stays as it is."""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from mailroom.errors import MailroomError
from mailroom.store import Store, open_store, sqlite
from mailroom.store.tables import command, shipment
from mailroom.store.trouble import told

DRIVER = sqlite.driver()


def code_of_opening(database: str, profile: Path, **more: Any) -> str:
    with pytest.raises(MailroomError) as caught:
        open_store(database, profile=profile, **more)
    return caught.value.code


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def foreign_sqlite(path: Path) -> None:
    with closing(DRIVER.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)")
        connection.execute("INSERT INTO notes (body) VALUES ('hello')")
        connection.commit()


def foreign_with_id(path: Path) -> None:
    with closing(DRIVER.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 7")
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
        connection.commit()


def newer(path: Path) -> None:
    with closing(DRIVER.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 9999")
        connection.execute("CREATE TABLE command (id TEXT)")
        connection.commit()


def text_file(path: Path) -> None:
    path.write_text("tracking_number,status\n", encoding="utf-8")


def cut_off(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\x10\x00\x01\x01\0\x40\x20\x20" + bytes(40))


@pytest.mark.parametrize(
    ("make_file", "code"),
    [
        (foreign_sqlite, "database_foreign"),
        (foreign_with_id, "database_foreign"),
        (text_file, "database_foreign"),
        (newer, "database_newer"),
        (cut_off, "database_damaged"),
    ],
)
def test_a_file_that_is_not_ours_stays_as_it_is(tmp_path: Path, make_file: Any, code: str) -> None:
    path = tmp_path / "given.sqlite"
    make_file(path)
    before, beside = hash_of(path), set(tmp_path.iterdir())
    assert code_of_opening(f"sqlite:///{path}", tmp_path / "profile") == code
    assert hash_of(path) == before
    assert set(tmp_path.iterdir()) - {tmp_path / "profile"} == beside


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "mailroom.sqlite").touch()
    open_store("", profile=tmp_path).close()
    assert code_of_opening(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path, create=False) == "database_missing"
    assert not (tmp_path / "other.sqlite").exists()


def test_places_where_no_file_can_be(tmp_path: Path) -> None:
    assert code_of_opening(f"sqlite:///{tmp_path / 'no' / 'such' / 'm.sqlite'}", tmp_path) == "database_unreachable"
    assert code_of_opening(f"sqlite:///{tmp_path}", tmp_path) == "database_foreign"
    file = tmp_path / "file"
    file.touch()
    assert code_of_opening("", file) == "profile_unusable"
    assert code_of_opening("", file / "inside") == "profile_unusable"


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///:memory:", "mysql://h/d", "not an address", "nonsense://x"]
)
def test_addresses_that_are_none(tmp_path: Path, address: str) -> None:
    assert code_of_opening(address, tmp_path) == "database_address_bad"


def read_all(profile: Path) -> None:
    with closing(open_store("", profile=profile)) as store, store.read() as connection:
        connection.execute(select(command)).all()
        connection.execute(select(shipment)).all()


def test_damage_is_said_and_not_made_worse(sqlite_store: Store, make: Any, tmp_path: Path) -> None:
    # GIVEN a record of some pages, all in the main file
    for number in range(200):
        sqlite_store.accept(make.piece(f"1Z{number:06d}", fields={"note": "x" * 200}))
    sqlite_store.close()
    path = tmp_path / "profile" / "mailroom.sqlite"
    # WHEN pages in the middle are overwritten
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 8192))
    damaged = hash_of(path)
    # THEN whoever opens or reads it is told, and the file is left alone
    with pytest.raises(MailroomError) as caught:
        read_all(tmp_path / "profile")
    assert caught.value.code == "database_damaged"
    assert hash_of(path) == damaged


def test_a_full_disk_refuses_and_goes_on_later(sqlite_store: Store, make: Any) -> None:
    kept = sqlite_store.accept(make.piece("1Z1"))
    # GIVEN no page more (SQLite gives the same error as for a full disk)
    with sqlite_store.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    big = make.piece("1Z2", fields={"note": "x" * 200_000})
    with pytest.raises(MailroomError) as caught:
        sqlite_store.accept(big)
    assert caught.value.code == "disk_full"
    # WHEN there is space again THEN the same command goes in, and nothing was lost
    with sqlite_store.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert sqlite_store.accept(big).command.seq == kept.command.seq + 1


def test_a_writer_that_holds_on_too_long(
    sqlite_store: Store, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_store.close()
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("busy_timeout=50", *sqlite._PRAGMAS[1:]))
    impatient = open_store("", profile=tmp_path / "profile")
    with closing(DRIVER.connect(tmp_path / "profile" / "mailroom.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MailroomError) as caught:
            impatient.accept(make.piece())
        assert caught.value.code == "database_locked"
        # reading goes on meanwhile
        with impatient.read() as connection:
            assert connection.execute(select(command)).all() == []
        other.execute("ROLLBACK")
    assert impatient.accept(make.piece()).command.seq == 1
    impatient.close()


def test_a_file_removed_under_us_does_not_come_back_empty(sqlite_store: Store, tmp_path: Path) -> None:
    for path in (tmp_path / "profile").glob("mailroom.sqlite*"):
        path.unlink()
    with pytest.raises(MailroomError) as caught, sqlite_store.read() as connection:
        connection.execute(select(command)).all()
    assert caught.value.code == "database_unreachable"
    assert not (tmp_path / "profile" / "mailroom.sqlite").exists()


def test_a_profile_that_only_others_may_write(tmp_path: Path) -> None:
    # GIVEN a record that is closed to writing; root may write it all the same, but for a child without that right
    profile = tmp_path / "profile"
    open_store("", profile=profile).close()
    (profile / "mailroom.sqlite").chmod(0o444)
    profile.chmod(0o555)
    script = (
        "import sys; from pathlib import Path\n"
        "from mailroom.errors import MailroomError; from mailroom.store import open_store\n"
        "try: open_store('', profile=Path(sys.argv[1]))\n"
        "except MailroomError as error: print(error.code)"
    )
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    try:
        run = subprocess.run(
            [*drop, sys.executable, "-c", script, str(profile)],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    finally:
        profile.chmod(0o755)
    assert run.stdout.split() == ["database_readonly"], run.stderr


def test_only_the_owner_may_read_the_profile(sqlite_store: Store, make: Any, tmp_path: Path) -> None:
    sqlite_store.accept(make.piece())
    sqlite_store.blobs.put(b"x")
    modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes["profile"] == modes["profile/blobs"] == 0o700
    assert {mode for name, mode in modes.items() if "sqlite" in name} == {0o600}
    assert {mode for name, mode in modes.items() if name.count("/") == 3} == {0o600}


@pytest.mark.parametrize(
    ("place", "code"), [("/proc", "disk_full"), ("/", "disk_failed"), ("postgresql:", "disk_failed")]
)
def test_a_failing_disk_without_room_is_called_full(place: str, code: str) -> None:
    failure = DRIVER.OperationalError("disk I/O error")
    failure.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    with pytest.raises(MailroomError) as caught, told(f"{place}/mailroom.sqlite"):
        raise OperationalError("", {}, failure)
    assert caught.value.code == code


def test_the_safety_settings_are_in_force(sqlite_store: Store) -> None:
    with sqlite_store.write() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def test_a_disk_that_refuses_the_safety_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_own", lambda exclusive: ["journal_mode=MEMORY"])
    assert code_of_opening("", tmp_path) == "database_unsafe"


@pytest.mark.parametrize(
    ("version", "is_sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_sqlite_with_the_wal_reset_fault_is_known(version: tuple[int, ...], is_sound: bool) -> None:
    assert sqlite.sound(version) is is_sound


def test_an_unsound_sqlite_has_the_file_for_itself(tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a library with the fault
    monkeypatch.setattr(sqlite, "sound", lambda version: False)
    store = open_store("", profile=tmp_path)
    store.accept(make.piece())
    # THEN one connection does everything, and cannot write while it reads
    assert not store.shared
    with store.read() as connection:
        assert len(connection.execute(select(command)).all()) == 1
    with pytest.raises(MailroomError) as caught, store.read() as connection:
        connection.execute(shipment.delete())
    assert caught.value.code == "database_readonly"
    assert store.accept(make.piece("1Z2")).command.seq == 2
    # AND nobody else gets in
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)
    assert code_of_opening("", tmp_path) == "database_locked"
    store.close()


def test_postgresql_that_is_not_there_or_says_no(postgres_url: str, tmp_path: Path) -> None:
    assert code_of_opening("postgresql://mailroom@127.0.0.1:1/x", tmp_path) == "database_unreachable"
    missing = postgres_url.rsplit("/", 1)[0] + "/no_such_database"
    assert code_of_opening(missing, tmp_path) == "database_refused"
    unknown = postgres_url.replace("mailroom@", "nobody_of_that_name@")
    assert code_of_opening(unknown, tmp_path) == "database_refused"


def test_postgresql_of_somebody_else_or_of_tomorrow(empty_postgres: str, tmp_path: Path) -> None:
    assert code_of_opening(empty_postgres, tmp_path, create=False) == "database_missing"
    with psycopg.connect(empty_postgres, autocommit=True) as connection:
        connection.execute("CREATE TABLE notes (id int)")
        assert code_of_opening(empty_postgres, tmp_path) == "database_foreign"
        connection.execute("DROP TABLE notes")
        open_store(empty_postgres, profile=tmp_path).close()
        connection.execute("UPDATE alembic_version SET version_num = 'mail9999'")
        assert code_of_opening(empty_postgres, tmp_path) == "database_newer"
        connection.execute("UPDATE alembic_version SET version_num = 'abcdef'")
        assert code_of_opening(empty_postgres, tmp_path) == "database_foreign"
        connection.execute("UPDATE alembic_version SET version_num = 'mail0000'")
        with pytest.raises(Exception, match="mail0000"):  # there never was such a one: a bug, not trouble
            open_store(empty_postgres, profile=tmp_path)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    with pytest.raises(MailroomError) as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/x", profile=tmp_path)
    assert "secret" not in str(caught.value)
    with pytest.raises(MailroomError) as caught:
        open_store("mysql://me:secret@host/x", profile=tmp_path)
    assert "secret" not in str(caught.value)


def test_another_computer_must_prove_who_it_is(tmp_path: Path) -> None:
    weak = "postgresql://me@db.example/x?sslmode=prefer"
    assert code_of_opening(weak, tmp_path) == "database_unencrypted"


def test_connections_that_were_cut_come_back(made_postgres: str, tmp_path: Path, make: Any) -> None:
    store = open_store(made_postgres, profile=tmp_path)
    store.accept(make.piece("1Z1"))
    with psycopg.connect(made_postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert store.accept(make.piece("1Z2")).command.seq == 2
    store.close()
