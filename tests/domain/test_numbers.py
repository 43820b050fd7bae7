"""Numbers of our own: written, told by their check character, and compared without their dashes."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.numbers import is_label_number, label_number, normal_number, paper_number

COUNTS = st.integers(1, 10**9 - 1)


def test_numbers_say_year_desk_and_count() -> None:
    assert paper_number("CLM", 2026, "A", 7) == "CLM-2026-A0007"
    assert label_number(2026, "A", 7).startswith("MR-2026-A0007-")
    assert label_number(2026, "AB", 123_456).startswith("MR-2026-AB123456-")


@given(st.integers(2020, 2099), st.sampled_from(["A", "Z", "AB"]), COUNTS)
def test_every_number_given_out_is_known_again(year: int, letter: str, count: int) -> None:
    assert is_label_number(normal_number(label_number(year, letter, count)))


@given(COUNTS, st.data())
def test_one_wrong_character_is_seen(count: int, data: st.DataObject) -> None:
    number = normal_number(label_number(2026, "A", count))
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from(sorted(set(string.digits + string.ascii_uppercase) - {number[at]})))
    assert not is_label_number(number[:at] + other + number[at + 1 :])


@pytest.mark.parametrize(
    "text", ["", "MR", "MR2026A0007", "MR-2026-A0007-6", "XX2026A00076", "MR2026A7K", "mr2026a00076"]
)
def test_other_texts_are_none(text: str) -> None:
    assert not is_label_number(text)
