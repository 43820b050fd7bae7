"""Mailing books: sheets of eight, registered mail apart, what is missing is said, and what proves acceptance."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.mailing_book import (
    AcceptanceProof,
    BookPage,
    MailingBook,
    SheetSeen,
    acceptance_proof,
    book_gaps,
    book_line,
    is_registered,
    page_code,
    page_from_code,
    pages_of,
    parts_of,
    sheet_gaps,
)
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.shipment import LineKind, Party, PieceFields, PostageLine, PostageProof, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import parse_carrier_time

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
TO = Party("Ida Voss", address=("7 Mill Lane",), city="Salem", region="OR", postal_code="97301")


def piece(number: str = "9270190123456700118420", **given: Any) -> Shipment:
    fields = given.pop("fields", PieceFields(recipient=TO))
    return replace(
        Shipment(
            id=f"s-{number}",
            version=1,
            carrier="usps",
            tracking_number=number,
            check=Check.OK,
            service="Certified Mail",
            service_code="",
            status=Status.LABEL_CREATED,
            status_at=None,
            recorded_at=NOW,
            recorded_by="T. Okonjo",
            recorded_by_id="o1",
            desk="d1",
            destination=Destination(),
            fields=fields,
            postage=Money(5860),
        ),
        **given,
    )


def book(*pieces: Shipment, **given: Any) -> MailingBook:
    head = PaperHead("BOOK-2026-A0031", NOW, "UTC", "T. Okonjo", "clerk")
    parts = parts_of((one, book_line(one, ())) for one in pieces)
    office = OfficeHead("Larkspur Survey Co.", ("19 Foundry Row",))
    return replace(MailingBook(head, office, "noon", date(2026, 11, 23), parts, "Main post office"), **given)


def codes(made: MailingBook) -> list[str]:
    return [one.code for one in book_gaps(made)]


def test_eight_lines_a_sheet_and_registered_mail_apart() -> None:
    plain = [piece(f"92701901234567{at:08d}") for at in range(17)]
    registered = [piece("RE558104303US"), piece("927019012345670000", service="Registered Mail")]
    made = book(registered[0], *plain, registered[1])
    sheets = pages_of(made)
    assert [(one.page, one.part, one.first_line, len(one.lines)) for one in sheets] == [
        (1, 1, 1, 8),
        (2, 1, 9, 8),
        (3, 1, 17, 1),
        (4, 2, 1, 2),
    ]
    assert [one.last_of_part for one in sheets] == [False, False, True, True]
    assert [line.shipment_id for line in sheets[3].lines] == [one.id for one in registered]


@pytest.mark.parametrize(
    ("number", "service", "is_it"),
    [
        ("RE558104303US", "", True),
        ("EE558104303US", "Priority Mail Express", False),
        ("9270190123456700118420", "Registered Mail", True),
        ("", "Certified Mail", False),
    ],
)
def test_registered_by_service_or_number(number: str, service: str, is_it: bool) -> None:
    assert is_registered(piece(number, service=service)) is is_it


def test_fees_stand_apart_from_postage() -> None:
    lines = [
        PostageLine("1", LineKind.POSTAGE, Money(780), NOW),
        PostageLine("2", LineKind.FEE, Money(5300), NOW),
        PostageLine("3", LineKind.SURCHARGE, Money(100), NOW),
        PostageLine("4", LineKind.CORRECTION, Money(-80), NOW),
    ]
    line = book_line(piece(), lines)
    assert (line.postage, line.fees) == (Money(700), Money(5400))
    assert book_line(piece(), ()).postage == Money(5860)
    assert book_line(piece(postage=Money(0)), ()).postage is None
    declared = PieceFields(recipient=TO, declared_value=Money(90_000))
    assert book_line(piece(fields=declared), ()).value is None
    assert book_line(piece("RE558104303US", fields=declared), ()).value == Money(90_000)


def test_a_whole_book_lacks_nothing() -> None:
    assert codes(book(piece(), piece("2"), piece("3"))) == []


def test_what_is_missing_is_said_line_by_line() -> None:
    empty = piece("", fields=PieceFields(), postage=Money(0))
    made = book(empty, piece("RE558104303US"), office=OfficeHead(), handed_to="")
    assert codes(made) == [
        "book_sender_missing",
        "book_handed_to_missing",
        "book_few_lines",
        "book_number_missing",
        "book_addressee_missing",
        "book_address_missing",
        "book_postage_missing",
        "book_value_missing",
    ]


def test_page_codes_come_back_and_others_do_not() -> None:
    assert page_from_code(page_code("BOOK-2026-A0031", 3)) == ("BOOK-2026-A0031", 3)
    for other in ("", "9270190123456700118420", "MBBOOK-2026-A0031", "MBPOD-2026-A0031P1", "xMBBOOK-2026-A0031P1"):
        assert page_from_code(other) is None


@pytest.mark.parametrize(
    ("seen", "gaps"),
    [
        (SheetSeen(2, signed=True, stamped=True), []),
        (SheetSeen(), ["sheet_not_counted", "sheet_not_signed", "sheet_not_stamped"]),
        (SheetSeen(1, signed=True, stamped=True), ["sheet_count_differs"]),
        (SheetSeen(2, signed=True), ["sheet_not_stamped"]),
    ],
)
def test_a_sheet_proves_acceptance_only_when_it_is_complete(seen: SheetSeen, gaps: list[str]) -> None:
    sheet: BookPage = pages_of(book(piece(), piece("2")))[0]
    assert [one.code for one in sheet_gaps(sheet, seen)] == gaps


def attachment(role: AttachmentRole) -> Attachment:
    return Attachment("a", "s", "0" * 64, "a.pdf", "application/pdf", 1, 1, role, "", "", "", NOW, "T. Okonjo")


def accepted(source: EventSource) -> TimelineEvent:
    when = parse_carrier_time("2026-11-23T16:40")
    return TimelineEvent(
        id="e",
        shipment_id="s",
        kind=EventKind.TRACKING,
        status=Status.ACCEPTED,
        happened=when,
        sort_at=NOW,
        recorded_at=NOW,
        recorded_by="T. Okonjo",
        source=source,
    )


def test_the_best_proof_of_acceptance_counts() -> None:
    metered = piece(fields=PieceFields(proof_of_postage=PostageProof.METER))
    stamped, receipt, form = (
        attachment(role) for role in (AttachmentRole.STAMPED_BOOK, AttachmentRole.RECEIPT, AttachmentRole.SCAN_FORM)
    )
    scanned = accepted(EventSource.CARRIER)
    assert acceptance_proof(metered, [form, receipt, stamped], [scanned]) is AcceptanceProof.STAMPED_BOOK
    assert acceptance_proof(metered, [form, receipt], [scanned]) is AcceptanceProof.COUNTER_RECEIPT
    assert acceptance_proof(metered, [form], [scanned]) is AcceptanceProof.SCAN_FORM
    assert acceptance_proof(metered, [attachment(AttachmentRole.OTHER)], [scanned]) is AcceptanceProof.FIRST_SCAN
    assert acceptance_proof(metered, [], [accepted(EventSource.TYPED)]) is AcceptanceProof.METER_IMPRINT
    assert acceptance_proof(piece(), [], []) is AcceptanceProof.NONE
