"""What the Claims page does with several claims or with files: opening, exporting, a carrier's decisions, the book."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mailroom.domain.claim_life import ClaimRow
from mailroom.domain.claims import ClaimKind
from mailroom.errors import MailroomError
from mailroom.services.claim_batches import BatchReport, DecisionReport
from mailroom.services.claim_export import ClaimExport
from mailroom.ui.claim_sheets import NewClaimSheet
from mailroom.ui.date_dialog import DateDialog
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.ui.saving import write_whole
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.plain import one_line

_SHOWN = 3  # refused rows that are told one by one


class ClaimOfficeWork(QObject):
    """Opens claims for pieces, one or many; writes exports; takes a carrier's decisions in."""

    opened = Signal(str)  # id of a claim to show
    changed = Signal()
    book_wanted = Signal(object, object)  # days, none for no bound

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench, self._page, self._strip = bench, page, strip
        self._new: NewClaimSheet | None = None
        self._claim_id = ""
        self._table: tuple[date | None, date | None] = (None, None)
        self._folder = Path()
        self._folders = FileChoice(bench.desk, page, self._on_folder_chosen)
        self._decisions = FileChoice(bench.desk, page, self._on_decisions_chosen)
        self._tables = FileChoice(bench.desk, page, self._on_table_chosen)

    # opening

    def ask_new(self) -> None:
        """Ask for which piece a claim is to be opened."""
        self._new = NewClaimSheet(self._page.window())
        self._new.wanted.connect(self.open_for)
        self._new.finished.connect(self._on_new_closed)
        self._new.open()

    def open_for(self, numbers: tuple[str, ...], kind: ClaimKind) -> None:
        """Open a claim for a piece; for several one each, with packets and one list."""
        office, runners, strip = self._bench.office, self._bench.runners, self._strip
        if len(numbers) == 1:

            def one() -> ClaimRow:
                detail = office.shipments.by_number(office.operator, numbers[0])
                return office.claims.open(office.operator, detail.row.shipment.id, kind)

            runners.run("writer", one, self._on_opened, self._on_not_opened)
            return
        stop, lane = Task(), Task()

        def many() -> BatchReport:
            ids = [office.shipments.by_number(office.operator, one).row.shipment.id for one in numbers]
            return office.claim_batches.open_many(
                office.operator,
                ids,
                kind,
                write=runners.write,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
            )

        strip.start(_("Opening {n} claims").format(n=len(numbers)), stop)
        runners.run("work", many, self._on_batch, self._on_not_opened, lane)

    def _on_opened(self, row: ClaimRow) -> None:
        if self._new is not None:
            self._new.accept()
        self._bench.routes.shipments_changed.emit((row.claim.shipment_id,))
        self.changed.emit()
        self.opened.emit(row.claim.id)

    def _on_batch(self, report: BatchReport) -> None:
        self._strip.finish()
        if self._new is not None:
            self._new.accept()
        self._bench.routes.shipments_changed.emit(tuple(one.claim.shipment_id for one in report.claims))
        self.changed.emit()
        if report.claims:
            self.opened.emit(report.claims[0].claim.id)
        told = plural("{n} claim with its packet", "{n} claims with their packets", len(report.claims))
        if report.covering_list is not None:
            told = _("{claims}, and the list {number}").format(claims=told, number=report.covering_list.document.number)
        self._bench.notices.tell(f"{told}.", "move" if report.cancelled or report.refused else "good")
        for _id, trouble in report.refused[:_SHOWN]:
            self._bench.notices.show(trouble)

    def _on_not_opened(self, error: BaseException) -> None:
        self._strip.finish()
        if self._new is not None and isinstance(error, MailroomError):
            self._new.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_new_closed(self) -> None:
        self._new = None

    # exporting

    def ask_export(self, claim_id: str) -> None:
        """Ask into which folder the papers of a claim go."""
        self._claim_id = claim_id
        self._folders.folder(_("Export the papers into a new folder in …"))

    def _on_folder_chosen(self, folders: tuple[Path, ...]) -> None:
        self.export(self._claim_id, folders[0])

    def export(self, claim_id: str, folder: Path) -> None:
        """Write the papers of a claim as its carrier takes them."""
        office, runners = self._bench.office, self._bench.runners
        stop, lane = Task(), Task()
        self._strip.start(_("Exporting the papers …"), stop)

        def act() -> ClaimExport:
            return office.claim_papers.export(
                office.operator,
                claim_id,
                folder,
                write=runners.write,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
            )

        runners.run("work", act, self._on_exported, self._on_failed, lane)

    def _on_exported(self, export: ClaimExport) -> None:
        self._strip.finish()
        self._folder = export.folder
        files = plural("{n} file", "{n} files", len(export.files))
        told = _("{files} in “{folder}”.").format(files=files, folder=one_line(export.folder.name))
        self._bench.notices.tell(told, "good", _("Open the folder"), self._on_open_folder)
        for name, _code in export.left_out[:_SHOWN]:
            self._bench.notices.tell(
                _("“{name}” cannot be shown and was left out.").format(name=one_line(name)), "warn"
            )
        self.changed.emit()

    def _on_open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self._bench.notices.show(MailroomError("open_failed", name=self._folder.name))

    # a carrier's decisions

    def ask_decisions(self) -> None:
        """Ask for a carrier's file."""
        self._decisions.open(_("Decisions of a carrier"), _("Tables (*.csv *.tsv *.txt);;All files (*)"))

    def _on_decisions_chosen(self, files: tuple[Path, ...]) -> None:
        self.take_decisions(files[0])

    def take_decisions(self, path: Path) -> None:
        """Enter the decisions of a file."""
        office, runners = self._bench.office, self._bench.runners
        self._strip.start(_("Reading {file}").format(file=one_line(path.name)), Task())

        def act() -> DecisionReport:
            return office.claim_batches.decide(office.operator, path, write=runners.write)

        runners.run("work", act, self._on_decided, self._on_failed)

    def _on_decided(self, report: DecisionReport) -> None:
        self._strip.finish()
        parts = [plural("{n} claim moved on", "{n} claims moved on", report.moved)]
        if report.known:
            parts.append(_("{n} known already").format(n=report.known))
        if report.refused:
            parts.append(plural("{n} line refused", "{n} lines refused", len(report.refused)))
        self._bench.notices.tell(", ".join(parts) + ".", "warn" if report.refused else "good")
        for one in report.refused[:_SHOWN]:
            sentence = f"{error_text(one.reason)} {error_remedy(one.reason)}"
            self._bench.notices.tell(_("Line {row}: {why}").format(row=one.row, why=sentence), "warn")
        self.changed.emit()

    # the book

    def ask_book(self) -> None:
        """Ask for the days of the book of claims."""
        self._ask_days(self._on_book_days)

    def ask_table(self) -> None:
        """Ask for the days of the book as a table."""
        self._ask_days(self._on_table_days)

    def _ask_days(self, given: Callable[[object, object], None]) -> None:
        dialog = DateDialog(self._page.window(), _("Claims opened from … to …"))
        dialog.range_given.connect(given)
        dialog.open()

    def _on_book_days(self, first: object, last: object) -> None:
        self.book_wanted.emit(first, last)

    def _on_table_days(self, first: object, last: object) -> None:
        self._table = (first if isinstance(first, date) else None, last if isinstance(last, date) else None)
        self._tables.save(_("Save the book of claims"), _("Tables (*.csv)"), "claims.csv")

    def _on_table_chosen(self, files: tuple[Path, ...]) -> None:
        office, (first, last) = self._bench.office, self._table

        def act() -> Path:
            return write_whole(files[0], office.claim_papers.book_table(office.operator, first, last))

        self._bench.runners.run("work", act, self._on_table_saved, self._bench.notices.show)

    def _on_table_saved(self, path: Path) -> None:
        self._bench.notices.tell(_("Saved as {file}").format(file=one_line(path.name)))

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        if isinstance(error, MailroomError) and error.code == "stopped":
            self._bench.notices.tell(_("Stopped. Nothing was written."), "move")
            return
        self._bench.notices.show(error)
