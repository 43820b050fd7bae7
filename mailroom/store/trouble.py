"""What went wrong in a database, as one of our error codes: by the engine's own error name, never by its message."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mailroom.errors import MailroomError

_SQLITE = (  # the beginning of sqlite_errorname -> code
    ("SQLITE_FULL", "disk_full"),
    ("SQLITE_READONLY", "database_readonly"),
    ("SQLITE_BUSY", "database_locked"),
    ("SQLITE_LOCKED", "database_locked"),
    ("SQLITE_NOTADB", "database_foreign"),
    ("SQLITE_CORRUPT", "database_damaged"),
    ("SQLITE_CANTOPEN", "database_unreachable"),
    ("SQLITE_PERM", "database_unreachable"),
    ("SQLITE_AUTH", "database_unreachable"),
    ("SQLITE_IOERR", "disk_failed"),
    ("SQLITE_TOOBIG", "text_not_storable"),
)
_POSTGRES = (  # the beginning of sqlstate -> code (PostgreSQL manual, appendix A)
    ("25006", "database_readonly"),
    ("53100", "disk_full"),
    ("58030", "disk_failed"),
    ("55P03", "database_locked"),
    ("57014", "database_locked"),
    ("40", "database_locked"),
    ("28", "database_refused"),
    ("42501", "database_refused"),
    ("3D000", "database_refused"),
    ("XX001", "database_damaged"),
    ("XX002", "database_damaged"),
    ("08", "database_unreachable"),
    ("57P", "database_unreachable"),
    ("53", "database_unreachable"),
)
_NOT_LET_IN = ("password", "authentication", "pg_hba.conf", "does not exist", "not permitted", "permission denied")

_ROOM = 256 * 1024  # bytes that a record needs beside itself to be opened at all

FATAL = frozenset({"database_damaged", "database_foreign", "disk_failed"})  # connections are not used again


def code_of_sqlite(errorname: str) -> str | None:
    """The error code for one of SQLite's error names; none for a bug of ours."""
    return next((code for start, code in _SQLITE if errorname.startswith(start)), None)


def full(path: str | Path) -> bool:
    """Whether the disk that a file is on has no room left: SQLite often tells that as a failure of the disk."""
    try:
        return shutil.disk_usage(Path(path).parent).free < _ROOM
    except (OSError, ValueError):  # an address of a server is no path
        return False


def code_of(error: DBAPIError) -> str | None:
    """The error code for an engine's error; none if it is a bug of ours."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return code_of_sqlite(name)
    if hasattr(error.orig, "sqlstate"):
        state = getattr(error.orig, "sqlstate", None)
        if state is not None:
            return next((code for start, code in _POSTGRES if state.startswith(start)), None)
        if type(error.orig).__name__ == "OperationalError" or isinstance(error.orig, ConnectionError):
            # libpq gives no state before a session is up: only its words tell a refusal from a dead line
            said = str(error.orig).lower()
            return "database_refused" if any(word in said for word in _NOT_LET_IN) else "database_unreachable"
    return None


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn an engine's expected errors into MailroomError with the database's path or address as a fact."""
    try:
        yield
    except DBAPIError as error:
        code = code_of(error)
        if code is None:
            raise
        raise MailroomError("disk_full" if code == "disk_failed" and full(path) else code, path=path) from error
