"""Questions about shipments: lists, one of them whole, counts, today's readings, what can be undone."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select
from sqlalchemy.engine import Connection

from mailroom.domain.folding import fold_number
from mailroom.domain.register import (
    Counts,
    ReadingRow,
    ShipmentDetail,
    ShipmentFilter,
    ShipmentPage,
    ShipmentRow,
    Undoable,
)
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, newest_first
from mailroom.errors import MailroomError
from mailroom.store import finding, rows
from mailroom.store.bulk import Among
from mailroom.store.documents import documents_of
from mailroom.store.paper_tables import attachment
from mailroom.store.streams import streamed
from mailroom.store.tables import command, event, postage_line, reading, shipment, shipment_number, undo

UNDO_KINDS = ("piece_recorded", "events_added", "attachment_added", "shipment_edited", "postage_added")

_POSITION = select(shipment.c.position).where(shipment.c.id == bindparam("id"))
_EVENTS = select(event).where(event.c.shipment_id == bindparam("id"), event.c.withdrawn.is_(False))
_ATTACHMENTS = (
    select(attachment)
    .where(attachment.c.shipment_id == bindparam("id"), attachment.c.withdrawn.is_(False))
    .order_by(attachment.c.command_position, attachment.c.id)
)
_POSITIONS = Among(select(shipment.c.id, shipment.c.position), shipment.c.id)
_EVENTS_OF = Among(
    select(event).where(event.c.withdrawn.is_(False)).order_by(event.c.shipment_id, event.c.ordinal),
    event.c.shipment_id,
)
_LINES_OF = Among(select(postage_line).order_by(postage_line.c.ordinal), postage_line.c.shipment_id)
_ATTACHED_TO = Among(
    select(attachment)
    .where(attachment.c.withdrawn.is_(False))
    .order_by(attachment.c.command_position, attachment.c.id),
    attachment.c.shipment_id,
)
_OF_NUMBER = (
    select(shipment.c.id)
    .join(shipment_number, shipment_number.c.shipment_id == shipment.c.id)
    .where(
        shipment_number.c.normal.in_(bindparam("numbers", expanding=True)),
        shipment_number.c.withdrawn.is_(False),
        shipment.c.withdrawn.is_(False),
    )
    .group_by(shipment.c.id, shipment.c.position)
    .order_by(shipment.c.position.desc())
)


# The days as their events give them: what sorts first as text is the first one, but for a change of zone.
_BEGINNINGS = Among(
    select(
        event.c.shipment_id,
        func.min(case((event.c.status == Status.ACCEPTED.value, event.c.happened))),
        func.min(event.c.happened),
    )
    .where(event.c.kind == EventKind.TRACKING.value, event.c.withdrawn.is_(False))
    .group_by(event.c.shipment_id),
    event.c.shipment_id,
)


def find_shipments(connection: Connection, wanted: ShipmentFilter, limit: int, after: str = "") -> ShipmentPage:
    """At most `limit` shipments, newest recorded first, continued behind `after`; withdrawn ones are not among them."""
    positions = finding.positions(connection, wanted, limit + 1, int(after) if after else None)
    more = str(positions[limit - 1]) if len(positions) > limit > 0 else ""
    return ShipmentPage(_listed(connection, positions[:limit]), more)


def _listed(connection: Connection, positions: Sequence[int]) -> tuple[ShipmentRow, ...]:
    found = rows.shipment_rows(connection, positions)
    begun = {one[0]: one[1:] for one in _BEGINNINGS.rows(connection, sorted(row.shipment.id for row in found))}
    return tuple(_with_beginning(row, begun) for row in found)


def _with_beginning(row: ShipmentRow, begun: Mapping[str, Sequence[str | None]]) -> ShipmentRow:
    """The row with the days of its first events, local as the carrier gave them."""
    accepted, first = (date.fromisoformat(one[:10]) if one else None for one in begun.get(row.shipment.id, ("", "")))
    return row if first is None else dataclasses.replace(row, accepted_on=accepted, first_event_on=first)


def get_shipment(connection: Connection, id_: str) -> ShipmentDetail:
    """Everything about one shipment, a withdrawn one too. Raises `shipment_unknown`."""
    row = shipment_of(connection, id_)
    if row is None:
        raise MailroomError("shipment_unknown", id=id_)
    events = tuple(rows.timeline_event(one) for one in connection.execute(_EVENTS, {"id": id_}))
    numbers = [fold_number(one.number) for one in row.shipment.numbers]
    same = connection.scalars(_OF_NUMBER, {"numbers": numbers}).all() if numbers else ()
    return ShipmentDetail(
        row=row,
        events=newest_first(events),
        postage_lines=rows.postage_lines(connection, id_),
        attachments=tuple(rows.attachment_value(one) for one in connection.execute(_ATTACHMENTS, {"id": id_})),
        documents=documents_of(connection, id_),
        older_ids=tuple(one for one in same if one != id_),
    )


def contents_of(connection: Connection, ids: Sequence[str]) -> tuple[ShipmentDetail, ...]:
    """What papers print of many shipments, in the order of their ids: all of them but their papers and namesakes.

    Raises `shipment_unknown`.
    """
    positions = {row.id: row.position for row in _POSITIONS.rows(connection, ids)}
    for one in ids:
        if one not in positions:
            raise MailroomError("shipment_unknown", id=one)
    heads = {row.shipment.id: row for row in _listed(connection, sorted(positions.values()))}
    events, lines, attached = (
        _by_shipment(query.rows(connection, ids)) for query in (_EVENTS_OF, _LINES_OF, _ATTACHED_TO)
    )
    return tuple(
        ShipmentDetail(
            row=heads[one],
            events=newest_first(tuple(rows.timeline_event(row) for row in events.get(one, ()))),
            postage_lines=tuple(rows.postage_line_value(row) for row in lines.get(one, ())),
            attachments=tuple(rows.attachment_value(row) for row in attached.get(one, ())),
            documents=(),
        )
        for one in ids
    )


def _by_shipment(found: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    grouped: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in found:
        grouped.setdefault(row.shipment_id, []).append(row)
    return grouped


def shipment_of(connection: Connection, id_: str) -> ShipmentRow | None:
    """One shipment as lists show it, or none."""
    position = connection.scalar(_POSITION, {"id": id_})
    return None if position is None else _listed(connection, [position])[0]


def ids_of_number(connection: Connection, number: str) -> tuple[str, ...]:
    """The shipments that have a number in any role, newest first; compared without blanks, dashes and case."""
    normal = fold_number(number)
    return tuple(connection.scalars(_OF_NUMBER, {"numbers": [normal]})) if normal else ()


def counts(connection: Connection, wanted: ShipmentFilter) -> Counts:
    """How many shipments a list has, by status and by carrier; `capped` where counting stopped early."""
    pairs, capped = finding.counted(connection, wanted)
    by_status: dict[Status, int] = {}
    by_carrier: dict[str, int] = {}
    for (status, carrier), number in pairs.items():
        by_status[Status(status)] = by_status.get(Status(status), 0) + number
        by_carrier[carrier] = by_carrier.get(carrier, 0) + number
    return Counts(sum(pairs.values()), by_status, by_carrier, capped)


def recent_readings(connection: Connection, since: datetime, limit: int) -> tuple[ReadingRow, ...]:
    """What was read since a moment (aware UTC), one line a label, the last one taken in on top."""
    # `+ 0`: by the index of `read_at`, and not by walking the positions up to the first one that is late enough
    first = select(func.min(reading.c.command_position + 0)).where(reading.c.read_at >= since).scalar_subquery()
    query = (
        select(reading, command.c.id.label("command_id"), shipment.c.position)
        .join(command, command.c.position == reading.c.command_position)
        .outerjoin(shipment, shipment.c.id == reading.c.shipment_id)
        .where(
            reading.c.command_position >= first,
            reading.c.ordinal == 0,
            reading.c.read_at >= since,
            command.c.kind != "codes_added",
        )
        .order_by(reading.c.command_position.desc())
        .limit(limit)
    )
    found = connection.execute(query).all()
    at = {one.position for one in found if one.position is not None}
    shown = {row.shipment.id: row for row in rows.shipment_rows(connection, sorted(at))}
    return tuple(
        ReadingRow(
            command_id=one.command_id,
            read_at=one.read_at,
            outcome=one.outcome,
            raw=one.raw,
            reason_code=one.reason_code,
            reason_facts=rows.facts(one.reason_facts),
            row=shown.get(one.shipment_id) if one.shipment_id else None,
        )
        for one in found
    )


def undoable(connection: Connection, desk: str, limit: int = 20) -> tuple[Undoable, ...]:
    """What this desk did last and can take back, newest first."""
    query = (
        select(
            command.c.id, command.c.kind, command.c.made_at, command.c.result, shipment.c.id, shipment.c.tracking_number
        )
        .join(shipment, shipment.c.id == command.c.subject)
        .outerjoin(undo, undo.c.command_id == command.c.id)
        .where(
            command.c.desk == desk,
            command.c.kind.in_(UNDO_KINDS),
            undo.c.command_id.is_(None),
            shipment.c.withdrawn.is_(False),
        )
        .order_by(command.c.seq.desc())
    )
    found: list[Undoable] = []
    with streamed(connection, query, limit) as rows_of_log:
        for id_, kind, made_at, result, shipment_id, number in rows_of_log:
            if kind == "piece_recorded" and json.loads(result)["outcome"] != "recorded":
                continue
            found.append(Undoable(id_, kind, made_at, shipment_id, number))
            if len(found) == limit:
                break
    return tuple(found)


def changed_since(connection: Connection, mark: int | None) -> tuple[int, tuple[str, ...]]:
    """The mark of now, and the shipments that changed since an earlier mark, in any process; none for no mark."""
    now = connection.scalar(select(func.max(command.c.position))) or 0
    if mark is None or mark >= now:
        return now, ()
    changed = select(shipment.c.position, shipment.c.id).where(shipment.c.changed_position > mark)
    found = sorted(connection.execute(changed), reverse=True)  # here: the engine would rather scan all in this order
    return now, tuple(id_ for _, id_ in found)
