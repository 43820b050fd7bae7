"""Put on record, and no carrier has ever said it has the piece."""

from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency
from mailroom.domain.status import FINAL, Status


def judge(seen: Situation) -> Finding | None:
    """Speaks after two days with nothing but a label; silent where nobody ever said anything about the piece.

    A desk that imports no events would otherwise be told this of every piece.
    """
    if seen.shipment.status in FINAL or not seen.moves:
        return None
    if any(one.status not in (Status.LABEL_CREATED, Status.UNKNOWN, None) for one in seen.moves):
        return None
    days = seen.days_since(seen.shipment.recorded_at)
    limit = seen.thresholds.not_accepted
    if days < limit:
        return None
    urgency = Urgency.SOON if days < 2 * limit else Urgency.TODAY
    since = seen.shipment.recorded_at + timedelta(days=limit)
    return Finding(urgency, since, None, (("days", str(days)),))


RULE = AlertRule(
    "not_accepted",
    judge,
    (
        Example("a label for three days", piece(happened(3, Status.LABEL_CREATED), recorded=3), Urgency.SOON),
        Example("a label for six days", piece(happened(6, Status.LABEL_CREATED), recorded=6), Urgency.TODAY),
        Example("a label since yesterday", piece(happened(1, Status.LABEL_CREATED), recorded=1), None),
        Example("accepted", piece(happened(6, Status.LABEL_CREATED), happened(5, Status.ACCEPTED)), None),
        Example("nobody ever said anything", piece(recorded=9), None),
    ),
)
