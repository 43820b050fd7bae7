"""Payloads come in as any bytes at all; nothing is refused and no line is lost."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.cli.payloads import LONGEST_LINE, argument_text, stretches, unescaped


def _lines(data: bytes) -> list[str]:
    return [one for some in stretches(io.BytesIO(data)) for one in some]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", []),
        (b"A\nB\n", ["A", "B"]),
        (b"A\r\nB", ["A", "B"]),
        (b"\n\nA\n\n", ["", "", "A", ""]),
        ("Zoë\n".encode(), ["Zoë"]),
        (b"Zo\xeb\n", ["Zoë"]),  # cp1252
        (b"\xef\xbb\xbfA\n\xef\xbb\xbfB\n", ["A", "\ufeffB"]),  # a byte order mark, and what only looks like one
        (b"\x00\x1d\xff\n", ["\x00\x1d\xff"]),
        (b"\xff\xc3\xa9\n", ["\xff\xc3\xa9"]),  # an indicium's bytes: none of them is turned into a letter
    ],
)
def test_lines(data: bytes, wanted: list[str]) -> None:
    assert _lines(data) == wanted


@given(st.binary(max_size=200))
def test_there_are_as_many_payloads_as_lines(data: bytes) -> None:
    assert len(_lines(data)) == data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


@given(st.binary(max_size=80).filter(lambda data: b"\n" not in data and not data.endswith(b"\r")))
def test_no_byte_is_lost(data: bytes) -> None:
    [text] = _lines(b"first\n" + data + b"\n")[1:]
    try:
        assert text == data.decode("utf-8")
    except UnicodeDecodeError:
        assert text.encode("latin-1") == data


def test_a_line_without_end_is_cut_and_the_next_one_still_stands() -> None:
    found = _lines(b"A" * (3 * LONGEST_LINE + 5) + b"\nB\n")
    assert [len(one) for one in found] == [LONGEST_LINE, 1]
    assert _lines(b"A" * LONGEST_LINE) == ["A" * LONGEST_LINE]
    assert [len(one) for one in _lines(b"A" * (LONGEST_LINE - 1) + b"\nB")] == [LONGEST_LINE - 1, 1]


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        (r"\x1d420", "\x1d420"),
        (r"a\nb\\c", "a\nb\\c"),
        (r"\u20ac", "€"),
        ("€\\t", "€\t"),
        (r"\d+", r"\d+"),
        ("\\", "\\"),
        (r"\x1", r"\x1"),
        ("plain", "plain"),
    ],
)
def test_escapes(given_text: str, wanted: str) -> None:
    assert unescaped(given_text) == wanted


def test_an_argument_of_foreign_bytes_is_latin_1() -> None:
    assert argument_text("Zo\udceb") == "Zoë"
    assert argument_text("Zoë") == "Zoë"


def test_lines_come_as_they_are_there() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as sender:
        found = stretches(stream)
        sender.write(b"A\nB\nC")
        assert next(found) == ["A", "B"]
        sender.write(b"D\r\n")
        assert next(found) == ["CD"]
        sender.write(b"last")
        sender.close()
        assert list(found) == [["last"]]
