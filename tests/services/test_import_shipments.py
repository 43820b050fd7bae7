"""Shipments from files: what is sure is on record, what is not is refused with its reason, a repeat adds nothing."""

import csv
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.command import utc_text
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import NumberRole, PieceFields, PostageProof, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind, EventSource
from mailroom.domain.times import DateOrder, Precision, carrier_time
from mailroom.domain.weights import Weight, WeightUnit
from mailroom.errors import MailroomError
from mailroom.services.desk import open_desk
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.report import ImportReport
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store

UPS, BAD_UPS = "1Z999AA10123456784", "1Z999AA10123456785"
USPS, FEDEX = "9400117947734440521950", "766405636952"
WEAK = "12345678901234"  # fourteen digits, as many other codes have
Read = Callable[..., tuple[Reading, ...]]


def table(folder: Path, *rows: str, header: str = "tracking_number", name: str = "pieces.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def reasons(report: ImportReport) -> list[tuple[int, str]]:
    return [(one.row, one.reason.code) for one in report.refused]


def on_record(office: Office, who: Operator) -> list[Shipment]:
    return [row.shipment for row in office.shipments.find(who, ShipmentFilter(), 0).rows]


def test_everything_that_a_row_says_is_on_record(office: Office, who: Operator, tmp_path: Path) -> None:
    # GIVEN a file in another program's words
    header = (
        "Tracking #,Carrier,Service Type,Reference 1,Cost Center,Account Name,Batch,Meter Number,Ship Date,"
        "Ship To Name,Ship To Company,Ship To Address 1,Ship To Address 2,Ship To City,Ship To State,Ship To Zip,"
        "Ship To Country,Ship To Phone,Total Amount,Declared Value,Insured Value,Weight (oz),Length,Width,Height,"
        "Contents,HS Code,Note,Requested By,Expected Delivery,Opt Out,Sender Company,Colour"
    )
    row = (
        f"{USPS},USPS,Priority Mail,24-1187-R,Legal,Filings,Noon,M1,11/20/2026,Ada Byron,Harlow,12 Mill Lane,Unit 4,"
        "Boise,ID,2134,United States,+1 208 555 0100,$7.64,120,100 EUR,12.5,10,8,4.5,Papers,4901.10,Careful,"
        "I. Marsh,2026-11-24,yes,Quay Ltd,red"
    )
    # WHEN it is imported
    report = office.exchange.import_shipments(who, table(tmp_path, row, header=header), order=DateOrder.MONTH_FIRST)
    # THEN nothing of it is lost but what nobody asked for
    assert (report.added, report.known, reasons(report), report.ignored_columns) == (1, 0, [], ("Colour",))
    [one] = office.shipments.find(who, ShipmentFilter(), 0).rows
    shipment, fields = one.shipment, one.shipment.fields
    assert (shipment.carrier, shipment.tracking_number, shipment.check) == ("usps", USPS, Check.OK)
    assert (shipment.service, fields.service, fields.order) == ("Priority Mail", "Priority Mail", "24-1187-R")
    assert (one.department, fields.account, one.run, one.meter) == ("Legal", "Filings", "Noon", "M1")
    party = fields.recipient
    assert (party.name, party.company, party.address) == ("Ada Byron", "Harlow", ("12 Mill Lane", "Unit 4"))
    assert (party.city, party.region, party.country, party.contact) == ("Boise", "ID", "US", "+1 208 555 0100")
    assert party.postal_code == "02134"  # a spreadsheet had taken its zero
    assert (shipment.postage, fields.declared_value) == (Money(7640), Money(120_000))
    assert fields.insured_value == Money(100_000, "EUR")
    assert fields.weight == Weight(Decimal("12.5"), WeightUnit.OZ)
    assert (fields.dimensions, fields.dimension_unit) == ((Decimal(10), Decimal(8), Decimal("4.5")), "in")
    assert (fields.contents, fields.hs_code, fields.note) == ("Papers", "490110", "Careful")
    assert (fields.requester, fields.requester_opt_out) == ("I. Marsh", True)
    assert (fields.mailed_on, fields.promised_on) == (date(2026, 11, 20), date(2026, 11, 24))
    assert fields.sender.company == "Quay Ltd"
    assert office.shipments.counts(who, ShipmentFilter()).by_carrier == {"usps": 1}
    # AND it is found, and its timeline says where it came from
    assert office.shipments.find(who, ShipmentFilter("byron")).rows == (one,)
    [event] = office.shipments.get(who, shipment.id).events
    assert (event.kind, event.source, event.file_name, event.file_row) == (
        EventKind.RECORDED,
        EventSource.IMPORT,
        "pieces.csv",
        2,
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",USPS,", "number_missing"),
        ("hello world,,", "number_not_recognised"),
        ("0000000000000000000000,,", "number_not_recognised"),
        (f"{BAD_UPS},,", "check_digit_wrong"),
        (f"{WEAK},,", "number_needs_carrier"),
        ("9.40012E+21,,", "digits_lost"),
        (f"{UPS},FedEx,", "carrier_contradicts"),
        (f"{UPS},Pony Express,", "carrier_unknown"),
        (f'{UPS},,"1,50"', "bad_amount"),
        (f'{UPS},,"1,234.00"', "bad_amount"),
        (f"{UPS},,1.2345", "bad_amount"),
        (f"{UPS},,-1.20", "amount_negative"),
        (f"{UPS},,7 XY", "bad_amount"),
        (f"{UPS},,,03/04/2026", "date_ambiguous"),
        (f"{UPS},,,2026-02-31", "bad_date"),
        (f"{UPS},,,,12", "bad_weight"),
        (f"{UPS},,,,12 stone", "bad_weight"),
        (f"{UPS},,,,,Atlantis", "country_unknown"),
        (f"{UPS},,,,,,perhaps", "not_yes_or_no"),
        (f"{UPS},,,,,,,10", "bad_size"),
        (f"{UPS},,,,,,,,nonsense here", "other_number_bad"),
        (f"{UPS},,,,,,,,,[1]", "customs_unreadable"),
        (f"{UPS},,,,,,,,,,{'x' * 5000}", "text_too_long"),
        (f"{UPS},,,,,,,,,,x\0y", "row_not_storable"),
        (f'{UPS},,,,,,,,,,"x"y', "row_unreadable"),
        ("MR-2026-A0007-K,,", "number_not_recognised"),
    ],
)
def test_one_wrong_cell_refuses_its_row_and_no_other(
    office: Office, who: Operator, tmp_path: Path, row: str, code: str
) -> None:
    header = "tracking_number,carrier,postage,mailed_on,weight,recipient_country,requester_opt_out,length,"
    header += "other_numbers,customs,note"
    report = office.exchange.import_shipments(who, table(tmp_path, row, f"{FEDEX},,", header=header))
    assert reasons(report) == [(2, code)]
    assert (report.rows, report.added) == (2, 1)
    assert [one.tracking_number for one in on_record(office, who)] == [FEDEX]


