"""Money, weights, times, ids and the chain: exact, refused where they do not fit, never guessed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.command import GENESIS, Command, canonical_json, chain_hash, parse_utc, payload_digest, utc_text
from mailroom.domain.ids import new_id
from mailroom.domain.money import Money, parse_money, total
from mailroom.domain.status import Status, parse_status
from mailroom.domain.times import CarrierTime, DateOrder, Precision, parse_carrier_time
from mailroom.domain.weights import parse_weight
from mailroom.errors import MailroomError


@pytest.mark.parametrize(("text", "mills"), [("120", 120_000), ("120.00", 120_000), ("7.640", 7640), ("-0.5", -500)])
def test_money_is_read_exactly(text: str, mills: int) -> None:
    assert parse_money(text) == Money(mills)


@pytest.mark.parametrize("text", ["", "1,5", "1e3", "NaN", "inf", "1.0005", "$5", "1 000", "٣", "1_0", "9" * 20, "--1"])
def test_money_that_is_not_plain_is_refused(text: str) -> None:
    with pytest.raises(MailroomError) as refused:
        parse_money(text)
    assert refused.value.code == "bad_amount"


@given(st.integers(-(10**14), 10**14))
def test_money_reads_what_it_shows(mills: int) -> None:
    assert parse_money(Money(mills).amount) == Money(mills)


def test_sums_add_lines_of_one_currency() -> None:
    assert total([Money(100), Money(200)]) == Money(300)
    with pytest.raises(MailroomError):
        total([Money(100), Money(200, "CAD")])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12 oz", "12 oz"),
        ("1 lb 6 oz", "1 lb 6 oz"),
        ("1LB 6.5OZ", "1 lb 6.5 oz"),
        ("350g", "350 g"),
        ("2.50 kg", "2.5 kg"),
    ],
)
def test_weights(text: str, shown: str) -> None:
    assert str(parse_weight(text)) == shown


@pytest.mark.parametrize("text", ["", "1.5", "-1 oz", "0 oz", "1,5 oz", "NaN oz", "1e400 g", "5 stone"])
def test_weights_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(MailroomError) as refused:
        parse_weight(text)
    assert refused.value.code == "bad_weight"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20T14:32", "2026-11-20T14:32"),
        ("2026-11-20 14:32:05", "2026-11-20T14:32:05"),
        ("2026-11-20T14:32:05.123Z", "2026-11-20T14:32:05+00:00"),
        ("2026-11-20T14:32-0500", "2026-11-20T14:32-05:00"),
        ("2026-11-20T14:32-03:30", "2026-11-20T14:32-03:30"),
        ("November 20, 2026, 2:32 pm", "2026-11-20T14:32"),
        ("Nov 20, 2026", "2026-11-20"),
        ("11/20/2026 12:05 AM", "2026-11-20T00:05"),
        ("20.11.2026", "2026-11-20"),
    ],
)
def test_times_are_kept_as_given(text: str, shown: str) -> None:
    assert str(parse_carrier_time(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "31.02.2026", "2026-13-01", "0001-01-01", "9999-01-01", "2026-11-20T25:00", "13:99 2026", "Foo 3, 2026",
     "2026-11-20T10:00+99:00", "11/20/2026 13:05 PM", "2026-11-20T10:60", "tomorrow"],
)  # fmt: skip
def test_dates_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(MailroomError) as refused:
        parse_carrier_time(text)
    assert refused.value.code == "bad_date"


def test_an_ambiguous_date_needs_an_order() -> None:
    with pytest.raises(MailroomError) as refused:
        parse_carrier_time("03/04/2026")
    assert refused.value.code == "date_ambiguous"
    assert str(parse_carrier_time("03/04/2026", DateOrder.MONTH_FIRST)) == "2026-03-04"
    assert str(parse_carrier_time("03/04/2026", DateOrder.DAY_FIRST)) == "2026-04-03"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001
    st.one_of(st.none(), st.integers(-14 * 60, 14 * 60)),
    st.sampled_from(list(Precision)),
)
def test_a_time_reads_what_it_shows(local: datetime, offset: int | None, precision: Precision) -> None:
    if precision is Precision.DAY:
        local, offset = local.replace(hour=0, minute=0, second=0), None
    elif precision is Precision.MINUTE:
        local = local.replace(second=0)
    time = CarrierTime(local.replace(microsecond=0), offset, precision)
    assert parse_carrier_time(str(time)) == time


def test_utc_exists_only_when_the_offset_was_given() -> None:
    assert parse_carrier_time("2026-11-20T14:32").utc is None
    assert parse_carrier_time("2026-11-20T14:32-05:00").utc == datetime(2026, 11, 20, 19, 32, tzinfo=UTC)
    assert parse_carrier_time("2026-11-20").utc is None


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert all(one[14] == "7" and one[19] in "89ab" for one in made)


def test_a_moment_reads_what_it_shows_and_a_naive_one_is_refused() -> None:
    moment = datetime(2026, 11, 20, 1, 2, 3, 4, tzinfo=UTC)
    assert parse_utc(utc_text(moment)) == moment
    with pytest.raises(ValueError, match="naive"):
        utc_text(moment.replace(tzinfo=None))


def test_the_chain_changes_with_every_part_of_a_command() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    first = Command("c1", "d1", "note", "s1", {"a": 1}, now, "o1", seq=1)
    digest = payload_digest(b"salt", first.payload)
    variants = [
        replace(first, id="c2"),
        replace(first, seq=2),
        replace(first, made_at=now + timedelta(microseconds=1)),
        replace(first, made_by="o2"),
        replace(first, subject="s2"),
        replace(first, kind="other"),
        replace(first, version=2),
        replace(first, base_version=0),
        replace(first, desk="d2"),
    ]
    hashes = {chain_hash(GENESIS, one, digest) for one in [first, *variants]}
    hashes |= {chain_hash("1" * 64, first, digest), chain_hash(GENESIS, first, payload_digest(b"x", first.payload))}
    assert len(hashes) == len(variants) + 3


def test_json_for_hashes_has_one_spelling_and_no_floats() -> None:
    assert canonical_json({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'.encode()
    with pytest.raises(TypeError):
        canonical_json({"a": [1.5]})


@pytest.mark.parametrize(
    ("word", "status"),
    [("Delivered", Status.DELIVERED), ("IN TRANSIT", Status.IN_TRANSIT), ("out-for-delivery", Status.OUT_FOR_DELIVERY),
     ("gone fishing", None), ("", None)],
)  # fmt: skip
def test_status_words(word: str, status: Status | None) -> None:
    assert parse_status(word) is status
