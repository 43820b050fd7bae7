"""Delivered pieces, for figures by lane."""

import json
from collections.abc import Iterator
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.engine import Connection

from mailroom.domain.eta import Delivered, Trip
from mailroom.domain.shipment import SAME_PIECE_DAYS
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store.streams import streamed
from mailroom.store.tables import event, shipment, shipment_count

_MOVED = tuple(
    one.value
    for one in Status
    if one not in (Status.LABEL_CREATED, Status.DELIVERED, Status.RETURNED, Status.LOST, Status.CANCELLED)
)


def _told(what: ColumnElement[str], *statuses: str) -> ScalarSelect[str]:
    """Something of the events of a shipment with these statuses; the date of a carrier's e-mail is none of its own."""
    return (
        select(what)
        .where(
            event.c.shipment_id == shipment.c.id,
            event.c.kind == EventKind.TRACKING.value,
            event.c.source != EventSource.NOTICE.value,
            event.c.status.in_(statuses),
            event.c.withdrawn.is_(False),
        )
        .scalar_subquery()
    )


# The earliest movement; the last character says whether an acceptance is among them.
_ANY_ACCEPTED = func.max(case((event.c.status == Status.ACCEPTED.value, "1"), else_="0"))
_STARTED = _told(func.min(event.c.happened).concat(_ANY_ACCEPTED), "", *_MOVED)
_ARRIVED = _told(func.max(event.c.happened), Status.DELIVERED.value)


def delivered(connection: Connection, zone: tzinfo, home: str, most: int, carrier: str = "") -> Iterator[Delivered]:
    """The newest delivered pieces, at most so many; of one carrier where one is given. None that only an e-mail says.

    `zone` is the office's, `home` its country: that of every destination without one.
    """
    query = (
        select(
            *(shipment.c.carrier, shipment.c.service, shipment.c.postal_code, shipment.c.country),
            *(shipment.c.recorded_at, shipment.c.fields, _STARTED.label("started"), _ARRIVED.label("arrived")),
        )
        .where(shipment.c.status == Status.DELIVERED.value, shipment.c.withdrawn.is_(False))
        .order_by(shipment.c.position.desc())
        .limit(most)
    )
    if carrier:
        query = query.where(shipment.c.carrier == carrier)
    with streamed(connection, query) as rows:
        for row in rows:
            if not row.arrived:
                continue
            fields = json.loads(row.fields)
            to = fields.get("recipient") or {}
            started_on = _mailed(row.started or "", fields, row.recorded_at.astimezone(zone).date())
            code, country = row.postal_code or to.get("postal_code", ""), row.country or to.get("country", "")
            trip = Trip(row.carrier, row.service, code, country or home, started_on)
            yield Delivered(trip, date.fromisoformat(row.arrived[:10]))


def _mailed(told: str, fields: dict[str, Any], recorded: date) -> date:
    """The day of mailing, as `claim_rules.mailing_day` finds it among whole values."""
    moved = date.fromisoformat(told[:10]) if told else None
    typed = date.fromisoformat(fields["mailed_on"]) if fields.get("mailed_on") else None
    if moved is None or (typed is not None and (typed - moved).days > SAME_PIECE_DAYS):
        return typed or recorded
    if typed is not None:
        return min(moved, typed)
    return moved if told.endswith("1") else min(moved, recorded)


def delivered_count(connection: Connection) -> int:
    """How many pieces were delivered: figures are as of this."""
    found = connection.scalar(
        select(func.sum(shipment_count.c.number)).where(shipment_count.c.status == Status.DELIVERED.value)
    )
    return int(found or 0)
