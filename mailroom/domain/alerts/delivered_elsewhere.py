"""Delivered to another postal code than it was mailed to."""

import re

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status

_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-?\d{4})?(?!\d)", re.ASCII)


def judge(seen: Situation) -> Finding | None:
    """Compares the ZIP that the carrier names with the label's or the recipient's; silent where either is not given."""
    event = seen.newest(Status.DELIVERED)
    if event is None:
        return None
    shipment = seen.shipment
    recipient = shipment.fields.recipient
    country = recipient.country or shipment.destination.country or "US"
    wanted = (shipment.destination.postal_code or recipient.postal_code)[:5]
    if country != "US" or not (len(wanted) == 5 and wanted.isdigit()):
        return None
    named = _ZIP.findall(event.place)
    if not named or wanted in named:
        return None
    facts = (("wanted", wanted), ("found", named[-1]), *event_facts(event))
    return Finding(Urgency.TODAY, event.sort_at, None, facts)


RULE = AlertRule(
    "delivered_elsewhere",
    judge,
    (
        Example("another ZIP", piece(happened(1, Status.DELIVERED, "CHICAGO, IL 60614")), Urgency.TODAY),
        Example("the same ZIP", piece(happened(1, Status.DELIVERED, "CHICAGO, IL 60622-3911")), None),
        Example("no ZIP named", piece(happened(1, Status.DELIVERED, "CHICAGO")), None),
        Example("not delivered", piece(happened(1, Status.IN_TRANSIT, "OMAHA, NE 68108")), None),
    ),
)
