"""Which of a carrier's events is the latest, where some have a zone, some have none, and some only a day."""

import itertools
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.status import Status
from mailroom.domain.times import CarrierTime, Precision, parse_carrier_time
from mailroom.domain.tracking import CarrierEvent, false_midnight, in_order, latest_status

DELIVERED, MOVING, ACCEPTED = Status.DELIVERED, Status.IN_TRANSIT, Status.ACCEPTED


def events(*given: tuple[str, Status]) -> tuple[CarrierEvent, ...]:
    return tuple(CarrierEvent(false_midnight(parse_carrier_time(time)), status) for time, status in given)


def test_a_day_among_moments_does_not_make_them_compared_by_the_clock() -> None:
    # GIVEN a delivery in Hawaii, after a departure whose clock in the east shows more, and a pick-up without an hour
    found = events(
        ("2026-11-26T23:40-10:00", DELIVERED),
        ("2026-11-27T00:30-05:00", MOVING),
        ("2026-11-26T00:00:00", ACCEPTED),
    )

    for some in itertools.permutations(found):
        assert latest_status(some) is DELIVERED
        assert [one.status for one in in_order(some)] == [DELIVERED, MOVING, ACCEPTED]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([("2026-11-26T10:00", MOVING), ("2026-11-26T11:00", DELIVERED)], DELIVERED),
        ([("2026-11-26T10:00-05:00", MOVING), ("2026-11-26T11:00", DELIVERED)], DELIVERED),
        ([("2026-11-26", DELIVERED), ("2026-11-26T11:00", MOVING)], MOVING),  # a bare day loses to an hour of it
        ([("2026-11-27", DELIVERED), ("2026-11-26T11:00-05:00", MOVING)], DELIVERED),
        (
            [("2026-11-27", DELIVERED), ("2026-11-26T23:40-10:00", ACCEPTED), ("2026-11-27T00:30-05:00", MOVING)],
            ACCEPTED,
        ),
        ([("2026-11-26T10:00-05:00", MOVING), ("2026-11-26T15:00Z", DELIVERED)], MOVING),  # one moment: the first
        ([], Status.UNKNOWN),
    ],
)
def test_the_latest_event_says_the_status(given: list[tuple[str, Status]], wanted: Status) -> None:
    assert latest_status(events(*given)) is wanted


moments = st.builds(
    lambda day, hour, minute, offset, bare: CarrierTime(
        datetime(2026, 11, day, 0 if bare else hour, 0 if bare else minute),  # noqa: DTZ001 - local
        None if bare else offset,
        Precision.DAY if bare else Precision.MINUTE,
    ),
    st.integers(25, 27),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from([None, -600, -300, 0, 540]),
    st.booleans(),
)


@given(st.lists(moments, max_size=7), st.randoms())
def test_it_is_one_order_whatever_order_they_come_in(times: list[CarrierTime], chance: object) -> None:
    found = tuple(CarrierEvent(one, Status.IN_TRANSIT, code=str(at)) for at, one in enumerate(times))
    mixed = list(found)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    for newer, older in itertools.combinations(in_order(tuple(mixed)), 2):
        assert newer.happened is not None
        assert older.happened is not None
        if newer.happened.utc and older.happened.utc:
            assert newer.happened.utc >= older.happened.utc
        if newer.happened.precision is Precision.DAY and older.happened.precision is not Precision.DAY:
            assert newer.happened.local.date() != older.happened.local.date()
