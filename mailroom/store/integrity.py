"""Is the record whole? The engine's own checks, the chain, heads and counts against their rows, files by hash."""

from collections.abc import Generator, Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from mailroom.domain.register import Fault
from mailroom.domain.status import Status
from mailroom.errors import MailroomError
from mailroom.store import audit, search
from mailroom.store.apply.heads import HEAD, LED_BY, NOTE, head_of, promised_by_user
from mailroom.store.database import Store
from mailroom.store.paper_tables import attachment, document
from mailroom.store.streams import streamed
from mailroom.store.tables import event, postage_line, shipment, shipment_count
from mailroom.store.trouble import code_of

_Row = Row[*tuple[Any, ...]]
_NAMED = 20  # faults named of one sort; a broken table need not fill the screen


def check(store: Store) -> tuple[Fault, ...]:
    """Everything that can be checked without another copy. No fault means that all of it holds.

    Raises `database_damaged` where the file is too broken to be read.
    """
    faults: list[Fault] = []
    with store.read() as connection:
        faults += _engine_faults(connection, store.address)
        faults += audit.verify_chain(connection)
        faults += _some(_head_faults(connection))
        faults += _some(_postage_faults(connection))
        faults += _some(_count_faults(connection))
        faults += _some(_blob_faults(connection, store))
    if store.engine_name == "sqlite":
        with store.write() as connection:  # FTS5's own check is written as an insert; it changes nothing
            if not search.agrees(connection):
                faults.append(Fault("search_differs"))
    return tuple(faults)


def _some(faults: Generator[Fault]) -> list[Fault]:
    found = list(islice(faults, _NAMED))
    faults.close()  # and with it the answer that it was reading
    return found


def _engine_faults(connection: Connection, address: str) -> list[Fault]:
    if connection.dialect.name != "sqlite":
        return []  # PostgreSQL checks its pages' checksums as they are read, and its keys as they are written
    try:
        said = connection.scalars(text("PRAGMA integrity_check(20)")).all()
        broken = connection.execute(text("PRAGMA foreign_key_check")).fetchmany(_NAMED)
    except DBAPIError as error:
        raise MailroomError(code_of(error) or "database_damaged", path=address) from error
    faults = [Fault("database_page_bad", (("said", str(one)),)) for one in said if one != "ok"]
    return faults + [Fault("row_orphaned", (("table", str(row[0])), ("parent", str(row[2])))) for row in broken]


def _head_faults(connection: Connection) -> Generator[Fault]:
    """Heads against the tracking events that they follow from, both read in the order of ids."""
    heads = select(shipment.c.id, shipment.c.fields, *(shipment.c[name] for name in HEAD)).order_by(
        _by_bytes(connection, shipment.c.id)
    )
    events = (
        select(event)
        .where(LED_BY)
        .order_by(_by_bytes(connection, event.c.shipment_id), event.c.sort_at, event.c.ordinal)
    )
    with streamed(connection, heads) as rows, streamed(connection, events) as tracking:
        yield from _heads_against(rows, groupby(tracking, key=lambda row: row.shipment_id))


def _heads_against(rows: Iterable[_Row], tracking: Iterator[tuple[str, Iterable[_Row]]]) -> Iterator[Fault]:
    at_hand: tuple[str, list[_Row]] | None = None
    for row in rows:
        while at_hand is None or at_hand[0] < row.id:
            found = next(tracking, None)
            if found is None:
                at_hand = ("\U0010ffff", [])
                break
            at_hand = (found[0], list(found[1]))
        events = at_hand[1] if at_hand[0] == row.id else []
        told = [one for one in events if one.kind == NOTE]
        moving = [one for one in events if one.kind != NOTE] if told else events
        head = head_of(moving, promised_by_user(row.fields), told)
        if any(getattr(row, name) != head[name] for name in HEAD):
            yield Fault("head_differs", (("id", row.id),))


def _by_bytes(connection: Connection, column: ColumnElement[str]) -> ColumnElement[str]:
    """The order in which Python compares text; a server may have another one."""
    return column if connection.dialect.name == "sqlite" else column.collate("C")


def _postage_faults(connection: Connection) -> Generator[Fault]:
    paid = (
        select(postage_line.c.shipment_id, func.sum(postage_line.c.mills).label("mills"))
        .group_by(postage_line.c.shipment_id)
        .subquery()
    )
    wrong = (
        select(shipment.c.id)
        .outerjoin(paid, paid.c.shipment_id == shipment.c.id)
        .where(shipment.c.postage_mills != func.coalesce(paid.c.mills, 0))
        .order_by(shipment.c.position)
    )
    for id_ in connection.scalars(wrong.limit(_NAMED)):
        yield Fault("postage_differs", (("id", id_),))


def _count_faults(connection: Connection) -> Generator[Fault]:
    counted = select(shipment.c.status, shipment.c.carrier, func.count()).where(shipment.c.withdrawn.is_(False))
    real = {(row[0], row[1]): row[2] for row in connection.execute(counted.group_by("status", "carrier"))}
    kept = {(row[0], row[1]): row[2] for row in connection.execute(select(shipment_count)) if row[2]}
    for status, carrier in sorted(real.keys() | kept.keys()):
        if real.get((status, carrier), 0) != kept.get((status, carrier), 0):
            yield Fault("count_differs", (("status", Status(status).value), ("carrier", carrier)))


def _blob_faults(connection: Connection, store: Store) -> Generator[Fault]:
    named = {
        *connection.scalars(select(attachment.c.sha256).where(attachment.c.erased.is_(False))).all(),
        *connection.scalars(select(document.c.sha256)).all(),
    }
    for sha256 in sorted(named):
        if not store.blobs.has(sha256):
            yield Fault("file_gone", (("sha256", sha256),))
        elif not store.blobs.holds(sha256):
            yield Fault("file_changed", (("sha256", sha256),))
