"""The carriers' rules: what ships with Mailroom, and the office's own versions of it with their history."""

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from mailroom import resources
from mailroom.domain.claim_clock import InquiryRule, parse_inquiry_rules
from mailroom.domain.claim_payloads import rule_json
from mailroom.domain.claim_rules import merged_rules, parse_rules
from mailroom.domain.claims import ClaimRule, RuleChange
from mailroom.domain.operator import Operator
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.store import claims as stored

_LONGEST_WINDOW = 3650  # days; more is a typing error


@cache
def claim_rules() -> tuple[ClaimRule, ...]:
    """The carriers' filing rules as they ship, the most particular first."""
    return parse_rules(resources.file("rules/claim_rules.csv").read_text("utf-8"))


@cache
def inquiry_rules() -> tuple[InquiryRule, ...]:
    """What carriers want asked, and when, as it ships; the most particular first."""
    return parse_inquiry_rules(resources.file("rules/inquiry_rules.csv").read_text("utf-8"))


def rules_in_force(desk: Desk) -> tuple[ClaimRule, ...]:
    """All filing rules of this office: its own versions before those that ship."""
    with desk.store.read() as connection:
        return merged_in(connection)


def merged_in(connection: stored.Look) -> tuple[ClaimRule, ...]:
    """As `rules_in_force`, by a connection that reads."""
    return _merged(stored.rule_changes(connection))


def _merged(changes: tuple[RuleChange, ...]) -> tuple[ClaimRule, ...]:
    own: list[ClaimRule] = []
    for one in changes:
        if one.rule is None:
            own = [rule for rule in own if rule.id != one.rule_id]
        else:
            own.append(one.rule)
    return merged_rules(claim_rules(), own)


@dataclass(frozen=True, slots=True)
class Rules:
    """Use cases of the table of rules."""

    desk: Desk

    def claims(self, who: Operator) -> tuple[ClaimRule, ...]:
        """All filing rules, an office's own version before the shipped one."""
        demand(who, "rules.claims")
        return rules_in_force(self.desk)

    def inquiries(self, who: Operator) -> tuple[InquiryRule, ...]:
        """What carriers want asked before a claim or beside it."""
        demand(who, "rules.inquiries")
        return inquiry_rules()

    def history(self, who: Operator, rule_id: str = "") -> tuple[RuleChange, ...]:
        """The office's changes of a rule or of all, the oldest first."""
        demand(who, "rules.history")
        with self.desk.store.read() as connection:
            return stored.rule_changes(connection, rule_id)

    def change(self, who: Operator, rule: ClaimRule, note: str = "") -> ClaimRule:
        """Put the office's own version of a rule in force, from its `effective_from` on; or a rule of its own.

        Raises `rule_days_bad`, `rule_dates_bad`, `rule_source_missing`, `rule_checked_later`.
        """
        demand(who, "rules.change")
        _check(rule)
        if rule.checked_on > self.desk.clock().astimezone(self.desk.in_force.zone).date() + timedelta(days=1):
            raise MailroomError("rule_checked_later", day=rule.checked_on.isoformat())
        kept = dataclasses.replace(rule, title=rule.title.strip(), source=rule.source.strip())
        self.desk.accept(who, "rule_changed", kept.id, {"rule": rule_json(kept), "note": note.strip()})
        return kept

    def withdraw(self, who: Operator, rule_id: str, note: str = "") -> None:
        """Go back to the rule as it ships; one of the office's own is no longer used."""
        demand(who, "rules.withdraw")
        self.desk.accept(who, "rule_changed", rule_id, {"rule": None, "note": note.strip()})


def _check(rule: ClaimRule) -> None:
    first, last = rule.earliest_day, rule.latest_day
    for days in (first, last, rule.appeal_days):
        if days is not None and not 0 <= days <= _LONGEST_WINDOW:
            raise MailroomError("rule_days_bad", first=first, last=last)
    if first is not None and last is not None and last < first:
        raise MailroomError("rule_days_bad", first=first, last=last)
    if rule.effective_from and rule.effective_to and rule.effective_to < rule.effective_from:
        raise MailroomError("rule_dates_bad", first=str(rule.effective_from), last=str(rule.effective_to))
    if not rule.source.strip():
        raise MailroomError("rule_source_missing")
