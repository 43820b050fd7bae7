"""What a record of an older version needs besides its tables: heads that follow other rules by now."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection

from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store.apply import heads
from mailroom.store.bulk import update_rows
from mailroom.store.tables import event, shipment

_DOUBT = "mail0010"  # from here on e-mails yield to others, and a file's promise is told from the carrier's
_IN_CHUNKS = 500  # shipments

_TOUCHED = (
    select(event.c.shipment_id)
    .where(
        event.c.kind == EventKind.TRACKING.value,
        event.c.withdrawn.is_(False),
        or_(
            event.c.source == EventSource.NOTICE.value,
            and_(event.c.source != EventSource.CARRIER.value, event.c.promised_on != ""),
        ),
    )
    .distinct()
)


def mend(connection: Connection, before: str) -> None:
    """After all migrations: bring up to date what the revision `before` did not know; nothing for a new record."""
    if before and before < _DOUBT:
        ids = sorted(connection.scalars(_TOUCHED))
        for start in range(0, len(ids), _IN_CHUNKS):
            _mend_heads(connection, ids[start : start + _IN_CHUNKS])


def _mend_heads(connection: Connection, ids: Sequence[str]) -> None:
    """No command changed these: their `changed_position` stays, as in a record made again from its commands."""
    tracking, told = heads.events_of(connection, ids)
    moved: dict[tuple[str, str], int] = {}
    written = []
    for row in heads.STANDING.rows(connection, ids):
        user = heads.promised_by_user(row.fields)
        head = heads.head_of(tracking.get(row.id, ()), user, told.get(row.id, ()))
        written.append({**head, "of": row.id})
        if head["status"] != row.status and not row.withdrawn:
            moved[row.status, row.carrier] = moved.get((row.status, row.carrier), 0) - 1
            moved[head["status"], row.carrier] = moved.get((head["status"], row.carrier), 0) + 1
    update_rows(connection, shipment, "id", "of", heads.HEAD, written)
    heads.count(connection, moved)