def test_what_is_weak_or_wrong_is_taken_when_somebody_says_so(office: Office, who: Operator, tmp_path: Path) -> None:
    # a carrier in the row, or for the whole file
    file = table(tmp_path, f"{WEAK},DHL eCommerce", f"{BAD_UPS},", header="tracking_number,carrier")
    report = office.exchange.import_shipments(who, file)
    assert (report.added, reasons(report)) == (1, [(3, "check_digit_wrong")])
    report = office.exchange.import_shipments(who, file, keep_bad_check=True)
    assert (report.added, report.known) == (1, 1)
    assert {one.tracking_number: one.check for one in on_record(office, who)}[BAD_UPS] is Check.BAD
    other = table(tmp_path, "12345678901235", name="other.csv")
    assert reasons(office.exchange.import_shipments(who, other)) == [(2, "number_needs_carrier")]
    plan = ImportPlan((("tracking_number", "tracking_number"),), carrier="dhl")
    assert office.exchange.import_shipments(who, other, plan).added == 1


@pytest.mark.parametrize(
    ("said", "taken"),
    [("usps", True), ("U.S.P.S.", True), ("USPS Priority Mail", True), ("Endicia", True), ("Stamps.com", True)],
)
def test_carriers_are_called_many_things(office: Office, who: Operator, tmp_path: Path, said: str, taken: bool) -> None:
    report = office.exchange.import_shipments(who, table(tmp_path, f"{USPS},{said}", header="tracking,provider"))
    assert (report.added == 1) is taken


