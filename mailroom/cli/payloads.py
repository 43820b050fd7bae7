"""Payloads as they come in: arguments, or the lines of stdin, which may be any bytes at all.

A line that is UTF-8 is that text. A line that is not (cp1252, an indicium's bytes) is taken byte by byte as
Latin-1, which is how payloads are kept; nothing is refused and nothing is lost. Lines end with LF or CRLF.
"""

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from mailroom.cli.output import Output
from mailroom.wording import _

LONGEST_LINE = 1 << 20  # bytes; what follows on the same line is dropped: no bar code holds a hundredth of it
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def given(arguments: Iterable[str]) -> Iterator[str]:
    """Payload arguments, by the same rule as lines of stdin."""
    return (argument_text(one) for one in arguments)


def argument_text(argument: str) -> str:
    """One argument as text; bytes that are no UTF-8 arrive as lone surrogates and are undone here."""
    return argument if argument.isascii() else _text(os.fsencode(argument))


def from_stdin(output: Output) -> Iterator[str]:
    """Every line of stdin as soon as it is there, blank ones included."""
    if sys.stdin is None:  # closed by whoever started us
        return iter(())
    if sys.stdin.isatty():
        output.say(_("Scan or type, one payload a line; Ctrl+D ends."))
    return lines(sys.stdin.buffer)


def lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a byte stream without their ends; a last line without an end counts when it is not empty."""
    first = True
    while line := stream.readline(LONGEST_LINE):
        whole = line
        while not whole.endswith(b"\n") and len(whole) == LONGEST_LINE:
            whole = stream.readline(LONGEST_LINE)
            if not whole:
                break
        if first:
            line, first = line.removeprefix(_BYTE_ORDER_MARK), False
        yield _text(line.removesuffix(b"\n").removesuffix(b"\r"))


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
