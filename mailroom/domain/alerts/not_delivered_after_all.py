"""Out for delivery, and nothing after it that says where it is."""

from dataclasses import replace
from datetime import timedelta

from mailroom.domain.alerts.examples import NOW, bare, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, event_facts, start_of
from mailroom.domain.promises import Counted, day_after
from mailroom.domain.status import ENDS_A_DAY, FINAL, Status
from mailroom.domain.timeline import TimelineEvent
from mailroom.domain.times import CarrierTime, Precision

_ROUND = timedelta(hours=12)  # the longest that a round takes: one over midnight is not over yet


def judge(seen: Situation) -> Finding | None:
    """Speaks on the day after a piece went out where the carrier told of nothing else since, half a day later at the
    soonest; words that nobody can read as a status do not count.

    A desk that imports once a day cannot know before: where nothing is on record that the carrier told since, one more
    business day has to be over.
    """
    event = seen.last_told
    if event is None or event.status is not Status.OUT_FOR_DELIVERY or seen.shipment.status in FINAL:
        return None
    day = event.happened.local.date()
    days, limit = (seen.today - day).days, seen.thresholds.out_for_delivery
    if days < limit or _ended_that_day(seen, event):
        return None
    spoken = day + timedelta(days=limit)
    if not seen.told_since(spoken):
        spoken = day_after(spoken - timedelta(days=1), 1, Counted.BUSINESS) + timedelta(days=1)
    since = max(start_of(spoken, seen.zone), event.sort_at + _ROUND)
    if seen.now < since:
        return None
    facts = (("days", str(days)), *event_facts(event))
    return Finding(Urgency.SOON if days < 3 else Urgency.TODAY, since, None, facts)


def _ended_that_day(seen: Situation, out: TimelineEvent) -> bool:
    """Whether the round ended on its day by an event that only sorts before it: one of them is a bare day, or their
    clocks are not the same.
    """
    if seen.told.isdisjoint(ENDS_A_DAY):
        return False
    went = out.happened
    return any(
        one.status in ENDS_A_DAY
        and one.happened.local.date() == went.local.date()
        and (
            Precision.DAY in (one.happened.precision, went.precision)
            or one.happened.offset_minutes != went.offset_minutes
        )
        for one in seen.moves
    )


_EAST = CarrierTime((NOW - timedelta(days=2)).replace(tzinfo=None, hour=4), 12 * 60)
_NIGHT = NOW.replace(hour=3) + timedelta(days=1)
RULE = AlertRule(
    "not_delivered_after_all",
    judge,
    (
        Example("since the day before yesterday", piece(happened(2, Status.OUT_FOR_DELIVERY)), Urgency.SOON),
        Example("for five days", piece(happened(5, Status.OUT_FOR_DELIVERY)), Urgency.TODAY),
        Example(
            "words without a status behind it",
            piece(happened(12, Status.OUT_FOR_DELIVERY), happened(11, None, text="Sendungsereignis 17")),
            Urgency.TODAY,
        ),
        Example(
            "a status that says nothing behind it",
            piece(happened(2, Status.OUT_FOR_DELIVERY), happened(1, Status.UNKNOWN)),
            Urgency.SOON,
        ),
        Example(
            "attempted, and words without a status behind it",
            piece(happened(2, Status.OUT_FOR_DELIVERY), happened(1.9, Status.ATTEMPTED), happened(1, None)),
            None,
        ),
        Example(
            "since yesterday afternoon, and the carrier told of others today",
            piece(happened(0.9, Status.OUT_FOR_DELIVERY), told=True),
            Urgency.SOON,
        ),
        Example(
            "since yesterday afternoon, and nothing was imported since",
            piece(happened(0.9, Status.OUT_FOR_DELIVERY)),
            None,
        ),
        Example(
            "since Friday, and nothing was imported until Monday evening",
            piece(happened(0.3, Status.OUT_FOR_DELIVERY), now=NOW + timedelta(days=3)),
            None,
        ),
        Example("a round over midnight", piece(happened(-0.1, Status.OUT_FOR_DELIVERY), now=_NIGHT), None),
        Example(
            "out by a bare day, and attempted the day before",
            piece(bare(2, Status.OUT_FOR_DELIVERY), happened(2.8, Status.ATTEMPTED)),
            Urgency.SOON,
        ),
        Example(
            "out by a bare day, and attempted by a clock in the east on that day",
            piece(replace(happened(3, Status.ATTEMPTED), happened=_EAST), bare(2, Status.OUT_FOR_DELIVERY)),
            None,
        ),
        Example("since this morning", piece(happened(0.3, Status.OUT_FOR_DELIVERY)), None),
        Example("delivered", piece(happened(2, Status.OUT_FOR_DELIVERY), happened(1.8, Status.DELIVERED)), None),
    ),
    told=frozenset({Status.OUT_FOR_DELIVERY}),
)
