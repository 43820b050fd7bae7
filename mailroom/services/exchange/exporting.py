"""The record as a table file: CSV or XLSX, a page at a time, the whole file or none.

A spreadsheet must neither compute what a text says nor round it: in CSV every cell is quoted and what it would take
for a formula gets an apostrophe before it, in XLSX every cell is a text.
"""

import csv
import io
import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.exchange.export_rows import EVENT_COLUMNS, SHIPMENT_COLUMNS, event_rows, shipment_rows
from mailroom.services.exchange.grid import plain_cell
from mailroom.services.shipments import seen_by
from mailroom.store import shipments as register

PAGE: Final = 500  # shipments read at a time
MOST_ROWS: Final = 1_048_575  # of a sheet, below its header
_LONGEST_CELL = 32_767  # characters of a sheet's cell
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r]")  # what a spreadsheet takes for a formula, also behind blanks
_NOT_WRITTEN = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".pdf", ".json", ".xml"})

Row = Sequence[str]
Put = Callable[[Row], None]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written; a cancelled export left nothing."""

    path: Path
    rows: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ExportKind:
    """What one row of a file is: its columns, and the rows that a page of shipments gives."""

    columns: tuple[str, ...]
    rows: Callable[[Desk, Sequence[ShipmentRow]], Iterator[list[str]]]


SHIPMENTS: Final = ExportKind(SHIPMENT_COLUMNS, shipment_rows)
EVENTS: Final = ExportKind(EVENT_COLUMNS, event_rows)


class _Cancelled(Exception):  # noqa: N818 - no error: somebody asked for it
    """The export was stopped; the draft goes."""


def export(
    desk: Desk,
    who: Operator,
    target: Path,
    wanted: ShipmentFilter,
    kind: ExportKind,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> ExportReport:
    """Write what a filter means, newest recorded first."""
    ending = target.suffix.lower()
    if ending in _NOT_WRITTEN:
        raise MailroomError("export_format_unknown", ending=ending)
    narrowed = seen_by(who, wanted)
    written = 0
    try:
        with _whole(target) as draft, (_sheet if ending == ".xlsx" else _text)(draft) as put:
            put(kind.columns)
            for page in _pages(desk, narrowed, progress):
                if cancelled():
                    raise _Cancelled
                for row in kind.rows(desk, page):
                    put(row)
                    written += 1
    except _Cancelled:
        return ExportReport(target, 0, cancelled=True)
    return ExportReport(target, written)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `grid.plain_cell` is the reverse."""
    return f"'{text}" if _FORMULA.match(text) else text


def _pages(
    desk: Desk, wanted: ShipmentFilter, progress: Callable[[int, int], None]
) -> Iterator[tuple[ShipmentRow, ...]]:
    """Pages of shipments, each read by itself: a long export holds up neither the log's folding nor a writer."""
    with desk.store.read() as connection:
        total = register.counts(connection, wanted).total
    done, after = 0, ""
    while True:
        with desk.store.read() as connection:
            page = register.find_shipments(connection, wanted, PAGE, after)
        yield page.rows
        done, after = done + len(page.rows), page.after
        progress(done, max(done, total))
        if not after:
            return


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    """A draft beside the target that takes its place at the end; gone after any trouble. Raises `output_…`."""
    if target.is_dir():
        raise MailroomError("output_is_folder", path=str(target))
    if target.exists() and not target.is_file():
        raise MailroomError("output_is_no_file", path=str(target))
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.tmp")
    try:
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except OSError as trouble:
        raise MailroomError("output_unwritable", path=str(target), why=trouble.strerror or "") from trouble
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _text(draft: BinaryIO) -> Iterator[Put]:
    """CSV in UTF-8 with its mark: spreadsheets read it right, and an import leaves the mark aside."""
    stream: TextIO = io.TextIOWrapper(draft, "utf-8-sig", errors="replace", newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    try:
        yield lambda row: writer.writerow([safe_cell(cell) for cell in row])
        stream.flush()
    finally:
        stream.detach()  # type: ignore[attr-defined]


@contextmanager
def _sheet(draft: BinaryIO) -> Iterator[Put]:
    """A workbook of one sheet whose cells are texts, written row by row."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(draft, {**options, "strings_to_numbers": False})
    page = book.add_worksheet("Mailroom")
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    count = 0

    def put(row: Row) -> None:
        nonlocal count
        if count > MOST_ROWS:
            raise MailroomError("too_many_rows", limit=MOST_ROWS)
        for at, cell in enumerate(row):
            if len(cell) > _LONGEST_CELL:
                raise MailroomError("cell_too_long", length=len(cell), limit=_LONGEST_CELL)
            if cell:
                page.write_string(count, at, _told_apart(cell), None if count else bold)
        count += 1

    try:
        yield put
        book.close()
    except XlsxWriterException as trouble:
        raise OSError(str(trouble)) from trouble
    finally:
        _forget(book, page)


def _told_apart(cell: str) -> str:
    """A text that an import would take for one that was disarmed is disarmed, too: so it comes back as it was."""
    return cell if plain_cell(cell) == cell.strip() else f"'{cell}"


def _forget(book: Any, page: Any) -> None:  # noqa: ANN401 - the library has no types
    """A workbook that was given up leaves its rows' own file behind, and complains when it is forgotten."""
    if not book.fileclosed:
        page.row_data_fh.close()
        Path(page.row_data_filename).unlink(missing_ok=True)
    book.fileclosed = True
