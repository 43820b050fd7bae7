"""What happened to a shipment: append-only events, each with where it came from."""

import itertools
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from mailroom.domain.status import ENDS_A_DAY, Status, rank
from mailroom.domain.times import CarrierTime, Precision


class EventKind(StrEnum):
    """What sort of thing happened; only `tracking` moves the status of a shipment."""

    RECORDED = "recorded"  # put on record at a desk
    REPEATED = "repeated"  # read again
    TRACKING = "tracking"  # a carrier's tracking scan, from any source
    CODES_ADDED = "codes_added"  # other codes of the same label
    EDITED = "edited"
    ATTACHED = "attached"
    NOTE = "note"
    DOCUMENT = "document"  # a paper was issued
    CLAIM = "claim"
    ALERT = "alert"  # a person did something about an alert
    TOLD = "told"  # who asked for the mailing was told how it went
    UNDONE = "undone"


class EventSource(StrEnum):
    """Whose word an event is. Papers treat only `carrier` as supplied by the carrier."""

    CARRIER = "carrier"  # fetched from its interface
    IMPORT = "import"  # a file
    NOTICE = "notice"  # a carrier's e-mail
    TYPED = "typed"
    MAILROOM = "mailroom"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event: `happened` as the source gave it, `recorded_at` aware UTC; `facts` fill the text of our own kinds."""

    id: str
    shipment_id: str
    kind: EventKind
    status: Status | None
    happened: CarrierTime
    sort_at: datetime  # aware UTC, for order only
    recorded_at: datetime
    recorded_by: str  # the operator's name
    source: EventSource
    source_name: str = ""  # whose words: `USPS`, a file's column, a page
    code: str = ""
    text: str = ""  # the carrier's words verbatim
    place: str = ""
    next_place: str = ""
    gps: str = ""
    name_given: str = ""  # the name that the carrier gives for who received it
    reason: str = ""  # of an exception
    desired_resolution: str = ""
    note: str = ""
    file_name: str = ""  # of an import
    file_row: int = 0
    promised_on: str = ""  # ISO date, when the event carries one
    mapping: str = ""  # version of the table that `status` was derived with; empty: the source states it
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before it is on record: typed by hand, or one row of a file."""

    happened: CarrierTime
    status: Status | None = None
    place: str = ""
    text: str = ""
    code: str = ""
    source_name: str = ""
    name_given: str = ""
    next_place: str = ""
    reason: str = ""
    note: str = ""
    gps: str = ""
    promised_on: str = ""
    mapping: str = ""  # version of the table that `status` was derived with


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without movement between two tracking events, or from the last one to now."""

    after: str  # id of the older event
    before: str  # id of the newer event; empty for "until now"
    length: timedelta


GAP_SHOWN = timedelta(days=1)  # a shorter silence is ordinary


def newest_first(events: tuple[TimelineEvent, ...]) -> tuple[TimelineEvent, ...]:
    """Events newest on top: by when they happened; of one moment by how far along, then by when they were recorded."""
    return tuple(sorted(events, key=moment_key, reverse=True))


def moment_key(event: TimelineEvent) -> tuple[datetime, int, datetime, str]:
    """What orders the events of a shipment, oldest first."""
    return event.sort_at, rank(event.status), event.recorded_at, event.id


def sort_moment(happened: CarrierTime, status: Status | None, office: tzinfo, now: datetime) -> datetime:
    """The UTC moment to sort an event by, never shown; `now` is aware UTC.

    Without a zone the office's stands in. A bare day sorts at its beginning; what ends a day (a delivery, an attempt)
    at its end, or now while that day lasts: the same day's departure of the van must not stand above it.
    """
    moment = happened.order_key(office)
    if happened.precision is not Precision.DAY or status not in ENDS_A_DAY:
        return moment
    last = datetime.combine(happened.local.date(), time(23, 59, 59), office).astimezone(now.tzinfo)
    return max(moment, min(last, now.replace(microsecond=0)))


def gaps(events: tuple[TimelineEvent, ...], now: datetime, *, finished: bool) -> tuple[Gap, ...]:
    """The silences over one day, oldest first; until `now` (aware UTC) only while the shipment is not finished."""
    moving = [one for one in reversed(newest_first(events)) if one.kind is EventKind.TRACKING]
    found = [
        Gap(older.id, newer.id, newer.sort_at - older.sort_at)
        for older, newer in itertools.pairwise(moving)
        if newer.sort_at - older.sort_at > GAP_SHOWN
    ]
    if moving and not finished and now - moving[-1].sort_at > GAP_SHOWN:
        found.append(Gap(moving[-1].id, "", now - moving[-1].sort_at))
    return tuple(found)
