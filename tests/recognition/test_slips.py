"""Slips of typing: letters for digits are read where the check digit proves it, swapped digits are only named."""

from collections.abc import Callable

import pytest

from mailroom.domain.reading import ReadingSource
from mailroom.domain.recognition import Check, Recognition, Verdict
from mailroom.recognition.decision import decide
from mailroom.wording.reasons import reason_text

Read = Callable[..., Recognition]
TYPED = ReadingSource.TYPED


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("94OO 1112 O62O 64O6 26O7 87", "9400111206206406260787"),
        ("94OOlII2O62O64O626O787", "9400111206206406260787"),
        ("98657878885S", ""),  # S is no digit of anybody's
        ("O73938OOO549297O", ""),
        ("OO73938OOO549297", "0073938000549297"),
        ("RBI23456785US", "RB123456785US"),
        ("rb l2345678s us", ""),
        ("EEI2345678SDE", ""),
        ("CP I23 456 785 FR", "CP123456785FR"),
        ("iz5r89390357567127", "1Z5R89390357567127"),
        ("lZ 5R8 939 03 5756 7I27", ""),  # among UPS's own characters letters may stand
        ("DIOO1I34598301O", "D10011345983010"),  # OnTrac: its own letter stays
        ("KI5O623562O", "K1506235620"),
        ("O9 98OO 0002 OO33 F", "09980000020033"),  # DPD: the check character may be a letter
        ("DIOO1I345983011", ""),
    ],
)
def test_letters_count_as_digits_only_where_the_check_digit_holds_then(read: Read, typed: str, number: str) -> None:
    best = read(typed, source=TYPED).best
    assert (best.tracking_number if best else "") == number
    if best:
        assert (best.check, best.why.code) == (Check.OK, "typed_repaired")


@pytest.mark.parametrize(
    ("payload", "number"),
    [
        ("K420787459400111206206406260787", "9400111206206406260787"),
        ("D1Z5R89390357567127", "1Z5R89390357567127"),
        ("BTBA010000000000", "TBA010000000000"),
        ("DJJD014600006281230704", "JJD014600006281230704"),
        ("BLX17635036", ""),  # as short as an order number
        ("XTBA010000000000", ""),  # no scanner's letter
        ("D1Z5R89390357567128", ""),
    ],
)
@pytest.mark.parametrize("source", [ReadingSource.WEDGE, TYPED])
def test_a_scanners_letter_before_a_number_comes_off(
    read: Read, payload: str, number: str, source: ReadingSource
) -> None:
    best = read(payload, source=source).best
    assert (best.tracking_number if best else "") == number


def test_a_scanner_never_has_its_letters_changed(read: Read) -> None:
    assert read("94OO111206206406260787").best is None
    assert read("RBI23456785US").best is None


@pytest.mark.parametrize(
    ("typed", "number", "places"),
    [
        ("RE253606080US", "RE253660080US", ("7", "8")),
        ("re 253 606 080 us", "RE253660080US", ("7", "8")),
        ("731729995217", "731729992517", ("9", "10")),
        ("9400111101020953461585", "9400111101020935461585", ("15", "16")),
        ("420606069400111101020953461585", "9400111101020935461585", ("15", "16")),
        ("1Z5R89390369841425", "1Z5R89390369841245", ("16", "17")),
    ],
)
def test_the_only_swap_that_makes_the_check_digit_right_is_named(
    read: Read, typed: str, number: str, places: tuple[str, str]
) -> None:
    recognition = read(typed, source=TYPED)
    told = recognition.candidates[0]
    assert told.check is Check.BAD
    assert told.tracking_number != number
    assert told.why.code == "digits_swapped"
    assert dict(told.why.facts) == {"first": places[0], "second": places[1], "number": number}
    assert number in reason_text(told.why)
    # it is asked about, never taken
    assert recognition.best is None
    decision = decide(recognition, enabled=(told.carrier,), run_carrier=told.carrier)
    assert decision.verdict is Verdict.ASK
    kept = decide(recognition, enabled=(told.carrier,), run_carrier=told.carrier, keep_bad_check=True)
    assert kept.candidate is None or kept.candidate.tracking_number != number


def test_nothing_is_named_where_several_swaps_would_do_or_none(read: Read) -> None:
    several = read("9400111206206406260788", source=TYPED).candidates[0]
    assert several.why.code == "check_wrong"
    none = read("RE253660081US", source=TYPED).candidates[0]
    assert (none.why.code, none.expected_check) == ("check_wrong", "0")


def test_a_misread_of_a_scanner_names_no_swap(read: Read) -> None:
    assert read("RE253606080US").candidates[0].why.code == "check_wrong"
