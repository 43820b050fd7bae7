"""It is on its way back to us, or has come back."""

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status

_FRESH_DAYS = 14  # after these a piece that came back has been dealt with, or never will be here


def judge(seen: Situation) -> Finding | None:
    """Speaks while it comes back, and for two weeks after it came."""
    if seen.shipment.status is Status.RETURN_TO_SENDER:
        event = seen.newest(Status.RETURN_TO_SENDER)
    elif seen.shipment.status is Status.RETURNED:
        event = seen.newest(Status.RETURNED)
    else:
        return None
    if event is None or (event.status is Status.RETURNED and seen.days_since(event.sort_at) > _FRESH_DAYS):
        return None
    why = seen.newest(Status.EXCEPTION, Status.ATTEMPTED)
    facts = (("reason", (why.reason or why.text) if why else ""), *event_facts(event))
    return Finding(Urgency.SOON, event.sort_at, None, facts)


RULE = AlertRule(
    "return_to_sender",
    judge,
    (
        Example("coming back", piece(happened(2, Status.RETURN_TO_SENDER)), Urgency.SOON),
        Example("came back yesterday", piece(happened(1, Status.RETURNED)), Urgency.SOON),
        Example("came back long ago", piece(happened(30, Status.RETURNED), recorded=40), None),
        Example("delivered", piece(happened(1, Status.DELIVERED)), None),
    ),
    frozenset({Status.RETURN_TO_SENDER, Status.RETURNED}),
)
