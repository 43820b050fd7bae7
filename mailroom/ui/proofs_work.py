"""Proof-of-delivery reports for the selected shipments: what for, made in the background, shown when they are done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.errors import MailroomError
from mailroom.services.papers import IssuedPaper
from mailroom.ui.forms import NoteBox
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.purpose_fields import PurposeFields, Why
from mailroom.ui.runners import Task
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from mailroom.ui.paper_preview import PaperPreview


class ProofsDialog(Sheet):
    """Asks what the reports are for, which may be left empty; `purpose_given` carries it."""

    purpose_given = Signal(object)

    def __init__(self, window: QWidget, count: int) -> None:
        about = plural("{n} shipment, one PDF with contents", "{n} shipments, one PDF with contents", count)
        super().__init__(window, _("POD reports"), about)
        self.why = PurposeFields()
        self.body.addWidget(self.why)
        said = _("Each report has a number of its own and says what is not on record; the first page lists them all.")
        self.body.addWidget(NoteBox(said))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the reports"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _on_make(self) -> None:
        self.purpose_given.emit(self.why.note)
        self.accept()


class ProofsWork(QObject):
    """Makes one paper for many shipments; it can be watched and stopped, and readings go on meanwhile."""

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._strip = strip
        self._ids: tuple[str, ...] = ()
        self.preview: PaperPreview | None = None

    def ask(self, ids: tuple[str, ...]) -> ProofsDialog:
        """Ask for the purpose of the reports on these shipments."""
        self._ids = ids
        dialog = ProofsDialog(self._page.window(), len(ids))
        dialog.purpose_given.connect(self._on_purpose)
        dialog.open()
        return dialog

    def _on_purpose(self, why: Why) -> None:
        office, ids, runners, strip = self._bench.office, self._ids, self._bench.runners, self._strip
        stop = Task()
        chosen = _("Selected in the list by {name}").format(name=office.operator.name)

        def make() -> IssuedPaper:
            return office.papers.issue_proof_of_delivery(
                office.operator,
                ids,
                chosen=chosen,
                write=runners.write,
                progress=strip.report,
                cancelled=stop.cancelled,
                **why,
            )

        strip.start(_("Making POD reports"), stop)
        runners.run("work", make, self._on_made, self._on_failed)

    def _on_made(self, paper: IssuedPaper) -> None:
        from mailroom.ui.paper_preview import PaperPreview

        self._strip.finish()
        self._bench.routes.shipments_changed.emit(paper.document.shipment_ids)
        self.preview = PaperPreview(self._bench, self._page.window(), paper.document, paper.pdf, paper.gaps)
        self.preview.finished.connect(self._on_preview_closed)
        self.preview.open()

    def _on_preview_closed(self) -> None:
        self.preview = None

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        if isinstance(error, MailroomError) and error.code == "stopped":
            self._bench.notices.tell(_("Stopped. No paper was put on record."), "move")
            return
        self._bench.notices.show(error)
