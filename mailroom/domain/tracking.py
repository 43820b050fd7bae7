"""What a carrier's interface says about a number: one of seven outcomes, the events it gave, and proof it offers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    times = {id(event): time for event, time in placed(events)}
    zoned = all(time.utc is not None for time in times.values())
    keyed, key = [], datetime.max.replace(tzinfo=UTC)
    for one in events:
        if time := times.get(id(one)):
            key = (time.utc if zoned else None) or time.local.replace(tzinfo=UTC)
        keyed.append((key, one))
    return tuple(one for _key, one in sorted(keyed, key=lambda pair: pair[0], reverse=True))


def latest_status(events: tuple[CarrierEvent, ...]) -> Status:
    """The status of the latest event that says one; of two at one moment the first in the list, which is the newer.

    Where a zone is missing, local times are compared; a bare day never wins over an hour of that day.
    """
    said = [(event, time) for event, time in placed(events) if event.status is not Status.UNKNOWN]
    if not said:
        return next((one.status for one in events if one.status is not Status.UNKNOWN), Status.UNKNOWN)
    zoned = all(time.offset_minutes is not None for _event, time in said)
    best, best_time = said[0]
    for event, time in said[1:]:
        later = (
            (time.utc or time.local) > (best_time.utc or best_time.local)
            if zoned and _both(time, best_time)
            else (time.local > best_time.local)
        )
        if later:
            best, best_time = event, time
    return best.status


def _both(first: CarrierTime, second: CarrierTime) -> bool:
    return first.utc is not None and second.utc is not None


def false_midnight(time: CarrierTime) -> CarrierTime:
    """Midnight to the second without a zone is a day whose hour nobody gave."""
    if time.offset_minutes is None and (time.local.hour, time.local.minute, time.local.second) == _MIDNIGHT:
        return CarrierTime(time.local, None, Precision.DAY)
    return time
