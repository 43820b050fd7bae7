"""The record as a file: nothing computed, nothing rounded, the whole or none, and the same again when it is read."""

import csv
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from mailroom.domain.customs import CustomsLine
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Party, PieceFields, PostageProof
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import DateOrder, parse_carrier_time
from mailroom.domain.weights import Weight, WeightUnit
from mailroom.errors import MailroomError
from mailroom.services.desk import open_desk
from mailroom.services.exchange import exporting
from mailroom.services.exchange.export_rows import EVENT_COLUMNS, SHIPMENT_COLUMNS
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store

UPS, USPS, FEDEX = "1Z999AA10123456784", "9400117947734440521950", "766405636952"
# What another record cannot know: when and by whom it was recorded, and what its carrier said since.
OWN = {"shipment_id", "recorded_at", "recorded_by", "status", "status_at", "last_event_at", "last_event_text"}
OWN |= {"last_event_place", "carrier_promised_on", "came_from", "file_name"}
Read = Callable[..., tuple[Reading, ...]]
EVERYTHING = ShipmentFilter()


@pytest.fixture
def filled(office: Office, who: Operator, read: Read) -> Office:
    """Three pieces with everything that a piece can have, and texts that spreadsheets love."""
    lines = ("1 Mill Lane", "Unit 4")
    party = Party('=HYPERLINK("http://evil","x")', "+Quay & Co", lines, "02134", "US", "-5", "Bo", "MA")
    fields = PieceFields(
        recipient=party,
        sender=Party(company='Halvorsen, Reyes; "Ltd"', city="Köln", country="DE", postal_code="50667"),
        order="@A-1",
        department="Legal",
        account="Filings",
        run="Noon",
        meter="M1",
        postage=Money(7640),
        declared_value=Money(120_000),
        insured_value=Money(99_999, "EUR"),
        invoice_amount=Money(1),
        weight=Weight(Decimal("22.50"), WeightUnit.OZ),
        dimensions=(Decimal("10.5"), Decimal(8), Decimal("0.25")),
        dimension_unit="cm",
        mailed_on=date(2026, 11, 20),
        promised_on=date(2026, 11, 24),
        deadline=parse_carrier_time("2026-11-24T17:00-05:00"),
        deadline_note="hearing, room 5",
        classification="fragile",
        contents="Bücher\nund Karten",
        hs_code="490110",
        proof_of_postage=PostageProof.METER,
        note="'=1+1",
        requester="I. Marsh",
        requester_email="i@example.org",
        requester_opt_out=True,
        customs=(
            CustomsLine(
                "Paperback novels", 2, Money(25_000, "EUR"), Weight(Decimal(300), WeightUnit.G), "490110", "DE"
            ),
        ),
    )
    for number, given in (
        (UPS, fields),
        (USPS, PieceFields(note="spaces inside  are  kept")),
        (FEDEX, PieceFields()),
    ):
        taken = office.intake.record(who, read(number), given)
        assert taken.row is not None
        office.timeline.add_event(
            who,
            taken.row.shipment.id,
            EventDraft(
                parse_carrier_time("2026-11-19T10:00-06:00"),
                Status.IN_TRANSIT,
                "Köln",
                '=cmd|"/c calc"!A1',
                "AR",
                "UPS",
                promised_on="2026-11-23",
            ),
        )
    return office


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Any) -> Iterator[Office]:
    """Another office with an empty record."""
    store = open_store("", profile=tmp_path / "elsewhere")
    desk = open_desk(store, clock)
    yield make_office(desk, operator_of_profile(desk, "0192f0c0-0000-7000-8000-00000000d35d", "B", "I. Marsh"))
    store.close()


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def told(path: Path) -> list[dict[str, str]]:
    """The rows of a file without what belongs to one record, in an order of their own."""
    if path.suffix == ".csv":
        rows = read_csv(path)
    else:
        sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        rows = [dict(zip(map(str, sheet[0]), map(str, line), strict=True)) for line in sheet[1:]]
    kept = [{name: cell for name, cell in row.items() if name not in OWN} for row in rows]
    return sorted(kept, key=lambda row: row["tracking_number"])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_and_comes_in_is_the_same(
    filled: Office, who: Operator, elsewhere: Office, tmp_path: Path, ending: str
) -> None:
    # GIVEN shipments and events as files
    files = [tmp_path / f"{name}.{ending}" for name in ("shipments", "events")]
    assert filled.exchange.export_shipments(who, files[0], EVERYTHING).rows == 3
    assert filled.exchange.export_events(who, files[1], EVERYTHING).rows == 3
    # WHEN another office takes them in
    other = elsewhere.operator
    shipments = elsewhere.exchange.import_shipments(other, files[0])
    events = elsewhere.exchange.import_events(other, files[1])
    assert [(one.added, one.known, list(one.refused)) for one in (shipments, events)] == [(3, 0, [])] * 2
    # THEN what it writes is the same
    again = [tmp_path / f"again-{name}.{ending}" for name in ("shipments", "events")]
    elsewhere.exchange.export_shipments(other, again[0], EVERYTHING)
    elsewhere.exchange.export_events(other, again[1], EVERYTHING)
    assert [told(one) for one in again] == [told(one) for one in files]
    mine = {row.shipment.tracking_number: row.shipment for row in filled.shipments.find(who, EVERYTHING, 0).rows}
    for row in elsewhere.shipments.find(other, EVERYTHING, 0).rows:
        first = mine[row.shipment.tracking_number]
        assert (row.shipment.fields.recipient, row.shipment.status) == (first.fields.recipient, first.status)
        assert (row.shipment.fields.customs, row.shipment.destination) == (first.fields.customs, first.destination)
    # AND nothing of it is new where it came from
    assert filled.exchange.import_shipments(who, files[0]).known == 3
    assert filled.exchange.import_events(who, files[1]).known == 3


