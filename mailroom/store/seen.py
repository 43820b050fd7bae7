"""Shipments and events as alert rules look at them: read in bulk, made into values only where a rule asks for more.

A hundred thousand shipments with half a million events are judged at once; making every one of them a whole value
would take most of the time, and the rules look at a few fields of nearly all of them.
"""

import functools
import itertools
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import ge, itemgetter
from typing import Any, cast

from sqlalchemy import Text, bindparam, select, type_coerce
from sqlalchemy.engine import Connection

from mailroom.domain.money import Money
from mailroom.domain.payloads import carrier_time_from, fields_from
from mailroom.domain.recognition import Destination
from mailroom.domain.shipment import PieceFields, PromiseBasis, Shipment
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent, moment_key
from mailroom.domain.times import CarrierTime
from mailroom.store import rows
from mailroom.store.tables import event, shipment

_STATUSES: dict[str, Status | None] = {"": None, **{one.value: one for one in Status}}


def _bare(table: Any, name: str) -> Any:  # noqa: ANN401
    """A moment as the driver gives it: SQLAlchemy would convert each one, most are never looked at."""
    return type_coerce(table.c[name], Text).label(name)


EVENTS = select(
    event.c.shipment_id,
    event.c.status,
    _bare(event, "sort_at"),
    event.c.place,
    event.c.text,
    event.c.happened,
    _bare(event, "recorded_at"),
    event.c.id,
    event.c.source,
    event.c.source_name,
    event.c.reason,
    event.c.ordinal,
).where(event.c.kind == EventKind.TRACKING.value, event.c.withdrawn.is_(False))
_OF, _STATUS, _SORT_AT, _PLACE = map(itemgetter, range(4))  # of a row, and of a SeenEvent
_UTC = "+00:00"
_WHOLE = select(event).where(event.c.shipment_id == bindparam("id"), event.c.ordinal == bindparam("ordinal"))

SHIPMENTS = select(
    shipment.c.id,
    shipment.c.position,
    shipment.c.status,
    shipment.c.carrier,
    shipment.c.service,
    shipment.c.tracking_number,
    shipment.c.postal_code,
    shipment.c.country,
    shipment.c.promised_on,
    _bare(shipment, "recorded_at"),
    shipment.c.department_id,
    shipment.c.withdrawn,
    shipment.c.fields,
    shipment.c.postage_mills,
    shipment.c.postage_currency,
    shipment.c.promise_basis,
)


def moment(value: str | datetime) -> datetime:
    """A moment as either driver gives it, aware UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value + _UTC)
    return value.astimezone(UTC)


@functools.lru_cache(maxsize=8192)
def _happened(text: str) -> CarrierTime:
    return carrier_time_from(text)


class SeenEvent(tuple[Any, ...]):
    """Stands in for a `TimelineEvent`: shipment, status, moment, place; the row of `EVENTS`; what read it.

    What is not at hand is read by that connection, which must be open while rules look at it. A tuple, since these are
    made by the hundred thousand: the driver's rows become events without a line of Python for each.
    """

    __slots__ = ()

    kind = EventKind.TRACKING
    status = property(_STATUS, doc="What it says of the shipment, if anything.")
    sort_at = property(_SORT_AT, doc="What it is sorted by, aware UTC.")
    place = property(_PLACE, doc="Where.")
    text = property(lambda self: self[4][4], doc="The carrier's words.")
    id = property(lambda self: self[4][7], doc="Its id.")
    source_name = property(lambda self: self[4][9], doc="The name of its source.")
    reason = property(lambda self: self[4][10], doc="The carrier's reason.")

    @property
    def happened(self) -> CarrierTime:
        """When, as the source gave it."""
        return _happened(self[4][5])

    @property
    def recorded_at(self) -> datetime:
        """When it was put on record, aware UTC."""
        return moment(self[4][6])

    @property
    def source(self) -> EventSource:
        """Whose word it is."""
        return EventSource(self[4][8])

    def __getattr__(self, name: str) -> object:
        found = self[5].execute(_WHOLE, {"id": self[0], "ordinal": self[4][11]}).one()
        return getattr(rows.timeline_event(found), name)


def seen_events(found: Sequence[tuple[Any, ...]], connection: Connection) -> dict[str, tuple[TimelineEvent, ...]]:
    """Events of rows of `EVENTS` by their shipment's id, the oldest first."""
    if not found:
        return {}
    statuses, moments = map(_STATUSES.__getitem__, map(_STATUS, found)), _moments(list(map(_SORT_AT, found)))
    parts = zip(map(_OF, found), statuses, moments, map(_PLACE, found), found, itertools.repeat(connection))
    made = map(SeenEvent, parts)
    events: dict[str, tuple[TimelineEvent, ...]] = {}
    for one, some in itertools.groupby(made, _OF):
        theirs: tuple[Any, ...] = tuple(some)
        if one in events:  # rows of others stood between
            theirs = (*events[one], *theirs)
        times = list(map(_SORT_AT, theirs))
        events[one] = tuple(sorted(theirs, key=moment_key)) if any(map(ge, times, times[1:])) else theirs
    return events


def _moments(given: Sequence[Any]) -> Iterable[datetime]:
    if isinstance(given[0], str):
        return map(datetime.fromisoformat, map(str.__add__, given, itertools.repeat(_UTC)))
    return map(moment, given)


class SeenShipment:
    """Stands in for a `Shipment`: the same names, read on demand. Names of department, run and meter are empty.

    What is not at hand is read by `connection`, which must be open while rules look at it.
    """

    __slots__ = ("_connection", "_fields", "_row", "_whole", "carrier", "id", "service", "status", "withdrawn")

    position = property(lambda self: self._row[1], doc="Its place in the record.")
    tracking_number = property(lambda self: self._row[5], doc="Its own number.")
    postal_code = property(lambda self: self._row[6], doc="As the label has it.")
    country = property(lambda self: self._row[7], doc="As the label has it.")
    department_id = property(lambda self: self._row[10] or "", doc="Empty for none.")

    def __init__(self, row: tuple[Any, ...], connection: Connection) -> None:
        self._row = row
        self._connection = connection
        self._fields: PieceFields | None = None
        self._whole: Shipment | None = None
        self.id: str = row[0]
        self.status = cast(Status, _STATUSES[row[2]])
        self.carrier: str = row[3]
        self.service: str = row[4]
        self.withdrawn = bool(row[11])

    @property
    def promised_on(self) -> date | None:
        """The promised day."""
        text = self._row[8]
        return date.fromisoformat(text) if text else None

    @property
    def promise_basis(self) -> PromiseBasis | None:
        """Who promised it."""
        text = self._row[15]
        return PromiseBasis(text) if text else None

    @property
    def recorded_at(self) -> datetime:
        """When it was put on record, aware UTC."""
        return moment(self._row[9])

    @property
    def final(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.status in FINAL

    @property
    def destination(self) -> Destination:
        """Where the label says it goes."""
        return Destination(self.postal_code, self.country)

    @property
    def postage(self) -> Money:
        """The sum of its lines."""
        return Money(self._row[13], self._row[14])

    @property
    def fields(self) -> PieceFields:
        """What was entered."""
        if self._fields is None:
            self._fields = fields_from(json.loads(self._row[12]), postage=self.postage)
        return self._fields

    def __getattr__(self, name: str) -> object:
        if self._whole is None:
            (found,) = rows.shipment_rows(self._connection, (self.position,))
            self._whole = found.shipment
        return getattr(self._whole, name)

    @property
    def value(self) -> Shipment:
        """This, as a rule takes it."""
        return self  # type: ignore[return-value]
