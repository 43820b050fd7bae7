"""Events whose status was not stated by their source, for deriving it again from their codes and words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store.streams import streamed
from mailroom.store.tables import command, event, shipment

Look = Connection  # a connection that reads, as callers hold it

_UNSTATED = ("", Status.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class Derivable:
    """A tracking event as far as deriving asks for it; `status` as it stands, empty for none.

    `command_position` leads to the carrier's answer that it was read from, see `answer_of`.
    """

    shipment_id: str
    ordinal: int
    carrier: str  # of the shipment
    source: str
    status: str
    code: str
    text: str
    happened: str
    place: str
    command_position: int


def answer_of(connection: Connection, position: int) -> Mapping[str, Any]:
    """What the command at a position of the log says of the answer it holds: interface, hash of the kept body and its
    HTTP status; empty where it holds none, or was erased."""
    payload = connection.scalar(select(command.c.payload).where(command.c.position == position))
    found: Mapping[str, Any] = (json.loads(payload).get("answer") if payload else None) or {}
    return found


def derivable(connection: Connection, version: str) -> Iterator[Derivable]:
    """Tracking events with a code or words whose status another version derived, or that have none, or that the
    carrier's own interface gave; a shipment's stand together."""
    query = (
        select(
            *(event.c.shipment_id, event.c.ordinal, shipment.c.carrier, event.c.source),
            *(event.c.status, event.c.code, event.c.text, event.c.happened, event.c.place),
            event.c.command_position,
        )
        .join(shipment, shipment.c.id == event.c.shipment_id)
        .where(
            event.c.kind == EventKind.TRACKING.value,
            event.c.withdrawn.is_(False),
            event.c.mapping != version,
            or_(event.c.code != "", event.c.text != ""),
            or_(
                event.c.mapping != "",
                event.c.status.in_(_UNSTATED),
                event.c.source == EventSource.CARRIER.value,
            ),
        )
        .order_by(event.c.shipment_id, event.c.ordinal)
    )
    with streamed(connection, query) as rows:
        for row in rows:
            values: tuple[Any, ...] = tuple(row)
            yield Derivable(*values)
