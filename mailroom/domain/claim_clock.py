"""The clock of a claim: whether it can be filed today, until when, and what the carrier wants asked first."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailroom.domain.claim_life import DECIDED, ClaimState, OpenClaim
from mailroom.domain.claims import ClaimKind, ClaimRule, ClaimWindow, WindowState


class ClockState(StrEnum):
    """Where the clock of a shipment stands."""

    NO_RULE = "no_rule"
    NO_DAYS = "no_days"  # a rule without bounds, such as an inquiry that has to end first
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSING = "closing"
    MISSED = "missed"
    FILED = "filed"


class InquiryAction(StrEnum):
    """What is asked of a carrier before a claim, or beside it."""

    HELP_REQUEST = "help_request"
    MISSING_MAIL = "missing_mail"
    INQUIRY = "inquiry"  # international
    TRACE = "trace"
    REFUND = "refund"
    PROOF_REQUEST = "proof_request"


class InquiryClock(StrEnum):
    """Which day counts as day 0 of an inquiry."""

    MAILING = "mailing"
    EXPECTED = "expected"
    HELP_REQUEST = "help_request"
    PURCHASE = "purchase"
    IMPRINT = "imprint"
    FIRST_SCAN = "first_scan"


@dataclass(frozen=True, slots=True)
class InquiryRule:
    """What a carrier wants asked, and in which days after its clock date (day 0); none means no such bound is known.

    `before_claim`: a claim of these kinds is not looked at until it ended.
    """

    id: str
    carrier: str
    title: str
    services: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    action: InquiryAction
    clock: InquiryClock
    earliest_day: int | None
    latest_day: int | None
    business_days: bool
    before_claim: tuple[ClaimKind, ...]
    accepted: bool  # false: the carrier takes no such inquiry for this service
    source: str
    confidence: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something that the carrier wants before a claim, with its days where they are known."""

    rule: InquiryRule
    opens_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class ShipmentClock:
    """Everything a clock shows of a shipment on `today`; days are the office's."""

    kind: ClaimKind
    state: ClockState
    today: date
    rule: ClaimRule | None = None
    window: ClaimWindow | None = None
    first: tuple[FirstStep, ...] = ()
    filed_on: date | None = None
    claim_number: str = ""
    appeal_by: date | None = None  # last day of the appeal that may be made now
    appeal: int = 0  # which appeal that is, from 1
    decided_on: date | None = None  # the carrier's last decision
    insurer: str = ""  # whose rule it is, where an insurer covers the goods

    @property
    def rule_as_of(self) -> str:
        """The day (ISO) from which the rule holds, else the day it was looked up; empty without a rule."""
        return "" if self.rule is None else str(self.rule.as_of)

    @property
    def rule_facts(self) -> tuple[tuple[str, str], ...]:
        """What alerts say of the rule: its day, and the insurer to ask where the rule is not the carrier's."""
        asked = (("insurer", self.insurer),) if self.insurer else ()
        return (("rule_as_of", self.rule_as_of), *asked)

    @property
    def days_left(self) -> int | None:
        """Days to the last one, negative when it has passed."""
        return None if self.window is None else self.window.days_left(self.today)


_STATES = {
    WindowState.NOT_OPEN: ClockState.NOT_YET,
    WindowState.OPEN: ClockState.OPEN,
    WindowState.CLOSING: ClockState.CLOSING,
    WindowState.MISSED: ClockState.MISSED,
}


def clock_of(
    kind: ClaimKind,
    rule: ClaimRule | None,
    window: ClaimWindow | None,
    today: date,
    first: tuple[FirstStep, ...] = (),
    claim: OpenClaim | None = None,
) -> ShipmentClock:
    """The clock of a shipment; `claim` is the one on record for it, if any, and says who covers the goods."""
    filed_on = claim.filed_on if claim is not None else None
    if filed_on is not None:
        state = ClockState.FILED
    elif rule is None:
        state = ClockState.NO_RULE
    elif window is None:
        state = ClockState.NO_DAYS
    else:
        state = _STATES[window.state(today)]
    appeal_by, appeal = appeal_date(claim, rule) if claim is not None else (None, 0)
    number = claim.number if claim is not None else ""
    decided = claim.decided_on if claim is not None else None
    insurer = claim.terms.insurer if claim is not None else ""
    return ShipmentClock(kind, state, today, rule, window, first, filed_on, number, appeal_by, appeal, decided, insurer)


def appeal_date(claim: OpenClaim, rule: ClaimRule | None) -> tuple[date | None, int]:
    """The last day of the appeal that is open now and which it is: days count from the decision, as it was entered."""
    open_now = claim.state in DECIDED and claim.state is not ClaimState.APPROVED and claim.appeals < 2
    if not open_now or claim.decided_on is None or rule is None or rule.appeal_days is None:
        return None, 0
    return claim.decided_on + timedelta(days=rule.appeal_days), claim.appeals + 1


def parse_inquiry_rules(text: str) -> tuple[InquiryRule, ...]:
    """The rules of a CSV file, in its order: the most particular first."""
    return tuple(_rule(row) for row in csv.DictReader(io.StringIO(text)))


def _rule(row: dict[str, str]) -> InquiryRule:
    return InquiryRule(
        id=row["id"],
        carrier=row["carrier"],
        title=row["title"],
        services=tuple(tuple(words.split()) for words in row["services"].split("|") if words),
        without=tuple(row["without"].split()),
        action=InquiryAction(row["action"]),
        clock=InquiryClock(row["clock"]),
        earliest_day=int(row["earliest_day"]) if row["earliest_day"] else None,
        latest_day=int(row["latest_day"]) if row["latest_day"] else None,
        business_days=row["business_days"] == "yes",
        before_claim=tuple(ClaimKind(one) for one in row["before_claim"].split()),
        accepted=row["accepted"] == "yes",
        source=row["source"],
        confidence=row["confidence"],
        checked_on=date.fromisoformat(row["checked_on"]),
    )


def match_inquiries(rules: Iterable[InquiryRule], carrier: str, words: str) -> tuple[InquiryRule, ...]:
    """The first rule of each action that fits a carrier and the words of a service."""
    found: dict[InquiryAction, InquiryRule] = {}
    for rule in rules:
        if rule.carrier != carrier or rule.action in found or any(word in words for word in rule.without):
            continue
        if not rule.services or any(all(word in words for word in group) for group in rule.services):
            found[rule.action] = rule
    return tuple(found.values())


def first_steps(
    rules: Iterable[InquiryRule], kind: ClaimKind, mailed_on: date, expected_on: date | None
) -> tuple[FirstStep, ...]:
    """What has to end before a claim of this kind, with its days from mailing or from the expected date."""
    steps = []
    for rule in rules:
        if kind in rule.before_claim:
            start = expected_on if rule.clock is InquiryClock.EXPECTED else mailed_on
            known = rule.clock in (InquiryClock.MAILING, InquiryClock.EXPECTED) and start is not None
            opens = day_after(start, rule.earliest_day, rule.business_days) if known and start else None
            last = day_after(start, rule.latest_day, rule.business_days) if known and start else None
            if expected_on is not None and opens is not None and rule.action is InquiryAction.INQUIRY:
                opens = max(opens, expected_on)  # never before the scheduled delivery date
            steps.append(FirstStep(rule, opens, last))
    return tuple(steps)


def day_after(start: date, days: int | None, business: bool) -> date | None:
    """`start` and so many days, Saturdays and Sundays left out where only business days count."""
    if days is None:
        return None
    if not business:
        return start + timedelta(days=days)
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
