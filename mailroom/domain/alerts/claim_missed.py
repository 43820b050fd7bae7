"""The last day of a claim has passed and nothing was filed."""

from datetime import timedelta

from mailroom.domain.alerts.examples import clock, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of
from mailroom.domain.claim_clock import ClockState

_SHOWN = 14  # days after the last one


def judge(seen: Situation) -> Finding | None:
    """For fourteen days after the last one: the carrier may still take a late claim, and the rule may have changed."""
    now = seen.claim_clock
    last = now.window.last_on if now is not None and now.window is not None else None
    if now is None or last is None or now.state is not ClockState.MISSED or (seen.today - last).days > _SHOWN:
        return None
    facts = [("kind", now.kind.value), ("last_on", last.isoformat()), *now.rule_facts]
    if now.claim_number:
        facts.append(("claim", now.claim_number))
    urgency = Urgency.SOON if now.claim_number else Urgency.WATCH
    return Finding(urgency, start_of(last + timedelta(days=1), seen.zone), None, tuple(facts))


RULE = AlertRule(
    "claim_missed",
    judge,
    (
        Example("missed yesterday", piece(clock=clock(-40, -1)), Urgency.WATCH),
        Example("missed with a claim prepared", piece(clock=clock(-40, -3, claim="CLM-2026-A0007")), Urgency.SOON),
        Example("missed a month ago", piece(clock=clock(-80, -30)), None),
        Example("filed in time", piece(clock=clock(-80, -3, filed=True)), None),
        Example("still open", piece(clock=clock(-10, 5)), None),
    ),
    clocked=True,
)
