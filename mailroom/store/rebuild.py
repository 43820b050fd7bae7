"""The whole record again from its commands: what shows that nothing stands in it that no command put there."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.engine import Connection

from mailroom.domain.command import canonical_json
from mailroom.domain.register import Fault
from mailroom.errors import MailroomError
from mailroom.store.audit import stored_command
from mailroom.store.columns import metadata
from mailroom.store.database import Store
from mailroom.store.journal import append
from mailroom.store.tables import command as log

_AT_ONCE = 500  # commands in one transaction


def replay(source: Connection, target: Store) -> int:
    """Accept all commands of one record into an empty other one, in the order they came; how many there were.

    Raises `payload_erased` where one cannot be applied any more.
    """
    done = 0
    rows = source.execute(select(log).order_by(log.c.position), execution_options={"yield_per": _AT_ONCE})
    for some in rows.partitions(_AT_ONCE):
        with target.write() as connection:
            for row in some:
                if row.payload is None or row.salt is None:
                    raise MailroomError("payload_erased", id=row.id)
                command = stored_command(row)
                append(connection, command, canonical_json(command.payload), row.salt)
        done += len(some)
    return done


def differences(first: Connection, second: Connection) -> Iterator[Fault]:
    """Rows that two records do not have alike, table by table; the first one of each table is named."""
    for table in metadata.sorted_tables:
        for one, other in _pairs(first, second, table):
            if one != other:
                shown = one if one is not None else other
                key = "/".join(str(value) for value in tuple(shown or ())[: len(table.primary_key)])
                yield Fault("row_differs", (("table", table.name), ("key", key)))
                break


def _pairs(first: Connection, second: Connection, table: Table[Any]) -> Iterator[tuple[Any, Any]]:
    order = [*table.primary_key.columns]
    query = select(*order, *(one for one in table.columns if one not in set(order))).order_by(*order)
    rows, others = (iter(one.execute(query, execution_options={"yield_per": _AT_ONCE})) for one in (first, second))
    while True:
        one: Row[*tuple[Any, ...]] | None = next(rows, None)
        other: Row[*tuple[Any, ...]] | None = next(others, None)
        if one is None and other is None:
            return
        yield (None if one is None else tuple(one)), (None if other is None else tuple(other))
