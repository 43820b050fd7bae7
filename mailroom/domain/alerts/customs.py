"""Customs wait for papers."""

import re
from datetime import timedelta

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status

_ASKED = re.compile(
    r"document|paper|invoice|information|\bheld\b|clearance delay|payment|\bdut(?:y|ies)\b", re.IGNORECASE
)
_SETTLED = re.compile(
    r"(?<!not )(?<!not yet )(?<!not been )\b(?:received|released|cleared|completed?)\b", re.IGNORECASE
)


def judge(seen: Situation) -> Finding | None:
    """Speaks at once where the carrier's words ask for something, else after five days in customs."""
    if seen.shipment.status is not Status.CUSTOMS:
        return None
    event = seen.newest(Status.CUSTOMS)
    first = seen.begun(Status.CUSTOMS)
    if event is None or first is None:
        return None
    asked = _ASKED.search(event.text) is not None and _SETTLED.search(event.text) is None
    days = seen.days_since(first.sort_at)
    if not asked and days < seen.thresholds.customs:
        return None
    since = event.sort_at if asked else first.sort_at + timedelta(days=seen.thresholds.customs)
    return Finding(Urgency.TODAY if asked else Urgency.SOON, since, None, (("days", str(days)), *event_facts(event)))


RULE = AlertRule(
    "customs",
    judge,
    (
        Example(
            "held for papers", piece(happened(1, Status.CUSTOMS, "KRAKOW", "Held, awaiting documents")), Urgency.TODAY
        ),
        Example("six days inside", piece(happened(6, Status.CUSTOMS, "KRAKOW", "Inbound into customs")), Urgency.SOON),
        Example(
            "waiting for customs, not for us",
            piece(happened(1, Status.CUSTOMS, "KRAKOW", "At the clearing agency awaiting final release")),
            None,
        ),
        Example(
            "what was asked for has come",
            piece(happened(1, Status.CUSTOMS, "KRAKOW", "Clearance information received")),
            None,
        ),
        Example("two days inside", piece(happened(2, Status.CUSTOMS, "KRAKOW", "Inbound into customs")), None),
        Example(
            "out of the country long ago, into the other one today",
            piece(
                happened(9, Status.CUSTOMS, "JFK, NY", "Cleared export customs"),
                happened(7, Status.IN_TRANSIT, "FRANKFURT"),
                happened(0.1, Status.CUSTOMS, "WARSAW", "Import scan"),
            ),
            None,
        ),
        Example(
            "looked at again and again in one place",
            piece(
                happened(7, Status.CUSTOMS, "WARSAW, 00-950", "Inbound into customs"),
                happened(4, Status.IN_TRANSIT, "WARSAW", "Processed"),
                happened(1, Status.CUSTOMS, "Warsaw", "Inbound into customs"),
            ),
            Urgency.SOON,
        ),
        Example("through", piece(happened(6, Status.CUSTOMS), happened(1, Status.IN_TRANSIT)), None),
    ),
    frozenset({Status.CUSTOMS}),
)
