"""Put on record, and no carrier has ever said it has the piece."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from mailroom.domain.alerts.examples import NOW, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of
from mailroom.domain.promises import Counted, day_after
from mailroom.domain.status import FINAL, Status

_NOTHING = frozenset({Status.LABEL_CREATED, Status.UNKNOWN, None})


def judge(seen: Situation) -> Finding | None:
    """Speaks when two business days are over with nothing but a label: from the day of mailing, else from the label or
    the recording, whichever was earlier. What was printed on a Friday evening may be picked up on Monday afternoon.

    Of a piece that the carrier never mentioned only where it does tell of most others, and has told of one since: a
    desk that imports no events, or once a month, would otherwise be told this of every piece.
    """
    shipment, moves = seen.shipment, seen.moves
    if not seen.told <= _NOTHING:
        return None
    if shipment.status in FINAL or not (moves or shipment.tracking_number):
        return None
    begun, limit = _begun(seen), seen.thresholds.not_accepted
    day = begun.astimezone(seen.zone).date()
    over = _over(day, limit)
    if over > seen.today or not (moves or seen.told_since(over)):
        return None
    urgency = Urgency.SOON if seen.today < _over(day, 2 * limit) else Urgency.TODAY
    return Finding(urgency, start_of(over, seen.zone), None, (("days", str(seen.days_since(begun))),))


@lru_cache(maxsize=1024)
def _over(day: date, limit: int) -> date:
    """The first day after so many business days behind a day."""
    return day_after(day, limit, Counted.BUSINESS) + timedelta(days=1)


def _begun(seen: Situation) -> datetime:
    """When it was to be handed over, aware UTC: a piece may be put on record long after that."""
    if seen.shipment.fields.mailed_on is not None:
        return start_of(seen.shipment.fields.mailed_on, seen.zone)
    label = seen.first(Status.LABEL_CREATED)
    recorded = seen.shipment.recorded_at
    return recorded if label is None else min(recorded, label.sort_at)


_DAY: date = NOW.date()  # a Friday

RULE = AlertRule(
    "not_accepted",
    judge,
    (
        Example("a label for three days", piece(happened(3, Status.LABEL_CREATED), recorded=3), Urgency.SOON),
        Example("a label for six days", piece(happened(6, Status.LABEL_CREATED), recorded=6), Urgency.TODAY),
        Example("a label since yesterday", piece(happened(1, Status.LABEL_CREATED), recorded=1), None),
        Example("accepted", piece(happened(6, Status.LABEL_CREATED), happened(5, Status.ACCEPTED)), None),
        Example("put on record after the fact", piece(happened(6, Status.LABEL_CREATED), recorded=0), Urgency.TODAY),
        Example(
            "printed last week, mailed yesterday",
            piece(happened(6, Status.LABEL_CREATED), recorded=6, mailed_on=_DAY - timedelta(days=1)),
            None,
        ),
        Example(
            "a Sunday between",
            piece(happened(-1, Status.LABEL_CREATED), recorded=-1, now=NOW + timedelta(days=3)),
            None,
        ),
        Example(
            "printed on Friday evening, and Monday's pick-up is not over",
            piece(happened(0, Status.LABEL_CREATED), recorded=0, now=NOW + timedelta(days=3)),
            None,
        ),
        Example(
            "printed on Friday evening, and nobody had it by Tuesday",
            piece(happened(0, Status.LABEL_CREATED), recorded=0, now=NOW + timedelta(days=5)),
            Urgency.SOON,
        ),
        Example("nobody ever said anything", piece(recorded=9), None),
        Example("nobody said anything of this one alone", piece(recorded=9, told=True), Urgency.TODAY),
        Example("nobody said anything so far", piece(recorded=1, told=True), None),
    ),
)
