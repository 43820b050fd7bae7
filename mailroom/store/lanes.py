"""Delivered pieces, for figures by lane."""

import json
from collections.abc import Iterator
from datetime import date, tzinfo

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from mailroom.domain.eta import Delivered, Trip
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.store.streams import streamed
from mailroom.store.tables import event, shipment, shipment_count

_ACCEPTED = (
    select(func.min(event.c.happened))
    .where(
        event.c.shipment_id == shipment.c.id,
        event.c.kind == EventKind.TRACKING.value,
        event.c.status == Status.ACCEPTED.value,
        event.c.withdrawn.is_(False),
    )
    .scalar_subquery()
)


def delivered(connection: Connection, zone: tzinfo, most: int, carrier: str = "") -> Iterator[Delivered]:
    """The newest delivered pieces, at most so many; of one carrier where one is given. `zone` is the office's."""
    query = (
        select(
            *(shipment.c.carrier, shipment.c.service, shipment.c.postal_code, shipment.c.country),
            *(shipment.c.status_at, shipment.c.recorded_at, shipment.c.fields, _ACCEPTED.label("accepted")),
        )
        .where(shipment.c.status == Status.DELIVERED.value, shipment.c.withdrawn.is_(False))
        .order_by(shipment.c.position.desc())
        .limit(most)
    )
    if carrier:
        query = query.where(shipment.c.carrier == carrier)
    with streamed(connection, query) as rows:
        for row in rows:
            if not row.status_at:
                continue
            fields = json.loads(row.fields)
            to = fields.get("recipient") or {}
            started = row.accepted or fields.get("mailed_on")
            started_on = date.fromisoformat(started[:10]) if started else row.recorded_at.astimezone(zone).date()
            code, country = row.postal_code or to.get("postal_code", ""), row.country or to.get("country", "")
            trip = Trip(row.carrier, row.service, code, country, started_on)
            yield Delivered(trip, date.fromisoformat(row.status_at[:10]))


def delivered_count(connection: Connection) -> int:
    """How many pieces were delivered: figures are as of this."""
    found = connection.scalar(
        select(func.sum(shipment_count.c.number)).where(shipment_count.c.status == Status.DELIVERED.value)
    )
    return int(found or 0)
