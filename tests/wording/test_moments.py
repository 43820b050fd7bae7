"""Dates have their month in letters, times the zone they were given or none, money its mills where it has any."""

from datetime import UTC, date, datetime

import pytest

from mailroom.domain.money import Money
from mailroom.domain.times import parse_carrier_time
from mailroom.wording import moments


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("2026-11-05T17:48", "Nov 5, 2026, 5:48\u00a0PM"),
        ("2026-11-05T17:48:07", "Nov 5, 2026, 5:48:07\u00a0PM"),
        ("2026-11-05T17:48:00-05:00", "Nov 5, 2026, 5:48\u00a0PM UTC-5"),
        ("2026-11-05T17:48+05:30", "Nov 5, 2026, 5:48\u00a0PM UTC+5:30"),
        ("2026-11-05T17:48Z", "Nov 5, 2026, 5:48\u00a0PM UTC"),
        ("2026-11-05", "Nov 5, 2026"),
    ],
)
def test_a_carriers_time_stands_as_it_was_given(told: str, shown: str) -> None:
    assert moments.given(parse_carrier_time(told)) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/New_York", "Nov 23, 2026, 9:14\u00a0AM EST (UTC-5)"),
        ("UTC", "Nov 23, 2026, 2:14\u00a0PM UTC"),
        ("America/Sao_Paulo", "Nov 23, 2026, 11:14\u00a0AM UTC-3"),
        ("Asia/Kolkata", "Nov 23, 2026, 7:44\u00a0PM IST (UTC+5:30)"),
    ],
)
def test_our_own_time_names_its_zone(zone: str, shown: str) -> None:
    assert moments.office_time_exact(datetime(2026, 11, 23, 14, 14, tzinfo=UTC), zone) == shown


def test_days() -> None:
    day = date(2026, 11, 10)
    assert moments.short_day(day) == "Nov 10, 2026"
    assert moments.long_day(day) == "November 10, 2026"
    assert moments.month_day(day) == "Nov 10"
    assert moments.weekday_and_day(day) == "Tuesday, Nov 10, 2026"
    assert moments.short_day(day, "de") == "10. Nov. 2026"
    assert moments.short_day(day, "no such language") == "Nov 10, 2026"


@pytest.mark.parametrize(
    ("mills", "with_currency", "bare"),
    [(645400, "$645.40", "645.40"), (9645, "$9.645", "9.645"), (-20000, "-$20.00", "–20.00"), (0, "$0.00", "0.00")],
)
def test_money(mills: int, with_currency: str, bare: str) -> None:
    assert moments.money(Money(mills)) == with_currency
    assert moments.bare_amount(Money(mills)) == bare


def test_a_currency_by_name() -> None:
    assert moments.currency_name("USD") == "US dollars"
    assert moments.currency_name("CAD") == "Canadian dollars"
