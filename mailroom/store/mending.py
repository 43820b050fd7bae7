"""What a record of an older version needs besides its tables: heads that follow other rules by now."""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource
from mailroom.store.apply import heads
from mailroom.store.bulk import update_rows
from mailroom.store.tables import event, shipment

# From here on e-mails yield to others, a file's promise is told from the carrier's, and a bare day follows the label.
_DOUBT = "mail0010"
_IN_CHUNKS = 500  # shipments

_LABEL = Status.LABEL_CREATED.value
_TRACKING = select(event.c.shipment_id).where(event.c.kind == EventKind.TRACKING.value, event.c.withdrawn.is_(False))
_TOLD_BY_OTHERS = _TRACKING.where(
    or_(
        event.c.source == EventSource.NOTICE.value,
        and_(event.c.source != EventSource.CARRIER.value, event.c.promised_on != ""),
    )
)
_ON_THE_DAY_OF_THE_LABEL = _TRACKING.join(shipment, shipment.c.id == event.c.shipment_id).where(
    shipment.c.status == _LABEL,
    event.c.happened == func.substr(shipment.c.status_at, 1, 10),
    event.c.status.not_in(("", Status.UNKNOWN.value, _LABEL)),
)


def mend(connection: Connection, before: str) -> None:
    """After all migrations: bring up to date what the revision `before` did not know; nothing for a new record."""
    if before and before < _DOUBT:
        touched = (_TOLD_BY_OTHERS, _ON_THE_DAY_OF_THE_LABEL)
        ids = sorted({id_ for query in touched for id_ in connection.scalars(query.distinct())})
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
