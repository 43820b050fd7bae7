"""The same way makes trouble again and again."""

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status

TROUBLE = frozenset({Status.EXCEPTION, Status.DELAYED, Status.LOST, Status.RETURN_TO_SENDER, Status.RETURNED})


def judge(seen: Situation) -> Finding | None:
    """Speaks where this piece is in trouble and so are others of the carrier on the same way: ask for a manager."""
    if seen.shipment.status not in TROUBLE or seen.lane_troubles < seen.thresholds.lane_troubles:
        return None
    event = seen.newest(seen.shipment.status)
    if event is None:
        return None
    return Finding(Urgency.SOON, event.sort_at, None, (("others", str(seen.lane_troubles)), *event_facts(event)))


RULE = AlertRule(
    "recurring_lane",
    judge,
    (
        Example("the fourth this month", piece(happened(1, Status.EXCEPTION), lane_troubles=3), Urgency.SOON),
        Example("the second", piece(happened(1, Status.EXCEPTION), lane_troubles=1), None),
        Example("no trouble here", piece(happened(1, Status.IN_TRANSIT), lane_troubles=9), None),
    ),
    TROUBLE,
)
