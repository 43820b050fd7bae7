"""Payloads as they come in: arguments, or the lines of stdin, which may be any bytes at all.

A line that is UTF-8 is that text. A line that is not (cp1252, an indicium's bytes) is taken byte by byte as
Latin-1, which is how payloads are kept; nothing is refused and nothing is lost. Lines end with LF or CRLF.
"""

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from io import BufferedIOBase
from itertools import chain
from typing import cast

from mailroom.cli.output import Output
from mailroom.wording import _

LONGEST_LINE = 1 << 20  # bytes; what follows on the same line is dropped: no bar code holds a hundredth of it
_AT_ONCE = 1 << 13  # bytes: what is read of them is answered in a fiftieth of a second
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def given(arguments: Iterable[str]) -> Iterator[str]:
    """Payload arguments, by the same rule as lines of stdin."""
    return (argument_text(one) for one in arguments)


def argument_text(argument: str) -> str:
    """One argument as text; bytes that are no UTF-8 arrive as lone surrogates and are undone here."""
    return argument if argument.isascii() else _text(os.fsencode(argument))


def from_stdin(output: Output) -> Iterator[str]:
    """Every line of stdin as soon as it is there, blank ones included."""
    return chain.from_iterable(stretches_of_stdin(output))


def stretches_of_stdin(output: Output) -> Iterator[list[str]]:
    """The same, those together that are there at once."""
    if sys.stdin is None:  # closed by whoever started us
        return iter(())
    if sys.stdin.isatty():
        output.say(_("Scan or type, one payload a line; Ctrl+D ends."))
    return stretches(cast("BufferedIOBase", sys.stdin.buffer))


def stretches(stream: BufferedIOBase) -> Iterator[list[str]]:
    """The lines of a byte stream without their ends, those together that were there at once.

    A last line without an end counts when it is not empty.
    """
    rest, mark = b"", _BYTE_ORDER_MARK
    while part := stream.read1(_AT_ONCE):
        first, *others = part.split(b"\n")
        if len(rest) < LONGEST_LINE:
            rest += first
        if others:
            some = [rest.removeprefix(mark), *others]
            rest, mark = some.pop(), b""
            yield [_text(one[:LONGEST_LINE].removesuffix(b"\r")) for one in some]
    if rest:
        yield [_text(rest[:LONGEST_LINE].removeprefix(mark).removesuffix(b"\r"))]


def unescaped(text: str) -> str:
    """The text with Python's `unicode_escape` undone (`\\x1d`, `\\n`); as it stands where an escape is broken."""
    if "\\" not in text:
        return text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # an unknown escape such as \d stays as it is
            return text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    except UnicodeDecodeError:
        return text


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