def test_numbers_as_programs_write_them_for_spreadsheets(office: Office, who: Operator, tmp_path: Path) -> None:
    rows = (f'"=""{USPS}"""', f"'{FEDEX}", "1Z 999 AA1 01 2345 6784")
    report = office.exchange.import_shipments(who, table(tmp_path, *rows))
    assert report.added == 3
    assert {one.tracking_number for one in on_record(office, who)} == {USPS, FEDEX, UPS}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("20261120143005", "2026-11-20"),
        ("20-Nov-2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("November 20, 2026", "2026-11-20"),
        ("11/20/2026 2:05 PM", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("2026/11/5", "2026-11-05"),
    ],
)
def test_days_as_programs_write_them(
    office: Office, who: Operator, tmp_path: Path, written: str, expected: str
) -> None:
    file = table(tmp_path, f'{UPS},"{written}"', header="tracking_number,ship date")
    assert office.exchange.import_shipments(who, file).added == 1
    assert str(on_record(office, who)[0].fields.mailed_on) == expected


def test_a_decimal_comma_is_taken_only_when_told(office: Office, who: Operator, tmp_path: Path) -> None:
    file = table(tmp_path, f"{UPS};7,64;1,5 kg", f"{USPS};7.64;", header="tracking_number;postage;weight")
    assert reasons(office.exchange.import_shipments(who, file, dry_run=True)) == [(2, "bad_amount")]
    look = office.exchange.preview(who, file, ImportKind.SHIPMENTS)
    plan = ImportPlan(look.plan.columns, decimal_comma=True)
    report = office.exchange.import_shipments(who, file, plan)
    assert (report.added, reasons(report)) == (1, [(3, "bad_amount")])
    [one] = on_record(office, who)
    assert (one.postage, one.fields.weight) == (Money(7640), Weight(Decimal("1.5"), WeightUnit.KG))


def test_a_repeat_adds_nothing_not_even_within_the_file(office: Office, who: Operator, tmp_path: Path) -> None:
    file = table(tmp_path, UPS, USPS, f"{UPS[:2]} {UPS[2:]}")
    first = office.exchange.import_shipments(who, file)
    again = office.exchange.import_shipments(who, file)
    assert [(one.added, one.known) for one in (first, again)] == [(2, 1), (0, 3)]
    assert all(len(office.shipments.get(who, one.id).events) == 1 for one in on_record(office, who))


def test_what_the_bench_recorded_is_known_and_stays_as_it_is(
    office: Office, who: Operator, read: Read, tmp_path: Path
) -> None:
    taken = office.intake.record(who, read(UPS), PieceFields(order="from the bench"))
    assert taken.row is not None
    report = office.exchange.import_shipments(who, table(tmp_path, f"{UPS},other", header="tracking_number,order"))
    assert (report.added, report.known) == (0, 1)
    assert on_record(office, who) == [taken.row.shipment]


