"""Bad files, by the ids of `tests/data/bad_inputs.csv`: read by content, refused by the line, never half."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.timeline import EventKind, TimelineEvent
from mailroom.errors import MailroomError
from mailroom.services.office import Office

Read = Callable[..., tuple[Reading, ...]]
NUMBER = "9400111899560197440716"
HEADER = "tracking_number,status,happened_at,place"
ROW = f"{NUMBER},in transit,2026-11-19T10:00-05:00,Orléans"


@pytest.fixture
def recorded(office: Office, who: Operator, read: Read) -> str:
    done = office.intake.record(who, read(NUMBER))
    assert done.row is not None
    return done.row.shipment.id


def tracked(office: Office, who: Operator, shipment_id: str) -> list[TimelineEvent]:
    events = office.shipments.get(who, shipment_id).events
    return [one for one in events if one.kind is EventKind.TRACKING]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-8-sig"), id="B061"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-16"), id="B061-utf-16"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("cp1252"), id="B061-cp1252"),
        pytest.param(f"{HEADER}\r\n{ROW}\r\n".replace(",", ";").encode(), id="B062"),
        pytest.param(f"{HEADER}\r{ROW}\r".replace(",", "\t").encode(), id="B062-tab-cr"),
        pytest.param(f'{HEADER},text\n{ROW},"two\nlines"\n'.encode(), id="B062-quoted"),
    ],
)
def test_a_file_is_understood_by_its_content(
    office: Office, who: Operator, recorded: str, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "events.csv"
    file.write_bytes(data)
    report = office.exchange.import_events(who, file)
    assert (report.rows, report.added, report.refused) == (1, 1, ())
    (event,) = tracked(office, who, recorded)
    assert event.place == "Orléans"
    assert event.text.splitlines() in ([], ["two", "lines"])


@pytest.mark.parametrize("bad", ["B064"])
def test_a_field_that_is_too_long_costs_its_own_row(
    office: Office, who: Operator, recorded: str, tmp_path: Path, bad: str
) -> None:
    file = tmp_path / "events.csv"
    long = ROW.replace("Orléans", "x" * 200_000)
    file.write_text(f"{HEADER}\n{ROW}\n{long}\n{ROW.replace('10:00', '11:00')}\n", "utf-8")
    report = office.exchange.import_events(who, file)
    assert (report.rows, report.added) == (3, 2), bad
    assert [one.row for one in report.refused] == [3]
    assert len(tracked(office, who, recorded)) == 2


@pytest.mark.parametrize("bad", ["B065"])
def test_a_long_file_shows_its_progress_and_a_cancel_takes_all_of_it_back(
    office: Office, who: Operator, recorded: str, tmp_path: Path, bad: str
) -> None:
    file = tmp_path / "events.csv"
    rows = "".join(
        f"{NUMBER},in transit,2026-11-{1 + n % 19:02d}T10:{n // 19 % 60:02d},Place {n}\n" for n in range(1000)
    )
    file.write_text(f"{HEADER}\n{rows}", "utf-8")
    seen: list[tuple[int, int]] = []

    def note(done: int, whole: int) -> None:
        seen.append((done, whole))

    # WHEN it is stopped in its last part, however many rows this machine writes at a time
    stopped = office.exchange.import_events(who, file, progress=note, cancelled=lambda: seen[-1:] == [(1000, 1000)])
    assert stopped.cancelled, bad
    assert tracked(office, who, recorded) == []
    seen.clear()
    whole = office.exchange.import_events(who, file, progress=note)
    assert (whole.added, whole.cancelled) == (1000, False)
    assert [done for done, _whole in seen] == sorted(done for done, _whole in seen)
    assert len(tracked(office, who, recorded)) == 1000


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, line in enumerate((HEADER, ROW)):
        for column, cell in enumerate(line.split(",")):
            sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "csv"),
    [pytest.param("table.csv", False, id="B070"), pytest.param("table.xlsx", True, id="B070-other-way")],
)
def test_what_a_file_is_is_told_by_its_content(
    office: Office, who: Operator, recorded: str, tmp_path: Path, name: str, csv: bool
) -> None:
    file = tmp_path / name
    file.write_bytes(f"{HEADER}\n{ROW}\n".encode() if csv else workbook())
    report = office.exchange.import_events(who, file)
    assert (report.added, report.format, report.renamed) == (1, "csv" if csv else "xlsx", True)
    assert len(tracked(office, who, recorded)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param('=HYPERLINK("http://evil.test","x")', "02134", id="B058"),
        pytest.param("=cmd|'/c calc'!A1", "00501", id="B058-command"),
        pytest.param("'=1+1", "02134", id="B059"),
    ],
)
def test_what_is_written_to_a_workbook_stays_text_and_comes_back(
    office: Office, who: Operator, read: Read, tmp_path: Path, name: str, text: str
) -> None:
    # GIVEN a piece with a text that spreadsheets compute, a ZIP that they shorten, a number that they round
    office.intake.record(who, read(NUMBER), PieceFields(recipient=Party(name, postal_code=text, country="US")))
    file = tmp_path / "out.xlsx"
    assert office.exchange.export_shipments(who, file, ShipmentFilter()).rows == 1
    # THEN the file has cells of text only, without formula and link
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not [one for one in parts.namelist() if "rels/sheet" in one]
    assert "<f>" not in sheet
    assert sheet.count("<c ") == sheet.count('t="inlineStr"') > 0
    # AND it reads the same again
    look = office.exchange.preview(who, file)
    cells = dict(zip(look.grid.titles, look.rows[0].cells, strict=True))
    back = (cells["tracking_number"], cells["recipient_name"], cells["recipient_postal_code"])
    assert back == (NUMBER, name, text)
    assert office.exchange.import_shipments(who, file).known == 1


def inflated() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr("xl/media/blank.xml", bytes(40_000_000))
    return out.getvalue()


def declared() -> bytes:
    out = io.BytesIO()
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            new.writestr(part, doctype if part == "xl/workbook.xml" else old.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [pytest.param(inflated, "workbook_bomb", id="B067"), pytest.param(declared, "workbook_doctype", id="B068")],
)
def test_a_workbook_that_means_harm_is_refused_and_nothing_is_opened(
    office: Office, who: Operator, tmp_path: Path, make: Callable[[], bytes], code: str
) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(make())
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_events(who, file)
    assert refused.value.code == code
    assert office.shipments.find(who, ShipmentFilter()).rows == ()


@pytest.mark.parametrize("bad", ["B071"])
def test_a_file_that_goes_away_is_taken_whole_or_not_at_all(
    office: Office, who: Operator, recorded: str, tmp_path: Path, bad: str
) -> None:
    # GIVEN a file that is gone before it is opened, and one that goes while it is taken in
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_events(who, tmp_path / "gone.csv")
    assert refused.value.code == "file_missing", bad
    file = tmp_path / "events.csv"
    rows = "".join(
        f"{NUMBER},in transit,2026-11-{1 + n % 19:02d}T10:{n // 19 % 60:02d},Place {n}\n" for n in range(500)
    )
    file.write_text(f"{HEADER}\n{rows}", "utf-8")
    # WHEN it is removed at the first sign of progress
    report = office.exchange.import_events(who, file, progress=lambda _done, _whole: file.unlink(missing_ok=True))
    # THEN all of it is on record
    assert not file.exists()
    assert (report.added, report.cancelled) == (500, False)
    assert len(tracked(office, who, recorded)) == 500
