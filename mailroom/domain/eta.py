"""When a piece should arrive, by the office's own delivered pieces: the middle day, and the days that 8 of 10 took.

Nothing is assumed about carriers: days are counted from hand-over to delivery, in calendar days, for pieces of the same
carrier, service, destination and weekday; where those are under ten, for the next wider group.
"""

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from mailroom.domain.promises import Standard

LEAST = 10  # pieces: below that nothing is said
EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9  # of the pieces of a group
LONGEST = 120  # days: what took longer was lost and found, or never read at the door


class Group(StrEnum):
    """Which pieces an estimate rests on, from narrow to wide."""

    LANE_WEEKDAY = "lane_weekday"
    LANE = "lane"
    SERVICE_WEEKDAY = "service_weekday"
    SERVICE = "service"
    CARRIER = "carrier"


@dataclass(frozen=True, slots=True)
class Trip:
    """A piece as far as an estimate asks for it; `started_on` is the day of mailing, as claims have it.

    A destination without a country is at home: `country` is the office's own then.
    """

    carrier: str
    service: str
    postal_code: str
    country: str
    started_on: date

    @property
    def region(self) -> str:
        """Where to: country and the first three characters of the postal code."""
        return f"{self.country} {self.postal_code[:3]}".strip()


@dataclass(frozen=True, slots=True)
class Delivered:
    """A trip that ended on a day."""

    trip: Trip
    delivered_on: date

    @property
    def days(self) -> int:
        """Calendar days from start to delivery."""
        return (self.delivered_on - self.trip.started_on).days


@dataclass(frozen=True, slots=True)
class Estimate:
    """The expected day, the interval of 8 pieces in 10, and what it rests on."""

    expected_on: date
    earliest_on: date
    latest_on: date
    pieces: int
    group: Group
    taken_on: date | None = None  # of a piece that the carrier does not have yet: the day that all is counted from


@dataclass(frozen=True, slots=True)
class Overdue:
    """Hardly any piece of a group took as long as this one has already: so many did, of so many."""

    longer: int
    pieces: int
    group: Group


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The carrier does not have the piece, and by its day of mailing it should be there: nothing can be expected."""


Outlook = Estimate | Overdue | NotTaken


@dataclass(frozen=True, slots=True)
class ByRule:
    """The days of a carrier's published standard, and whether the carrier itself promised one."""

    standard: Standard
    promised: bool


@dataclass(frozen=True, slots=True)
class LaneFigure:
    """One lane: carrier, service and region, its delivered pieces, and their days."""

    carrier: str
    service: str
    region: str
    pieces: int
    middle: int
    late: int  # nine in ten were there by then


@dataclass(frozen=True, slots=True)
class BackTest:
    """How the estimates would have done, each made on its piece's first day from what was known then."""

    tried: int
    too_few: int
    covered: float  # share of deliveries inside the interval
    error: float  # mean of the days between expected and true day, without sign


_BY_WEEKDAY = frozenset({Group.LANE_WEEKDAY, Group.SERVICE_WEEKDAY})  # the same pieces, and more, follow
Key = tuple[Group, str, str, str, int]


@dataclass(slots=True)
class History:
    """Days that delivered pieces took, by group."""

    _days: dict[Key, list[int]] = field(default_factory=dict)

    def add(self, one: Delivered) -> None:
        """Take a delivered piece in; one that took no or endless time is left out."""
        if not 0 <= one.days <= LONGEST:
            return
        for key in _keys(one.trip):
            insort(self._days.setdefault(key, []), one.days)

    def estimate(self, trip: Trip, today: date) -> Estimate | None:
        """When this piece, not there until `today`, should arrive; none where fewer than ten pieces say so."""
        found = self.outlook(trip, today)
        return found if isinstance(found, Estimate) else None

    def outlook(self, trip: Trip, today: date) -> Estimate | Overdue | None:
        """As `estimate`, or how many took as long as this piece has; none where there are too few of any.

        A wider group says nothing of a piece that is later than all of its own lane.
        """
        gone = max(0, (today - trip.started_on).days)
        few: Overdue | None = None
        for key in _keys(trip):
            days = self._days.get(key, [])
            rest = days[bisect_left(days, gone) :]  # those that had not arrived after so many days either
            if len(rest) >= LEAST:
                expected, early, late = (
                    trip.started_on + timedelta(days=quantile(rest, share)) for share in (MIDDLE, EARLY, LATE)
                )
                return Estimate(expected, early, late, len(rest), key[0])
            if len(days) >= LEAST and key[0] not in _BY_WEEKDAY:
                few = few or Overdue(len(rest), len(days), key[0])
                if not rest:
                    break
        return few

    def figures(self) -> tuple[LaneFigure, ...]:
        """Every lane with enough pieces, by carrier, service and region."""
        found = [
            LaneFigure(key[1], key[2], key[3], len(days), quantile(days, MIDDLE), quantile(days, LATE))
            for key, days in self._days.items()
            if key[0] is Group.LANE and len(days) >= LEAST
        ]
        return tuple(sorted(found, key=lambda one: (one.carrier, one.service, one.region)))


def quantile(days: Sequence[int], share: float) -> int:
    """The smallest of the sorted `days` that at least this share of them does not exceed."""
    return days[max(0, math.ceil(share * len(days)) - 1)]


def back_test(pieces: Iterable[Delivered]) -> BackTest:
    """Estimate every piece on its first day from those delivered before it, and compare."""
    told = [one for one in pieces if 0 <= one.days <= LONGEST]
    waiting = iter(sorted(told, key=lambda one: one.delivered_on))
    following = next(waiting, None)
    history = History()
    tried = too_few = inside = 0
    error = 0
    for one in sorted(told, key=lambda one: one.trip.started_on):
        while following is not None and following.delivered_on < one.trip.started_on:
            history.add(following)
            following = next(waiting, None)
        found = history.estimate(one.trip, one.trip.started_on)
        if found is None:
            too_few += 1
            continue
        tried += 1
        inside += found.earliest_on <= one.delivered_on <= found.latest_on
        error += abs((one.delivered_on - found.expected_on).days)
    return BackTest(tried, too_few, inside / tried if tried else 0.0, error / tried if tried else 0.0)


def _keys(trip: Trip) -> Iterator[Key]:
    carrier, service, region, weekday = trip.carrier, trip.service, trip.region, trip.started_on.weekday()
    if region and service:
        yield Group.LANE_WEEKDAY, carrier, service, region, weekday
        yield Group.LANE, carrier, service, region, -1
    if service:
        yield Group.SERVICE_WEEKDAY, carrier, service, "", weekday
        yield Group.SERVICE, carrier, service, "", -1
    yield Group.CARRIER, carrier, "", "", -1
