"""Command bar codes are text for recognition: never a carrier's number, whatever carrier; and no number is one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.carriers import all_carriers
from mailroom.domain.bench_codes import (
    ALONE,
    NAMED,
    BenchCode,
    BenchKind,
    badge_code,
    office_code,
    parse_bench_code,
    spell_bench_code,
)
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import PayloadKind
from mailroom.recognition.bench import bench_codes
from mailroom.recognition.recogniser import recognise

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = bytes(range(32))
UNDO = spell_bench_code(office_code(KEY, BenchKind.UNDO))
codes = st.one_of(
    st.binary(min_size=8, max_size=8).map(badge_code),
    st.builds(office_code, st.binary(min_size=32, max_size=32), st.sampled_from(ALONE)),
    st.builds(office_code, st.binary(min_size=32, max_size=32), st.sampled_from(NAMED), st.text(max_size=20)),
)
dressings = st.sampled_from(("{}", "]C0{}", "{}\r\n", "]c0{}", "*{}*", "D{}", "{}\t"))


def reading(raw: str, source: ReadingSource = ReadingSource.WEDGE, symbology: Symbology | None = None) -> Reading:
    return Reading(raw, source, NOW, symbology)


@given(codes, dressings, st.sampled_from((None, *Symbology)), st.sampled_from(tuple(ReadingSource)), st.booleans())
def test_no_command_is_ever_a_tracking_number(
    code: BenchCode, dressing: str, symbology: Symbology | None, source: ReadingSource, caps: bool
) -> None:
    payload = spell_bench_code(code)
    one = reading(dressing.format(payload.lower() if caps else payload), source, symbology)
    found = recognise((one,), all_carriers())
    assert found.kind is PayloadKind.TEXT
    assert found.candidates == ()
    assert found.reason.code == "bench_code"
    assert bench_codes((one,)) == (code,)


def test_no_number_of_any_carrier_is_a_command() -> None:
    payloads = [one.payload for carrier in all_carriers() for one in carrier.examples.valid]
    assert len(payloads) > 60
    assert [one for one in payloads if parse_bench_code(one) or bench_codes((reading(one),))] == []


@given(st.text(alphabet="0123456789", min_size=1, max_size=34), st.text(alphabet="BCDEFGHKLNPRSTUV", max_size=16))
def test_nothing_with_a_digit_is_a_command(digits: str, letters: str) -> None:
    assert bench_codes((reading(f"XJ{letters}{digits}"),)) == ()


@pytest.mark.parametrize("wrong", [UNDO[:-1] + "X", UNDO[:4] + "A" + UNDO[5:]])
def test_a_misread_command_is_said_to_be_one_and_is_no_number(wrong: str) -> None:
    found = recognise((reading(wrong),), all_carriers())
    assert (found.kind, found.candidates, found.reason.code) == (PayloadKind.TEXT, (), "bench_code_misread")


def test_two_commands_on_one_page_are_both_told_and_the_same_one_twice_is_one() -> None:
    new_run = spell_bench_code(office_code(KEY, BenchKind.NEW_RUN))
    page = (reading(UNDO), reading(new_run), reading(UNDO), reading("1Z999AA10123456784"))
    assert [one.kind for one in bench_codes(page)] == [BenchKind.UNDO, BenchKind.NEW_RUN]
