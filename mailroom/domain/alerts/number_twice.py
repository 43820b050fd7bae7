"""One number on two shipments, or a delivery before the mailing."""

from datetime import date

from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts
from mailroom.domain.shipment import SAME_PIECE_DAYS
from mailroom.domain.status import Status


def judge(seen: Situation) -> Finding | None:
    """Speaks where another open shipment has this number, or a delivery is reported before the day of mailing: the
    one on record, else the carrier's own first day of it; or so long before somebody read it at a desk, with no day of
    mailing on record, that the number was another piece's.
    """
    if seen.twins:
        others = (("others", str(len(seen.twins))),)
        return Finding(Urgency.TODAY, seen.shipment.recorded_at, None, others)
    event = seen.first(Status.DELIVERED) if Status.DELIVERED in seen.told else None
    if event is None:
        return None
    mailed, delivered = _mailed(seen), event.happened.local.date()
    if mailed is not None and delivered < mailed:
        facts = (("mailed_on", mailed.isoformat()), *event_facts(event))
        return Finding(Urgency.TODAY, event.sort_at, None, facts)
    early = (seen.recorded_day - delivered).days > SAME_PIECE_DAYS and seen.shipment.fields.mailed_on is None
    if not early or not seen.read_here(seen.shipment.id):
        return None
    facts = (("recorded_on", seen.recorded_day.isoformat()), *event_facts(event))
    return Finding(Urgency.TODAY, seen.shipment.recorded_at, None, facts)


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
        Example(
            "read today, delivered two hundred days ago",
            piece(happened(203, Status.ACCEPTED), happened(200, Status.DELIVERED), recorded=0),
            Urgency.TODAY,
        ),
        Example(
            "read today, mailed before that delivery",
            piece(
                *(happened(203, Status.ACCEPTED), happened(200, Status.DELIVERED)),
                recorded=0,
                mailed_on=happened(203, None).happened.local.date(),
            ),
            None,
        ),
        Example(
            "taken from a file of last year's pieces",
            piece(happened(203, Status.ACCEPTED), happened(200, Status.DELIVERED), recorded=0, read=False),
            None,
        ),
        Example("read a month late", piece(happened(33, Status.ACCEPTED), happened(30, Status.DELIVERED)), None),
        Example("accepted, then delivered", piece(happened(21, Status.ACCEPTED), _EARLY), None),
    ),
)
