"""Under way, and silent for longer than is ordinary."""

from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status

# Others have rules of their own that say more.
_UNDER_WAY = frozenset({Status.ACCEPTED, Status.IN_TRANSIT, Status.DELAYED, Status.UNKNOWN, Status.RETURN_TO_SENDER})


def judge(seen: Situation) -> Finding | None:
    """Watch at 4 days without a tracking event, ask the carrier at 7, count as lost at 10."""
    last = seen.last
    if last is None or seen.shipment.status not in _UNDER_WAY:
        return None
    days = seen.silent_days
    limits = seen.thresholds
    if days < limits.no_movement_watch:
        return None
    urgency = Urgency.WATCH
    if days >= limits.no_movement_lost:
        urgency = Urgency.TODAY
    elif days >= limits.no_movement_ask:
        urgency = Urgency.SOON
    since = last.sort_at + timedelta(days=limits.no_movement_watch)
    return Finding(urgency, since, None, (("days", str(days)), *event_facts(last)))


_ACCEPTED = happened(11, Status.ACCEPTED)

RULE = AlertRule(
    "no_movement",
    judge,
    (
        Example("four days", piece(_ACCEPTED, happened(4, Status.IN_TRANSIT, "Omaha NE")), Urgency.WATCH),
        Example("eight days", piece(_ACCEPTED, happened(8, Status.IN_TRANSIT, "Omaha NE")), Urgency.SOON),
        Example("eleven days", piece(_ACCEPTED), Urgency.TODAY),
        Example("three days", piece(_ACCEPTED, happened(3, Status.IN_TRANSIT, "Omaha NE")), None),
        Example("delivered", piece(_ACCEPTED, happened(8, Status.DELIVERED)), None),
    ),
    _UNDER_WAY,
)
