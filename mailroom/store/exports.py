"""Questions of an export: the tracking events of a page of shipments."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.engine import Connection

from mailroom.domain.timeline import EventKind, TimelineEvent
from mailroom.store import rows
from mailroom.store.tables import event

_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_TRACKING = (
    select(event)
    .where(event.c.shipment_id.in_(_IDS), event.c.kind == EventKind.TRACKING.value, event.c.withdrawn.is_(False))
    .order_by(event.c.shipment_id, event.c.sort_at, event.c.ordinal)
)


def tracking_events(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[TimelineEvent, ...]]:
    """The tracking events of each of these shipments, oldest first."""
    found: dict[str, list[TimelineEvent]] = {}
    for row in connection.execute(_TRACKING, {"ids": list(ids)}):
        found.setdefault(row.shipment_id, []).append(rows.timeline_event(row))
    return {id_: tuple(events) for id_, events in found.items()}
