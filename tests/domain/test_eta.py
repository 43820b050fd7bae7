"""When pieces should arrive: by the office's own, and by the carriers' standards."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.eta import Delivered, Estimate, Group, History, Overdue, Trip, back_test, quantile
from mailroom.domain.promises import Counted, PromiseRule, day_after, is_holiday, parse_promise_rules, standard
from mailroom.services.lanes import promise_rules

DAY = date(2026, 3, 2)  # a Monday


def trip(start: date = DAY, service: str = "Ground Advantage", code: str = "83702") -> Trip:
    return Trip("usps", service, code, "US", start)


def arrived(days: int, start: date = DAY, **more: str) -> Delivered:
    return Delivered(trip(start, **more), start + timedelta(days=days))


def test_under_ten_nothing_is_said_and_narrow_goes_before_wide() -> None:
    history = History()
    for _piece in range(9):
        history.add(arrived(3))
    assert history.estimate(trip(), DAY) is None
    history.add(arrived(9))
    found = history.estimate(trip(), DAY)
    assert found is not None
    assert (found.pieces, found.group) == (10, Group.LANE_WEEKDAY)
    assert (found.expected_on, found.earliest_on, found.latest_on) == tuple(DAY + timedelta(days=3) for _ in range(3))

    # another weekday, another region, another service: wider and wider
    for start, more, group in (
        (DAY + timedelta(days=1), {}, Group.LANE),
        (DAY, {"code": "10001"}, Group.SERVICE_WEEKDAY),
        (DAY + timedelta(days=1), {"code": "10001"}, Group.SERVICE),
        (DAY, {"service": "Priority Mail"}, Group.CARRIER),
    ):
        wider = history.estimate(trip(start, **more), start)
        assert wider is not None
        assert wider.group is group
    assert history.estimate(Trip("ups", "Ground", "83702", "US", DAY), DAY) is None


def test_what_is_late_already_is_compared_with_what_was_late_too() -> None:
    history = History()
    for days in [2] * 30 + [8] * 10:
        history.add(arrived(days))
    fresh, late = history.estimate(trip(), DAY), history.estimate(trip(), DAY + timedelta(days=5))
    assert fresh is not None
    assert late is not None
    assert (fresh.expected_on - DAY).days == 2
    assert ((late.expected_on - DAY).days, late.pieces) == (8, 10)
    assert history.estimate(trip(), DAY + timedelta(days=9)) is None


def test_later_than_all_is_told_from_too_few() -> None:
    history = History()
    assert history.outlook(trip(), DAY) is None
    for at in range(14):
        history.add(arrived(3, DAY + timedelta(days=at % 7)))
    for _piece in range(12):
        history.add(arrived(20, code="10001"))  # a slow lane says nothing of a quick one
    long_gone = DAY + timedelta(days=12)
    assert history.outlook(trip(), long_gone) == Overdue(0, 14, Group.LANE)
    assert history.estimate(trip(), long_gone) is None
    history.add(arrived(13))
    found = history.outlook(trip(), long_gone)
    assert isinstance(found, Estimate)
    assert found.group is Group.SERVICE_WEEKDAY  # one of its own is that late, too
    assert history.outlook(trip(), DAY + timedelta(days=14)) == Overdue(0, 15, Group.LANE)
    alone = History()
    for days in (*[3] * 14, 13):
        alone.add(arrived(days))
    assert alone.outlook(trip(), long_gone) == Overdue(1, 15, Group.LANE)


@given(st.lists(st.integers(0, 40), min_size=10, max_size=60), st.integers(0, 20))
def test_an_interval_holds_its_middle_and_never_lies_before_today(days: list[int], gone: int) -> None:
    history = History()
    for one in days:
        history.add(arrived(one))
    found = history.estimate(trip(), DAY + timedelta(days=gone))
    if found is None:
        assert sum(one >= gone for one in days) < 10
    else:
        assert DAY + timedelta(days=gone) <= found.earliest_on <= found.expected_on <= found.latest_on


def test_a_back_test_knows_only_what_was_known() -> None:
    chance = random.Random(7)
    pieces = [arrived(chance.choice((2, 2, 3, 3, 3, 4, 5)), DAY + timedelta(days=at // 3)) for at in range(600)]
    done = back_test(pieces)
    assert done.tried + done.too_few == 600
    assert 10 <= done.too_few < 60
    assert done.covered > 0.75
    assert done.error < 1.2
    assert back_test([]).tried == 0
    assert back_test([arrived(-1), arrived(400)]).too_few == 0


def test_a_lane_has_its_figures() -> None:
    history = History()
    for days in range(1, 21):
        history.add(arrived(days))
    figure = history.figures()[0]
    assert (figure.region, figure.pieces, figure.middle, figure.late) == ("US 837", 20, 10, 18)
    assert quantile([5], 0.9) == 5


@pytest.mark.parametrize(
    ("service", "country", "start", "first", "last"),
    [
        ("Ground Advantage", "US", date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 27)),  # Thanksgiving between
        ("Priority Mail", "", date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25)),
        ("Priority Mail Express", "US", date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)),
        ("Priority Mail International", "DE", date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 17)),
        ("First-Class Mail", "US", date(2026, 12, 24), date(2026, 12, 26), date(2026, 12, 31)),
    ],
)
def test_a_standard_counts_its_own_days(service: str, country: str, start: date, first: date, last: date) -> None:
    found = standard(promise_rules(), "usps", service, country, start)
    assert found is not None
    assert (found.earliest_on, found.latest_on) == (first, last)


def test_no_rule_no_standard() -> None:
    rules = promise_rules()
    assert standard(rules, "ups", "Ground", "US", DAY) is None
    assert standard(rules, "usps", "Ground Advantage", "DE", DAY) is None
    assert standard(rules, "usps", "", "US", DAY) is None
    assert all(one.source and one.confidence in ("high", "medium", "low") for one in rules)
    assert parse_promise_rules("carrier,services\n") == ()
    assert isinstance(rules[0], PromiseRule)
    assert {one.counted for one in rules} == set(Counted)


def test_the_eleven_holidays_of_a_year() -> None:
    found = [day for at in range(365) if is_holiday(day := date(2026, 1, 1) + timedelta(days=at))]
    wanted = "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25"
    assert [f"{day:%m-%d}" for day in found] == wanted.split()


def test_a_holiday_on_a_sunday_is_kept_on_the_monday_and_one_on_a_saturday_is_not_moved() -> None:
    # Independence Day 2027 is a Sunday, Christmas 2027 a Saturday; New Year 2023 was a Sunday
    assert [is_holiday(date(2027, 7, day)) for day in (3, 4, 5, 6)] == [False, True, True, False]
    assert [is_holiday(date(2027, 12, day)) for day in (24, 25, 26, 27)] == [False, True, False, False]
    assert is_holiday(date(2023, 1, 2))
    assert day_after(date(2027, 7, 3), 1, Counted.DELIVERY) == date(2027, 7, 6)
