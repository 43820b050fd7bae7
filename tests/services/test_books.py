"""Books and sheets as use cases, on both databases."""

import subprocess
from datetime import date

import pytest

from mailroom.domain.documents import DocumentKind
from mailroom.domain.mailing_book import AcceptanceProof
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.sheets import ProofWanted, SheetKind
from mailroom.domain.shipment import Party, PieceFields
from mailroom.errors import MailroomError
from mailroom.services.office import Office


@pytest.fixture
def ids(office: Office, who: Operator) -> list[str]:
    """Ten pieces of one run."""
    made = []
    for at in range(10):
        to = Party(f"Ida Voss {at}", address=("7 Mill Lane",), city="Salem")
        done = office.intake.record_without_number(
            who, fields=PieceFields(recipient=to, run="Noon", postage=Money(780), meter="North desk")
        )
        assert done.row is not None
        made.append(done.row.shipment.id)
    return made


def test_a_book_lists_its_run_in_the_order_recorded(office: Office, who: Operator, ids: list[str]) -> None:
    book = office.books.issue(who, " NOON ", handed_to="Main post office")
    assert book.document.kind is DocumentKind.MAILING_BOOK
    assert book.document.shipment_ids == tuple(ids)
    assert book.document.pages == 2
    assert {one.code for one in book.gaps} == {"book_sender_missing"}
    assert [one.number for one in office.shipments.get(who, ids[0]).documents] == [book.document.number]
    with pytest.raises(MailroomError) as unknown:
        office.books.issue(who, "Evening")
    assert unknown.value.code == "run_not_found"
    office.lists.open_run(who, "Empty")
    with pytest.raises(MailroomError) as empty:
        office.books.issue(who, "Empty")
    assert empty.value.code == "run_empty"


def test_a_meter_proves_no_acceptance(office: Office, who: Operator, ids: list[str]) -> None:
    detail = office.shipments.get(who, ids[0])
    assert office.books.acceptance(who, detail) is AcceptanceProof.METER_IMPRINT


def test_sheets_and_the_day(office: Office, who: Operator, ids: list[str]) -> None:
    sheet = office.sheets.issue(who, ids[0], SheetKind.SEARCH)
    day = office.sheets.day_end(who)
    old = office.sheets.day_end(who, date(1999, 12, 31))
    assert (sheet.document.kind, sheet.document.shipment_ids) == (DocumentKind.SEARCH_SHEET, (ids[0],))
    assert day.document.shipment_ids == ()
    assert {one.kind for one in office.papers.documents(who)} == {DocumentKind.SEARCH_SHEET, DocumentKind.DAY_END}
    for paper in (sheet, day, old):
        assert office.papers.verify(who, paper.pdf).holds


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_manifest_lists_all_of_a_run(office: Office, who: Operator, ids: list[str]) -> None:
    paper = office.sheets.run_manifest(who, "noon", handed_to="R. Delgado")
    told = text_of(paper.pdf)
    assert paper.document.kind is DocumentKind.RUN_MANIFEST
    assert paper.document.shipment_ids == tuple(ids)
    assert "10 pieces in the run “noon”; postage $7.80." in told
    assert "Handed to: R. Delgado." in told
    assert told.count("Ida Voss") == 10
    with pytest.raises(MailroomError) as unknown:
        office.sheets.run_manifest(who, "Evening")
    assert unknown.value.code == "run_not_found"


def test_a_carrier_is_asked_for_a_proof(office: Office, who: Operator, ids: list[str]) -> None:
    wanted = (ProofWanted.PHOTO, ProofWanted.SIGNATURE)
    paper = office.sheets.ask_for_proof(
        who, ids[0], wanted, account="88-1", purpose="Court", asked_by="Crane & Voss", needed_by="December 4"
    )
    told = text_of(paper.pdf)
    assert paper.document.number == "PRQ-2026-A0001"
    for words in (
        "1. image of the signature",
        "2. photograph",
        "88-1",
        "Court, asked for by Crane & Voss",
        "December 4",
    ):
        assert words in told
    assert "meter imprint only, which does not prove acceptance" in told
    with pytest.raises(MailroomError) as nothing:
        office.sheets.ask_for_proof(who, ids[0], ())
    assert nothing.value.code == "nothing_asked_for"


def test_a_purpose_is_printed_with_who_asked_and_noted_on_the_timeline(
    office: Office, who: Operator, ids: list[str]
) -> None:
    paper = office.papers.issue_proof_of_delivery(
        who, ids[:2], purpose="Docket 26-118", asked_by="Crane & Voss", needed_by="December 4, 2026"
    )
    told = text_of(paper.pdf)
    assert told.count("Docket 26-118, asked for by Crane & Voss, needed by December 4, 2026") == 2
    noted = office.shipments.get(who, ids[0]).events[0]
    assert dict(noted.facts)["asked_by"] == "Crane & Voss"
    assert dict(noted.facts)["purpose"] == "Docket 26-118"


def test_a_number_that_was_not_used_is_said(office: Office, who: Operator, ids: list[str]) -> None:
    # GIVEN two papers of which the first is stopped after it took its number
    with pytest.raises(MailroomError) as stopped:
        office.papers.issue_proof_of_delivery(who, ids, cancelled=iter([False, *[True] * 99]).__next__)
    assert stopped.value.code == "stopped"
    office.papers.issue_proof_of_delivery(who, ids[:1])
    # THEN the ledger names the number, and the report of the day prints it
    assert [one.number for one in office.papers.unused_numbers(who)] == ["POD-2026-A0001"]
    assert [one.number for one in office.papers.documents(who)] == ["POD-2026-A0002"]
    assert "Numbers not used: POD-2026-A0001" in text_of(office.sheets.day_end(who).pdf)
