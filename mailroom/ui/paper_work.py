"""Papers of a shipment: asked for in a dialog, made in the work thread, shown in a preview."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.claim_clock import ShipmentClock
from mailroom.domain.claims import ClaimKind
from mailroom.domain.documents import Document
from mailroom.domain.recognition import Reason
from mailroom.domain.register import ShipmentDetail
from mailroom.services.books import MadeBook
from mailroom.services.papers import ClaimDraft, IssuedPaper
from mailroom.services.writing import Write
from mailroom.ui.claim_dialog import ClaimDialog
from mailroom.ui.page import Bench
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.proof_dialog import ProofDialog
from mailroom.ui.purpose_fields import Why
from mailroom.ui.runners import Task
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.ui.paper_preview import PaperPreview

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - no error: a person asked for it
    """A person stopped the work before the paper was put on record."""


class PaperWork(QObject):
    """Makes papers and shows them over the page's window; `attach_wanted`: files are to be put with the shipment."""

    attach_wanted = Signal()

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._strip = strip
        self._shipment_id = ""
        self._currency = "USD"
        self.preview: PaperPreview | None = None
        self.claim: ClaimDialog | None = None
        bench.routes.shipments_changed.connect(self._on_shipments_changed)

    def ask_proof(self, detail: ShipmentDetail) -> ProofDialog:
        """Ask for the purpose of a proof-of-delivery report."""
        self._shipment_id = detail.row.shipment.id
        dialog = ProofDialog(self._page.window(), detail.row.shipment)
        dialog.purpose_given.connect(self._on_purpose)
        dialog.open()
        return dialog

    def ask_claim(self, detail: ShipmentDetail, clock: ShipmentClock | None) -> ClaimDialog:
        """Ask for what a claim demands."""
        self._shipment_id = detail.row.shipment.id
        currency = detail.row.shipment.postage.currency
        self.claim = dialog = ClaimDialog(self._page.window(), detail, clock, currency)
        dialog.drafted.connect(self._on_drafted)
        dialog.clock_asked.connect(self._on_clock_asked)
        dialog.attach_wanted.connect(self.attach_wanted)
        dialog.finished.connect(self._on_claim_closed)
        dialog.open()
        return dialog

    def _on_claim_closed(self) -> None:
        self.claim = None

    def _on_clock_asked(self, kind: ClaimKind, insurer: str) -> None:
        office, shipment_id = self._bench.office, self._shipment_id

        def read() -> ShipmentClock:
            detail = office.shipments.get(office.operator, shipment_id)
            return office.claims.clock(office.operator, detail, kind, insurer)

        self._bench.runners.run("reader", read, self._on_clock, self._on_failed)

    def _on_clock(self, clock: ShipmentClock) -> None:
        if self.claim is not None:
            self.claim.show_clock(clock)

    def _on_shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Files may have been attached while the claim is being drafted."""
        if self.claim is None or self._shipment_id not in ids:
            return
        office, shipment_id = self._bench.office, self._shipment_id
        self._bench.runners.run(
            "reader", lambda: office.shipments.get(office.operator, shipment_id), self._on_detail, self._on_failed
        )

    def _on_detail(self, detail: ShipmentDetail) -> None:
        if self.claim is not None:
            self.claim.show_detail(detail)

    def reprint(self, document: Document) -> None:
        """Show a paper again: the bytes that were issued."""
        office = self._bench.office

        def read() -> tuple[Document, bytes]:
            return document, office.papers.pdf(office.operator, document.id)

        self._bench.runners.run("reader", read, self._on_read, self._on_failed)

    def _on_purpose(self, why: Why) -> None:
        office, shipment_id = self._bench.office, self._shipment_id

        def make(write: Write) -> IssuedPaper:
            return office.papers.issue_proof_of_delivery(office.operator, (shipment_id,), write=write, **why)

        self.start(_("Making the POD report …"), make)

    def _on_drafted(self, draft: ClaimDraft) -> None:
        office, shipment_id = self._bench.office, self._shipment_id

        def make(write: Write) -> IssuedPaper:
            return office.papers.issue_claim_packet(office.operator, shipment_id, draft, write=write)

        self.start(_("Making the claim packet …"), make)

    def start(self, what: str, make: Callable[[Write], IssuedPaper | MadeBook]) -> None:
        """Make a paper in the work thread, then show it."""
        stop, lane = Task(), Task()  # a task of the lane that is stopped before its turn would never answer
        writes = _Writes(self._bench, (stop, lane))
        self._strip.start(what, stop)
        self._bench.runners.run("work", lambda: make(writes), self._on_made, self._on_failed, lane)

    def _on_made(self, paper: IssuedPaper | MadeBook) -> None:
        self._strip.finish()
        self._bench.routes.shipments_changed.emit(paper.document.shipment_ids)
        if isinstance(paper, IssuedPaper) and paper.went_on is not None:
            told = _("Claim {number} is open for this piece already; its packet is issued again.")
            self._bench.notices.tell(told.format(number=paper.went_on.number), "move")
        self._show(paper.document, paper.pdf, paper.gaps)

    def _on_read(self, answer: tuple[Document, bytes]) -> None:
        self._show(answer[0], answer[1], ())

    def _show(self, document: Document, pdf: bytes, gaps: tuple[Reason, ...]) -> None:
        from mailroom.ui.paper_preview import PaperPreview

        self.preview = PaperPreview(self._bench, self._page.window(), document, pdf, gaps)
        self.preview.finished.connect(self._on_preview_closed)
        self.preview.open()

    def _on_preview_closed(self) -> None:
        self.preview = None

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        if isinstance(error, Stopped):
            self._bench.notices.tell(_("Stopped. No paper was put on record."), "move")
            return
        self._bench.notices.show(error)


class _Writes:
    """Runs the writes of one paper in the writer; a cancel is heard before the paper is put on record, not after."""

    def __init__(self, bench: Bench, tasks: tuple[Task, ...]) -> None:
        self._bench = bench
        self._tasks = tasks
        self._done = 0

    def __call__(self, act: Callable[[], T], /) -> T:
        """The first write takes a number, the second issues the paper; what follows belongs to it."""
        if self._done < 2 and any(task.cancelled() for task in self._tasks):
            raise Stopped
        self._done += 1
        return self._bench.runners.write(act)
