"""One number on two shipments, or a delivery before the mailing."""

from datetime import date

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """Speaks where another open shipment has this number, or a delivery is reported before the day of mailing: the
    one on record, else the carrier's own first day of it.
    """
    if seen.twins:
        others = (("others", str(len(seen.twins))),)
        return Finding(Urgency.TODAY, seen.shipment.recorded_at, None, others)
    event = seen.first(Status.DELIVERED) if Status.DELIVERED in seen.told else None
    mailed = _mailed(seen) if event else None
    if mailed is None or event is None or event.happened.local.date() >= mailed:
        return None
    facts = (("mailed_on", mailed.isoformat()), *event_facts(event))
    return Finding(Urgency.TODAY, event.sort_at, None, facts)


def _mailed(seen: Situation) -> date | None:
    """The day of mailing as entered; else, where a delivery is the first news of it, that of label or acceptance.

    Some carriers are handed the list of labels only when the pieces are on their way.
    """
    earliest = seen.moves[0].status if seen.moves else None
    begun = seen.first(Status.LABEL_CREATED, Status.ACCEPTED) if earliest is Status.DELIVERED else None
    return seen.shipment.fields.mailed_on or (begun.happened.local.date() if begun else None)


_EARLY = happened(20, Status.DELIVERED)

RULE = AlertRule(
    "number_twice",
    judge,
    (
        Example("two open shipments", piece(recorded=1, twins=("other",)), Urgency.TODAY),
        Example(
            "delivered before it was mailed",
            piece(_EARLY, mailed_on=happened(5, None).happened.local.date()),
            Urgency.TODAY,
        ),
        Example("delivered after", piece(_EARLY, mailed_on=happened(25, None).happened.local.date()), None),
        Example("no mailing day known", piece(_EARLY), None),
        Example(
            "delivered long before the carrier took it",
            piece(_EARLY, happened(5, Status.ACCEPTED), happened(4, Status.IN_TRANSIT)),
            Urgency.TODAY,
        ),
        Example(
            "a label announced late",
            piece(happened(22, Status.IN_TRANSIT), _EARLY, happened(19, Status.LABEL_CREATED)),
            None,
        ),
        Example("accepted, then delivered", piece(happened(21, Status.ACCEPTED), _EARLY), None),
    ),
)
