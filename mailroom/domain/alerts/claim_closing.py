"""The window of a claim closes within fourteen days and nothing was filed."""

from datetime import timedelta

from mailroom.domain.alerts.examples import clock, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of
from mailroom.domain.claim_clock import ClockState
from mailroom.domain.claims import CLOSING_DAYS

_TODAY = 3  # days left


def judge(seen: Situation) -> Finding | None:
    """In the last fourteen days of the window, today in its last three; cleared when the claim is filed."""
    now = seen.claim_clock
    last = now.window.last_on if now is not None and now.window is not None else None
    if now is None or last is None or now.state is not ClockState.CLOSING:
        return None
    left = (last - seen.today).days
    facts = [("kind", now.kind.value), ("left", str(left)), *now.rule_facts]
    if now.claim_number:
        facts.append(("claim", now.claim_number))
    since = start_of(last - timedelta(days=CLOSING_DAYS - 1), seen.zone)
    return Finding(Urgency.TODAY if left <= _TODAY else Urgency.SOON, since, last, tuple(facts))


RULE = AlertRule(
    "claim_closing",
    judge,
    (
        Example("ten days left", piece(clock=clock(-30, 10)), Urgency.SOON),
        Example("two days left", piece(clock=clock(-30, 2)), Urgency.TODAY),
        Example("the last day", piece(clock=clock(-30, 0, claim="CLM-2026-A0007")), Urgency.TODAY),
        Example("thirteen days left", piece(clock=clock(-30, 13)), Urgency.SOON),
        Example("fourteen days left", piece(clock=clock(-30, 14)), None),
        Example("twenty days left", piece(clock=clock(-30, 20)), None),
        Example("filed", piece(clock=clock(-30, 10, filed=True)), None),
        Example("missed", piece(clock=clock(-30, -1)), None),
    ),
    clocked=True,
)
