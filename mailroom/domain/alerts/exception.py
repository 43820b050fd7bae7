"""The carrier says that something is wrong."""

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """Speaks as soon as the newest status is an exception or a loss, with the carrier's reason."""
    if seen.shipment.status not in (Status.EXCEPTION, Status.LOST):
        return None
    event = seen.newest(seen.shipment.status)
    if event is None:
        return None
    facts = (("reason", event.reason or event.text), *event_facts(event))
    return Finding(Urgency.TODAY, event.sort_at, None, facts)


RULE = AlertRule(
    "exception",
    judge,
    (
        Example("missent", piece(happened(1, Status.EXCEPTION, "Salt Lake", "Missent")), Urgency.TODAY),
        Example("declared lost", piece(happened(1, Status.LOST)), Urgency.TODAY),
        Example("under way again", piece(happened(2, Status.EXCEPTION), happened(1, Status.IN_TRANSIT)), None),
    ),
    frozenset({Status.EXCEPTION, Status.LOST}),
)
