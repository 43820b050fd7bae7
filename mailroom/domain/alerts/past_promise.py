"""The day it was promised for is over."""

from datetime import UTC, date, datetime, time, timedelta

from mailroom.domain.alerts.examples import NOW, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency
from mailroom.domain.regions import town_of
from mailroom.domain.status import FINAL, Status

_WAITS = (Status.ATTEMPTED, Status.AVAILABLE_FOR_PICKUP)  # for the recipient


def judge(seen: Situation) -> Finding | None:
    """Speaks the day after the promised one, whoever promised it, and says who did; not of a piece that waits for the
    recipient and was at the door, or ready for pick-up, by the promised day.
    """
    promised = seen.shipment.promised_on
    if promised is None or seen.shipment.status in FINAL or seen.shipment.status is Status.RETURN_TO_SENDER:
        return None
    if _offered_by(seen, promised):
        return None
    late = (seen.today - promised).days
    if late <= 0:
        return None
    since = datetime.combine(promised + timedelta(days=1), time(), seen.zone).astimezone(UTC)
    basis = seen.shipment.promise_basis.value if seen.shipment.promise_basis else ""
    facts = (("days", str(late)), ("promised_on", promised.isoformat()), ("basis", basis))
    return Finding(Urgency.SOON if late < 3 else Urgency.TODAY, since, None, facts)


def _offered_by(seen: Situation, promised: date) -> bool:
    """Whether it was at the door or ready in time, and is there still: on another round, or back at the post there."""
    offered = seen.first(*_WAITS)
    if offered is None or offered.happened.local.date() > promised:
        return False
    if seen.shipment.status in (*_WAITS, Status.OUT_FOR_DELIVERY):
        return True
    last = seen.moves[-1]
    back = last.status is Status.IN_TRANSIT and bool(last.place) and town_of(last.place) == town_of(offered.place)
    return seen.shipment.status is Status.IN_TRANSIT and back


_DAY = NOW.date()

RULE = AlertRule(
    "past_promise",
    judge,
    (
        Example(
            "one day late",
            piece(happened(2, Status.IN_TRANSIT), promised_on=_DAY - timedelta(days=1)),
            Urgency.SOON,
        ),
        Example(
            "five days late",
            piece(happened(2, Status.IN_TRANSIT), promised_on=_DAY - timedelta(days=5)),
            Urgency.TODAY,
        ),
        Example("promised for today", piece(happened(2, Status.IN_TRANSIT), promised_on=_DAY), None),
        Example(
            "waits for the recipient since the promised day",
            piece(
                happened(3, Status.ATTEMPTED),
                happened(2, Status.AVAILABLE_FOR_PICKUP),
                promised_on=_DAY - timedelta(days=3),
            ),
            None,
        ),
        Example(
            "waits for the recipient, but came late",
            piece(happened(2, Status.AVAILABLE_FOR_PICKUP), promised_on=_DAY - timedelta(days=5)),
            Urgency.TODAY,
        ),
        Example(
            "on a second round",
            piece(
                happened(2, Status.ATTEMPTED),
                happened(0.3, Status.OUT_FOR_DELIVERY),
                promised_on=_DAY - timedelta(days=2),
            ),
            None,
        ),
        Example(
            "was at the door in time, and is under way again",
            piece(
                happened(3, Status.ATTEMPTED),
                happened(2, Status.IN_TRANSIT),
                promised_on=_DAY - timedelta(days=3),
            ),
            Urgency.TODAY,
        ),
        Example("delivered late", piece(happened(1, Status.DELIVERED), promised_on=_DAY - timedelta(days=5)), None),
        Example("nothing promised", piece(happened(2, Status.IN_TRANSIT)), None),
    ),
)
