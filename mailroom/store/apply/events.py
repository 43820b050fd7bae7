"""Commands that add events to a shipment by hand or from a carrier's answer."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, update

from mailroom.store.apply import heads
from mailroom.store.apply.timeline import append_events, sort_out_known
from mailroom.store.journal import Change
from mailroom.store.tables import event

_DERIVED = (
    update(event)
    .where(event.c.shipment_id == bindparam("of"), event.c.ordinal == bindparam("at"))
    .values(status=bindparam("status"), mapping=bindparam("mapping"))
)


def add(change: Change) -> Mapping[str, Any]:
    """`events_added` and `carrier_answered` (whose payload also names the body): those not on record yet.

    "replaced": ids of events that only the head of an earlier answer told; the event itself is among these.
    """
    shipment_id = change.command.subject
    if replaced := change.payload.get("replaced"):
        theirs = (event.c.shipment_id == shipment_id, event.c.id.in_(replaced))
        change.connection.execute(update(event).where(*theirs).values(withdrawn=True))
    events = change.payload["events"]
    known = sort_out_known(change, [(shipment_id, one) for one in events])
    fresh = [one for one, again in zip(events, known, strict=True) if not again]
    append_events(change, {shipment_id: fresh})
    return {"added": len(fresh), "known": len(events) - len(fresh)}


def note(change: Change) -> Mapping[str, Any]:
    """`document_noted`, `requester_told`: events on several shipments, of a paper or of a mail that told of them."""
    events: dict[str, list[Mapping[str, Any]]] = {}
    for one in change.payload["events"]:
        events.setdefault(one["shipment_id"], []).append(one)
    append_events(change, events)
    return {}


def derive(change: Change) -> Mapping[str, Any]:
    """`statuses_derived`: events get the status that a version of the code table derives; what a source says stays."""
    given = change.payload["events"]
    values = [
        {"of": one["shipment_id"], "at": one["ordinal"], "status": one["status"], "mapping": change.payload["mapping"]}
        for one in given
    ]
    if values:
        change.connection.execute(_DERIVED, values)
    heads.refresh(change, [one["shipment_id"] for one in given])
    return {"changed": len(values)}


def digest_sent(_change: Change) -> Mapping[str, Any]:
    """`digest_sent`: the command itself says when it was mailed, to whom, with how many alerts."""
    return {}


APPLY = {
    "events_added": add,
    "carrier_answered": add,
    "document_noted": note,
    "requester_told": note,
    "digest_sent": digest_sent,
    "statuses_derived": derive,
}