def test_a_number_that_is_used_again_after_its_piece_is_a_new_one(
    office: Office, who: Operator, clock: Any, tmp_path: Path
) -> None:
    # GIVEN a piece that was delivered long ago
    old = table(tmp_path, f"{UPS},2026-09-01", header="tracking_number,mailed_on")
    office.exchange.import_shipments(who, old)
    [first] = on_record(office, who)
    done = EventDraft(carrier_time(clock.now, Precision.DAY), Status.DELIVERED)
    office.timeline.add_event(who, first.id, done)
    clock.forward(days=60)
    # WHEN the old file comes again, and one that names another day
    again = office.exchange.import_shipments(who, old)
    fresh = table(tmp_path, f"{UPS},2027-01-15", header="tracking_number,mailed_on", name="new.csv")
    other = office.exchange.import_shipments(who, fresh)
    # THEN only the other day is another piece
    assert [(one.added, one.known) for one in (again, other)] == [(0, 1), (1, 0)]
    assert [one.number_reused for one in on_record(office, who)] == [True, False]


def test_a_label_of_our_own_is_known_here_and_nowhere_else(office: Office, who: Operator, tmp_path: Path) -> None:
    taken = office.intake.record_without_number(who, (), PieceFields(note="by hand"))
    assert taken.row is not None
    own = taken.row.shipment.shown_number
    other = "MR2026Z0009"
    from mailroom.domain.numbers import label_number

    other = label_number(2026, "Z", 9)
    report = office.exchange.import_shipments(who, table(tmp_path, own, other))
    assert (report.added, report.known, reasons(report)) == (0, 1, [(3, "own_label_number")])


def test_a_trial_says_the_same_and_writes_nothing(office: Office, who: Operator, tmp_path: Path) -> None:
    office.exchange.import_shipments(who, table(tmp_path, USPS))
    rows = (USPS, UPS, UPS, "nothing", FEDEX)
    file = table(tmp_path, *rows, name="trial.csv")
    before = office.shipments.changed_since(who, "")[0]
    seen: list[tuple[int, int]] = []
    trial = office.exchange.import_shipments(
        who, file, dry_run=True, progress=lambda done, total: seen.append((done, total))
    )
    assert office.shipments.changed_since(who, "")[0] == before
    assert len(on_record(office, who)) == 1
    assert seen[-1] == (5, 5)
    done = office.exchange.import_shipments(who, file)
    for report in (trial, done):
        assert (report.rows, report.added, report.known, reasons(report)) == (
            5,
            2,
            2,
            [(5, "number_not_recognised")],
        )
    assert (trial.dry_run, trial.import_id, done.dry_run) == (True, "", False)


def test_an_import_is_taken_back_whole_and_may_come_again(office: Office, who: Operator, tmp_path: Path) -> None:
    office.exchange.import_shipments(who, table(tmp_path, FEDEX, name="first.csv"))
    file = table(tmp_path, f"{UPS},Legal", f"{USPS},Legal", f"{FEDEX},x", header="tracking_number,department")
    report = office.exchange.import_shipments(who, file)
    assert (report.added, report.known) == (2, 1)
    assert office.exchange.undo_import(who, report.import_id) == 2
    assert [one.tracking_number for one in on_record(office, who)] == [FEDEX]
    assert office.shipments.counts(who, ShipmentFilter()).total == 1
    with pytest.raises(MailroomError) as refused:
        office.exchange.undo_import(who, report.import_id)
    assert refused.value.code == "already_undone"
    assert office.exchange.import_shipments(who, file).added == 2
    assert {fault.code for fault in office.safety.check(who)} <= set()


def numbers(count: int) -> list[str]:
    """Ground Advantage numbers: 21 digits and their check digit."""
    found = []
    for serial in range(count):
        body = f"9400111899561{serial:08d}"
        total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
        found.append(f"{body}{-total % 10}")
    return found


def test_a_cancelled_import_leaves_nothing(office: Office, who: Operator, tmp_path: Path) -> None:
    file = table(tmp_path, *numbers(300))
    seen: list[int] = []
    report = office.exchange.import_shipments(
        who, file, progress=lambda done, _total: seen.append(done), cancelled=lambda: len(seen) > 1
    )
    assert (report.cancelled, report.added) == (True, 0)
    assert on_record(office, who) == []
    assert office.shipments.counts(who, ShipmentFilter()).total == 0
    assert office.exchange.import_shipments(who, file).added == 300


