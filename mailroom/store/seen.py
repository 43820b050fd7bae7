"""Shipments and events as alert rules look at them: read in bulk, made into values only where a rule asks for more.

A hundred thousand shipments with half a million events are judged at once; making every one of them a whole value
would take most of the time, and the rules look at a few fields of nearly all of them.
"""

import functools
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Row, Text, bindparam, select, type_coerce
from sqlalchemy.engine import Connection

from mailroom.domain.payloads import carrier_time_from
from mailroom.domain.recognition import Destination
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import FINAL, Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
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
    shipment.c.status_at,
    shipment.c.withdrawn,
    shipment.c.version,
    shipment.c.check_result,
    shipment.c.numbers,
    shipment.c.service_code,
    shipment.c.recorded_by,
    shipment.c.recorded_by_id,
    shipment.c.desk,
    shipment.c.fields,
    shipment.c.postage_mills,
    shipment.c.postage_currency,
    shipment.c.promise_basis,
    shipment.c.revised_on,
    shipment.c.delay_reason,
    shipment.c.last_event_text,
    shipment.c.last_event_place,
    shipment.c.last_event_at,
    shipment.c.number_reused,
)


def moment(value: str | datetime) -> datetime:
    """A moment as either driver gives it, aware UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value + "+00:00")
    return value.astimezone(UTC)


@functools.lru_cache(maxsize=8192)
def _happened(text: str) -> CarrierTime:
    return carrier_time_from(text)


class SeenEvent:
    """Stands in for a `TimelineEvent`: the same names. What is not at hand is read by `connection`, which must be open
    while rules look at it."""

    __slots__ = ("_connection", "_row", "_whole", "place", "sort_at", "status")

    kind = EventKind.TRACKING

    def __init__(self, row: Row[*tuple[Any, ...]], connection: Connection) -> None:
        self._row = row
        self._connection = connection
        self._whole: TimelineEvent | None = None
        self.status = _STATUSES[row[1]]
        self.sort_at = moment(row[2])
        self.place: str = row[3]

    @property
    def text(self) -> str:
        """The carrier's words."""
        return cast(str, self._row[4])

    @property
    def happened(self) -> CarrierTime:
        """When, as the source gave it."""
        return _happened(self._row[5])

    @property
    def recorded_at(self) -> datetime:
        """When it was put on record, aware UTC."""
        return moment(self._row[6])

    @property
    def id(self) -> str:
        """Its id."""
        return cast(str, self._row[7])

    @property
    def source(self) -> EventSource:
        """Whose word it is."""
        return EventSource(self._row[8])

    @property
    def source_name(self) -> str:
        """The name of that source."""
        return cast(str, self._row[9])

    @property
    def reason(self) -> str:
        """The carrier's reason."""
        return cast(str, self._row[10])

    def __getattr__(self, name: str) -> object:
        if self._whole is None:
            wanted = {"id": self._row[0], "ordinal": self._row[11]}
            self._whole = rows.timeline_event(self._connection.execute(_WHOLE, wanted).one())
        return getattr(self._whole, name)


class SeenShipment:
    """Stands in for a `Shipment`: the same names, read on demand. Names of department, run and meter are empty."""

    __slots__ = (
        "_row",
        "_whole",
        "carrier",
        "country",
        "department_id",
        "id",
        "position",
        "postal_code",
        "service",
        "status",
        "tracking_number",
        "withdrawn",
    )

    def __init__(self, row: Row[*tuple[Any, ...]]) -> None:
        self._row = row
        self._whole: Shipment | None = None
        self.id: str = row[0]
        self.position: int = row[1]
        self.status = Status(row[2])
        self.carrier: str = row[3]
        self.service: str = row[4]
        self.tracking_number: str = row[5]
        self.postal_code: str = row[6]
        self.country: str = row[7]
        self.department_id: str = row[10] or ""
        self.withdrawn: bool = row[12]

    @property
    def promised_on(self) -> date | None:
        """The promised day."""
        text = self._row[8]
        return date.fromisoformat(text) if text else None

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

    def __getattr__(self, name: str) -> object:
        if self._whole is None:
            names = {"department": "", "account": "", "run": "", "meter": ""}
            values = {**self._row._mapping, "recorded_at": self.recorded_at, **names}
            self._whole = rows.shipment_row(cast("Row[*tuple[Any, ...]]", _Named(values))).shipment
        return getattr(self._whole, name)

    @property
    def value(self) -> Shipment:
        """This, as a rule takes it."""
        return cast(Shipment, self)


class _Named:
    """Values by attribute, as a row gives them."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> object:
        return self._values[name]
