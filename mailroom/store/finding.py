"""Which shipments a filter means, newest first, at the cost of the page and not of the table.

The narrowest condition leads: kept numbers say how many shipments have a status and carrier, and a look at no
more than `PROBE` index entries how many have a department, a run or a day. A leading index has `position` last,
so each of its values gives its newest rows first; several values are merged. All other conditions are written
so that no index fits them, else SQLite (which has no statistics here) might lead with one of those.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.engine import Connection

from mailroom.domain.folding import fold, search_terms
from mailroom.domain.register import ShipmentFilter
from mailroom.store import search
from mailroom.store.tables import shipment, shipment_count

PROBE = 20_000  # index entries: fewer are sorted faster than a page is found otherwise
TEXT_PROBE = 3_000  # rows whose text is compared one by one rather than looked up in the index
COUNTED = 10_000  # rows counted at most for a filter that has no kept numbers

Pairs = dict[tuple[str, str], int]  # (status, carrier) -> how many
_PAIRS = select(shipment_count.c.status, shipment_count.c.carrier, shipment_count.c.number)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What leads: how many rows it has, and the conditions of its parts (each ordered by its index, or sorted)."""

    rows: int
    parts: tuple[tuple[ColumnElement[bool], ...], ...]
    name: str


def positions(connection: Connection, wanted: ShipmentFilter, limit: int, before: int | None) -> list[int]:
    """Positions of at most `limit` shipments below `before`, newest first."""
    query = _query(connection, wanted, limit, before, (shipment.c.position,))
    return [] if query is None else list(connection.scalars(query).all())


def counted(connection: Connection, wanted: ShipmentFilter) -> tuple[Pairs, bool]:
    """How many shipments by (status, carrier), and whether counting stopped at `COUNTED`."""
    if not (wanted.text.strip() or wanted.department_ids or wanted.run_id or _dated(wanted)):
        return _kept(connection, wanted), False
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
) -> Select[Any] | None:
    """The rows of a filter, newest first; none where nothing can be found."""
    dialect = connection.dialect.name
    terms = search_terms(wanted.text)
    if wanted.text.strip() and not terms:
        return None
    lead = _narrowest(connection, wanted)
    if lead is not None and lead.rows == 0:
        return None
    wide = lead is None or lead.rows > TEXT_PROBE
    if terms and wide and dialect == "sqlite":
        extra = tuple(fold(wanted.carriers[0]).split()) if len(wanted.carriers) == 1 else ()
        source, condition = search.indexed((*terms, *extra))
        query = select(*columns).select_from(source).where(condition, *search.holds(dialect, terms))
        query = query.where(*_residual(wanted, ""))
        row_id = source.left.c.rowid  # type: ignore[attr-defined]
        query = query if before is None else query.where(row_id < before)
        return query.order_by(row_id.desc()).limit(limit)
    holds = search.holds(dialect, terms)

    def newest(led: str, *conditions: ColumnElement[bool]) -> Select[Any]:
        query = select(*columns).where(*conditions, *holds, *_residual(wanted, led))
        query = query if before is None else query.where(shipment.c.position < before)
        return query.order_by(shipment.c.position.desc()).limit(limit)

    if lead is None:
        return newest("")
    if len(lead.parts) == 1:
        return newest(lead.name, *lead.parts[0])
    return _merged(lead, newest, columns, limit)


def _merged(
    lead: _Lead, newest: Callable[..., Select[Any]], columns: Sequence[ColumnElement[Any]], limit: int
) -> Select[Any]:
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


def _narrowest(connection: Connection, wanted: ShipmentFilter) -> _Lead | None:
    """The condition with the fewest rows; none where the newest rows of the table are as good a start."""
    leads = []
    if wanted.statuses or wanted.carriers:
        leads.append(_by_pairs(connection, wanted))
    if wanted.run_id:
        leads.append(_probed(connection, "run", (shipment.c.run_id == wanted.run_id,)))
    if wanted.department_ids:
        parts = tuple((shipment.c.department_id == one,) for one in dict.fromkeys(wanted.department_ids))
        each = [_probed(connection, "department", part) for part in parts]
        leads.append(_Lead(sum(one.rows for one in each), parts, "department"))
    if _dated(wanted):
        dated = _probed(connection, "date", _dates(wanted, shipment.c.recorded_at))
        if dated.rows <= PROBE or wanted.recorded_to is not None:
            leads.append(dated)  # a wide range up to now is found at once from the top
    return min(leads, key=lambda lead: lead.rows) if leads else None


def _by_pairs(connection: Connection, wanted: ShipmentFilter) -> _Lead:
    pairs = _kept(connection, wanted)
    rows = sum(pairs.values())
    if not wanted.statuses:
        carriers = sorted({carrier for _, carrier in pairs})
        return _Lead(rows, tuple((shipment.c.carrier == one,) for one in carriers), "pairs")
    parts = tuple((shipment.c.status == status, shipment.c.carrier == carrier) for status, carrier in sorted(pairs))
    return _Lead(rows, parts, "pairs")


def _kept(connection: Connection, wanted: ShipmentFilter) -> Pairs:
    statuses, carriers = {one.value for one in wanted.statuses}, set(wanted.carriers)
    return {
        (status, carrier): number
        for status, carrier, number in connection.execute(_PAIRS)
        if number and (not statuses or status in statuses) and (not carriers or carrier in carriers)
    }


def _probed(connection: Connection, name: str, part: tuple[ColumnElement[bool], ...]) -> _Lead:
    some = select(literal(1)).select_from(shipment).where(*part).limit(PROBE + 1).subquery()
    return _Lead(connection.scalar(select(func.count()).select_from(some)) or 0, (part,), name)


def _dated(wanted: ShipmentFilter) -> bool:
    return wanted.recorded_from is not None or wanted.recorded_to is not None


def _dates(wanted: ShipmentFilter, column: ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    conditions = []
    if wanted.recorded_from is not None:
        conditions.append(column >= wanted.recorded_from)
    if wanted.recorded_to is not None:
        conditions.append(column < wanted.recorded_to)
    return tuple(conditions)


def _residual(wanted: ShipmentFilter, led: str) -> list[ColumnElement[bool]]:
    """All conditions but the leading one, none of which an index answers."""

    def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(column, column, type_=column.type)

    conditions: list[ColumnElement[bool]] = [shipment.c.withdrawn.is_(False)]
    if led != "pairs" and wanted.statuses:
        conditions.append(plain(shipment.c.status).in_([one.value for one in wanted.statuses]))
    if led != "pairs" and wanted.carriers:
        conditions.append(plain(shipment.c.carrier).in_(wanted.carriers))
    if led != "department" and wanted.department_ids:
        conditions.append(plain(shipment.c.department_id).in_(wanted.department_ids))
    if led != "run" and wanted.run_id:
        conditions.append(plain(shipment.c.run_id) == wanted.run_id)
    if led != "date":
        conditions += _dates(wanted, plain(shipment.c.recorded_at))
    return conditions