def test_trouble_on_the_way_leaves_nothing(office: Office, who: Operator, tmp_path: Path) -> None:
    # GIVEN a writer that fails in the middle
    calls = []

    def write(act: Callable[[], Any]) -> Any:
        calls.append(act)
        if len(calls) == 3:
            raise OSError("the disk is gone")
        return act()

    # WHEN a file goes in
    with pytest.raises(OSError, match="the disk is gone"):
        office.exchange.import_shipments(who, table(tmp_path, *numbers(300)), write=write)
    # THEN what had been written is taken back
    assert on_record(office, who) == []


def test_ten_thousand_shipments_with_two_hundred_faults_name_exactly_those(tmp_path: Path, clock: Any) -> None:
    # GIVEN rows with planted faults of ten kinds
    store = open_store("", profile=tmp_path)
    desk = open_desk(store, clock)
    office = make_office(desk, operator_of_profile(desk, "0192f0c0-0000-7000-8000-00000000d35c", "A", "M. Vega"))
    who, dice = office.operator, random.Random(3)
    good = numbers(10_000)
    planted = dict(zip(dice.sample(range(10_000), 200), (one for one in FAULTS * 20), strict=True))
    file = tmp_path / "big.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("Tracking Number", "Carrier", "Ship Date", "Cost", "Weight", "Recipient", "Zip", "Dept"))
        for at, number in enumerate(good):
            row = [number, "USPS", "2026-11-20", "7.64", "12 oz", f"Recipient {at}", f"{at:05d}", f"Dept {at % 9}"]
            if at in planted:
                planted[at][1](row)
            writer.writerow(row)
    # WHEN they are tried and imported
    for dry_run in (True, False):
        report = office.exchange.import_shipments(who, file, dry_run=dry_run)
        # THEN the report names these rows with these reasons and no other
        assert reasons(report) == [(at + 2, planted[at][0]) for at in sorted(planted)]
        assert (report.rows, report.added, report.known) == (10_000, 9_800, 0)
    counts = office.shipments.counts(who, ShipmentFilter())
    assert (counts.total, counts.by_carrier) == (9_800, {"usps": 9_800})
    assert len(office.lists.departments(who)) == 9
    store.close()


def _swap(row: list[str]) -> None:
    digits = list(row[0])
    at = next(at for at in range(10, 20) if digits[at] != digits[at + 1])
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    row[0] = "".join(digits)


def _set(at: int, text: str) -> Callable[[list[str]], None]:
    def change(row: list[str]) -> None:
        row[at] = text

    return change


FAULTS: tuple[tuple[str, Callable[[list[str]], None]], ...] = (
    ("check_digit_wrong", _swap),
    ("number_missing", _set(0, "  ")),
    ("digits_lost", _set(0, "9.40011E+21")),
    ("number_not_recognised", _set(0, "n/a")),
    ("carrier_contradicts", _set(1, "UPS")),
    ("date_ambiguous", _set(2, "05/06/2026")),
    ("bad_date", _set(2, "2026-11-31")),
    ("bad_amount", _set(3, "7,64")),
    ("bad_weight", _set(4, "twelve")),
    ("carrier_unknown", _set(1, "Pigeon")),
)


