"""The papers of claims: the packet, the page that stays in the office, lists of claims, and what a carrier takes."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mailroom.domain.claim_export import ExportForm
from mailroom.domain.claim_life import ClaimFilter, ClaimRow
from mailroom.domain.claim_rules import gaps_of
from mailroom.domain.documents import Document, DocumentKind
from mailroom.domain.insurers import answering
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.papers import ClaimList, ClaimListLine, ClaimPacket, PaperHead
from mailroom.errors import MailroomError
from mailroom.reports import RenderedPaper, render_claim_internal, render_claim_list, render_claim_packet
from mailroom.reports.batch import MakePacket
from mailroom.services import issuing
from mailroom.services.claim_export import ClaimExport, exported
from mailroom.services.claim_values import claim_on_record, packet_value
from mailroom.services.claims import Claims, ClaimView, following_number
from mailroom.services.desk import Desk
from mailroom.services.papers import IssuedPaper
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, never_cancelled
from mailroom.wording import _

_FINENESS = (1.0, 0.7, 0.5, 0.35, 0.25)  # tried one after the other where a packet has to be smaller
_SIGNATURE_ROOM = 60_000  # bytes that signing may add to a file
_DRAFT = 0.5  # of the fineness of pictures, to be quick
_BOOK_COLUMNS = (
    *("claim", "carrier", "service", "tracking_number", "recipient", "kind", "state", "opened_on", "filed_on"),
    *("decided_on", "reference", "currency", "claimed", "granted", "paid", "reason"),
)


@dataclass(frozen=True, slots=True)
class ClaimPapers:
    """Use cases of the papers of claims."""

    desk: Desk

    def packet(
        self, who: Operator, claim_id: str, *, write: Write = at_once, make: MakePacket | None = None
    ) -> IssuedPaper:
        """Issue the packet of a claim: the first has the claim's number, later ones a count behind it.

        `make` renders it, for a batch of them. Raises `claim_unknown`, `claim_amount_missing`.
        """
        demand(who, "claim_papers.packet")
        return self._packet(who, Claims(self.desk).get(who, claim_id), write, make=make)

    def draft(self, who: Operator, claim_id: str) -> bytes:
        """The packet as it would be made now, to look at: without a number of its own, not signed, not kept.

        Raises `claim_unknown`, `claim_amount_missing`.
        """
        demand(who, "claim_papers.draft")
        view = _demanding(Claims(self.desk).get(who, claim_id))
        words = _("{number}, draft, not issued").format(number=view.row.claim.number)
        head = issuing.head_of(self.desk, who, words, self.desk.clock(), "")
        return render_claim_packet(self._value(who, view, head), self.desk.store.blobs.read, fineness=_DRAFT).pdf

    def internal(self, who: Operator, claim_id: str, *, write: Write = at_once) -> IssuedPaper:
        """Issue the page of a claim that stays in the office. Raises `claim_unknown`, `claim_amount_missing`."""
        demand(who, "claim_papers.internal")
        view = _demanding(Claims(self.desk).get(who, claim_id))

        def render(head: PaperHead) -> RenderedPaper:
            return render_claim_internal(self._value(who, view, head))

        about = (view.detail.row.shipment,)
        number = following_number(f"{view.row.claim.number}-I", view.papers)
        kind = DocumentKind.CLAIM_INTERNAL
        return IssuedPaper(*issuing.issue(self.desk, who, kind, about, render, write, number=number))

    def export(
        self,
        who: Operator,
        claim_id: str,
        folder: Path,
        form: ExportForm | None = None,
        *,
        write: Write = at_once,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> ClaimExport:
        """Put the papers of a claim into a new folder within `folder`, as the carrier takes them: whole or not at all.

        A packet is issued where there is none yet, or where the last one is larger than the carrier takes.
        Raises `claim_unknown`, `claim_amount_missing`, `export_too_large`, `output_unwritable`, `stopped`.
        """
        demand(who, "claim_papers.export")
        view = Claims(self.desk).get(who, claim_id)

        def packet(most: int | None) -> tuple[Document, bytes]:
            issued = [one for one in view.papers if one.kind is DocumentKind.CLAIM_PACKET]
            if issued:
                pdf = self.desk.store.blobs.read(issued[0].sha256)
                if most is None or len(pdf) <= most:
                    return issued[0], pdf
            paper = self._packet(who, view, write, most)
            return paper.document, paper.pdf

        return exported(self.desk, view, folder, form, packet, cancelled)

    def covering_list(
        self, who: Operator, claim_ids: Sequence[str], note: str = "", *, write: Write = at_once
    ) -> IssuedPaper:
        """Issue one list of claims that are sent together. Raises `claim_unknown`, `no_claim_chosen`."""
        demand(who, "claim_papers.covering_list")
        views = [Claims(self.desk).get(who, one) for one in dict.fromkeys(claim_ids)]
        if not views:
            raise MailroomError("no_claim_chosen")
        lines = tuple(_line(one.row, self._day(one.row), one) for one in views)
        office = issuing.office_head(self.desk)

        def render(head: PaperHead) -> RenderedPaper:
            return render_claim_list(ClaimList(head, office, lines, note=note.strip()))

        about = tuple(one.detail.row.shipment for one in views)
        return IssuedPaper(*issuing.issue(self.desk, who, DocumentKind.CLAIM_LIST, about, render, write))

    def book(
        self, who: Operator, first: date | None = None, last: date | None = None, *, write: Write = at_once
    ) -> IssuedPaper:
        """Issue the book of claims opened in these days, both included: claimed, granted, paid, denied and why."""
        demand(who, "claim_papers.book")
        lines = self._lines(who, first, last)
        office = issuing.office_head(self.desk)

        def render(head: PaperHead) -> RenderedPaper:
            return render_claim_list(ClaimList(head, office, lines, book=True, first_on=first, last_on=last))

        return IssuedPaper(*issuing.issue(self.desk, who, DocumentKind.CLAIM_BOOK, (), render, write))

    def book_table(self, who: Operator, first: date | None = None, last: date | None = None) -> bytes:
        """The book of claims as CSV (UTF-8), one claim a row; a cell never begins a formula."""
        demand(who, "claim_papers.book_table")
        target = io.StringIO(newline="")
        writer = csv.writer(target)
        writer.writerow(_BOOK_COLUMNS)
        for one in self._lines(who, first, last):
            writer.writerow([_harmless(cell) for cell in _cells(one)])
        return target.getvalue().encode("utf-8-sig")

    def _packet(
        self,
        who: Operator,
        view: ClaimView,
        write: Write,
        most: int | None = None,
        make: MakePacket | None = None,
    ) -> IssuedPaper:
        _demanding(view)
        make = make or self._made_here
        made: list[ClaimPacket] = []

        def render(head: PaperHead) -> RenderedPaper:
            value = self._value(who, view, head)
            made.append(value)
            smallest = 0
            for fineness in _FINENESS if most is not None else _FINENESS[:1]:
                paper = make(value, fineness)
                smallest = len(paper.pdf)
                if most is None or smallest + _SIGNATURE_ROOM <= most:
                    return paper
            raise MailroomError("export_too_large", number=view.row.claim.number, size=smallest, limit=most)

        about = (view.detail.row.shipment,)
        number = following_number(view.row.claim.number, view.papers)
        kind = DocumentKind.CLAIM_PACKET
        document, pdf = issuing.issue(self.desk, who, kind, about, render, write, number=number)
        return IssuedPaper(document, pdf, gaps_of(made[-1]))

    def _made_here(self, value: ClaimPacket, fineness: float) -> RenderedPaper:
        return render_claim_packet(value, self.desk.store.blobs.read, fineness=fineness)

    def _value(self, who: Operator, view: ClaimView, head: PaperHead) -> ClaimPacket:
        clock, today = view.clock, issuing.today(self.desk)
        claim = claim_on_record(view.row, view.detail)
        value = packet_value(self.desk, who, claim, view.detail, clock.rule, clock.window, today, head)
        return replace(value, first=clock.first)

    def _lines(self, who: Operator, first: date | None, last: date | None) -> tuple[ClaimListLine, ...]:
        found = []
        for row in reversed(Claims(self.desk).find(who, ClaimFilter())):
            day = self._day(row)
            if (first is None or day >= first) and (last is None or day <= last):
                found.append(_line(row, day))
        return tuple(found)

    def _day(self, row: ClaimRow) -> date:
        return row.claim.opened_at.astimezone(self.desk.in_force.zone).date()


def _demanding(view: ClaimView) -> ClaimView:
    """A claim that demands nothing yet has no papers: a demand names an amount (49 CFR 370.3(b))."""
    demanded = view.row.claim.demanded
    if demanded is None or demanded.mills <= 0:
        raise MailroomError("claim_amount_missing", number=view.row.claim.number)
    return view


def _line(row: ClaimRow, opened_on: date, view: ClaimView | None = None) -> ClaimListLine:
    claim = row.claim
    window, rule = (view.clock.window, view.clock.rule) if view is not None else (None, None)
    packets = [one.number for one in view.papers if one.kind is DocumentKind.CLAIM_PACKET] if view else []
    return ClaimListLine(
        number=claim.number,
        carrier=answering(row.carrier, claim.terms.insurer),
        service=row.service,
        tracking_number=row.tracking_number,
        recipient=row.recipient,
        kind=claim.terms.kind,
        state=claim.state.value,
        opened_on=opened_on,
        filed_on=claim.filed_on,
        decided_on=claim.decided_on,
        last_on=window.last_on if window is not None else None,
        rule_as_of=rule.as_of if rule is not None else None,
        reference=claim.reference,
        reason=claim.reason,
        claimed=claim.demanded,
        granted=claim.expected if claim.decided_on is not None else None,
        received=claim.received,
        packet=packets[0] if packets else "",
    )


def _cells(one: ClaimListLine) -> tuple[str, ...]:
    currency = one.claimed.currency if one.claimed is not None else ""
    days = ("" if day is None else day.isoformat() for day in (one.opened_on, one.filed_on, one.decided_on))
    opened, filed, decided = days
    texts = (one.number, one.carrier, one.service, one.tracking_number, one.recipient, one.kind.value, one.state)
    money = tuple(_amount(amount) for amount in (one.claimed, one.granted, one.received))
    return (*texts, opened, filed, decided, one.reference, currency, *money, one.reason)


def _amount(amount: Money | None) -> str:
    return "" if amount is None else amount.amount


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
