"""The papers of claims: packets with the claim's number, exports as carriers take them, lists, the book, decisions."""

import csv
import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from mailroom.capture.page_pictures import draw_pages
from mailroom.domain.claim_export import ExportForm
from mailroom.domain.claim_life import ClaimState, ClaimTerms
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store

UPS = ("1Z6R44100366174260", "1Z999AA10123456784")
DHL = "1234567891"
DESK = "0192f0c0-0000-7000-8000-00000000d35c"
Recording = Callable[..., str]
on_one_engine = pytest.mark.parametrize("office", ["sqlite"], indirect=True)  # heavy, and the engine has no part in it


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: Callable[[], object]) -> Iterator[Office]:
    """An office that can draw pages, as the wiring makes it."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("made_postgres")
    store = open_store(url, profile=tmp_path / "profile")
    desk = open_desk(store, clock, draw_pages)  # type: ignore[arg-type]
    yield make_office(desk, operator_of_profile(desk, DESK, "A", "M. Vega"))
    store.close()


@pytest.fixture
def record(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> Recording:
    """Puts a piece on record; its id."""

    def make(number: str = UPS[0], **fields: object) -> str:
        given = {"contents": "Harlow HB-40 mount, black", "invoice_amount": Money(382_000)}
        taken = office.intake.record(who, read(number), PieceFields(**{**given, **fields}))  # type: ignore[arg-type]
        assert taken.row is not None, taken.reason
        return taken.row.shipment.id

    return make


def noisy(folder: Path, name: str, size: tuple[int, int] = (2400, 1800)) -> Path:
    """A photograph that does not compress well."""
    path = folder / name
    Image.effect_noise(size, 90).convert("RGB").save(path, quality=95)
    return path


def pdf_of(folder: Path, pages: int) -> Path:
    made, path = pikepdf.Pdf.new(), folder / "invoice.pdf"
    for _page in range(pages):
        made.add_blank_page(page_size=(612, 792))
    made.save(path)
    return path


def first_page(pdf: bytes) -> str:
    command = ["pdftotext", "-l", "1", "-layout", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def refused(act: Callable[[], object]) -> MailroomError:
    with pytest.raises(MailroomError) as caught:
        act()
    return caught.value


def test_packets_have_the_number_of_their_claim(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim

    first = office.claim_papers.packet(who, claim.id)
    second = office.claim_papers.packet(who, claim.id)
    internal = office.claim_papers.internal(who, claim.id)

    assert [first.document.number, second.document.number] == [claim.number, f"{claim.number}-2"]
    assert (internal.document.number, internal.document.kind) == (f"{claim.number}-I", DocumentKind.CLAIM_INTERNAL)
    assert first.gaps
    papers = office.claims.get(who, claim.id).papers
    assert [one.number for one in papers] == [f"{claim.number}-I", f"{claim.number}-2", claim.number]


@on_one_engine
def test_a_paper_issued_again_says_its_own_number(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    issued = [make(who, claim.id) for make in (office.claim_papers.packet, office.claim_papers.internal) * 2]
    again = office.papers.issue_again(who, f"{claim.number}-2")

    for paper in (*issued, again):
        number = paper.document.number
        with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
            assert str(pdf.docinfo.Title).endswith(f" {number}")
        assert number in first_page(paper.pdf).split()
    assert issued[2].document.number == f"{claim.number}-2"
    assert again.document.number == f"{claim.number}-3"


def test_a_claim_that_demands_nothing_has_no_packet(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS, ClaimTerms(ClaimKind.LOSS)).claim
    assert refused(lambda: office.claim_papers.packet(who, claim.id)).code == "claim_amount_missing"
    assert refused(lambda: office.claim_papers.internal(who, claim.id)).code == "claim_amount_missing"
    assert office.papers.documents(who) == ()


@on_one_engine
def test_ups_gets_pictures_under_a_megabyte(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    shipment_id = record()
    for at in range(2):
        photo = noisy(tmp_path, f"{at}.jpg")
        office.attachments.attach(who, shipment_id, photo, role=AttachmentRole.DAMAGE_PHOTO, caption=f"Dent {at}")
    office.attachments.attach(who, shipment_id, pdf_of(tmp_path, 2), role=AttachmentRole.PROOF_OF_VALUE)
    claim = office.claims.open(who, shipment_id, ClaimKind.DAMAGE).claim

    export = office.claim_papers.export(who, claim.id, tmp_path)

    assert export.profile.form is ExportForm.IMAGES
    assert {one.suffix for one in export.files} == {".jpg"}
    assert max(one.stat().st_size for one in export.files) <= 1_000_000
    names = [one.name for one in export.files if not one.name.startswith("CLM")]
    assert names == ["C-1 Proof of value 01.jpg", "C-1 Proof of value 02.jpg", "E-1 Dent 0.jpg", "E-2 Dent 1.jpg"]
    for one in export.files:
        with Image.open(one) as picture:
            assert picture.format == "JPEG"
            assert min(picture.size) >= 300
    assert len([one for one in export.files if one.name.startswith("CLM")]) == export.document.pages


def test_usps_gets_a_file_an_exhibit(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    shipment_id = record("9405511899223197428490", service="Priority Mail")
    office.attachments.attach(who, shipment_id, pdf_of(tmp_path, 1), role=AttachmentRole.PROOF_OF_VALUE)
    claim = office.claims.open(who, shipment_id, ClaimKind.LOSS).claim

    export = office.claim_papers.export(who, claim.id, tmp_path)
    again = office.claim_papers.export(who, claim.id, tmp_path)

    assert [one.name for one in export.files] == [f"{claim.number}.pdf", "C-1 Proof of value.pdf"]
    assert again.folder.name == f"{claim.number} USPS (2)"
    assert again.document.id == export.document.id  # the packet that was issued, not another one
    assert export.files[0].read_bytes() == office.papers.pdf(who, export.document.id)


@on_one_engine
def test_dhl_gets_one_pdf_of_three_megabytes(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    shipment_id = record(DHL, carrier="dhl")
    for at in range(6):
        photo = noisy(tmp_path, f"{at}.jpg", (1500, 1100))
        office.attachments.attach(who, shipment_id, photo, role=AttachmentRole.DAMAGE_PHOTO)
    claim = office.claims.open(who, shipment_id, ClaimKind.DAMAGE).claim
    full = office.claim_papers.packet(who, claim.id)
    assert len(full.pdf) > 3_000_000

    export = office.claim_papers.export(who, claim.id, tmp_path)

    assert [one.name for one in export.files] == [f"{claim.number}-2.pdf"]
    assert export.files[0].stat().st_size <= 3_000_000
    with pikepdf.open(export.files[0]) as pdf:
        assert len(pdf.pages) == full.document.pages


def test_an_export_is_whole_or_not_at_all(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    target = tmp_path / "out"
    target.mkdir()

    looked = iter([False, False, True])
    error = refused(lambda: office.claim_papers.export(who, claim.id, target, cancelled=lambda: next(looked)))
    assert error.code == "stopped"
    assert list(target.iterdir()) == []
    missing = refused(lambda: office.claim_papers.export(who, claim.id, tmp_path / "no such"))
    assert missing.code == "output_unwritable"


def test_a_lost_bag_makes_a_packet_each_and_one_list(office: Office, who: Operator, record: Recording) -> None:
    ids = [record(number) for number in UPS]
    worthless = record(DHL, carrier="dhl", invoice_amount=None, contents="")

    report = office.claim_batches.open_many(who, [*ids, ids[0], worthless], note="Bag 7 of 12 November")

    assert [one.tracking_number for one in report.claims] == list(UPS)
    assert [one.document.number for one in report.packets] == [one.claim.number for one in report.claims]
    assert [(id_, error.code) for id_, error in report.refused] == [(worthless, "claim_amount_missing")]
    assert report.covering_list is not None
    assert report.covering_list.document.kind is DocumentKind.CLAIM_LIST
    assert report.covering_list.document.tracking_numbers == UPS
    # a second time it is the same claims
    again = office.claim_batches.open_many(who, ids)
    assert [one.claim.id for one in again.claims] == [one.claim.id for one in report.claims]


@on_one_engine
def test_one_amount_with_mills_gives_all_of_a_list_three_decimals(
    office: Office, who: Operator, record: Recording
) -> None:
    ids = [record(UPS[0], invoice_amount=Money(382_000)), record(UPS[1], invoice_amount=Money(100_005))]
    claims = [office.claims.open(who, one, ClaimKind.LOSS).claim.id for one in ids]
    for paper in (office.claim_papers.covering_list(who, claims), office.claim_papers.book(who)):
        told = first_page(paper.pdf)
        assert "100.005" in told
        assert "382.000" in told


def test_a_batch_can_be_stopped(office: Office, who: Operator, record: Recording) -> None:
    looked = iter([False, True])
    report = office.claim_batches.open_many(who, [record(number) for number in UPS], cancelled=lambda: next(looked))
    assert (len(report.claims), report.cancelled, report.covering_list) == (1, True, None)


DECISIONS = """Our claim,Tracking #,Case,Status,Amount paid,Date,Remarks
{first},,UC-1,Approved in part,$100.00,2026-11-19,One item not proven
,{second},UC-2,DENIED,,2026-11-19,Packed badly
,{second},UC-2,denied,,2026-11-19,Packed badly
,,UC-9,approved,,,
{first},,,nonsense,,,
"""


def test_a_carriers_decisions_come_from_a_file(
    office: Office, who: Operator, record: Recording, tmp_path: Path, other_role: Callable[..., Operator]
) -> None:
    claims = [office.claims.open(who, record(number), ClaimKind.LOSS).claim for number in UPS]
    for at, claim in enumerate(claims, 1):
        office.claims.move(who, claim.id, ClaimState.FILED, reference=f"UC-{at}")
    path = tmp_path / "decisions.csv"
    path.write_text(DECISIONS.format(first=claims[0].number, second=UPS[1]), "utf-8")

    report = office.claim_batches.decide(who, path)

    assert (report.rows, report.moved, report.known) == (5, 2, 1)
    assert [(one.row, one.reason.code) for one in report.refused] == [(5, "claim_not_found"), (6, "decision_unknown")]
    first, second = (office.claims.get(who, one.id).row.claim for one in claims)
    assert (first.state, first.expected, first.reason) == (ClaimState.PART, Money(100_000), "One item not proven")
    assert (second.state, second.expected, second.reason) == (ClaimState.DENIED, Money(0), "Packed badly")
    clerk = other_role(who, Role.CLERK)
    assert refused(lambda: office.claim_batches.decide(clerk, path)).code == "not_allowed"


def test_a_payment_from_a_file_decides_first(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    office.claims.move(who, claim.id, ClaimState.FILED, reference="UC-1")
    path = tmp_path / "paid.csv"
    path.write_text("reference;decision;amount\nUC-1;Paid;1,000.00\n", "utf-8")

    office.claim_batches.decide(who, path)

    view = office.claims.get(who, claim.id)
    assert [one.state for one in view.moves] == [ClaimState.FILED, ClaimState.APPROVED, ClaimState.PAID]
    assert view.row.claim.received == Money(1_000_000)


def test_the_book_tells_what_was_claimed_paid_and_denied(office: Office, who: Operator, record: Recording) -> None:
    claims = [office.claims.open(who, record(number), ClaimKind.LOSS).claim for number in UPS]
    for claim in claims:
        office.claims.move(who, claim.id, ClaimState.FILED, reference="=R-1")
    office.claims.move(who, claims[0].id, ClaimState.DENIED, note="Not insured")
    office.claims.move(who, claims[1].id, ClaimState.APPROVED)
    office.claims.move(who, claims[1].id, ClaimState.PAID)

    rows = list(csv.DictReader(io.StringIO(office.claim_papers.book_table(who).decode("utf-8-sig"))))
    assert [(one["state"], one["claimed"], one["granted"], one["paid"], one["reason"]) for one in rows] == [
        ("denied", "382.000", "0.000", "", "Not insured"),
        ("paid", "382.000", "382.000", "382.000", ""),
    ]
    assert rows[0]["reference"] == "'=R-1"
    paper = office.claim_papers.book(who)
    assert paper.document.kind is DocumentKind.CLAIM_BOOK
    assert paper.document.pages >= 1


def test_of_two_deliveries_letter_and_clock_count_from_the_first_and_bare_photos_are_exhibit_e(
    office: Office, who: Operator, record: Recording, tmp_path: Path
) -> None:
    # GIVEN a piece that was reported delivered twice, and photographs that nobody named
    shipment_id = record()
    for day, status in (("2026-11-02", "accepted"), ("2026-11-05", "delivered"), ("2026-11-09", "delivered")):
        draft = EventDraft(parse_carrier_time(f"{day}T10:00:00-06:00"), Status(status), text=status)
        office.timeline.add_event(who, shipment_id, draft)
    office.attachments.attach(who, shipment_id, noisy(tmp_path, "IMG_1.jpg", (300, 200)))
    claim = office.claims.open(who, shipment_id, ClaimKind.DAMAGE)
    # WHEN the packet is made
    paper = office.claim_papers.packet(who, claim.claim.id)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper.pdf, capture_output=True, check=True)
    told = " ".join(done.stdout.decode().split())
    # THEN the letter names the delivery that the days count from, and the other one too
    clock = office.claims.get(who, claim.claim.id).clock
    assert clock.window is not None
    assert clock.window.starts_on.isoformat() == "2026-11-05"
    assert "Our record holds a report of delivery on Nov 5, 2026" in told
    assert "A further report of delivery, on Nov 9, 2026" in told
    assert "days count from the first." in told
    # AND the photograph is Exhibit E, also for a loss
    assert "Exhibit E: photographs" in told
    assert "Exhibit I" not in told
    lost = office.claims.open(who, shipment_id, ClaimKind.LOSS)
    photographs = [
        one for one in office.claims.get(who, lost.claim.id).checklist if one.document is RuleDocument.PHOTOGRAPHS
    ]
    assert any(one.attachment_ids for one in photographs)
