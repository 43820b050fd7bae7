"""Out for delivery, and nothing after it."""

from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """Speaks a day after a piece went out and the carrier said nothing more."""
    event = seen.last
    if event is None or event.status is not Status.OUT_FOR_DELIVERY:
        return None
    days = seen.days_since(event.sort_at)
    if days < seen.thresholds.out_for_delivery:
        return None
    since = event.sort_at + timedelta(days=seen.thresholds.out_for_delivery)
    facts = (("days", str(days)), *event_facts(event))
    return Finding(Urgency.SOON if days < 3 else Urgency.TODAY, since, None, facts)


RULE = AlertRule(
    "not_delivered_after_all",
    judge,
    (
        Example("since the day before yesterday", piece(happened(2, Status.OUT_FOR_DELIVERY)), Urgency.SOON),
        Example("for five days", piece(happened(5, Status.OUT_FOR_DELIVERY)), Urgency.TODAY),
        Example("since this morning", piece(happened(0.3, Status.OUT_FOR_DELIVERY)), None),
        Example("delivered", piece(happened(2, Status.OUT_FOR_DELIVERY), happened(1.8, Status.DELIVERED)), None),
    ),
)
