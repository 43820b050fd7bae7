"""SQLite: which library, which safety settings, and what a file is before it is touched."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import Pool, QueuePool, StaticPool

from mailroom.errors import MailroomError
from mailroom.store.trouble import code_of_sqlite, full

APPLICATION_ID = 0x4D41494C  # "MAIL" at offset 68 of the file, so that a foreign file is known by its head
BUSY_MS = 5000  # how long a writer waits for the other process
_MAGIC = b"SQLite format 3\x00"
_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "synchronous=FULL",  # with WAL: the only pair that lost nothing in simulated power cuts at one sync a commit
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "wal_autocheckpoint=1000",
    "cache_size=-65536",  # KiB
    "temp_store=MEMORY",
)
_FULL = 2  # what `PRAGMA synchronous` reads back


def driver() -> ModuleType:
    """The DB-API module: pysqlite3, which brings its own SQLite, else Python's."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")


def sound(version: tuple[int, ...]) -> bool:
    """Whether two connections may share a WAL file: SQLite 3.51.3, 3.50.7 and 3.44.6 mended its WAL-reset fault."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def version_of(path: Path) -> int | None:
    """The schema's version of our database file, none for a new or empty one; nothing is changed.

    Raises `database_foreign` for any other file.
    """
    if not path.exists():
        return None
    if not path.is_file():
        raise MailroomError("database_foreign", path=str(path))
    with path.open("rb") as file:
        head = file.read(100)
    if not head:
        return _asked(path) if path.with_name(path.name + "-wal").exists() else None
    if not head.startswith(_MAGIC):
        raise MailroomError("database_foreign", path=str(path))
    if int.from_bytes(head[68:72]) not in (0, APPLICATION_ID):
        raise MailroomError("database_foreign", path=str(path))
    return _asked(path)


def _asked(path: Path) -> int | None:
    """What SQLite says, since the newest head may still be in the WAL file beside it."""
    module = driver()
    try:
        with closing(module.connect(_uri(path, "ro"), uri=True, timeout=BUSY_MS / 1000)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            if application == APPLICATION_ID:
                return int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except module.DatabaseError as error:
        code = code_of_sqlite(error.sqlite_errorname) or "database_damaged"
        if code == "database_unreachable":
            code = "database_readonly"  # the file could be read above: its folder does not take the files of WAL
        if code == "disk_failed" and full(path):
            code = "disk_full"
        raise MailroomError(code, path=str(path)) from error
    if application or tables:
        raise MailroomError("database_foreign", path=str(path))
    return None


def make_file(path: Path) -> None:
    """A new empty file that only its owner may read (SQLite gives the files beside it the same rights)."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError:
        raise MailroomError("database_unreachable", path=str(path)) from None
    except OSError as error:
        raise MailroomError("database_readonly", path=str(path)) from error


def writer(path: Path, *, exclusive: bool) -> Engine:
    """An engine of one connection whose transactions take the write lock at once."""
    engine = _engine(path, StaticPool, [*_own(exclusive), *_PRAGMAS])
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def reader(path: Path) -> Engine:
    """An engine whose connections refuse to write; a transaction of it sees one state."""
    engine = _engine(path, QueuePool, [*_PRAGMAS, "query_only=ON"])
    _begin_with(engine, "BEGIN")
    return engine


@contextmanager
def lent(engine: Engine) -> Iterator[Connection]:
    """The writer's only connection, for a while as if it were a reader's."""
    with engine.connect().execution_options(read_only=True) as connection:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute("PRAGMA query_only=ON")
        try:
            with connection.begin():
                yield connection
        finally:
            driver_connection.execute("PRAGMA query_only=OFF")


def safe(connection: Connection) -> bool:
    """Whether the settings that durability rests on are really in force: a network drive may refuse them."""
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    return bool(journal == "wal") and synchronous == _FULL


def _own(exclusive: bool) -> list[str]:
    first = ["locking_mode=EXCLUSIVE"] if exclusive else []  # before WAL: then there is no shared memory at all
    mac = ["fullfsync=1", "checkpoint_fullfsync=1"] if sys.platform == "darwin" else []
    return [f"busy_timeout={BUSY_MS}", *first, "journal_mode=WAL", *mac]


def _engine(path: Path, pool: type[Pool], pragmas: list[str]) -> Engine:
    module = driver()

    def connect() -> Any:  # noqa: ANN401 (the driver has no types)
        # mode=rw: a file that was removed under us must not come back empty
        connection = module.connect(
            _uri(path, "rw"),
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    creator: Callable[[], Any] = connect
    return create_engine("sqlite://", module=module, creator=creator, poolclass=pool)


def _begin_with(engine: Engine, statement: str) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("read_only") else statement)

    event.listen(engine, "begin", begin)


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"
