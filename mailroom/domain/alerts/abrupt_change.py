"""Two events that cannot both be true of one piece."""

import itertools
from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.folding import fold
from mailroom.domain.status import Status
from mailroom.domain.times import Precision

_SAME_MOMENT = timedelta(minutes=30)  # no piece changes its city in less


def judge(seen: Situation) -> Finding | None:
    """Delivered minutes after acceptance, or two different places within half an hour; exact moments only."""
    near = max(_SAME_MOMENT, timedelta(minutes=seen.thresholds.quick_minutes))
    if all(newer.sort_at - older.sort_at > near for older, newer in itertools.pairwise(seen.moves)):
        return None  # as nearly always: the moments need no closer look
    exact = [one for one in seen.moves if one.happened.precision is not Precision.DAY and one.happened.utc]
    accepted = next((one for one in exact if one.status is Status.ACCEPTED), None)
    delivered = next((one for one in exact if one.status is Status.DELIVERED), None)
    if accepted and delivered and fold(accepted.place) != fold(delivered.place):
        apart = delivered.sort_at - accepted.sort_at
        if timedelta(0) <= apart <= timedelta(minutes=seen.thresholds.quick_minutes):
            minutes = str(int(apart.total_seconds() // 60))
            return Finding(Urgency.TODAY, delivered.sort_at, None, (("minutes", minutes), *event_facts(delivered)))
    for older, newer in itertools.pairwise(exact):
        close = newer.sort_at - older.sort_at < _SAME_MOMENT
        if close and _region(older.place) and _region(newer.place) and _region(older.place) != _region(newer.place):
            facts = (("other_place", older.place), *event_facts(newer))
            return Finding(Urgency.SOON, newer.sort_at, None, facts)
    return None


def _region(place: str) -> str:
    """The state of `CITY, ST 12345`: places are compared by state, since one city goes by many names."""
    words = [one.strip(",") for one in place.upper().split()]
    return next((one for one in reversed(words) if len(one) == 2 and one.isalpha()), "")


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
            "two states in a quarter of an hour",
            piece(happened(2, Status.IN_TRANSIT, "DAYTON, OH"), happened(1.99, Status.IN_TRANSIT, "RENO, NV")),
            Urgency.SOON,
        ),
        Example(
            "an ordinary way",
            piece(happened(3, Status.ACCEPTED, "DAYTON, OH"), happened(1, Status.DELIVERED, "RENO, NV")),
            None,
        ),
    ),
)