def test_events_of_a_number_that_was_used_twice_find_their_own_piece(
    office: Office, who: Operator, read: Read, clock: Any, tmp_path: Path
) -> None:
    # GIVEN two pieces with the same number, each with its event
    for month in ("09", "11"):
        taken = office.intake.record(who, read(UPS))
        assert taken.row is not None
        draft = EventDraft(parse_carrier_time(f"2026-{month}-19T10:00-06:00"), Status.DELIVERED, text=f"of {month}")
        office.timeline.add_event(who, taken.row.shipment.id, draft)
        clock.forward(days=60)
    file = tmp_path / "events.csv"
    assert office.exchange.export_events(who, file, EVERYTHING).rows == 2
    # WHEN the file comes again, THEN it adds nothing to either
    report = office.exchange.import_events(who, file)
    assert (report.added, report.known) == (0, 2)


def test_csv_is_quoted_marked_and_computes_nothing(filled: Office, who: Operator, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    filled.exchange.export_shipments(who, file, EVERYTHING)
    data = file.read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"tracking_number",')
    assert data.endswith(b'"\r\n')
    rows = read_csv(file)
    assert [row["tracking_number"] for row in rows] == [FEDEX, USPS, UPS]
    last = rows[-1]
    assert tuple(last) == SHIPMENT_COLUMNS
    assert last["recipient_name"] == '\'=HYPERLINK("http://evil","x")'
    assert (last["recipient_company"], last["recipient_contact"], last["order"]) == ("'+Quay & Co", "'-5", "'@A-1")
    assert (last["note"], last["recipient_postal_code"]) == ("''=1+1", "02134")
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell]


