"""Under way, and silent for longer than is ordinary."""

from datetime import timedelta

from mailroom.domain.alerts import customs, not_delivered_after_all
from mailroom.domain.alerts.examples import happened, piece
from mailroom.domain.alerts.situation import (
    AlertRule,
    Example,
    Finding,
    Situation,
    Thresholds,
    Urgency,
    event_facts,
)
from mailroom.domain.status import Status

# Others have rules of their own that say more.
_UNDER_WAY = frozenset(
    {
        *(Status.ACCEPTED, Status.IN_TRANSIT, Status.DELAYED, Status.UNKNOWN, Status.RETURN_TO_SENDER),
        *(Status.OUT_FOR_DELIVERY, Status.CUSTOMS),
    }
)


def judge(seen: Situation) -> Finding | None:
    """Watch at 4 days without a tracking event, ask the carrier at 7, count as lost at 10. Words that a carrier's
    computer repeats without a place are no event.
    """
    if seen.shipment.status not in _UNDER_WAY:
        return None
    limits = seen.thresholds
    days = seen.silent_days
    if days < limits.no_movement_watch:
        return None
    if seen.shipment.status is Status.OUT_FOR_DELIVERY and not_delivered_after_all.judge(seen) is not None:
        return None  # which says more
    if seen.shipment.status is Status.CUSTOMS and not (customs.released(seen) or customs.went_on(seen)):
        return None
    last = seen.last_news
    if last is None:
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
        Example(
            "out for delivery: the other rule speaks",
            piece(_ACCEPTED, happened(8, Status.OUT_FOR_DELIVERY), happened(6, None, text="Sendungsereignis 17")),
            None,
        ),
        Example(
            "out for delivery, and an office that lets the other rule wait",
            piece(_ACCEPTED, happened(8, Status.OUT_FOR_DELIVERY), thresholds=Thresholds(out_for_delivery=14)),
            Urgency.SOON,
        ),
        Example(
            "eight days, and an event that a carrier dated a year ahead",
            piece(_ACCEPTED, happened(8, Status.IN_TRANSIT, "Omaha NE"), happened(-365, Status.IN_TRANSIT, "Omaha NE")),
            Urgency.SOON,
        ),
        Example(
            "an event of tomorrow morning, by a clock far in the east",
            piece(_ACCEPTED, happened(8, Status.IN_TRANSIT, "Omaha NE"), happened(-0.4, Status.IN_TRANSIT)),
            None,
        ),
        Example(
            "let go by customs, and not seen since",
            piece(_ACCEPTED, happened(6, Status.CUSTOMS, "WARSAW", "Released by customs")),
            Urgency.WATCH,
        ),
        Example(
            "lost, and the carrier's computer says every day that it is under way",
            piece(
                _ACCEPTED,
                happened(10.5, Status.IN_TRANSIT, "OMAHA, NE"),
                *(happened(days, Status.IN_TRANSIT, "", "In Transit to Next Facility") for days in (9, 8, 7, 6, 2, 1)),
            ),
            Urgency.SOON,
        ),
        Example(
            "other words without a place",
            piece(
                _ACCEPTED,
                happened(8, Status.IN_TRANSIT, "OMAHA, NE"),
                happened(5, Status.IN_TRANSIT, "", "Departed"),
                happened(2, Status.IN_TRANSIT, "", "Arrived"),
            ),
            None,
        ),
        Example(
            "a source that names no place at all",
            piece(_ACCEPTED, *(happened(days, Status.IN_TRANSIT, "", "Scan") for days in (8, 5, 2))),
            None,
        ),
        Example("in customs", piece(_ACCEPTED, happened(6, Status.CUSTOMS, "WARSAW", "Inbound into customs")), None),
        Example("delivered", piece(_ACCEPTED, happened(8, Status.DELIVERED)), None),
    ),
    _UNDER_WAY,
)
