"""Books and sheets as use cases, on both databases."""

from datetime import date

import pytest

from mailroom.domain.documents import DocumentKind
from mailroom.domain.mailing_book import AcceptanceProof
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.sheets import SheetKind
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