def test_every_cell_of_a_sheet_is_a_text(filled: Office, who: Operator, tmp_path: Path) -> None:
    # B058, B059
    file = tmp_path / "out.xlsx"
    filled.exchange.export_shipments(who, file, EVERYTHING)
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower().replace("=hyperlink(", "")
    assert {kind.split('"')[0] for kind in sheet.split(' t="')[1:]} == {"inlineStr"}
    assert sheet.count("<v>") == 0
    rows = told(file)
    by_number = {row["tracking_number"]: row for row in rows}
    assert set(by_number) == {UPS, USPS, FEDEX}
    assert by_number[UPS]["recipient_name"] == '=HYPERLINK("http://evil","x")'
    assert by_number[UPS]["recipient_postal_code"] == "02134"


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_cancelled_export_leaves_what_was_there(filled: Office, who: Operator, tmp_path: Path, name: str) -> None:
    file = tmp_path / "to" / name
    file.parent.mkdir()
    file.write_text("of yesterday")
    seen: list[tuple[int, int]] = []
    report = filled.exchange.export_shipments(
        who, file, EVERYTHING, progress=lambda done, total: seen.append((done, total)), cancelled=lambda: True
    )
    assert (report.cancelled, report.rows) == (True, 0)
    assert file.read_text() == "of yesterday"
    assert [one.name for one in file.parent.iterdir()] == [name]


def test_only_what_a_filter_means_is_written_page_by_page(
    filled: Office, who: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 1)
    file = tmp_path / "out.csv"
    seen: list[tuple[int, int]] = []
    report = filled.exchange.export_shipments(
        who, file, EVERYTHING, progress=lambda done, total: seen.append((done, total))
    )
    assert (report.rows, seen) == (3, [(1, 3), (2, 3), (3, 3)])
    assert filled.exchange.export_shipments(who, file, ShipmentFilter("mill lane")).rows == 1
    assert [row["tracking_number"] for row in read_csv(file)] == [UPS]
    assert filled.exchange.export_shipments(who, file, ShipmentFilter(statuses=(Status.LOST,))).rows == 0
    assert file.read_text("utf-8-sig").splitlines() == [",".join(f'"{name}"' for name in SHIPMENT_COLUMNS)]


def test_staff_take_out_their_own_departments_only(
    filled: Office, who: Operator, other_role: Callable[..., Operator], tmp_path: Path
) -> None:
    [legal] = filled.lists.departments(who)
    staff = other_role(who, Role.STAFF, legal.id)
    file = tmp_path / "out.csv"
    assert filled.exchange.export_shipments(staff, file, EVERYTHING).rows == 1
    assert filled.exchange.export_events(staff, file, EVERYTHING).rows == 1
    assert tuple(read_csv(file)[0]) == EVENT_COLUMNS
    with pytest.raises(MailroomError) as refused:
        filled.exchange.import_shipments(staff, file)
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "output_is_folder"), ("gone/out.csv", "output_unwritable"), ("out.pdf", "export_format_unknown")],
)
def test_a_place_that_cannot_be_written_is_told(
    filled: Office, who: Operator, tmp_path: Path, name: str, code: str
) -> None:
    with pytest.raises(MailroomError) as refused:
        filled.exchange.export_shipments(who, tmp_path / name, EVERYTHING)
    assert refused.value.code == code
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_sheet_has_no_more_rows_and_letters_than_its_format_holds(
    filled: Office, who: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    with pytest.raises(MailroomError) as refused:
        filled.exchange.export_shipments(who, tmp_path / "out.xlsx", EVERYTHING)
    assert refused.value.code == "too_many_rows"
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    assert filled.exchange.export_shipments(who, tmp_path / "out.xlsx", EVERYTHING).rows == 3
    monkeypatch.setattr(exporting, "_LONGEST_CELL", 20)
    with pytest.raises(MailroomError) as refused:
        filled.exchange.export_shipments(who, tmp_path / "long.xlsx", EVERYTHING)
    assert refused.value.code == "cell_too_long"
    assert not (tmp_path / "long.xlsx").exists()


def test_dates_of_our_own_files_need_no_order(filled: Office, who: Operator, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    filled.exchange.export_events(who, file, EVERYTHING)
    for order in (None, *DateOrder):
        assert filled.exchange.import_events(who, file, order=order).known == 3
