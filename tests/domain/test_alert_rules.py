"""Every alert rule speaks and keeps silent as its own examples say."""

import dataclasses
from datetime import timedelta

import pytest

from mailroom.domain.alerts import alert_rules, rule_modules
from mailroom.domain.alerts.examples import NOW, happened, piece
from mailroom.domain.alerts.situation import Alert, AlertRule, Example, RuleBook, Situation, Thresholds, rules_for
from mailroom.domain.status import Status


def judge_all(rules: tuple[AlertRule, ...], situation: Situation) -> tuple[Alert, ...]:
    return RuleBook(rules).judge(situation)


CASES = [pytest.param(rule, one, id=f"{rule.kind}: {one.name}") for rule in alert_rules() for one in rule.examples]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_rule_does_as_its_examples_say(rule: AlertRule, example: Example) -> None:
    found = rule.judge(example.situation)

    assert (found.urgency if found else None) is example.finds
    if found is not None:
        seen = example.situation
        assert rule in rules_for((rule,), seen.shipment.status, seen.told, clocked=seen.claim_clock is not None)
        assert found.since <= example.situation.now
        assert all(isinstance(value, str) for _name, value in found.evidence)


@pytest.mark.parametrize("rule", alert_rules(), ids=lambda rule: rule.kind)
def test_a_rule_has_examples_of_both_sorts(rule: AlertRule) -> None:
    assert any(one.finds for one in rule.examples)
    assert any(one.finds is None for one in rule.examples)
    assert any(name.endswith(f".{rule.kind}") for name in rule_modules())


@pytest.mark.parametrize("status", list(Status))
def test_a_rule_that_is_not_asked_would_say_nothing(status: Status) -> None:
    for one in (one.situation for rule in alert_rules() for one in rule.examples):
        seen = dataclasses.replace(one, shipment=dataclasses.replace(one.shipment, status=status))
        asked = rules_for(alert_rules(), status, seen.told, clocked=seen.claim_clock is not None)
        for rule in alert_rules():
            assert rule in asked or rule.judge(seen) is None, rule.kind


def test_a_day_without_trouble_raises_nothing() -> None:
    quiet = piece(happened(3, Status.ACCEPTED, "DAYTON, OH"), happened(1, Status.IN_TRANSIT, "OMAHA, NE"), recorded=3)
    assert judge_all(alert_rules(), quiet) == ()


def test_the_days_at_a_post_count_from_the_attempt_there() -> None:
    forwarded = piece(
        happened(20, Status.ATTEMPTED, "DAYTON, OH"),
        happened(15, Status.IN_TRANSIT, "ERIE, PA", "Forwarded"),
        happened(3.1, Status.ATTEMPTED, "ERIE, PA"),
        recorded=21,
    )
    (alert,) = judge_all(alert_rules(), forwarded)
    assert alert.kind == "going_back_soon"
    assert alert.finding.due == NOW.date() + timedelta(days=12)


def test_what_was_taken_back_raises_nothing() -> None:
    stalled = piece(happened(20, Status.IN_TRANSIT, "OMAHA, NE"), recorded=21)
    gone = dataclasses.replace(stalled, shipment=dataclasses.replace(stalled.shipment, withdrawn=True))
    assert [one.kind for one in judge_all(alert_rules(), stalled)] == ["no_movement"]
    assert judge_all(alert_rules(), gone) == ()


def test_thresholds_can_be_set() -> None:
    patient = piece(happened(8, Status.IN_TRANSIT), recorded=9, thresholds=Thresholds(no_movement_watch=9))
    assert judge_all(alert_rules(), patient) == ()
