"""Appending events to shipments, many at once, and the heads that follow from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.errors import MailroomError
from mailroom.store.apply import heads, rows
from mailroom.store.journal import Change
from mailroom.store.tables import event, shipment

Json = Mapping[str, Any]
Key = tuple[str, str, str, str, str, str, str]

_IN_CHUNKS = 500
_COUNTS = select(shipment.c.id, shipment.c.event_count).where(shipment.c.id.in_(bindparam("ids", expanding=True)))
_SAME = select(
    event.c.shipment_id,
    event.c.happened,
    event.c.status,
    event.c.code,
    event.c.text,
    event.c.place,
    event.c.source_name,
    event.c.mapping,
    event.c.source,
).where(
    event.c.shipment_id.in_(bindparam("ids", expanding=True)),
    event.c.kind == EventKind.TRACKING.value,
    event.c.withdrawn.is_(False),
)


def append_events(change: Change, events: Mapping[str, Sequence[Json]], *, import_id: str | None = None) -> None:
    """Append events to shipments by id and bring the heads up to date. Raises `shipment_unknown`."""
    ids = sorted(events)
    standing: dict[str, int] = {}
    for start in range(0, len(ids), _IN_CHUNKS):
        found = change.connection.execute(_COUNTS, {"ids": ids[start : start + _IN_CHUNKS]})
        standing.update((row.id, row.event_count) for row in found)
    for id_ in ids:
        if id_ not in standing:
            raise MailroomError("shipment_unknown", id=id_)
    rows.add_event_rows(
        change,
        [
            rows.event_row(change, value, id_, ordinal, import_id)
            for id_ in ids
            for ordinal, value in enumerate(events[id_], standing[id_] + 1)
        ],
    )
    heads.refresh(change, ids, {id_: len(events[id_]) for id_ in ids})


# As constants: an import asks a million times.
_CARRIER, _UNKNOWN = EventSource.CARRIER.value, Status.UNKNOWN.value


def stated(status: str, mapping: str, source: str = "") -> str:
    """The status as far as it tells two events apart: not where it was derived, a later table derives another one."""
    return "" if mapping or source == _CARRIER or status == _UNKNOWN else status


def sort_out_known(change: Change, events: Sequence[tuple[str, Json]]) -> list[bool]:
    """For each (shipment id, event): is a tracking event like it on record, or earlier in this sequence?"""
    ids = sorted({id_ for id_, _ in events})
    seen: set[Key] = set()
    for start in range(0, len(ids), _IN_CHUNKS):
        seen.update(
            (one[0], one[1], stated(one[2], one[7], one[8]), one[3], one[4], one[5], one[6])
            for one in change.connection.execute(_SAME, {"ids": ids[start : start + _IN_CHUNKS]})
        )
    known = []
    for id_, value in events:
        key = (
            id_,
            value["happened"],
            stated(value.get("status") or "", value.get("mapping") or "", value["source"]),
            *(value.get(name) or "" for name in ("code", "text", "place", "source_name")),
        )
        again = value["kind"] == EventKind.TRACKING.value and key in seen
        known.append(again)
        seen.add(key)
    return known
