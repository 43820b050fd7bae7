"""Properties: any payload has an answer, a changed digit is never taken for right where the check digit can tell."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroom.carriers import all_carriers
from mailroom.domain.reading import ReadingSource, Symbology
from mailroom.domain.recognition import Check, PayloadKind, Recognition
from mailroom.recognition.as_json import identify_object
from mailroom.recognition.decision import decide
from mailroom.recognition.numbers import normal_number, same_number
from mailroom.wording.reasons import reason_text

Read = Callable[..., Recognition]

EXAMPLES = [example.payload for carrier in all_carriers() for example in carrier.examples.valid]
SYMBOLOGIES = st.none() | st.sampled_from(Symbology)
SCRAPS = st.sampled_from(
    [
        *EXAMPLES,
        "420",
        "421",
        "00",
        "2L",
        "]C1",
        "[)>\x1e01\x1d96",
        "\x1d",
        "|",
        "<GS>",
        "1Z",
        "92",
        "K",
        "MR:",
        "0" * 12,
    ]
)
BITS = st.lists(SCRAPS | st.text(max_size=8) | st.text(string.digits, max_size=12), max_size=5).map("".join)


def _sane(recognition: Recognition) -> None:
    for one in recognition.candidates:
        assert one.tracking_number.strip("0")
        assert one.tracking_number.isascii()
        assert one.tracking_number == normal_number(one.tracking_number)
        assert one.check is not Check.BAD or one.expected_check
        assert one.role == "primary" or one.carrier == "usps"
    assert recognition.kind is not PayloadKind.PRODUCT or recognition.best is None
    if recognition.kind in (PayloadKind.TEXT, PayloadKind.INDICIUM, PayloadKind.UNKNOWN):
        assert recognition.candidates == ()
    decide(recognition, enabled=("usps", "ups", "fedex"))
    identify_object(recognition, reason_text)


@given(BITS | st.text(), SYMBOLOGIES, st.sampled_from(ReadingSource))
def test_any_text_has_an_answer(read: Read, raw: str, symbology: Symbology | None, source: ReadingSource) -> None:
    _sane(read((raw, symbology), source=source))


@given(st.binary(max_size=300), SYMBOLOGIES)
def test_any_bytes_have_an_answer(read: Read, raw: bytes, symbology: Symbology | None) -> None:
    _sane(read((raw.decode("latin-1"), symbology)))


@given(st.lists(BITS, max_size=6))
@settings(max_examples=50)
def test_any_label_has_an_answer(read: Read, raws: list[str]) -> None:
    _sane(read(*raws))


def _places(payload: str, number: str) -> range:
    """Where in the payload the number stands."""
    return range(payload.index(number), payload.index(number) + len(number))


# GS1's check digit sees every change of one digit. The first two digits of a package number are left alone: with
# another identifier it is another format.
_SURE = [
    ("9400111206206406260787", "9400111206206406260787", 2),
    ("420787459400111206206406260787", "9400111206206406260787", 2),
    ("92001903060085300042901077", "92001903060085300042901077", 2),
    ("4201028200009261290113185417468510", "9261290113185417468510", 2),
    ("9101123456789000000013", "9101123456789000000013", 2),
    ("61299998820821171811", "61299998820821171811", 4),
    ("041441760228964", "041441760228964", 0),
    ("9611020987654312345672", "987654312345672", 0),
]


@pytest.mark.parametrize(("payload", "number", "fixed"), _SURE)
def test_no_change_of_one_digit_is_taken_for_right(read: Read, payload: str, number: str, fixed: int) -> None:
    assert read(payload).best is not None
    for at in _places(payload, number)[fixed:]:
        for digit in string.digits:
            if digit != payload[at]:
                wrong = read(payload[:at] + digit + payload[at + 1 :])
                assert wrong.best is None, (at, digit)


@pytest.mark.parametrize(("payload", "number", "fixed"), _SURE)
def test_no_swap_of_neighbours_is_taken_for_right_unless_they_differ_by_five(
    read: Read, payload: str, number: str, fixed: int
) -> None:
    for at in _places(payload, number)[fixed:-1]:
        one, other = payload[at], payload[at + 1]
        if one != other and abs(int(one) - int(other)) != 5:
            wrong = read(payload[:at] + other + one + payload[at + 2 :])
            assert wrong.best is None, at


def _ups_value(char: str) -> int:
    return int(char) if char.isdigit() else (string.ascii_uppercase.index(char) + 2) % 10


@given(st.text(string.ascii_uppercase + string.digits, min_size=15, max_size=15), st.data())
def test_a_changed_character_of_a_1z_is_seen_where_its_value_counts(read: Read, body: str, data: st.DataObject) -> None:
    total = sum(_ups_value(char) * (1 + at % 2) for at, char in enumerate(body))
    at = data.draw(st.integers(0, 14))
    other = data.draw(st.sampled_from(string.ascii_uppercase + string.digits))
    shift = (_ups_value(other) - _ups_value(body[at])) * (1 + at % 2) % 10
    recognition = read(f"1Z{body[:at]}{other}{body[at + 1 :]}{-total % 10}")
    assert (recognition.best is not None) == (shift == 0 and (body[:at] + other + body[at + 1 :]).strip("0") != "")


@given(st.text(string.digits, min_size=8, max_size=8).filter(lambda body: body.strip("0") != ""))
def test_one_digit_of_ten_is_right_for_a_postal_number(read: Read, body: str) -> None:
    good = [digit for digit in string.digits if read(f"RB{body}{digit}US").best]
    assert len(good) == 1


@given(
    st.text(string.digits, min_size=20, max_size=34).filter(lambda text: len(text) in (21, 23, 24, 25, 27, 29, 31, 33))
)
def test_lengths_that_no_format_has_are_no_number(read: Read, text: str) -> None:
    assert read(text).candidates == ()


@given(st.sampled_from(EXAMPLES))
def test_grouping_case_and_ends_change_nothing(read: Read, payload: str) -> None:
    plain = [(one.carrier, one.tracking_number, one.good) for one in read(payload).candidates]
    for other in (f" {payload}\r\n", payload.lower(), payload.swapcase(), f"\x02{payload}\x03", f"\ufeff{payload}"):
        assert [(one.carrier, one.tracking_number, one.good) for one in read(other).candidates] == plain


def test_numbers_are_compared_without_grouping() -> None:
    assert same_number("9400 1112 0620 6406 2607 87", "9400-1112-0620-6406-2607-87")
    assert same_number("re 558 104 303 us", "RE558104303US")
    assert not same_number("RE558104303US", "RE558104304US")
    assert normal_number("1z\u00a087\u20139E\u200b930346834440") == "1Z879E930346834440"
