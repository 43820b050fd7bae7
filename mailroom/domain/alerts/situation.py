"""What a rule sees of a shipment, and what it may say."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from mailroom.domain.claim_clock import ShipmentClock
from mailroom.domain.countries import country_of
from mailroom.domain.regions import town_of
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent, moment_key


class Urgency(StrEnum):
    """How soon a person should look."""

    TODAY = "today"
    SOON = "soon"
    WATCH = "watch"


URGENCY_ORDER = {Urgency.TODAY: 0, Urgency.SOON: 1, Urgency.WATCH: 2}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Days after which rules speak; an office may set them per carrier and service."""

    not_accepted: int = 2
    no_movement_watch: int = 4
    no_movement_ask: int = 7
    no_movement_lost: int = 10
    out_for_delivery: int = 1
    held_at_post: int = 15  # days a post usually holds a piece before it goes back
    held_warning: int = 5
    attempted: int = 3
    customs: int = 5
    proof_kept: int = 120  # days a carrier keeps plain tracking; of each carrier see `domain/keeping.py`
    proof_warning: int = 90
    signature_kept: int = 730
    signature_warning: int = 700
    label_refund: int = 30
    label_refund_warning: int = 20
    imprint_refund: int = 60
    quick_minutes: int = 10
    loops: int = 2
    lane_troubles: int = 3


Value = TypeVar("Value")
_PLACE, _STATUS = attrgetter("place"), attrgetter("status")
AHEAD = timedelta(days=1)  # of now: an event may be dated so far, by the clocks of the world
_HOME = ("US", "PR", "GU", "VI", "AS", "MP")
_ABROAD_TOO = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}", re.ASCII)  # S10: mostly goes abroad or comes from there
_SAYS_NOTHING = frozenset({Status.UNKNOWN, None})
_NO_MOVE = _SAYS_NOTHING | {Status.OUT_FOR_DELIVERY}  # what takes a piece to no other place


