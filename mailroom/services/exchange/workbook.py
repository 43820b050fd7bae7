"""Workbooks (XLSX, XLSB, XLS, ODS) as CSV text. Runs in a limited child process: such files are foreign code's food.

Formula cells give their last computed value. Dates come out as ISO 8601 text, a midnight as the bare day: a
spreadsheet cannot tell one from the other. A whole number of more than fifteen digits has lost some of them, which
is said for its cell.
"""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from mailroom.errors import MailroomError

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MOST_UNPACKED = 1 << 30  # bytes over all parts, by the zip's own directory
_SUSPECT_FROM = 16 << 20  # bytes: a part this large that packs better than sheets ever do is a bomb
_MOST_RATIO = 150  # rows of one repeated cell pack about 40 : 1
_MOST_PARTS = 10_000
_LOST_FROM = 10**15  # a cell's number has 15 digits, as a spreadsheet keeps and shows it
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_PART = 1 << 20  # bytes read at once

_open: dict[tuple[str, str], "_Sheet"] = {}  # the sheet that the last call read: a child serves one import


def look(path: str, name: str) -> dict[str, Any]:
    """The format of a workbook and the names of its sheets.

    Raises `file_not_table`, `workbook_bomb`, `workbook_doctype`, `file_encrypted`, `file_damaged`.
    """
    kind = _checked(Path(path), name)
    book = _workbook(path, name)
    return {"format": kind, "sheets": [one.name for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]}


def height(path: str, name: str, sheet: str) -> int:
    """How many rows a sheet has, from its first one. Raises as `look`, and `sheet_missing`."""
    _open.clear()
    _open[path, sheet] = _Sheet(path, name, sheet)
    return int(_open[path, sheet].height)


def stretch(path: str, name: str, sheet: str, start: int, count: int, decimal: str) -> dict[str, Any]:
    """Rows `start` to `start + count` of a sheet as CSV in UTF-8, empty ones above the first included.

    `lost`: [row, column] of cells whose number lost digits, from 0; `done`: nothing follows. `decimal` is the sign
    that fractions are written with. Raises as `look`, and `sheet_missing`.
    """
    key = (path, sheet)
    if key not in _open or _open[key].at != start:
        _open.clear()
        _open[key] = _Sheet(path, name, sheet)
        _open[key].skip(start)
    source = _open[key].rows
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    lost = []
    done = False
    for row in range(count):
        cells = next(source, None)
        if cells is None:
            done = True
            break
        writer.writerow([cell_text(cell, decimal) for cell in cells] or [""])
        lost += [[row, at] for at, cell in enumerate(cells) if lost_digits(cell)]
    _open[key].at = start + count
    return {"csv": text.getvalue().encode("utf-8", "replace"), "lost": lost, "done": done}


def cell_text(value: object, decimal: str = ".") -> str:
    """One cell as text that import rules understand."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _number_text(value).replace(".", decimal)
        case datetime():
            rounded = value + timedelta(microseconds=500_000)
            moment = rounded.replace(microsecond=0)
            return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case time():
            return value.replace(microsecond=0).isoformat()
        case None:
            return ""
    return str(value)


def lost_digits(value: object) -> bool:
    """Whether a cell holds a whole number with more digits than a spreadsheet keeps."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _LOST_FROM


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return f"{value:.15g}"


class _Sheet:
    """A sheet that is being read: its rows from the first one on, and where the next stretch begins."""

    def __init__(self, path: str, name: str, sheet: str) -> None:
        _checked(Path(path), name)
        book = _workbook(path, name)
        if sheet not in book.sheet_names:
            raise MailroomError("sheet_missing", name=name, sheet=sheet)
        try:
            page = book.get_sheet_by_name(sheet)
        except (ValueError, OSError) as trouble:
            raise MailroomError("file_damaged", name=name) from trouble
        # Rows above the first one with text are given, too; empty columns at the left are not, nor in the header.
        self.rows = page.iter_rows()
        self.height = 0 if page.end is None else page.end[0] + 1
        self.at = 0

    def skip(self, count: int) -> None:
        """Go on to row `count`."""
        for _skipped in range(count):
            next(self.rows, None)
        self.at = count


def _workbook(path: str, name: str) -> Any:  # noqa: ANN401
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as trouble:
        raise MailroomError("file_encrypted", name=name) from trouble
    except (python_calamine.CalamineError, OSError, ValueError) as trouble:
        raise MailroomError("file_damaged", name=name) from trouble


def _checked(path: Path, name: str) -> str:
    """The format by content, once nothing speaks against opening it."""
    with path.open("rb") as file:
        if file.read(len(OLE)) == OLE:
            file.seek(0)
            if _PROTECTED in file.read():
                raise MailroomError("file_encrypted", name=name)
            return "xls"
    try:
        with zipfile.ZipFile(path) as parts:
            _refuse_bomb(parts, name)
            kind = _kind(parts)
            if kind is None:
                raise MailroomError("file_not_table", name=name)
            for part in parts.infolist():
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _refuse_doctype(parts, part, name)
            return kind
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as trouble:
        raise MailroomError("file_damaged", name=name) from trouble
    except RuntimeError as trouble:  # zipfile says so of a part with a password, or packed in a way it does not know
        locked = type(trouble) is RuntimeError
        raise MailroomError("file_encrypted" if locked else "file_damaged", name=name) from trouble


def _refuse_bomb(parts: zipfile.ZipFile, name: str) -> None:
    listed = parts.infolist()
    unpacked = sum(part.file_size for part in listed)
    packed_too_well = any(
        part.file_size > _SUSPECT_FROM and part.file_size > _MOST_RATIO * max(1, part.compress_size) for part in listed
    )
    if unpacked > _MOST_UNPACKED or len(listed) > _MOST_PARTS or packed_too_well:
        raise MailroomError("workbook_bomb", name=name, megabytes=unpacked >> 20)


def _kind(parts: zipfile.ZipFile) -> str | None:
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(one.startswith("xl/workbook") and one.endswith(".xml") for one in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods" if b"spreadsheet" in parts.read("mimetype")[:100] else None
    return None


def _refuse_doctype(parts: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """No workbook has a document type; one that has wants a parser to unfold or to fetch something."""
    before = b""
    with parts.open(part) as stream:
        while piece := stream.read(_PART):
            window = before + piece
            if any(one in window for one in _DOCTYPES):
                raise MailroomError("workbook_doctype", name=name)
            before = window[-32:]
