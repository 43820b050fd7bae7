"""A shipment as it stood at earlier moments: by what was on record by then."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection

from mailroom.domain.shipment import PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.store import rows
from mailroom.store.apply.heads import LED_BY, NOTE, head_of
from mailroom.store.tables import event

Past = tuple[Shipment, tuple[TimelineEvent, ...]]  # its head, its tracking events oldest first


def heads_at(connection: Connection, shipment: Shipment, moments: Sequence[datetime]) -> Iterator[Past]:
    """The shipment at each of these moments (aware UTC, in order), with what a person entered as it is now.

    What was withdrawn since is left out: it was a mistake.
    """
    query = select(event).where(event.c.shipment_id == shipment.id, LED_BY).order_by(event.c.sort_at, event.c.ordinal)
    found = connection.execute(query).all()
    wanted = shipment.fields.promised_on.isoformat() if shipment.fields.promised_on else ""
    known = -1
    past: Past = (shipment, ())
    for moment in moments:
        there = [row for row in found if row.recorded_at <= moment]
        if len(there) != known:
            known = len(there)
            moves = [row for row in there if row.kind != NOTE]
            head = head_of(moves, wanted, [row for row in there if row.kind == NOTE])
            past = _with(shipment, head), tuple(map(rows.timeline_event, moves))
        yield past


def _with(shipment: Shipment, head: dict[str, str]) -> Shipment:
    basis = head["promise_basis"]
    return replace(
        shipment,
        status=Status(head["status"]),
        status_at=rows.time_or_none(head["status_at"]),
        promised_on=_day(head["promised_on"]),
        promise_basis=PromiseBasis(basis) if basis else None,
        revised_on=_day(head["revised_on"]),
        delay_reason=head["delay_reason"],
        last_event_text=head["last_event_text"],
        last_event_place=head["last_event_place"],
        last_event_at=rows.time_or_none(head["last_event_at"]),
        unsure=bool(head["status_doubt"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
