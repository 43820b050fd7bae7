"""The whole record again from its commands: what shows that nothing stands in it that no command put there."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import Select, Table, Text, select
from sqlalchemy.engine import Connection

from mailroom.domain.command import canonical_json
from mailroom.domain.register import Fault
from mailroom.errors import MailroomError
from mailroom.store.audit import stored_command
from mailroom.store.columns import metadata
from mailroom.store.database import Store
from mailroom.store.journal import append
from mailroom.store.streams import streamed
from mailroom.store.tables import command as log

_AT_ONCE = 500  # commands in one transaction


def replay(source: Connection, target: Store) -> int:
    """Accept all commands of one record into an empty other one, in the order they came; how many there were.

    Raises `payload_erased` where one cannot be applied any more.
    """
    done = 0
    with streamed(source, select(log).order_by(log.c.position), _AT_ONCE) as rows:
        for some in rows.partitions():
            with target.write() as connection:
                for row in some:
                    if row.payload is None or row.salt is None:
                        raise MailroomError("payload_erased", id=row.id)
                    command = stored_command(row)
                    append(connection, command, canonical_json(command.payload), row.salt)
            done += len(some)
    return done


def differences(first: Connection, second: Connection) -> Iterator[Fault]:
    """Rows that two records do not have alike, table by table; the first one of each table is named.

    Tables that no command fills (when carriers are asked next) are left aside.
    """
    for table in metadata.sorted_tables:
        if table.info.get("aside"):
            continue  # a timetable, no record
        with streamed(first, _in_order(first, table)) as rows, streamed(second, _in_order(second, table)) as others:
            unlike = (one or other for one, other in zip_longest(rows, others) if one != other)
            row = next(unlike, None)
            if row is not None:
                key = "/".join(str(value) for value in row[: len(table.primary_key)])
                yield Fault("row_differs", (("table", table.name), ("key", key)))


def _in_order(connection: Connection, table: Table[Any]) -> Select[*tuple[Any, ...]]:
    """All rows, the key's columns first, in an order that both engines have."""
    keys = list(table.primary_key.columns)
    rest = [one for one in table.columns if one not in set(keys)]
    c_order = connection.dialect.name != "sqlite"
    return select(*keys, *rest).order_by(
        *(one.collate("C") if c_order and isinstance(one.type, Text) else one for one in keys)
    )