class _Once(Generic[Value]):
    """A property that is kept once it was looked at; `functools.cached_property` takes a lock each time it is made."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    def __get__(self, seen: object, _owner: type | None = None) -> Value:
        found = self._make(seen)
        seen.__dict__[self._name] = found
        return found


@dataclass(frozen=True)
class Situation:
    """One shipment at a moment (aware UTC). `twins` are other open shipments with its number."""

    shipment: Shipment
    events: tuple[TimelineEvent, ...]
    now: datetime
    zone: tzinfo = UTC
    thresholds: Thresholds = field(default_factory=Thresholds)
    proof_saved: bool = False  # a proof of delivery or a signature image is on file here
    twins: tuple[str, ...] = ()
    told_since: "Callable[[date], bool]" = lambda _day: False  # does the carrier tell of most pieces, and did it since?
    read_here: "Callable[[str], bool]" = lambda _id: True  # was the shipment read at a desk, not taken from a file?
    lane_troubles: int = 0  # other shipments of the same carrier to the same place in trouble
    clock_for: "Callable[[Situation], ShipmentClock | None]" = lambda _seen: None  # asked at most once

    @_Once
    def claim_clock(self) -> ShipmentClock | None:
        """The clock of a claim; none for a piece that there is nothing to claim for."""
        return self.clock_for(self)

    @_Once
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.zone).date()

    @_Once
    def moves(self) -> tuple[TimelineEvent, ...]:
        """Tracking events, oldest first; without those that cannot have happened yet, such as a year typed wrong."""
        ahead = self.now + AHEAD
        found = [one for one in self.events if one.kind is EventKind.TRACKING and one.sort_at <= ahead]
        if all(older.sort_at < newer.sort_at for older, newer in itertools.pairwise(found)):
            return tuple(found)  # as they mostly come
        return tuple(sorted(found, key=moment_key))

    @property
    def last(self) -> TimelineEvent | None:
        """The newest tracking event."""
        return self.moves[-1] if self.moves else None

    @property
    def last_told(self) -> TimelineEvent | None:
        """The newest tracking event that says where the piece stands: some words of carriers say nothing of it."""
        return next((one for one in reversed(self.moves) if one.status not in _SAYS_NOTHING), None)

    @_Once
    def places(self) -> tuple[str, ...]:
        """Where each of the moves was."""
        return tuple(map(_PLACE, self.moves))

    @property
    def last_news(self) -> TimelineEvent | None:
        """The newest tracking event that is no mere repetition by a carrier's computer."""
        if not self.moves or self.moves[-1].place:
            return self.last
        return _last_news(self.moves)

    @_Once
    def silent_days(self) -> int:
        """Whole days since the newest tracking event that is no repetition; below 0 where there is none."""
        moves = self.moves
        if not moves:
            return -1
        last = moves[-1] if moves[-1].place else _last_news(moves)
        return max(0, (self.now - last.sort_at).days)

    def days_since(self, moment: datetime) -> int:
        """Whole days from a moment (aware UTC) to now."""
        return (self.now - moment).days

    @_Once
    def told(self) -> frozenset[Status | None]:
        """The statuses that its tracking events have; among them none."""
        return frozenset(map(_STATUS, self.moves))

    def first(self, *statuses: Status) -> TimelineEvent | None:
        """The oldest tracking event with one of these statuses."""
        if self.told.isdisjoint(statuses):  # of a piece under way as most rules find it
            return None
        return next((one for one in self.moves if one.status in statuses), None)

    def newest(self, *statuses: Status) -> TimelineEvent | None:
        """The newest tracking event with one of these statuses."""
        if self.told.isdisjoint(statuses):
            return None
        return next((one for one in reversed(self.moves) if one.status in statuses), None)

    def begun(self, *statuses: Status) -> TimelineEvent | None:
        """The event that began the present spell of these statuses; none where it never had one.

        A spell ends when the piece has moved on to another place. To be out for delivery, to be looked at where it is,
        or a word of the carrier without a status ends none.
        """
        found: TimelineEvent | None = None
        moved = False
        for one in reversed(self.moves) if not self.told.isdisjoint(statuses) else ():
            if one.status not in statuses:
                moved = moved or (found is not None and one.status not in _NO_MOVE)
                continue
            if found is not None and moved and not (one.place and town_of(one.place) == town_of(found.place)):
                break
            found, moved = one, False
        return found

    @_Once
    def at_home(self) -> bool:
        """Whether it goes from one place in the United States to another as far as is known: abroad, two letters behind
        a place may be a country, and five digits the code of another one's post."""
        country = self.shipment.destination.country or self.shipment.fields.recipient.country
        if country and country not in _HOME:
            return False
        if not country and _ABROAD_TOO.fullmatch(self.shipment.tracking_number):
            return False
        return Status.CUSTOMS not in self.told and not any(country_of(one) not in ("", *_HOME) for one in self.places)

    @property
    def shipped_day(self) -> date:
        """The day of mailing as entered, else the day it was put on record."""
        return self.shipment.fields.mailed_on or self.recorded_day

    @property
    def recorded_day(self) -> date:
        """The office's day on which it was put on record."""
        return self.shipment.recorded_at.astimezone(self.zone).date()


def _last_news(moves: tuple[TimelineEvent, ...]) -> TimelineEvent:
    """The newest event that has a place, or tells by status or words what none without a place told before; just the
    newest where no event has a place: such a source names none.
    """
    if not any(one.place for one in moves):
        return moves[-1]
    news, told = moves[0], set[tuple[Status | None, str]]()
    before: Status | None = None
    for one in moves:
        words, says = (one.status, one.text), one.status not in _SAYS_NOTHING
        if one.place or (says and one.status is not before) or words not in told:
            news = one
        if not one.place:
            told.add(words)
        before = one.status if says else before
    return news


