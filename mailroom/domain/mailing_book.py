"""The mailing book of a run: what is handed over, line by line, and what makes it a proof that it was accepted.

The data of a firm mailing book, not a form of any post. A book proves acceptance only where the carrier's employee
filled in the count received, signed in their own hand and stamped the date; a meter imprint alone proves nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import LineKind, Party, PostageLine, PostageProof, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource, TimelineEvent

LINES_A_PAGE = 8
FEWEST = 3  # pieces that a firm mailing book is for
_PAGE_CODE = re.compile(r"MB(BOOK-[0-9]{4}-[A-Z]{1,2}[0-9]{4,9})P([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class BookLine:
    """One numbered line. Money that is not on record is none, and printed so."""

    shipment_id: str
    number: str
    addressee: Party
    service: str
    postage: Money | None = None
    fees: Money | None = None
    value: Money | None = None  # insured value; of registered mail the declared one where none is insured


@dataclass(frozen=True, slots=True)
class BookPart:
    """Lines with a count of their own; registered mail is a part by itself."""

    lines: tuple[BookLine, ...]
    registered: bool = False


@dataclass(frozen=True, slots=True)
class MailingBook:
    """Everything that a mailing book prints."""

    head: PaperHead
    office: OfficeHead
    run: str
    mailed_on: date
    parts: tuple[BookPart, ...]
    handed_to: str = ""


@dataclass(frozen=True, slots=True)
class BookPage:
    """One sheet: which lines of which part stand on it. Numbers count from 1."""

    page: int
    part: int
    first_line: int
    lines: tuple[BookLine, ...]
    last_of_part: bool


def is_registered(shipment: Shipment) -> bool:
    """Whether a piece goes as registered mail, by its service or its number (S10 numbers that begin with R)."""
    number = shipment.tracking_number
    shaped = len(number) == 13 and number[0] == "R" and number[1].isalpha() and number[-2:].isalpha()
    return "registered" in shipment.service.casefold() or shaped


def book_line(shipment: Shipment, postage: Iterable[PostageLine]) -> BookLine:
    """The line of one piece. Fees are apart from postage where the record has them apart."""
    fields = shipment.fields
    lines = tuple(postage)
    paid = [one.money for one in lines if one.kind in (LineKind.POSTAGE, LineKind.CORRECTION)]
    fees = [one.money for one in lines if one.kind in (LineKind.FEE, LineKind.SURCHARGE)]
    value = fields.insured_value or (fields.declared_value if is_registered(shipment) else None)
    whole = shipment.postage if shipment.postage.mills else None
    return BookLine(
        shipment_id=shipment.id,
        number=shipment.shown_number,
        addressee=fields.recipient,
        service=shipment.service,
        postage=sum_of(paid) if paid else whole,
        fees=sum_of(fees),
        value=value,
    )


def parts_of(lines: Iterable[tuple[Shipment, BookLine]]) -> tuple[BookPart, ...]:
    """The lines in the order given, registered mail in a part of its own behind the rest."""
    chosen = list(lines)
    plain = tuple(line for shipment, line in chosen if not is_registered(shipment))
    registered = tuple(line for shipment, line in chosen if is_registered(shipment))
    parts = (BookPart(plain), BookPart(registered, registered=True))
    return tuple(part for part in parts if part.lines)


def pages_of(book: MailingBook) -> tuple[BookPage, ...]:
    """The sheets in order; each part begins on a sheet of its own."""
    pages: list[BookPage] = []
    for number, part in enumerate(book.parts, 1):
        for first in range(0, len(part.lines), LINES_A_PAGE):
            lines = part.lines[first : first + LINES_A_PAGE]
            last = first + LINES_A_PAGE >= len(part.lines)
            pages.append(BookPage(len(pages) + 1, number, first + 1, lines, last))
    return tuple(pages)


def sum_of(amounts: Iterable[Money | None]) -> Money | None:
    """The sum of what is on record, in one currency; none where nothing is."""
    found = [one for one in amounts if one is not None]
    if not found:
        return None
    return Money(sum(one.mills for one in found if one.currency == found[0].currency), found[0].currency)


def page_code(number: str, page: int) -> str:
    """What the bar code of a sheet says, so that a scanned-back sheet finds its place."""
    return f"MB{number}P{page}"


def page_from_code(text: str) -> tuple[str, int] | None:
    """Book number and sheet of a bar code, or none."""
    found = _PAGE_CODE.fullmatch(text.strip())
    return (found[1], int(found[2])) if found else None


def book_gaps(book: MailingBook) -> tuple[Reason, ...]:
    """What a clerk at the counter may object to, or a court later; the book is printed all the same."""
    gaps: list[Reason] = []

    def say(code: str, **facts: str) -> None:
        gaps.append(Reason(code, tuple(facts.items())))

    if not book.office.name or not any(book.office.address):
        say("book_sender_missing")
    if not book.handed_to:
        say("book_handed_to_missing")
    count = sum(len(part.lines) for part in book.parts)
    if count < FEWEST:
        say("book_few_lines", count=str(count), fewest=str(FEWEST))
    for part in book.parts:
        for at, line in enumerate(part.lines, 1):
            for code in _line_gaps(line, registered=part.registered):
                say(code, line=str(at), number=line.number)
    return tuple(gaps)


def _line_gaps(line: BookLine, *, registered: bool) -> Iterable[str]:
    to = line.addressee
    if not line.number:
        yield "book_number_missing"
    if not (to.name or to.company):
        yield "book_addressee_missing"
    if not (any(to.address) or to.city or to.postal_code):
        yield "book_address_missing"
    if line.postage is None:
        yield "book_postage_missing"
    if registered and line.value is None:
        yield "book_value_missing"


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """What a person saw on a signed sheet that came back: the count in ink (none: empty), signature, round stamp."""

    received: int | None = None
    signed: bool = False
    stamped: bool = False


def sheet_gaps(page: BookPage, seen: SheetSeen) -> tuple[Reason, ...]:
    """What keeps a signed sheet from proving acceptance; empty where it is complete."""
    number, listed, received = str(page.page), str(len(page.lines)), str(seen.received)
    gaps = []
    if seen.received is None:
        gaps.append(Reason("sheet_not_counted", (("page", number),)))
    elif seen.received != len(page.lines):
        gaps.append(Reason("sheet_count_differs", (("page", number), ("listed", listed), ("received", received))))
    if not seen.signed:
        gaps.append(Reason("sheet_not_signed", (("page", number),)))
    if not seen.stamped:
        gaps.append(Reason("sheet_not_stamped", (("page", number),)))
    return tuple(gaps)


class AcceptanceProof(StrEnum):
    """What shows that the carrier took a piece, the strongest first."""

    STAMPED_BOOK = "stamped_book"
    COUNTER_RECEIPT = "counter_receipt"
    SCAN_FORM = "scan_form"
    FIRST_SCAN = "first_scan"  # the carrier's own acceptance event
    METER_IMPRINT = "meter_imprint"  # shows postage, not acceptance
    NONE = "none"


def acceptance_proof(
    shipment: Shipment, attachments: Iterable[Attachment], events: Iterable[TimelineEvent]
) -> AcceptanceProof:
    """The best proof on record that a piece was accepted; another's word for an acceptance counts as no scan."""
    roles = {one.role for one in attachments}
    for role, proof in (
        (AttachmentRole.STAMPED_BOOK, AcceptanceProof.STAMPED_BOOK),
        (AttachmentRole.RECEIPT, AcceptanceProof.COUNTER_RECEIPT),
        (AttachmentRole.SCAN_FORM, AcceptanceProof.SCAN_FORM),
    ):
        if role in roles:
            return proof
    if any(one.status is Status.ACCEPTED and one.source is EventSource.CARRIER for one in events):
        return AcceptanceProof.FIRST_SCAN
    if shipment.fields.proof_of_postage is PostageProof.METER or shipment.fields.meter:
        return AcceptanceProof.METER_IMPRINT
    return AcceptanceProof.NONE
