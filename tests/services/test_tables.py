"""CSV as programs write it: letters, separators, titles above the table; what is unclear is refused by its lines."""

import csv
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.command import utc_text
from mailroom.domain.money import Money
from mailroom.domain.times import DateOrder, parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.exchange.exporting import safe_cell
from mailroom.services.exchange.fields import EVENT_FIELDS, SHIPMENT_FIELDS, ImportKind, guess, order_said, plain
from mailroom.services.exchange.grid import plain_cell, read_grid
from mailroom.services.exchange.report import Refusals, RefusedRow
from mailroom.services.exchange.source import count_rows, csv_rows, look
from mailroom.services.exchange.values import Moments, file_amount, file_time


def known(titles: object) -> int:
    return len(guess(ImportKind.SHIPMENTS, titles))  # type: ignore[arg-type]


def rows_of(folder: Path, data: bytes, encoding: str = "") -> tuple[tuple[str, ...], list[tuple[int, object]]]:
    path = folder / "t.csv"
    path.write_bytes(data)
    grid = read_grid(look(path, path.name, encoding), known)
    with grid.open() as reader:
        rows = [(line, cells if isinstance(cells, list) else cells.code) for line, cells, _lost in reader.rows()]
    return grid.titles, rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_letters_separators_and_line_ends(tmp_path: Path, encoding: str, delimiter: str, ending: str) -> None:
    lines = (("Tracking No", "Recipient", "Note"), ("A1", "Jürgen", '"two\nlines"'), ("A2", "Zoë", '"say ""hi"""'))
    data = ending.join(delimiter.join(line) for line in lines).encode(encoding)
    titles, rows = rows_of(tmp_path, data)
    assert titles == ("Tracking No", "Recipient", "Note")
    assert rows == [(2, ["A1", "Jürgen", "two\nlines"]), (4, ["A2", "Zoë", 'say "hi"'])]


def test_other_letters_can_be_chosen(tmp_path: Path) -> None:
    data = "Tracking No,Recipient\nA1,Łódź\n".encode("cp1250")
    assert rows_of(tmp_path, data)[1] != [(2, ["A1", "Łódź"])]
    assert rows_of(tmp_path, data, "cp1250")[1] == [(2, ["A1", "Łódź"])]
    with pytest.raises(MailroomError) as refused:
        rows_of(tmp_path, data, "utf-8")
    assert refused.value.code == "encoding_wrong"


def test_the_header_is_found_below_the_titles_of_a_report(tmp_path: Path) -> None:
    text = "sep=;\nHistory of November\n\nTracking Number;Recipient;Total Amount\nA1;Ada;7\n;;\nA2;Grace;8\n"
    titles, rows = rows_of(tmp_path, text.encode())
    assert titles == ("Tracking Number", "Recipient", "Total Amount")
    assert rows == [(5, ["A1", "Ada", "7"]), (7, ["A2", "Grace", "8"])]


def test_titles_are_told_apart(tmp_path: Path) -> None:
    titles, _rows = rows_of(tmp_path, b"Tracking,Address,Address,, Address\n1,2,3,4,5\n")
    assert titles == ("Tracking", "Address", "Address (2)", "", "Address (3)")


def test_unclear_quotation_marks_are_refused_from_their_first_line_to_their_last() -> None:
    text = 'a,b\n1,"x"y\n2,ok\n3,"never closed\n4,z\n5,"then this"\n6,fine\n'
    found = list(csv_rows(io.StringIO(text, newline=""), ","))
    assert [(line, one if isinstance(one, list) else (one.code, one.facts)) for line, one, _lost in found] == [
        (1, ["a", "b"]),
        (2, ("row_unreadable", {"row": 2, "last": 2})),
        (3, ["2", "ok"]),
        (4, ("row_unreadable", {"row": 4, "last": 6})),
        (7, ["6", "fine"]),
    ]


def test_a_mark_that_is_never_closed_is_refused_with_all_that_it_swallows() -> None:
    found = list(csv_rows(io.StringIO('a,b\n1,"x\n2,y\n', newline=""), ","))
    assert [line for line, _one, _lost in found] == [1, 2]
    assert isinstance(found[1][1], MailroomError)
    assert found[1][1].facts == {"row": 2, "last": 3}