def situations(
    *,
    now: datetime,
    zone: tzinfo,
    thresholds: Thresholds,
    told_since: Callable[[date], bool],
    read_here: Callable[[str], bool],
    clock_for: Callable[[Situation], ShipmentClock | None],
) -> Callable[..., Situation]:
    """A function (shipment, moves, and what else a field of `Situation` is to be) that makes situations.

    They have all of this in common. It takes a fraction of what the class does: a large office has a hundred thousand.
    """
    common = {"now": now, "zone": zone, "thresholds": thresholds, "told_since": told_since, "clock_for": clock_for}
    common |= {"today": now.astimezone(zone).date(), "read_here": read_here}
    ahead = now + AHEAD

    def make(shipment: Shipment, moves: tuple[TimelineEvent, ...], **more: object) -> Situation:
        if moves and moves[-1].sort_at > ahead:
            moves = tuple(one for one in moves if one.sort_at <= ahead)
        made = object.__new__(Situation)
        made.__dict__.update(common, shipment=shipment, events=moves, moves=moves, **more)
        return made

    return make


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: since when (aware UTC), until when something can be done, and the facts it rests on."""

    urgency: Urgency
    since: datetime
    due: date | None = None
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """A finding about a shipment, as it is raised."""

    kind: str
    shipment_id: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Example:
    """A situation that a rule must, or must not, speak about."""

    name: str
    situation: Situation
    finds: Urgency | None


@dataclass(frozen=True, slots=True)
class AlertRule:
    """A rule: its kind, what it says of a situation, and examples that run as tests.

    It has nothing to say, and need not be asked, of a shipment with a status that is not among `statuses`; where there
    is `told`, of one whose events told none of these; and where it is `clocked`, of one without the clock of a claim.
    """

    kind: str
    judge: Callable[[Situation], Finding | None]
    examples: tuple[Example, ...]
    statuses: frozenset[Status] = frozenset(Status)
    told: frozenset[Status] = frozenset()
    clocked: bool = False


def rules_for(
    rules: tuple[AlertRule, ...], status: Status, told: frozenset[Status | None], *, clocked: bool
) -> tuple[AlertRule, ...]:
    """Those that may say something of a shipment with this status whose events told these, with or without a clock."""
    return tuple(
        one
        for one in rules
        if status in one.statuses and (clocked or not one.clocked) and not (one.told and one.told.isdisjoint(told))
    )


class RuleBook:
    """Asks rules, and of each situation only those that may say something of it, which is settled once for its sort."""

    def __init__(self, rules: tuple[AlertRule, ...]) -> None:
        self._rules = rules
        self._asked: dict[tuple[Status, frozenset[Status | None], bool], tuple[AlertRule, ...]] = {}

    def judge(self, seen: Situation) -> tuple[Alert, ...]:
        """All alerts of one shipment; a withdrawn or cancelled one has none."""
        shipment = seen.shipment
        if shipment.withdrawn or shipment.status is Status.CANCELLED:
            return ()
        sort = shipment.status, seen.told, seen.claim_clock is not None
        rules = self._asked.get(sort)
        if rules is None:
            rules = self._asked[sort] = rules_for(self._rules, sort[0], sort[1], clocked=sort[2])
        found = []
        for rule in rules:
            one = rule.judge(seen)
            if one is not None:
                found.append(Alert(rule.kind, shipment.id, one))
        return tuple(found)


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first moment (aware UTC) of a day of the office."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def event_facts(event: TimelineEvent) -> tuple[tuple[str, str], ...]:
    """An event as evidence: when as the source gave it, where, its words, and whose they are."""
    facts = {
        "happened": str(event.happened),
        "place": event.place,
        "text": event.text or (event.status.value if event.status else ""),
        "source": event.source_name or event.source.value,
        "typed": "yes" if event.source is EventSource.TYPED else "",
    }
    return tuple((name, value) for name, value in facts.items() if value)
