"""A claim was denied, in full or in part, and an appeal can still be made."""

from mailroom.domain.alerts.examples import clock, piece
from mailroom.domain.alerts.situation import AlertRule, Example, Finding, Situation, Urgency, start_of

_TODAY = 5  # days left


def judge(seen: Situation) -> Finding | None:
    """From the decision to the last day of the appeal; today in its last five days."""
    now = seen.claim_clock
    if now is None or now.appeal_by is None or now.decided_on is None or now.appeal_by < seen.today:
        return None
    left = (now.appeal_by - seen.today).days
    facts = (
        ("claim", now.claim_number),
        ("appeal", str(now.appeal)),
        ("left", str(left)),
        ("decided_on", now.decided_on.isoformat()),
        *now.rule_facts,
    )
    since = min(seen.now, start_of(now.decided_on, seen.zone))
    return Finding(Urgency.TODAY if left <= _TODAY else Urgency.SOON, since, now.appeal_by, facts)


RULE = AlertRule(
    "claim_appeal",
    judge,
    (
        Example("twenty days left", piece(clock=clock(-60, -5, filed=True, appeal=20)), Urgency.SOON),
        Example("three days left", piece(clock=clock(-60, -5, filed=True, appeal=3)), Urgency.TODAY),
        Example("too late", piece(clock=clock(-90, -30, filed=True, appeal=-1)), None),
        Example("filed, not decided", piece(clock=clock(-60, 5, filed=True)), None),
    ),
    clocked=True,
)
