"""Commands that add events to a shipment by hand or from a carrier's answer."""

from collections.abc import Mapping
from typing import Any

from mailroom.store.apply.timeline import append_events, sort_out_known
from mailroom.store.journal import Change


def add(change: Change) -> Mapping[str, Any]:
    """`events_added`: those that are not on record yet."""
    shipment_id = change.command.subject
    events = change.payload["events"]
    known = sort_out_known(change, [(shipment_id, one) for one in events])
    fresh = [one for one, again in zip(events, known, strict=True) if not again]
    append_events(change, {shipment_id: fresh})
    return {"added": len(fresh), "known": len(events) - len(fresh)}


def note(change: Change) -> Mapping[str, Any]:
    """`document_noted`: events on more shipments of a paper that was issued; a long paper tells them in turns."""
    events: dict[str, list[Mapping[str, Any]]] = {}
    for one in change.payload["events"]:
        events.setdefault(one["shipment_id"], []).append(one)
    append_events(change, events)
    return {}


APPLY = {"events_added": add, "document_noted": note}
