"""An attempt failed or it waits for pick-up, and it will soon be sent back."""

from datetime import UTC, datetime, time, timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """A post usually holds a piece fifteen days from the first attempt there; speaks three days after it, today in
    the last days.
    """
    status = seen.shipment.status
    event = seen.newest(status) if status in (Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP) else None
    if event is None:
        return None
    first = seen.begun(Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP) or event
    day = first.happened.local.date()
    due = day + timedelta(days=seen.thresholds.held_at_post)
    days = (seen.today - day).days
    if days < seen.thresholds.attempted:
        return None
    left = (due - seen.today).days
    since = datetime.combine(day + timedelta(days=seen.thresholds.attempted), time(), seen.zone).astimezone(UTC)
    facts = (("days", str(days)), ("left", str(left)), *event_facts(event))
    return Finding(Urgency.TODAY if left <= seen.thresholds.held_warning else Urgency.SOON, since, due, facts)


RULE = AlertRule(
    "going_back_soon",
    judge,
    (
        Example("attempted four days ago", piece(happened(4, Status.ATTEMPTED)), Urgency.SOON),
        Example("waiting for twelve days", piece(happened(12, Status.AVAILABLE_FOR_PICKUP)), Urgency.TODAY),
        Example(
            "attempted twice at one door: the first counts",
            piece(
                happened(12, Status.ATTEMPTED, "HERNANDO, FL 34442"),
                happened(11.5, Status.IN_TRANSIT, "LECANTO, FL 34461"),
                happened(11.2, Status.OUT_FOR_DELIVERY, "HERNANDO, FL 34442"),
                happened(11, Status.ATTEMPTED, "HERNANDO, FL"),
                happened(10, Status.AVAILABLE_FOR_PICKUP),
            ),
            Urgency.TODAY,
        ),
        Example(
            "forwarded, and attempted at another post",
            piece(
                happened(20, Status.ATTEMPTED, "DAYTON, OH"),
                happened(15, Status.IN_TRANSIT, "ERIE, PA", "Forwarded"),
                happened(3.1, Status.ATTEMPTED, "ERIE, PA"),
            ),
            Urgency.SOON,
        ),
        Example(
            "forwarded, and attempted yesterday",
            piece(happened(20, Status.ATTEMPTED), happened(15, Status.IN_TRANSIT), happened(1, Status.ATTEMPTED)),
            None,
        ),
        Example("attempted yesterday", piece(happened(1, Status.ATTEMPTED)), None),
        Example(
            "delivered after an attempt", piece(happened(4, Status.ATTEMPTED), happened(3, Status.DELIVERED)), None
        ),
    ),
    frozenset({Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP}),
)
