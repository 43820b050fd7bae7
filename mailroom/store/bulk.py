"""Many rows into one table at once. An import has a million: what SQLAlchemy does to each value would cost the most."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.engine import Connection


def insert_rows(
    connection: Connection, table: Table[Any], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Append rows of values in the order of `columns`.

    On SQLite they go to the driver as they are, so a moment is given as the text that its column keeps.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_statement(table.name, columns), list(rows))
    else:
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


@lru_cache(maxsize=32)
def _statement(table: str, columns: tuple[str, ...]) -> str:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
