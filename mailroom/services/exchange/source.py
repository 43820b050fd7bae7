"""A file as rows of text: what it is told by its content, never by its name; its encoding is found or given."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, repeat
from operator import attrgetter
from pathlib import Path
from typing import Final, Self

from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox, open_regular
from mailroom.services.exchange.workbook import OLE, ZIP

LARGEST: Final = 2 << 30  # bytes; rows are read a stretch at a time
LONGEST_FIELD: Final = 131_072  # characters: more than any cell of a table is meant to hold
ENCODINGS: Final = ("utf-8", "cp1252", "cp1250", "cp850", "mac_roman")  # what a person may choose from

_SWALLOWED = 4 << 20  # characters that an unclosed quotation mark may swallow before the reader gives up
_PART = 1 << 20  # bytes read at once
_SAMPLE = 1 << 16  # bytes looked at to tell text from something else
_WORKBOOK_ROWS = 2000  # asked of the child at a time
_MEMORY, _CPU_SECONDS, _WALL_SECONDS = 3 << 30, 120, 240.0  # of the child: a full sheet has a million rows
_TOGETHER = 500  # rows of a text looked at together
_LINE = attrgetter("line_num")
_CONTROLS = bytes(one for one in range(32) if one not in b"\t\n\v\f\r\x1a\x1b")

Cells = list[str]
# The line (of a workbook: the row) where it begins, from 1; its cells or what is wrong with it; the columns whose
# numbers lost digits (in a text none).
Row = tuple[int, Cells | MailroomError, Sequence[int]]

csv.field_size_limit(_SWALLOWED)


class TableFormat(StrEnum):
    """What a file of rows is, by its content."""

    CSV = "csv"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"


_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt"})
_BOOK_ENDINGS = frozenset(f".{one}" for one in TableFormat if one is not TableFormat.CSV) | {".xlsm"}


@dataclass(frozen=True, slots=True)
class Source:
    """A table file that was looked at. `sure`: its encoding is certain; `renamed`: its name says something else."""

    path: Path
    name: str
    format: TableFormat
    encoding: str = ""  # of a text, as Python calls it
    sure: bool = True
    sheets: tuple[str, ...] = ()  # of a workbook
    renamed: bool = False

    def sheet_of(self, wanted: str) -> str:
        """The sheet asked for, else the first one. Raises `sheet_missing`."""
        if wanted and wanted not in self.sheets:
            raise MailroomError("sheet_missing", name=self.name, sheet=wanted)
        return wanted or (self.sheets[0] if self.sheets else "")


def look(path: Path, name: str, encoding: str = "") -> Source:
    """Say what a file is. `encoding` is a person's choice, else it is found.

    Raises `file_missing`, `file_not_regular`, `file_not_readable`, `file_empty`, `file_too_large`, `file_not_table`,
    `encoding_wrong`, `workbook_bomb`, `workbook_doctype`, `file_encrypted`, `file_damaged`, `file_too_costly`.
    """
    with opened(path, name) as stream:
        head = stream.read(_SAMPLE)
        if head.startswith((ZIP, OLE)):
            return _workbook(path, name)
        if not head.strip():
            raise MailroomError("file_empty", name=name)
        _refuse_other(head, name)
        stream.seek(0)
        found, sure = _encoding(stream, head, name, encoding)
    renamed = Path(name).suffix.lower() in _BOOK_ENDINGS
    return Source(path, name, TableFormat.CSV, found, sure, renamed=renamed)


@contextmanager
def opened(path: Path, name: str) -> Iterator[io.BufferedReader]:
    """A file that a person named, open for reading; trouble while it is read is told, too."""
    with open_regular(path, LARGEST) as stream:
        try:
            yield stream  # type: ignore[misc]
        except OSError as trouble:
            raise MailroomError("file_not_readable", name=name) from trouble


def count_rows(source: Source, delimiter: str) -> int:
    """About how many rows with text a file has, its header among them: for progress, and so in the quickest way."""
    with opened(source.path, source.name) as raw:
        plain = None if source.encoding.startswith("utf-16") else _plain_rows(raw, delimiter.encode())
        if plain is not None:
            return plain
        raw.seek(0)
        stream = io.TextIOWrapper(raw, source.encoding, errors="replace", newline="")
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        count = 0
        while True:
            try:
                for cells in reader:
                    if any(cells):
                        count += 1
            except csv.Error:
                count += 1
                continue
            stream.detach()
            return count


def _plain_rows(raw: io.BufferedReader, delimiter: bytes) -> int | None:
    """How many rows a file has by its line ends alone; none where only a reader of rows can tell."""
    count = 0
    while part := raw.read(_PART) + raw.readline():
        marks = part.count(b'"')
        if marks:  # plain pairs around whole cells; line ends between them are text
            begun = part.count(delimiter + b'"') + part.count(b'\n"') + part.startswith(b'"')
            ended = part.count(b'"' + delimiter) + part.count(b'"\n') + part.count(b'"\r\n') + part.endswith(b'"')
            if not begun == ended == marks / 2:
                return None
        if part.count(b"\r") != part.count(b"\r\n") or part.startswith((delimiter, b"\n", b"\r")):
            return None
        if any(one in part for one in (b"\n\n", b"\n\r", b"\n" + delimiter, b'""')):  # a row without a text is none
            return None
        count += sum(one.count(b"\n") for one in part.split(b'"')[::2]) + (not part.endswith(b"\n"))
    return count


def text_rows(source: Source, delimiter: str, first: int = 0) -> Iterator[Row]:
    """The rows of a text file below line `first` that have text, a refused one as its error.

    A row over several lines begins at its first.
    """
    with opened(source.path, source.name) as raw:
        stream = io.TextIOWrapper(raw, source.encoding, newline="")
        try:
            yield from csv_rows(stream, delimiter, first)
        except UnicodeDecodeError as trouble:
            raise MailroomError("encoding_wrong", name=source.name, encoding=source.encoding) from trouble
        finally:
            stream.detach()


def csv_rows(stream: Iterator[str] | io.TextIOBase, delimiter: str, first: int = 0) -> Iterator[Row]:
    """The rows of a CSV text. What its quotation marks leave unclear is refused, from its first line to its last."""
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    numbered = zip(reader, map(_LINE, repeat(reader)), strict=False)  # each row with its last line
    line = 1
    part: list[tuple[Cells, int]] = []
    while True:
        part.clear()
        try:
            part.extend(islice(numbered, _TOGETHER))
            trouble = False
        except csv.Error:
            trouble = True  # what came before it is in the part
        if part:
            yield from _judged(part, line, first)
            line = part[-1][1] + 1
        if trouble:
            if line > first:
                yield line, MailroomError("row_unreadable", row=line, last=reader.line_num), ()
            line = reader.line_num + 1
        elif len(part) < _TOGETHER:
            return


def _judged(part: Sequence[tuple[Cells, int]], line: int, first: int) -> Iterator[Row]:
    """The rows with text of a part that begins at `line`; mostly all of them are, and nothing is wrong with them."""
    rows, lasts = zip(*part, strict=True)
    lines = (line, *(last + 1 for last in lasts[:-1]))
    wholes = list(map("".join, rows))
    plain = line > first and all(wholes) and max(map(len, wholes)) <= LONGEST_FIELD
    if plain and not any(map(str.isspace, wholes)) and "\0" not in "".join(wholes):
        yield from zip(lines, rows, repeat(()))
        return
    for at, cells, whole in zip(lines, rows, wholes, strict=True):
        if at > first and whole and not whole.isspace():
            fits = len(whole) <= LONGEST_FIELD and "\0" not in whole
            yield at, cells if fits else _unfit(cells, at) or cells, ()


def _unfit(cells: Cells, line: int) -> MailroomError | None:
    longest = max(map(len, cells))
    if longest > LONGEST_FIELD:
        return MailroomError("row_cell_too_long", row=line, length=longest, limit=LONGEST_FIELD)
    if any("\0" in cell for cell in cells):
        return MailroomError("row_not_storable", row=line)
    return None


class WorkbookReader:
    """A sheet read in a child process, a stretch at a time; `decimal` is the sign that fractions are written with."""

    def __init__(self, source: Source, sheet: str, decimal: str = ".") -> None:
        self._given = (str(source.path), source.name, sheet)
        self._name = source.name
        self._decimal = decimal
        self._box = Sandbox(memory=_MEMORY, cpu_seconds=_CPU_SECONDS, wall_seconds=_WALL_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._box.close()

    @property
    def height(self) -> int:
        """How many rows the sheet has, from its first one."""
        return int(self._box.call(_child("height"), *self._given, name=self._name))

    def rows(self, most: int = 0) -> Iterator[tuple[int, Cells, list[int]]]:
        """The rows from 1, each with the columns whose numbers lost digits; at most `most`, 0 for all."""
        start, done = 0, False
        while not done and not (most and start >= most):
            count = min(_WORKBOOK_ROWS, most - start) if most else _WORKBOOK_ROWS
            part = self._box.call(_child("stretch"), *self._given, start, count, self._decimal, name=self._name)
            lost: dict[int, list[int]] = {}
            for row, column in part["lost"]:
                lost.setdefault(row, []).append(column)
            text = io.StringIO(part["csv"].decode(), newline="")
            for row, cells in enumerate(csv.reader(text)):
                yield start + row + 1, cells, lost.get(row, [])
            start, done = start + count, part["done"]


def _child(function: str) -> str:
    return f"mailroom.services.exchange.workbook:{function}"


def _workbook(path: Path, name: str) -> Source:
    with Sandbox(memory=_MEMORY, cpu_seconds=_CPU_SECONDS, wall_seconds=_WALL_SECONDS) as box:
        found = box.call(_child("look"), str(path), name, name=name)
    if not found["sheets"]:
        raise MailroomError("file_empty", name=name)
    renamed = Path(name).suffix.lower() in _TEXT_ENDINGS
    return Source(path, name, TableFormat(found["format"]), "", True, tuple(found["sheets"]), renamed)


def _refuse_other(head: bytes, name: str) -> None:
    """Pages, PDFs, pictures and programs are no tables, whatever their names say."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower()
    if start.startswith((b"%pdf-", b"<html", b"<!doctype", b"<table", b"<?xml", b"{\\rtf", b"pk\x05\x06")):
        raise MailroomError("file_not_table", name=name)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or _sixteen_bits(head):
        return
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * 50 > len(head):
        raise MailroomError("file_not_table", name=name)


def _sixteen_bits(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of Western text is zero."""
    sample = head[:4096]
    half = len(sample) // 2
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if half > 4 and odd * 3 > half and even * 20 < half:
        return "utf-16-le"
    if half > 4 and even * 3 > half and odd * 20 < half:
        return "utf-16-be"
    return ""


def _encoding(stream: io.BufferedReader, head: bytes, name: str, chosen: str) -> tuple[str, bool]:
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        found = "utf-16"
    elif head.startswith(codecs.BOM_UTF8):
        found = "utf-8-sig"
    else:
        found = _sixteen_bits(head) or chosen or "utf-8"
    if found == "utf-8":
        found = "utf-8-sig"
    if _decodes(stream, found):
        return found, True
    if found != "utf-8-sig" or chosen or head.startswith(codecs.BOM_UTF8):
        raise MailroomError("encoding_wrong", name=name, encoding=found)
    stream.seek(0)
    if not _decodes(stream, "cp1252"):
        raise MailroomError("encoding_wrong", name=name, encoding="utf-8")
    return "cp1252", False


def _decodes(stream: io.BufferedReader, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while part := stream.read(_PART):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
