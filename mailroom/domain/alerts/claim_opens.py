"""Goods are missing or damaged and the carrier can be asked for money: from when, and until when."""

from datetime import timedelta

from mailroom.domain.alerts.examples import clock, happened, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of
from mailroom.domain.claim_clock import ClockState
from mailroom.domain.status import Status

_AHEAD = 7  # days before a window opens


def judge(seen: Situation) -> Finding | None:
    """From seven days before the window opens until it begins to close; sooner to be done where a claim is prepared."""
    now = seen.claim_clock
    window = now.window if now is not None else None
    if now is None or window is None or now.state not in (ClockState.NOT_YET, ClockState.OPEN):
        return None
    facts = [("kind", now.kind.value), *now.rule_facts]
    if now.claim_number:
        facts.append(("claim", now.claim_number))
    if now.state is ClockState.OPEN:
        opened = window.opens_on or window.starts_on
        urgency = Urgency.SOON if now.claim_number else Urgency.WATCH
        return Finding(urgency, start_of(opened, seen.zone), window.last_on, tuple(facts))
    opens = window.opens_on
    if opens is None or (opens - seen.today).days > _AHEAD:
        return None
    since = start_of(opens - timedelta(days=_AHEAD), seen.zone)
    return Finding(Urgency.WATCH, since, window.last_on, (*facts, ("opens_on", opens.isoformat())))


RULE = AlertRule(
    "claim_opens",
    judge,
    (
        Example("open, nothing prepared", piece(happened(20, Status.LOST), clock=clock(-5, 40)), Urgency.WATCH),
        Example("open, a claim is prepared", piece(clock=clock(-5, 40, claim="CLM-2026-A0007")), Urgency.SOON),
        Example("opens in four days", piece(clock=clock(4, 40)), Urgency.WATCH),
        Example("opens in ten days", piece(clock=clock(10, 40)), None),
        Example("closing: another rule speaks", piece(clock=clock(-30, 10)), None),
        Example("filed", piece(clock=clock(-5, 40, filed=True)), None),
        Example("a piece on its way", piece(happened(1, Status.IN_TRANSIT)), None),
    ),
    clocked=True,
)
