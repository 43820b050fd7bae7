"""What a carrier's interface says about a number: one of seven outcomes, the events it gave, and proof it offers."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime, Precision


class Outcome(StrEnum):
    """What came of asking a carrier about a number."""

    FOUND = "Found"
    NOT_YET_KNOWN = "NotYetKnown"  # a number of theirs without an event so far
    UNKNOWN_NUMBER = "UnknownNumber"
    NO_ACCESS = "NoAccess"  # lasting: the key may not see this number
    BAD_CREDENTIALS = "BadCredentials"
    RATE_LIMITED = "RateLimited"
    UNAVAILABLE = "Unavailable"  # no answer, or one that nobody can read


class ProofKind(StrEnum):
    """What a carrier gives as proof of a delivery."""

    SIGNATURE = "signature"
    PHOTO = "photo"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ProofFile:
    """Proof as bytes that came with an answer."""

    kind: ProofKind
    data: bytes


@dataclass(frozen=True, slots=True)
class ProofLink:
    """Proof that is fetched from an address of the carrier."""

    kind: ProofKind
    url: str


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """One event as the carrier gave it; `happened` is none where its time cannot be read."""

    happened: CarrierTime | None
    status: Status
    code: str = ""
    text: str = ""  # the carrier's words, without mark-up
    place: str = ""
    name_given: str = ""
    reason: str = ""
    gps: str = ""
    of_head: bool = False  # only the head of the answer says so: the event itself may follow


@dataclass(frozen=True, slots=True)
class TrackAnswer:
    """What one answer says about one number. `tracking_number` is empty where the answer names none."""

    outcome: Outcome
    tracking_number: str = ""
    status: Status = Status.UNKNOWN
    promised_on: str = ""  # ISO date, as the carrier gives it
    events: tuple[CarrierEvent, ...] = ()  # newest first
    signed_by: str = ""
    proofs: tuple[ProofFile | ProofLink, ...] = ()
    proof_on_request: bool = False  # there is a signature document to ask for
    others: int = 0  # further pieces that the carrier has under this number; the newest is taken
    words: str = ""  # what the carrier said instead of an answer
    reason: str = ""  # why nothing could be learnt: a code, see `mailroom.wording.tracking`
    retry_after: int | None = None  # seconds
    retry_at: datetime | None = None  # aware UTC


_MIDNIGHT = (0, 0, 0)


def placed(events: tuple[CarrierEvent, ...]) -> tuple[tuple[CarrierEvent, CarrierTime], ...]:
    """The events whose time can be read, each with the time that it is sorted by.

    Where only a day is known, the hour is not midnight: such an event follows the label made on the same day.
    """
    timed = [(one, one.happened) for one in events if one.happened is not None]
    found = []
    for event, happened in timed:
        if happened.precision is Precision.DAY and event.status is not Status.LABEL_CREATED:
            made = [
                time
                for other, time in timed
                if other.status is Status.LABEL_CREATED and time.local.date() == happened.local.date()
            ]
            if made:
                last = max(made, key=lambda time: time.local)
                happened = CarrierTime(last.local + timedelta(seconds=1), last.offset_minutes)
        found.append((event, happened))
    return tuple(found)


def in_order(events: tuple[CarrierEvent, ...]) -> tuple[CarrierEvent, ...]:
    """Events newest first by when they happened; of one moment in the order given, the newer first.

    One whose time cannot be read stays behind the event it was given behind.
    """
    keys = _keys(placed(events))
    keyed, key = [], (datetime.max.replace(tzinfo=UTC), True)
    for one in events:
        key = keys.get(id(one), key)
        keyed.append((key, one))
    return tuple(one for _key, one in sorted(keyed, key=lambda pair: pair[0], reverse=True))


def latest_status(events: tuple[CarrierEvent, ...]) -> Status:
    """The status of the latest event that says one; of two at one moment the first in the list, which is the newer.

    A bare day never wins over an hour of that day.
    """
    keys = _keys(placed(events))
    said = [one for one in events if one.status is not Status.UNKNOWN]
    timed = [one for one in said if id(one) in keys]
    if not timed:
        return next((one.status for one in said), Status.UNKNOWN)
    return max(timed, key=lambda one: keys[id(one)]).status  # the first of several alike


def _keys(timed: tuple[tuple[CarrierEvent, CarrierTime], ...]) -> dict[int, tuple[datetime, bool]]:
    """By event (its `id`) what orders it among the others: one total order, for sorting only.

    Two moments that are known are compared as such. For a time without a zone the offset of the event stands in that
    is nearest by the clock; where no event has one, all clocks are compared as they are. A bare day begins before
    every hour of its date, in whatever zone.
    """
    zoned = [time for _event, time in timed if time.utc is not None]
    offsets: dict[date, list[int]] = {}
    for _event, time in timed:
        if time.precision is not Precision.DAY:
            offsets.setdefault(time.local.date(), []).append(_offset(time, zoned))
    found: dict[int, tuple[datetime, bool]] = {}
    for event, time in timed:
        bare = time.precision is Precision.DAY
        offset = max(offsets.get(time.local.date(), []), default=None) if bare else _offset(time, zoned)
        if offset is None:
            offset = _offset(time, zoned)
        found[id(event)] = ((time.local - timedelta(minutes=offset)).replace(tzinfo=UTC), not bare)
    return found


def _offset(time: CarrierTime, zoned: list[CarrierTime]) -> int:
    """The offset of a time, in minutes; where it has none that of the nearest which has, by the clock."""
    if time.utc is not None and time.offset_minutes is not None:
        return time.offset_minutes
    nearest = min(zoned, key=lambda other: abs(other.local - time.local), default=None)
    return 0 if nearest is None or nearest.offset_minutes is None else nearest.offset_minutes


def false_midnight(time: CarrierTime) -> CarrierTime:
    """Midnight to the second without a zone is a day whose hour nobody gave."""
    if time.offset_minutes is None and (time.local.hour, time.local.minute, time.local.second) == _MIDNIGHT:
        return CarrierTime(time.local, None, Precision.DAY)
    return time
