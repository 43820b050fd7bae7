"""The open record of a profile: commands go in one at a time, queries read beside them."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError

from mailroom.domain.command import Command
from mailroom.errors import MailroomError
from mailroom.store import postgres, schema, sqlite
from mailroom.store.blobs import Blobs
from mailroom.store.journal import SALT_BYTES, Accepted, append, checked
from mailroom.store.trouble import FATAL, full, told

FILE_NAME = "mailroom.sqlite"

__all__ = ["Accepted", "Store", "open_store"]


class Store:
    """The record. One thread writes at a time (others wait); any number may read."""

    def __init__(self, writer: Engine, reader: Engine, address: str, blobs: Blobs, url: str) -> None:
        self.url = url  # what `open_store` takes in another process of ours; may hold a password, so it is never told
        self._writer = writer
        self._reader = reader
        self._address = address
        self._lock = threading.RLock()
        self.blobs = blobs
        self.engine_name = writer.dialect.name  # `sqlite` or `postgresql`

    @property
    def address(self) -> str:
        """The file or the server, without a password, as messages name it."""
        return self._address

    @property
    def shared(self) -> bool:
        """Whether another process may have the record open too."""
        return self._reader is not self._writer

    @property
    def engine_version(self) -> str:
        """The version of SQLite's library or of the server, for the log."""
        with self.read() as connection:
            statement = "SELECT sqlite_version()" if self.engine_name == "sqlite" else "SHOW server_version"
            return str(connection.exec_driver_sql(statement).scalar_one())

    def accept(self, command: Command) -> Accepted:
        """Put a change on record: when this returns it survives a power cut.

        A command whose id is known changes nothing and gives the first answer again. Raises MailroomError for
        what its apply refuses, for a payload that cannot be kept, and for trouble with the database; then
        nothing of it is on record.
        """
        payload = checked(command)
        with self.write() as connection:
            return append(connection, command, payload, os.urandom(SALT_BYTES))

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One write transaction, for this room only; committed at the end, rolled back on an exception."""
        with self._lock, self._told(self._writer), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that cannot write and sees one state of the record until it is given back."""
        if self.shared:
            with self._told(self._reader), self._reader.connect() as connection, connection.begin():
                yield connection
            return
        with self._lock, self._told(self._writer), sqlite.lent(self._writer) as connection:
            yield connection

    def close(self) -> None:
        """Give the file or the server back; SQLite folds its log into the file."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _told(self, engine: Engine) -> Iterator[None]:
        try:
            with told(self._address):
                yield
        except MailroomError as error:
            if error.code in FATAL and error.facts.get("path") == self._address:
                engine.dispose()  # SQLAlchemy keeps such connections, and they would go on failing
            raise


def open_store(database: str, *, profile: Path, create: bool = True) -> Store:
    """Open the record at a database URL, made first where there is none and `create` is set.

    `sqlite:///FILE` or `postgresql://…`; empty means `mailroom.sqlite` in the profile. Raises MailroomError:
    `database_missing`, `database_foreign`, `database_newer`, `database_damaged`, `database_readonly`,
    `database_locked`, `database_unreachable`, `database_refused`, `database_unsafe`, `database_address_bad` …
    """
    blobs = Blobs(profile / "blobs")
    try:
        url = make_url(database or f"sqlite:///{profile / FILE_NAME}")
    except ArgumentError:
        raise MailroomError("database_address_bad", path=database) from None
    name = url.get_backend_name()
    if name == "sqlite" and url.database and url.database != ":memory:":
        _make_profile(profile)
        return _open_sqlite(Path(url.database), blobs, create=create)
    if name == "postgresql":
        _make_profile(profile)
        return _open_postgres(postgres.checked(url), blobs, create=create)
    raise MailroomError("database_address_bad", path=url.render_as_string(hide_password=True))


def _make_profile(profile: Path) -> None:
    try:
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise MailroomError("profile_unusable", path=str(profile), why=error.strerror) from error


def _open_sqlite(path: Path, blobs: Blobs, *, create: bool) -> Store:
    version = sqlite.version_of(path)
    if version is not None and version > schema.VERSION:
        raise MailroomError("database_newer", path=str(path))
    if version is None:
        if not create:
            raise MailroomError("database_missing", path=str(path))
        sqlite.make_file(path)
    exclusive = not sqlite.sound(sqlite.driver().sqlite_version_info)
    writer = sqlite.writer(path, exclusive=exclusive)
    url = URL.create("sqlite", database=str(path.absolute())).render_as_string()
    store = Store(writer, writer if exclusive else sqlite.reader(path), str(path), blobs, url)
    try:
        with store.write() as connection:
            if not sqlite.safe(connection):
                raise MailroomError("disk_full" if full(path) else "database_unsafe", path=str(path))
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found == 0:  # still nobody's: another process may have been here since we looked
                schema.create(connection)
        if found and found < schema.VERSION:
            _migrate_sqlite(store)
    except BaseException:
        store.close()
        raise
    return store


def _migrate_sqlite(store: Store) -> None:
    """Tables are rebuilt, so foreign keys rest meanwhile; that can only be switched outside a transaction."""
    raw = store._writer.raw_connection()
    try:
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
        with store.write() as connection:
            schema.migrate(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise MailroomError("database_damaged", path=store.address)
    finally:
        raw.cursor().execute("PRAGMA foreign_keys=ON")
        raw.close()


def _open_postgres(url: URL, blobs: Blobs, *, create: bool) -> Store:
    writer, reader = (postgres.engine(url, writing=one) for one in (True, False))
    store = Store(writer, reader, postgres.address(url), blobs, url.render_as_string(hide_password=False))
    try:
        with store.write() as connection:
            found = postgres.version_of(connection)
            if found is None:
                if not create:
                    raise MailroomError("database_missing", path=store.address)
                schema.create(connection)
            elif found != schema.REVISION:
                _bring_up(connection, found, store.address)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up(connection: Connection, found: str, address: str) -> None:
    if not found.startswith(schema.PREFIX):
        raise MailroomError("database_foreign", path=address)
    if found > schema.REVISION:
        raise MailroomError("database_newer", path=address)
    schema.migrate(connection)