def test_a_mapping_is_kept_chosen_and_forgotten(office: Office, who: Operator, tmp_path: Path) -> None:
    # GIVEN a file that nobody else writes
    file = table(tmp_path, f"{UPS},A-1,x", header="piece,slip,Cost Center")
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_shipments(who, file)
    assert refused.value.code == "columns_missing"
    plan = ImportPlan((("tracking_number", "piece"), ("order", "slip")), DateOrder.DAY_FIRST, carrier="ups")
    # WHEN its mapping is kept, once more under the same name
    office.exchange.save_mapping(who, ImportKind.SHIPMENTS, ImportPlan((("order", "slip"),)), "Dock 3")
    kept = office.exchange.save_mapping(who, ImportKind.SHIPMENTS, plan, "  DOCK 3 ")
    # THEN it is there once, is chosen for such files, and by its name
    assert office.exchange.mappings(who, ImportKind.SHIPMENTS) == (kept,)
    assert office.exchange.mappings(who, ImportKind.EVENTS) == ()
    look = office.exchange.preview(who, file, ImportKind.SHIPMENTS)
    assert (look.plan.name, look.plan.order, look.plan.carrier) == ("DOCK 3", DateOrder.DAY_FIRST, "ups")
    report = office.exchange.import_shipments(who, file)
    assert (report.added, report.mapping, report.ignored_columns) == (1, "DOCK 3", ("Cost Center",))
    assert office.exchange.import_shipments(who, file, "dock 3").known == 1
    assert on_record(office, who)[0].fields.order == "A-1"
    # AND one that does not fit is refused, as is an unknown name
    other = table(tmp_path, UPS, header="tracking", name="other.csv")
    for name, code in (("dock 3", "column_unknown"), ("dock 4", "mapping_unknown")):
        with pytest.raises(MailroomError) as refused:
            office.exchange.import_shipments(who, other, name)
        assert refused.value.code == code
    office.exchange.remove_mapping(who, ImportKind.SHIPMENTS, "Dock 3")
    assert office.exchange.mappings(who, ImportKind.SHIPMENTS) == ()
    assert office.settings.office(who).name == ""  # settings and mappings do not meet


def test_a_preview_says_what_would_become_of_its_rows(office: Office, who: Operator, tmp_path: Path) -> None:
    office.exchange.import_shipments(who, table(tmp_path, FEDEX))
    file = table(tmp_path, UPS, FEDEX, UPS, BAD_UPS, *numbers(40), name="more.csv")
    look = office.exchange.preview(who, file)
    assert (look.kind, look.columns, len(look.rows)) == (ImportKind.SHIPMENTS, ("tracking_number",), 20)
    said = office.exchange.judge(who, look, look.plan)
    assert [one.known for one in said[:4]] == [False, True, True, False]
    assert [one.refused.code if one.refused else "" for one in said[:4]] == ["", "", "", "check_digit_wrong"]
    assert len(on_record(office, who)) == 1


def test_numbers_of_the_label_keep_their_roles(office: Office, who: Operator, tmp_path: Path) -> None:
    others = "return_receipt usps 9590940299990123456781 none\ncustomer - INV-7 none"
    file = table(
        tmp_path, f'{USPS},"{others}",30301,us', header="tracking_number,other_numbers,label zip,label country"
    )
    assert office.exchange.import_shipments(who, file).added == 1
    [one] = on_record(office, who)
    assert {number.role for number in one.numbers} == {
        NumberRole.PRIMARY,
        NumberRole.RETURN_RECEIPT,
        NumberRole.CUSTOMER,
    }
    assert one.destination == Destination("30301", "US")
    assert office.shipments.by_number(who, "INV-7").row.shipment.id == one.id


def test_proof_of_postage_and_deadline(office: Office, who: Operator, tmp_path: Path) -> None:
    header = "tracking_number,proof_of_postage,deadline,deadline_note"
    file = table(tmp_path, f"{USPS},meter,2026-11-24T17:00-05:00,hearing", header=header)
    assert office.exchange.import_shipments(who, file).added == 1
    fields = on_record(office, who)[0].fields
    assert (fields.proof_of_postage, str(fields.deadline), fields.deadline_note) == (
        PostageProof.METER,
        "2026-11-24T17:00-05:00",
        "hearing",
    )
    assert utc_text(on_record(office, who)[0].recorded_at).startswith("2026-11-20")
