"""A code that was only fitted stands alone where it says what labels say, in the way that printers say it."""

import numpy as np
import pytest

from mailroom.capture.alphabets import code128, code128_text, is_usual128
from mailroom.capture.writer import draw

VALUES = {tuple(int(width) for width in widths): value for value, widths in enumerate(code128().symbols)}


def printed(payload: str) -> list[int]:
    """The symbols that a printer writes, start and check character included."""
    row = np.asarray(draw("Code128", payload))[0] < 128
    widths = np.diff(np.flatnonzero(np.diff(np.concatenate([[0], row, [0]]))))
    return [VALUES[tuple(widths[at : at + 6].tolist())] for at in range(0, len(widths) - 7, 6)]


def with_check(values: list[int]) -> list[int]:
    return [*values, (values[0] + sum(at * value for at, value in enumerate(values[1:], 1))) % 103]


@pytest.mark.parametrize(
    "payload",
    [
        "1Z9CE95R0237867053",
        "TBA631129395692",
        "[420]94103[92]00190123456789012345",
        "JJD017363467330860029",
        "2LUS34458+20467668",
        "RR123456785GB",
        "9632781302599786268965747757430850",
        "C10999911320231",  # pairs 99 are digits here, and no change of the set
        "MR-2026-A0007",
    ],
)
def test_what_labels_say_is_usual(payload: str) -> None:
    values = printed(payload)
    text = code128_text(values)
    assert text is not None
    assert text.replace("\x1d", "") == payload.replace("[", "").replace("]", "")
    assert is_usual128(values, text)


@pytest.mark.parametrize(
    "values",
    [
        [104, 52, 37, 40, 92, 72, 35, 61, 39, 56, 92],  # TEH|hC]GX|, once seen in a blurred strip
        [103, 33, 34, 35, 36, 37, 38, 39, 40],  # set A: for control characters
        [104, 33, 99, 12, 100, 34, 35, 36, 37, 38],  # a change for one pair
        [105, 12, 100, 33, 98, 34, 35, 36, 37, 38],  # a shift
        [104, 33, 99, 11, 22, 100, 33, 99, 11, 22, 100, 33, 99, 11, 22],  # one change after the other
    ],
)
def test_what_chance_says_is_not(values: list[int]) -> None:
    text = code128_text(with_check(values))
    assert text
    assert not is_usual128(with_check(values), text)
