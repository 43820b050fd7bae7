"""Check digits against a slow, plain reckoning and against printed numbers."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.recognition import check_digits

DIGITS = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("gs1", "9400111206206406260787"),
        ("gs1", "4006381333931"),
        ("gs1", "036000291452"),
        ("gs1", "041441760228964"),
        ("usps_legacy", "03071790000523483741"),
        ("usps_legacy", "71969010756003077385"),
        ("fedex_ground_economy", "61299998820821171811"),
        ("fedex_ground_economy", "61292701078443410536"),
        ("fedex_express", "986578788855"),
        ("ups", "5R89390357567127"),
        ("ups", "XX3150YW44070023"),
        ("alternating", "1506235620"),
        ("s10", "123456785"),
        ("luhn", "07209562763"),
        ("luhn", "79927398713"),
        ("mod7", "3318810025"),
        ("mod37_36", "008182709980000020033350276C"),
        ("mod37_36", "09980000020033F"),
    ],
)
def test_printed_numbers_hold(rule: str, number: str) -> None:
    assert number[-1] in getattr(check_digits, rule)(number[:-1])


@given(DIGITS)
def test_gs1_is_weights_of_three_and_one_from_the_right(body: str) -> None:
    total = sum(int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(body)))
    assert check_digits.gs1(body) == str((10 - total % 10) % 10)
    assert check_digits.usps_legacy(body)[0] == check_digits.gs1(body)
    assert check_digits.usps_legacy(body)[1] == check_digits.gs1("91" + body)


@given(DIGITS)
def test_alternating_is_weights_of_one_and_two_from_the_left(body: str) -> None:
    total = sum(int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(body))
    assert check_digits.alternating(body) == str((10 - total % 10) % 10)


@given(st.text("0123456789", min_size=11, max_size=11))
def test_fedex_is_weights_of_three_one_seven(body: str) -> None:
    total = sum(int(digit) * (3, 1, 7)[at % 3] for at, digit in enumerate(body))
    assert check_digits.fedex_express(body) == str(total % 11 % 10)


@given(st.text("0123456789", min_size=8, max_size=8))
def test_s10_is_modulo_eleven(body: str) -> None:
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    assert check_digits.s10(body) == {10: "0", 11: "5"}.get(rest, str(rest))


@given(st.text(string.ascii_uppercase + string.digits, min_size=15, max_size=15))
def test_ups_reads_letters_as_digits_that_begin_with_a_as_two(body: str) -> None:
    values = [int(char) if char.isdigit() else (string.ascii_uppercase.index(char) + 2) % 10 for char in body]
    assert check_digits.ups(body) == str(-sum(v * (2 if at % 2 else 1) for at, v in enumerate(values)) % 10)


@given(DIGITS)
def test_luhn_and_mod7_agree_with_their_definitions(body: str) -> None:
    doubled = [int(digit) * (1 if at % 2 else 2) for at, digit in enumerate(reversed(body))]
    assert check_digits.luhn(body) == str(-sum(value // 10 + value % 10 for value in doubled) % 10)
    assert check_digits.mod7(body) == str(int(body) % 7)


@given(DIGITS, st.data())
def test_gs1_sees_every_change_of_one_digit(body: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([digit for digit in string.digits if digit != body[at]]))
    assert check_digits.gs1(body[:at] + other + body[at + 1 :]) != check_digits.gs1(body)


@given(st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=27), st.data())
def test_mod37_36_sees_every_change_of_one_character(body: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([char for char in string.digits + string.ascii_uppercase if char != body[at]]))
    assert check_digits.mod37_36(body[:at] + other + body[at + 1 :]) != check_digits.mod37_36(body)
