"""Alerts as texts: kept in order and counted like the values they stand for; judged aside as they are judged here."""

import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.alerts.situation import URGENCY_ORDER, Alert, Finding, Urgency
from mailroom.services.alert_book import Sweep, SweepStopped, sweep
from mailroom.services.alert_child import AlertChild
from mailroom.services.alert_shelf import AlertShelf, Line, Stretch, packed, unpacked
from mailroom.services.office import Office

_spec = importlib.util.spec_from_file_location("planted_week", Path(__file__).with_name("planted_week.py"))
assert _spec is not None
assert _spec.loader is not None
planted_week = importlib.util.module_from_spec(_spec)
sys.modules["planted_week"] = planted_week  # dataclasses look their module up
_spec.loader.exec_module(planted_week)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def drawn(draw: random.Random, shipment_id: str) -> tuple[Alert, ...]:
    """Alerts of one shipment, each of another kind."""
    kinds = draw.sample(("customs", "no_movement", "exception", "label_refund"), draw.randrange(4))
    return tuple(
        Alert(
            kind,
            shipment_id,
            Finding(
                draw.choice(list(Urgency)),
                NOW - timedelta(minutes=draw.randrange(10_000)),
                draw.choice((None, date(2026, 11, draw.randrange(1, 29)))),
                (("days", str(draw.randrange(9))), ("text", "Łódź \x1f “held”")),
            ),
        )
        for kind in kinds
    )


def test_the_shelf_holds_order_and_counts_through_every_change() -> None:
    draw, shelf, plain = random.Random(5), AlertShelf(), dict[str, tuple[Line, tuple[Alert, ...]]]()
    for _ in range(600):
        shipment_id = f"shipment-{draw.randrange(60)}"
        alerts = drawn(draw, shipment_id)
        if alerts:
            carrier, department = draw.choice(("usps", "ups")), draw.choice(("", "legal"))
            plain[shipment_id] = (Line(carrier, department, draw.randrange(99), packed(alerts)), alerts)
            shelf.put(shipment_id, plain[shipment_id][0])
        else:
            plain.pop(shipment_id, None)
            shelf.drop(shipment_id)

    expected = sorted(
        (
            URGENCY_ORDER[one.finding.urgency],
            one.finding.due.isoformat() if one.finding.due else "9999",
            one.finding.since.isoformat(),
            one.kind,
            one.shipment_id,
        )
        for _line, alerts in plain.values()
        for one in alerts
    )
    assert [(URGENCY_ORDER[urgency], kind, id_) for urgency, kind, id_, _line in shelf.in_order()] == [
        (urgency, kind, id_) for urgency, _due, _since, kind, id_ in expected
    ]
    assert all(shelf.line(id_) == line and shelf.of(id_) == alerts for id_, (line, alerts) in plain.items())
    assert shelf.groups() == Counter(
        (line.department_id, line.carrier, one.kind, one.finding.urgency.value)
        for line, alerts in plain.values()
        for one in alerts
    )
    assert {key[0] for key in shelf.groups(("legal",))} == {"legal"}


def test_an_alert_comes_back_as_it_was_packed() -> None:
    alerts = drawn(random.Random(2), "shipment-1") + drawn(random.Random(3), "shipment-1")
    assert alerts
    assert unpacked("shipment-1", packed(alerts)) == alerts


@pytest.fixture
def aside(office: Office, tmp_path: Path, request: pytest.FixtureRequest) -> AlertChild:
    """What judges the office's record in two other processes."""
    sqlite = office.intake.desk.store.engine_name == "sqlite"
    return AlertChild(tmp_path, "" if sqlite else request.getfixturevalue("made_postgres"), children=2)


def parts(found: Iterator[Sweep | Stretch]) -> tuple[Sweep, list[tuple[str, str]], list[str]]:
    """A sweep as a whole."""
    begun = next(found)
    assert isinstance(begun, Sweep)
    stretches = [one for one in found if isinstance(one, Stretch)]
    lines = [(id_, text) for one in stretches for id_, text in one.lines]
    return begun, lines, [place for one in stretches for place in one.places]


def test_other_processes_judge_as_this_one_does(office: Office, clock: Any, aside: AlertChild) -> None:
    # GIVEN a week with problems of every sort
    week = planted_week.Week(office.intake.desk, office.operator, clock.now, 4)
    planted_week.plant(week)
    stalled = week.put((6, "accepted"), (5, "in_transit"), recorded=7, plants=("no_movement",))
    # WHEN all is judged at one moment, here and in other processes
    here = parts(sweep(office.intake.desk, clock.now))
    there = parts(aside.sweep(clock.now))
    # THEN both say the same, and places come in their order behind the lines
    assert there[:1] == here[:1]
    assert sorted(there[1]) == sorted(here[1])
    assert there[2] == here[2] == sorted(here[2])
    # AND each of them had its share
    shares = [parts(sweep(office.intake.desk, clock.now, at, 2))[1] for at in (0, 1)]
    assert all(shares)
    assert sorted(shares[0] + shares[1]) == sorted(here[1])
    # AND the book takes it, and goes on from there by itself
    office.attention.book.aside, office.attention.book.aside_from = aside, 0
    found = {(one.alert.kind, one.alert.shipment_id) for one in office.attention.alerts(office.operator)}
    assert found == week.planted
    week.happen(stalled, (0.1, "in_transit", "RENO, NV"))
    assert office.attention.refresh(office.operator, whole=False)
    assert office.attention.counts(office.operator).open == len(week.planted) - 1


def test_where_another_process_cannot_it_is_judged_here(office: Office, clock: Any, tmp_path: Path) -> None:
    week = planted_week.Week(office.intake.desk, office.operator, clock.now, 9)
    week.put((3, "accepted"), (1, "exception", "", "Missent"), recorded=4, plants=("exception",))
    office.attention.book.aside, office.attention.book.aside_from = AlertChild(tmp_path / "nothing"), 0

    assert office.attention.refresh(office.operator)

    assert office.attention.counts(office.operator).by_kind == {"exception": 1}


def test_a_stopped_one_judges_no_more(office: Office, clock: Any, aside: AlertChild) -> None:
    running = aside.sweep(clock.now)
    next(running)

    aside.stop()

    with pytest.raises(SweepStopped):
        next(running)
    office.attention.book.aside, office.attention.book.aside_from = aside, 0
    with pytest.raises(SweepStopped):
        office.attention.refresh(office.operator)
    assert office.attention.book.empty
