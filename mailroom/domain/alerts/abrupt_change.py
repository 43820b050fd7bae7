"""Two events that cannot both be true of one piece."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from mailroom.domain.alerts.examples import happened, local, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.folding import fold
from mailroom.domain.regions import Region, least_distance, region_of
from mailroom.domain.status import Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.times import Precision

_FASTEST = 800.0  # kilometres an hour: an aeroplane
_HANDLING = timedelta(minutes=30)  # on and off it
_NO_TIME = timedelta(0)
_NEAR = 60.0  # kilometres: places of neighbouring states may be next to each other
_CLOCKS = timedelta(hours=7)  # that the clocks of two states can be apart, summer time included


def judge(seen: Situation) -> Finding | None:
    """Delivered minutes after acceptance, or two places farther apart than an aeroplane could have brought it.

    Bare days are left aside. Where a source names no zone, the clocks of the two states decide, to the piece's favour.
    """
    found = _delivered_at_once(seen) if Status.DELIVERED in seen.told else None
    if found is not None:
        return found
    moves, places = seen.moves, seen.places
    needs = list(map(_needed, places, places[1:]))
    if None in needs:  # neighbours among those that name a state
        moves = tuple(one for one in moves if region_of(one.place) is not None)
        places = tuple(one.place for one in moves)
        needs = list(map(_needed, places, places[1:]))
    for older, newer, needed in zip(moves, moves[1:], needs, strict=False):
        if not needed or newer.sort_at - older.sort_at >= needed + _CLOCKS:
            continue  # as nearly always: the events need no closer look
        if not (_exact(older) and _exact(newer)):
            continue
        if max(map(abs, _apart(older, newer))) < needed and seen.at_home:
            facts = (("other_place", older.place), *event_facts(newer))
            return Finding(Urgency.SOON, newer.sort_at, None, facts)
    return None


@lru_cache(maxsize=8192)
def _needed(older: str, newer: str) -> timedelta | None:
    """How long it takes at least from one place to another: no time where their states are near each other, none where
    not both name one.
    """
    here, there = region_of(older), region_of(newer)
    if here is None or there is None:
        return None
    distance = least_distance(here, there)
    return _HANDLING + timedelta(hours=distance / _FASTEST) if distance >= _NEAR else _NO_TIME


_DELIVERED = Status.DELIVERED


def _delivered_at_once(seen: Situation) -> Finding | None:
    """A delivery within a few minutes of the acceptance."""
    delivered = seen.first(_DELIVERED)
    accepted = seen.first(Status.ACCEPTED) if delivered is not None else None
    quick = timedelta(minutes=seen.thresholds.quick_minutes)
    if accepted is None or delivered is None or abs(delivered.sort_at - accepted.sort_at) > quick + _CLOCKS:
        return None
    if not (_exact(accepted) and _exact(delivered)):
        return None
    unknown = region_of(accepted.place) is None or region_of(delivered.place) is None
    if (accepted.happened.utc is None or delivered.happened.utc is None) and unknown:
        if accepted.place and delivered.place and fold(accepted.place) != fold(delivered.place):
            return None  # two places whose clocks nobody knows
        least = most = delivered.happened.local - accepted.happened.local
    else:
        least, most = _apart(accepted, delivered)
    if least < timedelta(0) or most > quick:
        return None
    minutes = str(int(most.total_seconds() // 60))
    return Finding(Urgency.TODAY, delivered.sort_at, None, (("minutes", minutes), *event_facts(delivered)))


def _exact(event: TimelineEvent) -> bool:
    return event.happened.precision is not Precision.DAY


def _apart(older: TimelineEvent, newer: TimelineEvent) -> tuple[timedelta, timedelta]:
    """The least and the most time that can lie between two events."""
    here, there = region_of(older.place), region_of(newer.place)
    if here is not None and here is there and older.happened.offset_minutes == newer.happened.offset_minutes:
        exact = newer.happened.local - older.happened.local  # on one clock
        return exact, exact
    (first, last), (next_first, next_last) = _moments(older, here), _moments(newer, there)
    return next_first - last, next_last - first


def _moments(event: TimelineEvent, region: Region | None) -> tuple[datetime, datetime]:
    """The earliest and the latest UTC moment that an event can mean."""
    happened = event.happened
    if happened.utc is not None or region is None:
        moment = happened.utc or event.sort_at
        return moment, moment
    local = happened.local.replace(tzinfo=UTC)
    summer = timedelta(hours=0 if region.keeps_standard_time else 1)
    latest = local - timedelta(hours=region.least_hours)
    return local - timedelta(hours=region.most_hours) - summer, latest


RULE = AlertRule(
    "abrupt_change",
    judge,
    (
        Example(
            "delivered four minutes after acceptance",
            piece(happened(2, Status.ACCEPTED, "DAYTON, OH"), happened(1.997, Status.DELIVERED, "RENO, NV")),
            Urgency.TODAY,
        ),
        Example(
            "delivered four minutes after acceptance, in the same town",
            piece(happened(2, Status.ACCEPTED, "DAYTON, OH"), happened(1.997, Status.DELIVERED, "DAYTON, OH 45402")),
            Urgency.TODAY,
        ),
        Example(
            "delivered four minutes after acceptance, no zone given",
            piece(local(2, Status.ACCEPTED, "DAYTON, OH"), local(1.997, Status.DELIVERED, "DAYTON, OH 45402")),
            Urgency.TODAY,
        ),
        Example(
            "two states in a quarter of an hour",
            piece(happened(2, Status.IN_TRANSIT, "DAYTON, OH"), happened(1.99, Status.IN_TRANSIT, "RENO, NV")),
            Urgency.SOON,
        ),
        Example(
            "from coast to coast in an hour and a half",
            piece(
                happened(2, Status.IN_TRANSIT, "NEW YORK, NY 10001"),
                happened(1.9375, Status.IN_TRANSIT, "LOS ANGELES, CA 90001"),
            ),
            Urgency.SOON,
        ),
        Example(
            "the same, with an event without a place between them",
            piece(
                happened(2, Status.IN_TRANSIT, "NEW YORK, NY 10001"),
                happened(1.96, Status.IN_TRANSIT, "", "In Transit"),
                happened(1.93, Status.IN_TRANSIT, "LOS ANGELES, CA"),
            ),
            Urgency.SOON,
        ),
        Example(
            "from coast to coast in a day, with an event without a place between them",
            piece(
                happened(2, Status.IN_TRANSIT, "NEW YORK, NY 10001"),
                happened(1.1, Status.IN_TRANSIT, "", "In Transit"),
                happened(1.09, Status.IN_TRANSIT, "LOS ANGELES, CA"),
            ),
            None,
        ),
        Example(
            "the same without zones: whatever the clocks, too quick",
            piece(local(2, Status.IN_TRANSIT, "NEW YORK, NY"), local(2.05, Status.IN_TRANSIT, "LOS ANGELES, CA")),
            Urgency.SOON,
        ),
        Example(
            "by air, without zones: three hours later by the clock on the wall",
            piece(local(2, Status.IN_TRANSIT, "NEW YORK, NY"), local(1.875, Status.IN_TRANSIT, "LOS ANGELES, CA")),
            None,
        ),
        Example(
            "across the river in ten minutes",
            piece(
                happened(2, Status.IN_TRANSIT, "KANSAS CITY, MO 64108"),
                happened(1.993, Status.IN_TRANSIT, "KANSAS CITY, KS 66106"),
            ),
            None,
        ),
        Example(
            "over the border in two and a half hours",
            piece(
                happened(2, Status.IN_TRANSIT, "BUFFALO, NY"),
                happened(1.9, Status.IN_TRANSIT, "MISSISSAUGA, ON, CA"),
                country="",
                postal_code="",
            ),
            None,
        ),
        Example(
            "from abroad, where two letters are a country",
            piece(
                happened(2, Status.IN_TRANSIT, "BERLIN, DE"),
                happened(1.9, Status.IN_TRANSIT, "LOS ANGELES, CA"),
                happened(1.8, Status.CUSTOMS, "LOS ANGELES, CA"),
            ),
            None,
        ),
        Example(
            "from coast to coast in two hours, where no country is on record",
            piece(
                happened(2, Status.IN_TRANSIT, "BUFFALO, NY"),
                happened(1.9, Status.IN_TRANSIT, "SACRAMENTO, CA"),
                country="",
                postal_code="",
            ),
            Urgency.SOON,
        ),
        Example(
            "an ordinary way",
            piece(happened(3, Status.ACCEPTED, "DAYTON, OH"), happened(1, Status.DELIVERED, "RENO, NV")),
            None,
        ),
    ),
)
