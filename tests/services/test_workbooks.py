"""Workbooks are read in a child process: cells as a person sees them, lost digits told, bombs and tricks refused."""

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.grid import read_grid
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.source import Source, look
from mailroom.services.exchange.workbook import cell_text
from mailroom.services.office import Office

UPS, USPS = "1Z999AA10123456784", "9400117947734440521950"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><workbook/>'


def naive(*parts: int) -> datetime.datetime:
    """A moment as a spreadsheet has it: without a zone."""
    return datetime.datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def book(path: Path, fill: Callable[[Any, Any], None], *sheets: str) -> Path:
    """A workbook of sheets that `fill` writes."""
    with xlsxwriter.Workbook(str(path)) as made:
        for name in sheets or ("Sheet1",):
            fill(made, made.add_worksheet(name))
    return path


def texts(source: Source, sheet: str = "") -> list[list[str]]:
    """All cells below the header."""
    grid = read_grid(source, len, sheet)
    return [list(cells) for _line, cells, _lost in grid.some(50) if isinstance(cells, list)]


def repacked(path: Path, **parts: bytes) -> Path:
    """The same zip with some parts replaced or added; names have `__` for slashes and `_` for dots."""
    names = {name.replace("__", "/").replace("_", "."): data for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename not in names:
                new.writestr(one, old.read(one))
        for name, data in names.items():
            new.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def test_cells_are_read_as_a_person_sees_them(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        day, moment, clock = (made.add_format({"num_format": text}) for text in ("yyyy-mm-dd", "m/d/yy h:mm", "h:mm"))
        for column, title in enumerate(("number", "zip", "day", "moment", "clock", "sum", "amount", "flag", "words")):
            sheet.write_string(0, column, title)
        sheet.write_string(1, 0, USPS)
        sheet.write_string(1, 1, "02134")
        sheet.write_datetime(1, 2, datetime.date(2026, 11, 20), day)
        sheet.write_datetime(1, 3, naive(2026, 11, 20, 14, 32, 7), moment)
        sheet.write_datetime(1, 4, datetime.time(14, 5), clock)
        sheet.write_formula(1, 5, "=1+1", None, 2)
        sheet.write_number(1, 6, 0.1 + 0.2)
        sheet.write_boolean(1, 7, True)
        sheet.write_string(1, 8, "zwei\nZeilen, Köln")
        sheet.write_formula(2, 0, '="a"&"b"', None, "ab")
        sheet.write_datetime(2, 3, naive(2026, 11, 20), moment)
        sheet.write_number(2, 6, 1234)

    rows = texts(look(book(tmp_path / "a.xlsx", fill), "a.xlsx"))
    assert rows[0] == [
        *(USPS, "02134", "2026-11-20", "2026-11-20 14:32:07", "14:05:00", "2", "0.3", "TRUE", "zwei\nZeilen, Köln")
    ]
    assert (rows[1][0], rows[1][3], rows[1][6]) == ("ab", "2026-11-20", "1234")


def test_cells_of_any_kind_have_a_text() -> None:
    given = [None, "x", 3, 2.5, 1e15, 1e300, naive(2026, 1, 1, 9, 59, 59, 999_999), datetime.timedelta(1)]
    assert [cell_text(one) for one in given] == [
        *("", "x", "3", "2.5", "1000000000000000", "1e+300", "2026-01-01 10:00:00", "1 day, 0:00:00")
    ]
    assert cell_text(7.64, ",") == "7,64"


def test_a_number_that_lost_digits_refuses_its_row_where_it_is_used(
    office: Office, who: Operator, tmp_path: Path
) -> None:
    def fill(made: Any, sheet: Any) -> None:
        for row, (number, phone) in enumerate(((0, 0), (9400117947734440521950, 1), (766405636952, 10**16)), 0):
            if row:
                sheet.write_number(row, 0, number)
                sheet.write_number(row, 1, phone)
        sheet.write_string(0, 0, "tracking_number")
        sheet.write_string(0, 1, "unused")

    report = office.exchange.import_shipments(who, book(tmp_path / "a.xlsx", fill))
    assert [(one.row, one.reason.code) for one in report.refused] == [(2, "digits_lost")]
    assert (report.added, report.format) == (1, "xlsx")
    plan = ImportPlan((("tracking_number", "tracking_number"), ("note", "unused")))
    again = office.exchange.import_shipments(who, tmp_path / "a.xlsx", plan)
    assert [one.row for one in again.refused] == [2, 3]


def test_the_sheet_is_the_first_or_the_one_that_is_chosen(office: Office, who: Operator, tmp_path: Path) -> None:
    numbers = iter((UPS, USPS))

    def fill(made: Any, sheet: Any) -> None:
        sheet.write_string(2, 1, "Report of November")
        sheet.write_string(4, 1, "Tracking Number")
        sheet.write_string(4, 2, "Recipient")
        sheet.write_string(6, 1, next(numbers))
        sheet.write_string(6, 2, "Ada")

    path = book(tmp_path / "two.xlsx", fill, "One", "Two")
    preview = office.exchange.preview(who, path, ImportKind.SHIPMENTS)
    assert (preview.grid.source.sheets, preview.grid.sheet, preview.grid.first) == (("One", "Two"), "One", 5)
    assert [row.line for row in preview.rows] == [7]
    assert office.exchange.import_shipments(who, path).added == 1
    two = ImportPlan(preview.plan.columns, sheet="Two")
    assert office.exchange.import_shipments(who, path, two).added == 1
    found = office.shipments.find(who, ShipmentFilter(), 0).rows
    assert [row.shipment.tracking_number for row in found] == [USPS, UPS]
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_shipments(who, path, ImportPlan(preview.plan.columns, sheet="Three"))
    assert refused.value.code == "sheet_missing"


def test_fractions_follow_the_sign_that_is_told(office: Office, who: Operator, tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        for column, title in enumerate(("tracking", "postage", "insured value")):
            sheet.write_string(0, column, title)
        sheet.write_string(1, 0, UPS)
        sheet.write_number(1, 1, 7.64)
        sheet.write_string(1, 2, "1,50")

    path = book(tmp_path / "a.xlsx", fill)
    preview = office.exchange.preview(who, path)
    plan = ImportPlan(preview.plan.columns, decimal_comma=True)
    assert office.exchange.import_shipments(who, path, plan).added == 1
    shipment = office.shipments.by_number(who, UPS).row.shipment
    assert shipment.postage.amount == "7.640"
    assert shipment.fields.insured_value is not None
    assert shipment.fields.insured_value.amount == "1.500"


def test_more_rows_than_one_answer_of_the_child_holds(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("number", "at"))
        for row in range(1, 4501):
            sheet.write_row(row, 0, (f"n{row}", row))

    grid = read_grid(look(book(tmp_path / "many.xlsx", fill), "many.xlsx"), len)
    with grid.open() as reader:
        rows = list(reader.rows())
    assert reader.total == 4500
    assert [(line, cells) for line, cells, _lost in rows] == [
        (row + 1, [f"n{row}", str(row)]) for row in range(1, 4501)
    ]


def bomb(path: Path) -> Path:
    """A workbook whose sheet packs a thousand to one."""
    book(path, lambda made, sheet: sheet.write_string(0, 0, "x"))
    return repacked(path, xl__worksheets__sheet1_xml=b"<worksheet><!--" + b" " * 49_000_000 + b"--></worksheet>")


def doctype(path: Path) -> Path:
    book(path, lambda made, sheet: sheet.write_string(0, 0, "x"))
    return repacked(path, xl__workbook_xml=ENTITIES)


def late_doctype(path: Path) -> Path:
    """The trick written in UTF-16, behind a comment of two megabytes."""
    book(path, lambda made, sheet: sheet.write_string(0, 0, "x"))
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><!--{"y" * 2_000_000}-->'
        + '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    )
    return repacked(path, xl__sharedStrings_xml=text.encode("utf-16"))


def letter(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    return path


def cut(path: Path) -> Path:
    book(path, lambda made, sheet: sheet.write_string(0, 0, "x" * 5000))
    path.write_bytes(path.read_bytes()[:-400])
    return path


def protected(path: Path) -> Path:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    return path


def broken_old(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    return path


def nothing(path: Path) -> Path:
    with zipfile.ZipFile(path, "w"):
        pass
    return path


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(bomb, "workbook_bomb", id="B067"),
        pytest.param(doctype, "workbook_doctype", id="B068"),
        (late_doctype, "workbook_doctype"),
        (letter, "file_not_table"),
        (cut, "file_damaged"),
        (protected, "file_encrypted"),
        (broken_old, "file_damaged"),
        (nothing, "file_not_table"),
    ],
)
@pytest.mark.parametrize("name", ["table.xlsx", "table.csv"])
def test_a_workbook_that_means_harm_or_is_none_is_refused_as_a_whole(
    tmp_path: Path, make: Callable[[Path], Path], code: str, name: str
) -> None:
    with pytest.raises(MailroomError) as refused:
        look(make(tmp_path / name), name)
    assert refused.value.code == code


def test_a_workbook_is_known_by_its_content(office: Office, who: Operator, tmp_path: Path) -> None:
    # B070
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ("Tracking", "Recipient"))
        sheet.write_row(1, 0, (UPS, "Ada"))

    as_text = book(tmp_path / "a.csv", fill)
    as_book = tmp_path / "b.xlsx"
    as_book.write_text(f"Tracking,Recipient\n{USPS},Grace\n")
    for path, kind in ((as_text, "xlsx"), (as_book, "csv")):
        report = office.exchange.import_shipments(who, path)
        assert (report.added, report.format, report.renamed) == (1, kind, True)


def test_an_empty_workbook_is_empty(tmp_path: Path) -> None:
    path = book(tmp_path / "empty.xlsx", lambda made, sheet: None)
    with pytest.raises(MailroomError) as refused:
        read_grid(look(path, path.name), len)
    assert refused.value.code == "file_empty"


def test_an_open_document_sheet(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], tmp_path: Path
) -> None:
    office.intake.record(who, read(UPS))
    cells = (("Tracking", "Date", "Event"), (UPS, "2026-11-18", "Arrived"))
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>' for one in row
        )
        + "</table:table-row>"
        for row in cells
    )
    names = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    spaces = " ".join(names.format(one) for one in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Week">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    path = tmp_path / "week.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    report = office.exchange.import_events(who, path)
    assert (report.added, report.format, report.sheet) == (1, "ods", "Week")
