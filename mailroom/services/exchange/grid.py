"""A file's rows under its header: where the header is and what separates its cells is found by content."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mailroom.errors import MailroomError
from mailroom.services.exchange.source import (
    Cells,
    Source,
    TableFormat,
    WorkbookReader,
    count_rows,
    csv_rows,
    opened,
    text_rows,
)

DELIMITERS: Final = (",", ";", "\t", "|")

_LOOKED_AT = 40  # rows in which a header is looked for: titles of a report may stand above it
_SAMPLE = 1 << 17  # characters
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how programs keep a spreadsheet from taking a number for a number
# Line (row of a sheet) from 1, its cells or what is wrong with it, the columns whose numbers lost digits.
GridRow = tuple[int, Cells | MailroomError, Sequence[int]]
Known = Callable[[Sequence[str]], int]  # how many of these titles are understood
_GUARDED = re.compile(r"'+\s*[=+\-@\t\r]")  # how formulas are disarmed on the way out


@dataclass(frozen=True, slots=True)
class Grid:
    """A file with its header: `titles` are unique; `first` is the line (row) of the header, from 1."""

    source: Source
    titles: tuple[str, ...]
    first: int
    delimiter: str = ","
    sheet: str = ""

    @contextmanager
    def open(self, decimal: str = ".") -> "Iterator[GridReader]":
        """The rows below the header, to be read once; `decimal` is the sign of fractions in a workbook's cells."""
        if self.source.format is TableFormat.CSV:
            yield GridReader(count_rows(self.source, self.delimiter) - 1, self._text_rows)
            return
        with WorkbookReader(self.source, self.sheet, decimal) as book:
            yield GridReader(max(0, book.height - self.first), lambda: self._book_rows(book, 0))

    def some(self, most: int, decimal: str = ".") -> list[GridRow]:
        """The first rows below the header."""
        if self.source.format is TableFormat.CSV:
            return list(islice(self._text_rows(), most))
        with WorkbookReader(self.source, self.sheet, decimal) as book:
            return list(islice(self._book_rows(book, self.first + 4 * most), most))

    def _text_rows(self) -> Iterator[GridRow]:
        return text_rows(self.source, self.delimiter, self.first)

    def _book_rows(self, book: WorkbookReader, most: int) -> Iterator[GridRow]:
        for line, cells, lost in book.rows(most):
            if line > self.first and any(cells) and any(map(str.strip, cells)):
                yield line, cells, lost


@dataclass(frozen=True, slots=True)
class GridReader:
    """A file being read: `total` is how many rows there are, blank ones among them in a workbook."""

    total: int
    rows: Callable[[], Iterator[GridRow]]


def read_grid(source: Source, known: Known, sheet: str = "") -> Grid:
    """Find the header: the row with the most titles that are `known`. Raises `file_empty`, `sheet_missing`."""
    if source.format is not TableFormat.CSV:
        chosen = source.sheet_of(sheet)
        with WorkbookReader(source, chosen) as book:
            rows = [(line, cells) for line, cells, _lost in book.rows(_LOOKED_AT)]
        first, titles, _score = _header(rows, known, source.name)
        return Grid(source, titles, first, sheet=chosen)
    text = _sample(source)
    best: tuple[int, Grid] | None = None
    for delimiter in DELIMITERS:
        rows = _some(text, delimiter)
        if not rows:  # quoted throughout, and another sign stands between the quotation marks
            continue
        first, titles, score = _header(rows, known, source.name)
        if best is None or score > best[0]:
            best = score, Grid(source, titles, first, delimiter)
    if best is None:
        raise MailroomError("file_empty", name=source.name)
    return best[1]


def plain_cell(cell: str) -> str:
    """A cell's text without what spreadsheets are told with: `="007"` is `007`, and `'=1+1` is `=1+1`."""
    text = cell.strip()
    if text.startswith("="):
        match = _AS_TEXT.fullmatch(text)
        return match[1].replace('""', '"').strip() if match else text
    if text.startswith("'") and _GUARDED.match(text):
        return text[1:]
    return text


def _sample(source: Source) -> str:
    with opened(source.path, source.name) as raw:
        head = raw.read(4 * _SAMPLE)
    return head.decode(source.encoding, "ignore")[:_SAMPLE]


def _some(text: str, delimiter: str) -> list[tuple[int, Cells]]:
    rows = csv_rows(io.StringIO(text, newline=""), delimiter)
    return [(line, cells) for line, cells, _lost in islice(rows, _LOOKED_AT) if isinstance(cells, list)]


def _header(rows: Sequence[tuple[int, Cells]], known: Known, name: str) -> tuple[int, tuple[str, ...], int]:
    """The line of the header, its titles, and how much speaks for it: fields known, then columns."""
    best: tuple[int, tuple[str, ...], int] | None = None
    for line, cells in rows:
        titles = _unique([plain_cell(cell) for cell in cells])
        if not any(titles):
            continue
        score = 1000 * known(titles) + sum(1 for title in titles if title)
        if best is None or score > best[2]:
            best = line, titles, score
    if best is None:
        raise MailroomError("file_empty", name=name)
    if best[2] < 1000:  # nothing is known: the first row it is, for a person to say what is what
        line, cells = next((line, cells) for line, cells in rows if any(map(str.strip, cells)))
        titles = _unique([plain_cell(cell) for cell in cells])
        return line, titles, sum(1 for title in titles if title)
    return best


def _unique(titles: Sequence[str]) -> tuple[str, ...]:
    """Titles on one line, each once: a second `Address` is `Address (2)`."""
    found: list[str] = []
    for title in titles:
        word = " ".join(title.split())
        if not word:
            found.append("")
            continue
        count, unique = 1, word
        while unique in found:
            count += 1
            unique = f"{word} ({count})"
        found.append(unique)
    return tuple(found)
