"""Mailing books: made for a run, handed over with the mail, and taken back as scanned sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailroom.domain.documents import AttachmentRole, Document, DocumentKind
from mailroom.domain.mailing_book import (
    AcceptanceProof,
    BookPage,
    MailingBook,
    SheetSeen,
    acceptance_proof,
    book_gaps,
    book_line,
    page_from_code,
    pages_of,
    parts_of,
    sheet_gaps,
)
from mailroom.domain.operator import Operator
from mailroom.domain.papers import PaperHead
from mailroom.domain.recognition import Reason
from mailroom.domain.register import ShipmentDetail, ShipmentFilter, ShipmentRow
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, render_mailing_book
from mailroom.services import issuing
from mailroom.services.attachments import Attachments
from mailroom.services.desk import Desk
from mailroom.services.rights import demand
from mailroom.services.shipments import Shipments
from mailroom.services.writing import Write, at_once
from mailroom.store import documents as stored
from mailroom.store.lists import runs
from mailroom.wording import _
from mailroom.wording.reasons import reason_text

MOST = 2000  # pieces of one run


@dataclass(frozen=True, slots=True)
class MadeBook:
    """A mailing book just issued, and what a clerk at the counter may object to."""

    document: Document
    pdf: bytes
    gaps: tuple[Reason, ...]

    @property
    def signed(self) -> bool:
        """Whether the file carries the office's signature (the carrier's is in ink)."""
        return issuing.is_signed(self.pdf)


@dataclass(frozen=True, slots=True)
class TakenSheet:
    """One scanned sheet: the book and page it is, the pieces it was linked to, and what it lacks as a proof."""

    file: str
    file_page: int
    book: str
    page: int
    shipment_ids: tuple[str, ...]
    gaps: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet of a mailing book on a page of a scanned file, and how many pieces it lists."""

    file_page: int
    book: str
    page: int
    listed: int


@dataclass(frozen=True, slots=True)
class Books:
    """Use cases of mailing books."""

    desk: Desk

    def issue(self, who: Operator, run: str, *, handed_to: str = "", write: Write = at_once) -> MadeBook:
        """The mailing book of a run by its name, of two the newer. Raises `run_not_found`, `run_empty`."""
        demand(who, "books.issue")
        details = self._pieces(who, run)
        lines = [(one.row.shipment, book_line(one.row.shipment, one.postage_lines)) for one in details]
        made: list[MailingBook] = []

        def render(head: PaperHead) -> RenderedPaper:
            value = MailingBook(
                head=head,
                office=issuing.office_head(self.desk),
                run=run,
                mailed_on=issuing.today(self.desk),
                parts=parts_of(lines),
                handed_to=handed_to,
            )
            made.append(value)
            return render_mailing_book(value)

        about = [shipment for shipment, _line in lines]
        document, pdf = issuing.issue(self.desk, who, DocumentKind.MAILING_BOOK, about, render, write)
        return MadeBook(document, pdf, book_gaps(made[-1]))

    def sheets(self, who: Operator, name: str, codes: Mapping[int, Sequence[str]]) -> tuple[FoundSheet, ...]:
        """The sheets on the pages of the scan `name`, by their bar codes. Raises `no_sheet_found`, `paper_unknown`."""
        demand(who, "books.sheets")
        found = [
            FoundSheet(page, *place, len(self._sheet(*place).lines))
            for page, texts in codes.items()
            for place in map(page_from_code, texts)
            if place
        ]
        if not found:
            raise MailroomError("no_sheet_found", name=name)
        return tuple(found)

    def take_back(
        self,
        who: Operator,
        path: Path,
        codes: Mapping[int, Sequence[str]],
        seen: Mapping[int, SheetSeen],
        *,
        write: Write = at_once,
    ) -> tuple[TakenSheet, ...]:
        """Link the sheets of a scan to the pieces they list; `codes` are the bar codes on each page of the file.

        `seen` is what a person saw on each sheet, by the book's page. A sheet that is counted, signed and stamped is a
        proof of mailing; one that lacks something is kept as another paper, and what it lacks is said.
        Raises `no_sheet_found`, `paper_unknown`, and those of attaching.
        """
        demand(who, "books.take_back")
        found = [(page, place) for page, texts in codes.items() for place in map(page_from_code, texts) if place]
        if not found:
            raise MailroomError("no_sheet_found", name=path.name)
        sheets = {place: self._sheet(*place) for _, place in found}
        taken = []
        for file_page, (book, number) in found:
            sheet = sheets[book, number]
            gaps = sheet_gaps(sheet, seen.get(number, SheetSeen()))
            taken.append(TakenSheet(path.name, file_page, book, number, tuple(_ids(sheet)), gaps))
            role = AttachmentRole.OTHER if gaps else AttachmentRole.STAMPED_BOOK
            caption = _("Sheet {page} of {book}, page {at} of {file}").format(
                page=number, book=book, at=file_page, file=path.name
            )
            if gaps:
                caption = f"{caption}. {'; '.join(reason_text(one) for one in gaps)}"
            Attachments(self.desk).attach_page(who, _ids(sheet), path, file_page, role, caption, write)
        return tuple(taken)

    def acceptance(self, who: Operator, detail: ShipmentDetail) -> AcceptanceProof:
        """The best proof on record that the carrier took a piece."""
        demand(who, "books.acceptance")
        return acceptance_proof(detail.row.shipment, detail.attachments, detail.events)

    def _pieces(self, who: Operator, name: str) -> list[ShipmentDetail]:
        shipments = Shipments(self.desk)
        return [shipments.get(who, row.shipment.id) for row in pieces_of_run(self.desk, who, name)]

    def _sheet(self, book: str, number: int) -> BookPage:
        from mailroom.reports.check import read_record
        from mailroom.reports.values import value_of

        with self.desk.store.read() as connection:
            document = stored.document_by_number(connection, book)
        if document is None:
            raise MailroomError("paper_unknown", number=book)
        record = read_record(self.desk.store.blobs.read(document.sha256))
        assert record is not None
        pages = pages_of(value_of(MailingBook, record["record"]["paper"]))
        if not 1 <= number <= len(pages):
            raise MailroomError("paper_unknown", number=f"{book}, {number}")
        return pages[number - 1]


def pieces_of_run(desk: Desk, who: Operator, name: str) -> tuple[ShipmentRow, ...]:
    """The pieces of a run in the order they were put on record. Raises `run_not_found`, `run_empty`."""
    with desk.store.read() as connection:
        wanted = name.strip().casefold()
        run = next((one for one in runs(connection) if one.name.casefold() == wanted), None)
    if run is None:
        raise MailroomError("run_not_found", name=name)
    page = Shipments(desk).find(who, ShipmentFilter(run_id=run.id), limit=MOST)
    if not page.rows:
        raise MailroomError("run_empty", name=name)
    if page.after:
        raise MailroomError("too_many_shipments", count=f"{MOST}+", limit=MOST)
    return tuple(reversed(page.rows))


def _ids(sheet: BookPage) -> list[str]:
    return [line.shipment_id for line in sheet.lines]
