"""Many rows at once. An import has a million: what SQLAlchemy does to each value would cost the most."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection


class Among:
    """A query for the rows whose `column` is one of many texts, compiled once: an IN list is made anew every time."""

    def __init__(self, query: Select[*tuple[Any, ...]], column: ColumnElement[str]) -> None:
        listed = func.json_each(bindparam("texts", type_=Text)).table_valued("value")
        self._lite = query.where(column.in_(select(listed.c.value)))
        self._bare: tuple[str, list[Any], int] | None = None  # statement, its values, the place of the texts
        self._server = query.where(column == any_(bindparam("texts", type_=ARRAY(Text))))

    def rows(self, connection: Connection, texts: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
        """All rows of the answer."""
        if connection.dialect.name == "sqlite":
            return connection.execute(self._lite, {"texts": json.dumps(texts)}).all()
        return connection.execute(self._server, {"texts": list(texts)}).all()

    def bare(self, connection: Connection, texts: Sequence[str]) -> Sequence[tuple[Any, ...]]:
        """The same rows without names; on SQLite as the driver gives them, nothing of them converted."""
        if connection.dialect.name != "sqlite":
            return list(map(tuple, self.rows(connection, texts)))
        if self._bare is None:
            compiled = self._lite.compile(dialect=connection.dialect)
            names, values = compiled.positiontup or [], compiled.construct_params({"texts": ""})
            self._bare = (str(compiled), [values[name] for name in names], names.index("texts"))
        statement, values_given, place = self._bare
        given = [*values_given[:place], json.dumps(texts), *values_given[place + 1 :]]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(statement, given)
            found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        finally:
            cursor.close()
        return found


def insert_rows(
    connection: Connection,
    table: Table[Any],
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    same: Mapping[str, str | int],
) -> None:
    """Append rows of values in the order of `columns`; `same` are columns with one plain value in all of them.

    On SQLite they go to the driver as they are, so a moment is given as the text that its column keeps.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table.name, columns, tuple(same.items())), rows)
        return
    flags = {name: bool(value) for name, value in same.items() if isinstance(table.c[name].type, Boolean)}
    connection.execute(insert(table), [{**same, **flags, **dict(zip(columns, row, strict=True))} for row in rows])


def update_rows(
    connection: Connection,
    table: Table[Any],
    key: str,
    key_in: str,
    columns: tuple[str, ...],
    values: Sequence[Mapping[str, Any]],
) -> None:
    """Write `columns` of the rows whose `key` is what each of the values has as `key_in`; texts and integers only."""
    if connection.dialect.name == "sqlite":
        pick = itemgetter(*columns, key_in)
        connection.exec_driver_sql(_update(table.name, key, columns), [pick(one) for one in values])
        return
    statement = update(table).where(table.c[key] == bindparam("bound_key")).values({n: bindparam(n) for n in columns})
    connection.execute(statement, [{**one, "bound_key": one[key_in]} for one in values])


@lru_cache(maxsize=32)
def _update(table: str, key: str, columns: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{one} = ?' for one in columns)} WHERE {key} = ?"  # noqa: S608


@lru_cache(maxsize=32)
def _insert(table: str, columns: tuple[str, ...], same: tuple[tuple[str, str | int], ...]) -> str:
    names = ", ".join((*columns, *(name for name, _value in same)))
    marks = ["?"] * len(columns) + [str(value) if isinstance(value, int) else f"'{value}'" for _name, value in same]
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(marks)})"  # noqa: S608 - our own names and constants
