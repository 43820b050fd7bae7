"""PostgreSQL: connections that give up in time, and one writer at a time."""

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.engine import Connection

from mailroom.errors import MailroomError

_LOCK = 0x4D41494C  # the advisory lock of every write: commands of all desks are taken in one after the other
_WAIT_MS = 5000
_LOCAL = ("", "localhost", "127.0.0.1", "::1")
_VERIFIED = "verify-full"


def address(url: URL) -> str:
    """The database's address without a password, for messages."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def checked(url: URL) -> URL:
    """The URL with psycopg as driver, and with a verified server unless it is this computer.

    Raises `database_unencrypted` where the URL itself asks for less.
    """
    url = url.set(drivername="postgresql+psycopg")
    if (url.host or "") in _LOCAL or (url.host or "").startswith("/"):
        return url
    mode = url.query.get("sslmode", _VERIFIED)
    if mode != _VERIFIED:
        raise MailroomError("database_unencrypted", path=address(url))
    return url.update_query_dict({"sslmode": _VERIFIED})


def engine(url: URL, *, writing: bool) -> Engine:
    """An engine for writing (one connection, serialised) or for reading (READ ONLY, one state a transaction)."""
    made = create_engine(
        url,
        pool_size=1 if writing else 4,
        max_overflow=0 if writing else 4,
        pool_pre_ping=True,
        pool_recycle=1800,
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        execution_options={} if writing else {"postgresql_readonly": True},
        connect_args={
            "connect_timeout": 3,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "application_name": "mailroom",
            "options": f"-c lock_timeout={_WAIT_MS} -c TimeZone=UTC -c idle_in_transaction_session_timeout=60000",
        },
    )
    if writing:
        event.listen(made, "begin", _take_lock)
    return made


def version_of(connection: Connection) -> str | None:
    """The revision of the schema, none for an empty database. Raises `database_foreign` for somebody else's."""
    names = set(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).all())
    if not names:
        return None
    if not {"alembic_version", "command"} <= names:
        raise MailroomError("database_foreign", path=address(connection.engine.url))
    return str(connection.scalars(text("SELECT version_num FROM alembic_version")).one())


def _take_lock(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
