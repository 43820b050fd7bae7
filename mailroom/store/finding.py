"""Which shipments a filter means, newest first, at the cost of the page and not of the table.

One condition leads, by its index, and the others are compared row by row. Each leading index has `position` last,
so each of its values gives its newest rows first and stops at the page's end; several values are merged. The
conditions that do not lead are written so that no index fits them, else SQLite (which has no statistics here)
might lead with one of those. Which leads is decided in `leading.py`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.engine import Connection

from mailroom.domain.folding import search_terms
from mailroom.domain.register import ShipmentFilter
from mailroom.store import leading, search
from mailroom.store.leading import Lead, Pairs, Window
from mailroom.store.tables import shipment

COUNTED = 10_000  # rows counted at most for a filter that has no kept numbers

_Rows = Select[*tuple[Any, ...]]


def positions(connection: Connection, wanted: ShipmentFilter, limit: int, before: int | None) -> list[int]:
    """The positions of at most `limit` shipments below `before`, newest first."""
    query = _query(connection, wanted, limit, before, (shipment.c.position,))
    return [] if query is None else list(connection.scalars(query).all())


def counted(connection: Connection, wanted: ShipmentFilter) -> tuple[Pairs, bool]:
    """How many shipments by (status, carrier), and whether counting stopped at `COUNTED`."""
    dated = wanted.recorded_from is not None or wanted.recorded_to is not None
    if not (wanted.text.strip() or wanted.department_ids or wanted.run_id or dated):
        return leading.kept(connection, wanted), False
    query = _query(connection, wanted, COUNTED + 1, None, (shipment.c.status, shipment.c.carrier))
    if query is None:
        return {}, False
    some = query.subquery()
    grouped = select(some.c.status, some.c.carrier, func.count()).group_by(some.c.status, some.c.carrier)
    pairs = {(status, carrier): number for status, carrier, number in connection.execute(grouped)}
    return pairs, sum(pairs.values()) > COUNTED


def _query(
    connection: Connection,
    wanted: ShipmentFilter,
    limit: int,
    before: int | None,
    columns: Sequence[ColumnElement[Any]],
) -> _Rows | None:
    dialect = connection.dialect.name
    terms = search_terms(wanted.text)
    if wanted.text.strip() and not terms:
        return None
    window = leading.window(connection, wanted)
    if window is None:
        return None
    lead = leading.choose(connection, wanted, terms, window, limit)
    if lead is not None and lead.rows == 0:
        return None
    if lead is not None and lead.name == "text":
        return _by_text(dialect, wanted, terms, window.cut(before), columns).limit(limit)
    holds = search.holds(dialect, terms)

    def newest(led: str, *conditions: ColumnElement[bool]) -> _Rows:
        query = select(*columns).where(*conditions, *holds, *_residual(wanted, led))
        return (
            query.where(*window.cut(before).on(shipment.c.position)).order_by(shipment.c.position.desc()).limit(limit)
        )

    if lead is None:
        return newest("")
    if len(lead.parts) == 1:
        return newest(lead.name, *lead.parts[0])
    return _merged(lead, newest, columns, limit)


def _by_text(
    dialect: str, wanted: ShipmentFilter, terms: tuple[str, ...], window: Window, columns: Sequence[ColumnElement[Any]]
) -> _Rows:
    index, condition = search.indexed(terms, wanted.carriers)
    row_id = index.c.rowid
    query = select(*columns).select_from(index.join(shipment, shipment.c.position == row_id))
    query = query.where(condition, *search.holds(dialect, terms), *_residual(wanted, ""))
    return query.where(*window.on(row_id)).order_by(row_id.desc())


def _merged(lead: Lead, newest: Callable[..., _Rows], columns: Sequence[ColumnElement[Any]], limit: int) -> _Rows:
    parts = []
    for part in lead.parts:
        query = newest(lead.name, *part)
        if shipment.c.position not in tuple(columns):
            query = query.add_columns(shipment.c.position)
        parts.append(select(query.subquery()))
    merged = union_all(*parts).subquery()
    return (
        select(*(merged.c[column.key] for column in columns if column.key))
        .order_by(merged.c.position.desc())
        .limit(limit)
    )


def _residual(wanted: ShipmentFilter, led: str) -> list[ColumnElement[bool]]:
    """All conditions but the leading one, none of which an index answers."""

    def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(column, column, type_=column.type)

    conditions: list[ColumnElement[bool]] = [shipment.c.withdrawn.is_(False)]
    if led != "status" and wanted.statuses:
        conditions.append(plain(shipment.c.status).in_([one.value for one in wanted.statuses]))
    if led != "carrier" and wanted.carriers:
        conditions.append(plain(shipment.c.carrier).in_(wanted.carriers))
    if led != "department" and wanted.department_ids:
        conditions.append(plain(shipment.c.department_id).in_(wanted.department_ids))
    if led != "run" and wanted.run_id:
        conditions.append(plain(shipment.c.run_id) == wanted.run_id)
    if wanted.recorded_from is not None:
        conditions.append(plain(shipment.c.recorded_at) >= wanted.recorded_from)
    if wanted.recorded_to is not None:
        conditions.append(plain(shipment.c.recorded_at) < wanted.recorded_to)
    return conditions
