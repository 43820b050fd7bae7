"""Rows of tables as values of the domain."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.engine import Connection

from mailroom.domain import payloads
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import LineKind, PostageLine, PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import CarrierTime
from mailroom.store import search
from mailroom.store.office_tables import account, meter, run
from mailroom.store.tables import postage_line, shipment

_department, _account = account.alias("department"), account.alias("billed")
_NAMES = (
    _department.c.name.label("department"),
    _account.c.name.label("account"),
    run.c.name.label("run"),
    meter.c.name.label("meter"),
)
_HEADS = (
    select(shipment, *_NAMES)
    .outerjoin(_department, _department.c.id == shipment.c.department_id)
    .outerjoin(_account, _account.c.id == shipment.c.account_id)
    .outerjoin(run, run.c.id == shipment.c.run_id)
    .outerjoin(meter, meter.c.id == shipment.c.meter_id)
)

_MOST_MADE = 2_000  # shipments that are kept as they were made
_made: dict[int, tuple[tuple[Any, ...], ShipmentRow]] = {}  # by position, whatever the record: all of a row is compared


def shipment_rows(connection: Connection, positions: Sequence[int]) -> tuple[ShipmentRow, ...]:
    """The shipments at these positions, in this order.

    A statement of its own, always the same: compiling its columns anew for every kind of filter takes longer.
    """
    if not positions:
        return ()
    query = _HEADS.where(search.at_positions(connection.dialect.name, positions))
    found = {row.position: _value(row) for row in connection.execute(query)}
    return tuple(found[position] for position in positions if position in found)


def _value(row: Row[*tuple[Any, ...]]) -> ShipmentRow:
    """The row as a value; as long as nothing in it changed, the one that was made of it before.

    Lists show the same shipments again with every key that is typed, and making one takes longer than comparing it.
    """
    read = tuple(row)
    before = _made.get(row.position)
    if before is not None and before[0] == read:
        return before[1]
    made = shipment_row(row)
    if len(_made) >= _MOST_MADE:
        _made.clear()
    _made[row.position] = (read, made)
    return made


def shipment_row(row: Row[*tuple[Any, ...]]) -> ShipmentRow:
    """A row of `shipment` with its names as a value."""
    names = {name: getattr(row, name) or "" for name in ("department", "account", "run", "meter")}
    postage = Money(row.postage_mills, row.postage_currency)
    value = Shipment(
        id=row.id,
        version=row.version,
        carrier=row.carrier,
        tracking_number=row.tracking_number,
        check=Check(row.check_result),
        service=row.service,
        service_code=row.service_code,
        status=Status(row.status),
        status_at=time_or_none(row.status_at),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        recorded_by_id=row.recorded_by_id,
        desk=row.desk,
        destination=Destination(row.postal_code, row.country),
        fields=payloads.fields_from(json.loads(row.fields), postage=postage, **names),
        postage=postage,
        numbers=tuple(payloads.number_from(one) for one in json.loads(row.numbers)),
        promised_on=_day(row.promised_on),
        promise_basis=PromiseBasis(row.promise_basis) if row.promise_basis else None,
        revised_on=_day(row.revised_on),
        delay_reason=row.delay_reason,
        last_event_text=row.last_event_text,
        last_event_place=row.last_event_place,
        last_event_at=time_or_none(row.last_event_at),
        number_reused=row.number_reused,
        withdrawn=row.withdrawn,
        unsure=bool(row.status_doubt),
    )
    return ShipmentRow(value, names["department"], names["run"], names["meter"], row.department_id or "")


def timeline_event(row: Row[*tuple[Any, ...]]) -> TimelineEvent:
    """A row of `event` as a value."""
    return TimelineEvent(
        id=row.id,
        shipment_id=row.shipment_id,
        kind=EventKind(row.kind),
        status=Status(row.status) if row.status else None,
        happened=payloads.carrier_time_from(row.happened),
        sort_at=row.sort_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        source=EventSource(row.source),
        source_name=row.source_name,
        code=row.code,
        text=row.text,
        place=row.place,
        next_place=row.next_place,
        gps=row.gps,
        name_given=row.name_given,
        reason=row.reason,
        desired_resolution=row.desired_resolution,
        mapping=row.mapping,
        note=row.note,
        file_name=row.file_name,
        file_row=row.file_row,
        promised_on=row.promised_on,
        facts=facts(row.facts),
    )


def attachment_value(row: Row[*tuple[Any, ...]]) -> Attachment:
    """A row of `attachment` as a value."""
    return Attachment(
        id=row.id,
        shipment_id=row.shipment_id,
        sha256=row.sha256,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        pages=row.pages,
        role=AttachmentRole(row.role),
        caption=row.caption,
        source_name=row.source_name,
        taken_at=row.taken_at,
        added_at=row.added_at,
        added_by=row.added_by,
    )


def postage_lines(connection: Connection, shipment_id: str) -> tuple[PostageLine, ...]:
    """The lines of money of a shipment, in the order they came."""
    query = select(postage_line).where(postage_line.c.shipment_id == shipment_id).order_by(postage_line.c.ordinal)
    return tuple(postage_line_value(row) for row in connection.execute(query))


def postage_line_value(row: Row[*tuple[Any, ...]]) -> PostageLine:
    """A row of `postage_line` as a value."""
    return PostageLine(
        id=row.id,
        kind=LineKind(row.kind),
        money=Money(row.mills, row.currency),
        recorded_at=row.recorded_at,
        meter_id=row.meter_id or "",
        account_id=row.account_id or "",
        indicium=row.indicium,
        note=row.note,
    )


def facts(text: str) -> tuple[tuple[str, str], ...]:
    """Facts from their JSON column, in the order of their names."""
    if text == "{}":
        return ()
    found: Mapping[str, Any] = json.loads(text)
    return tuple(sorted((name, str(value)) for name, value in found.items()))


@lru_cache(maxsize=4096)  # lists show the same times again and again, each twice
def time_or_none(text: str) -> CarrierTime | None:
    """A carrier's time from its column; none for empty."""
    return payloads.carrier_time_from(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
