"""Pieces whose requesters are to be told, and who was told already."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.store.office_tables import office_setting
from mailroom.store.tables import command, event, shipment

SETTING = "requester_notices"
SUBJECT = "requesters"  # of the commands that say who was told
DIGEST = "digest"  # of those that say that it was mailed
_MOST = 2_000  # pieces in one look


def stored_settings(connection: Connection) -> Mapping[str, Any]:
    """The office's choice as it is on record; empty before anybody chose."""
    value = connection.scalar(select(office_setting.c.value).where(office_setting.c.key == SETTING))
    return json.loads(value) if value else {}


def waiting(connection: Connection, statuses: Sequence[Status], since: str) -> Iterator[str]:
    """Ids of pieces with a requester's address whose status is one of these since a day (ISO), not told of it yet."""
    told = (
        select(event.c.ordinal)
        .where(
            event.c.shipment_id == shipment.c.id,
            event.c.kind == EventKind.TOLD.value,
            event.c.withdrawn.is_(False),
            event.c.code == shipment.c.status,
        )
        .exists()
    )
    query = (
        select(shipment.c.id)
        .where(
            shipment.c.status.in_([one.value for one in statuses]),
            shipment.c.withdrawn.is_(False),
            shipment.c.status_at >= since,
            shipment.c.fields.contains('"requester_email":"', autoescape=True),
            ~told,
        )
        .order_by(shipment.c.position)
        .limit(_MOST)
    )
    yield from connection.scalars(query).all()


def told_since(connection: Connection, moment: datetime) -> frozenset[str]:
    """The addresses that were told something since a moment (aware UTC)."""
    found = connection.scalars(
        select(command.c.payload).where(
            command.c.subject == SUBJECT, command.c.made_at >= moment, command.c.payload.is_not(None)
        )
    )
    told = (json.loads(one) for one in found if one)
    return frozenset(one["to"] for one in told if one["how"] != "refused")


def digest_sent_at(connection: Connection, until: datetime) -> datetime | None:
    """When a digest was last mailed, up to a moment (aware UTC); none for never."""
    query = select(func.max(command.c.made_at)).where(command.c.subject == DIGEST, command.c.made_at <= until)
    return connection.scalar(query)