def test_a_long_cell_and_a_nul_cost_their_rows(tmp_path: Path) -> None:
    # B064
    long = "x" * 200_000
    data = f'Tracking No,Recipient\nA1,{long}\nA2,"{long}\n{long}"\nA3,\0\nA4,fine\n'.encode()
    assert rows_of(tmp_path, data)[1] == [
        (2, "row_cell_too_long"),
        (3, "row_cell_too_long"),
        (5, "row_not_storable"),
        (6, ["A4", "fine"]),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t\n", "file_empty"),
        (b"%PDF-1.7\n%a,b,c", "file_not_table"),
        (b"<html><table><tr><td>Tracking</td></tr></table>", "file_not_table"),
        (b'<?xml version="1.0"?><Workbook/>', "file_not_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1", "file_not_table"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "file_not_table"),
        (b"Tracking,Name\nA1,\x81\x8d\n", "encoding_wrong"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(MailroomError) as refused:
        look(path, path.name)
    assert refused.value.code == code


@pytest.mark.parametrize("what", ["folder", "link out", "gone"])
def test_only_a_file_of_the_folder_is_opened(tmp_path: Path, what: str) -> None:
    path = tmp_path / "in" / "t.csv"
    path.parent.mkdir()
    if what == "folder":
        path.mkdir()
    elif what == "link out":
        (tmp_path / "secret.csv").write_text("a,b\n")
        path.symlink_to(tmp_path / "secret.csv")
    with pytest.raises(MailroomError) as refused:
        look(path, path.name)
    assert refused.value.code == ("file_missing" if what == "gone" else "file_not_regular")


PROGRAMS = {
    "WorldShip": (
        "Package Tracking Number,Ship To Company or Name,Ship To Attention,Ship To Address 1,Ship To City,"
        "Ship To State/Prov,Ship To Postal Code,Ship To Country/Territory,Service Type,Package Weight,"
        "Package Declared Value Amount,Collection Date,Total Shipper Charge,Package Reference Number 1",
        "tracking_number recipient_company recipient_name recipient_address recipient_city recipient_region "
        "recipient_postal_code recipient_country service weight declared_value mailed_on postage order",
    ),
    "FedEx": (
        "Tracking number,Ship date (mm/dd/yyyy),Recipient Contact Name,Recipient Company,Recipient Line 1,"
        "Recipient City,Recipient State,Recipient Postal Code,Recipient Country,Service type,Package weight,"
        "Weight units,Reference,Invoice Number,Net charge amount",
        "tracking_number mailed_on recipient_name recipient_company recipient_address recipient_city "
        "recipient_region recipient_postal_code recipient_country service weight weight_unit order - postage",
    ),
    "Stamps.com": (
        "Print Date,Amount Paid,Recipient,Status,Tracking #,Carrier,Class Service,Insured Value,Cost Code,Weight,"
        "Mail Date,User",
        "- postage recipient_name - tracking_number carrier service insured_value department weight mailed_on "
        "requester",
    ),
    "Endicia": (
        "Print Date/Time,Tracking Number,Mail Class,Final Postage,Weight (oz),To Name,To Company,To ZIP,Cost Center",
        "mailed_on tracking_number service postage weight_ounces recipient_name recipient_company "
        "recipient_postal_code department",
    ),
    "PitneyShip": (
        "Tracking Number,Carrier,Service,Recipient Name,Recipient Company,Recipient Address,Cost Account Name,"
        "Total Amount,Shipping Date,Sender Name,Package Type",
        "tracking_number carrier service recipient_name recipient_company recipient_address account postage "
        "mailed_on sender_name -",
    ),
    "orders": (
        "Order Number,Ship Date,Shipping Service,Tracking Number,Recipient Full Name,Shipping Paid",
        "order mailed_on service tracking_number recipient_name postage",
    ),
    "interfaces": (
        "tracking_code,carrier,to_name,to_company,to_street1,to_street2,to_city,to_state,to_zip,to_country,"
        "reference,rate,created_at",
        "tracking_number carrier recipient_name recipient_company recipient_address recipient_address_2 "
        "recipient_city recipient_region recipient_postal_code recipient_country order postage mailed_on",
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_titles_of_other_programs_are_understood(program: str) -> None:
    header, fields = PROGRAMS[program]
    found = {title: field for field, title in guess(ImportKind.SHIPMENTS, header.split(",")).items()}
    assert [found.get(title, "-") for title in header.split(",")] == fields.split()


def test_an_alias_means_one_field_and_our_own_names_come_first() -> None:
    for specs in (SHIPMENT_FIELDS, EVENT_FIELDS):
        words = [(plain(word), spec.name) for spec in specs for word in (spec.name, *spec.aliases)]
        twice = {word for word, name in words if any(word == other and name != ours for other, ours in words)}
        assert twice == set()
    assert guess(ImportKind.SHIPMENTS, ("Number", "tracking_number")) == {"tracking_number": "tracking_number"}


def test_a_title_may_tell_the_order_of_its_dates() -> None:
    assert order_said(("Ship date (mm/dd/yyyy)",)) is DateOrder.MONTH_FIRST
    assert order_said(("Datum (DD.MM.YYYY)", "Zeit")) is DateOrder.DAY_FIRST
    assert order_said(("a (dd/mm)", "b (mm/dd)")) is None


@given(st.text(max_size=30))
def test_no_text_becomes_a_formula_and_all_come_back(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip()[:1] not in ("=", "+", "-", "@")
    assert cell[:1] not in ("\t", "\r")
    if cell == cell.strip() and not cell.startswith("="):
        assert plain_cell(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@x", "\tx", "\rx", "  =1", "'=1", "''=1", "\t'=1"])
def test_what_a_spreadsheet_would_compute_is_disarmed(text: str) -> None:
    # B058
    assert safe_cell(text) == f"'{text}"
    assert plain_cell(safe_cell(text)) == text
    assert safe_cell("plain") == "plain"
    assert safe_cell("O'Brien") == "O'Brien"


ZONE = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-17T08:00-06:00",
        "2026-11-17 08:00",
        "2026-11-17T08:00:30Z",
        "2026-11-17T08:00Z",
        "2026-11-17T08:00:30+05:30",
        "2026-11-17T08:00:00-00:00",
        "2026-07-01 08:00:01",
        "2026-11-17",
        "2026-11-17T08:00:00.123",
        "2026-11-17T08:00:00.12",
        "2026-11-17T08:00:00+14:00",
        "2026-11-01 01:30",
        "2026-03-08 02:30",
        "November 17, 2026, 2:32 pm",
        "2026-11-17T08:00:00+0530",
    ],
)
def test_the_short_way_says_what_the_long_one_says(text: str) -> None:
    time = parse_carrier_time(text)
    assert Moments(ZONE, None)[text] == (str(time), utc_text(time.order_key(ZONE)))


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-17T08:00-06", "2026-11-17T25:00", "2026-02-30 08:00", "1889-11-17 08:00", "2026-W47-2T10:00"),
        *("2026-11-17T08:00:00+15:00", "2026-11-17x08:00", "", "soon", "2026-11-17T08:00+06:99"),
    ],
)
def test_what_is_no_time_is_refused_by_both_ways(text: str) -> None:
    with pytest.raises(MailroomError) as refused:
        Moments(ZONE, None)[text]
    assert refused.value.code == "bad_date"


def test_times_of_two_columns_and_of_programs() -> None:
    assert str(file_time("2026-11-17 2:05 PM", None)) == "2026-11-17T14:05"
    assert str(file_time("17-Nov-2026 14:05", None)) == "2026-11-17T14:05"
    assert str(file_time("20261117140530", None)) == "2026-11-17T14:05:30"
    assert str(file_time("3-4-2026", DateOrder.DAY_FIRST)) == "2026-04-03"
    with pytest.raises(MailroomError) as refused:
        file_time("3-4-2026", None)
    assert refused.value.code == "date_ambiguous"


@pytest.mark.parametrize(
    ("text", "comma", "expected"),
    [
        ("7.64", False, Money(7640)),
        ("$7.64", False, Money(7640)),
        ("7.64 EUR", False, Money(7640, "EUR")),
        ("GBP 7.64", False, Money(7640, "GBP")),
        ("€ 7,64", True, Money(7640, "EUR")),
        ("-0.5", False, Money(-500)),
        ("7", True, Money(7000)),
    ],
)
def test_amounts_as_programs_write_them(text: str, comma: bool, expected: Money) -> None:
    assert file_amount(text, "USD", comma=comma) == expected


@pytest.mark.parametrize(
    ("text", "comma"),
    [
        *(("7,64", False), ("1.234", True), ("1,234.50", False), ("7.6.4", False)),
        *(("x", False), ("", False), ("7,6,4", True)),
    ],
)
def test_what_may_be_two_amounts_is_refused(text: str, comma: bool) -> None:
    with pytest.raises(MailroomError) as refused:
        file_amount(text, "USD", comma=comma)
    assert refused.value.code == "bad_amount"


def test_refusals_are_a_sequence_of_rows() -> None:
    rows = [RefusedRow(at, MailroomError("bad_date", text=f"t{at}")) for at in (3, 5, 9)]
    kept = Refusals(rows)
    assert (len(kept), kept == rows, kept == rows[:2], kept.codes()) == (3, True, False, {"bad_date"})
    assert [one.row for one in kept[1:]] == [5, 9]
    assert kept[-1].reason.facts == {"text": "t9"}
    with pytest.raises(IndexError):
        kept[3]


CELLS = st.text(alphabet='ab,"\n\r é', max_size=4)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=6),
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_rows_are_counted_as_they_are_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], ending: str, *, last: bool
) -> None:
    # GIVEN a file as a program writes it, whatever its cells hold
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=ending).writerows([["Tracking No", "Recipient"], *rows])
    text = written.getvalue() if last else written.getvalue().removesuffix(ending)
    path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    # WHEN its rows are counted in the quickest way THEN they are those that a reader of rows finds
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert count_rows(look(path, path.name), ",") == sum(1 for cells in found if any(cells))


def test_marks_inside_cells_do_not_mislead_the_count(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('Tracking No,Recipient\nA1,5" pipe\nA2,"two\nlines"\nA3,\nA4,6" pipe\n')
    assert count_rows(look(path, path.name), ",") == 5
