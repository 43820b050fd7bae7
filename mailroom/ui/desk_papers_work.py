"""Papers of the desk: books and manifests of runs, sheets that come back signed, the end of a day, data sheets."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.mailing_book import SheetSeen
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.sheets import ProofWanted, SheetKind
from mailroom.services.books import FoundSheet, TakenSheet
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.paper_sheets import DaySheet, ProofRequestSheet, RunSheet
from mailroom.ui.paper_work import PaperWork
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.purpose_fields import Why
from mailroom.ui.runners import Task
from mailroom.ui.signed_sheets_dialog import SignedSheetsDialog
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line
from mailroom.wording.reasons import reason_text

if TYPE_CHECKING:
    from mailroom.domain.attention import Handled
    from mailroom.services.alert_history import Spell

_SHOWN = 3  # gaps that are told one by one
_ON_FILE = {
    AttachmentRole.SIGNATURE_IMAGE: ProofWanted.SIGNATURE,
    AttachmentRole.DELIVERY_PHOTO: ProofWanted.PHOTO,
}


class DeskPapersWork(QObject):
    """Asks what is needed, makes the paper by `papers`, and takes scanned sheets back."""

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip, papers: PaperWork) -> None:
        super().__init__(page)
        self._bench, self._page, self._strip, self._papers = bench, page, strip, papers
        self._book = True
        self._run = ""
        self._detail: ShipmentDetail | None = None
        self._scan = Path()
        self._codes: dict[int, list[str]] = {}
        self._scans = FileChoice(bench.desk, page, self._on_scan_chosen)

    def menu(self) -> QMenu:
        """Everything that is made of runs and days."""
        menu = QMenu(self._page)
        menu.setAccessibleName(_("New paper"))
        for words, act in (
            (_("Mailing book of a run …"), self.ask_book),
            (_("Manifest of a run …"), self.ask_manifest),
            (_("Signed sheets back …"), self.choose_scan),
            (_("Day-end report …"), self.ask_day),
        ):
            menu.addAction(words).triggered.connect(act)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def piece_menu(self, detail: ShipmentDetail) -> QMenu:
        """The papers of one piece besides its report and its claim."""
        self._detail = detail
        menu = QMenu(self._page)
        menu.setAccessibleName(_("More papers"))
        menu.addAction(_("Ask the carrier for proof …")).triggered.connect(self.ask_proof_request)
        menu.addAction(_("Data for a missing-mail search")).triggered.connect(self.make_search)
        menu.addAction(_("Data for a customs form")).triggered.connect(self.make_customs)
        if detail.row.run:
            self._run = detail.row.run
            menu.addSeparator()
            menu.addAction(_("Mailing book of its run …")).triggered.connect(self.ask_book)
            menu.addAction(_("Manifest of its run …")).triggered.connect(self.ask_manifest)
        menu.addSeparator()
        menu.addAction(_("What was on the list …")).triggered.connect(self.ask_history)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def ask_history(self) -> None:
        """Show what the work list said about the piece, and what was done."""
        if (detail := self._detail) is None:
            return
        office, id_ = self._bench.office, detail.row.shipment.id

        def read() -> "tuple[tuple[Spell, ...], tuple[Handled, ...]]":
            attention, who = office.attention, office.operator
            return attention.spells(who, id_), attention.history(who, id_)

        self._bench.runners.run("reader", read, self._on_history, self._bench.notices.show)

    def _on_history(self, found: "tuple[tuple[Spell, ...], tuple[Handled, ...]]") -> None:
        from mailroom.ui.alert_history_sheet import AlertHistorySheet  # when first asked for

        if (detail := self._detail) is not None:
            about = about_shipment(detail.row.shipment)
            AlertHistorySheet(self._page.window(), about, *found, self._bench.zone).open()

    def open_below(self, menu: QMenu, button: QWidget) -> None:
        """Show a menu under its button."""
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    # runs

    def ask_book(self) -> None:
        """Ask of which run a mailing book is made."""
        self._ask_run(book=True)

    def ask_manifest(self) -> None:
        """Ask of which run a manifest is made."""
        self._ask_run(book=False)

    def _ask_run(self, *, book: bool) -> None:
        self._book = book
        office = self._bench.office

        def read() -> tuple[str, ...]:
            return tuple(one.name for one in reversed(office.lists.runs(office.operator)))

        self._bench.runners.run("reader", read, self._on_runs, self._bench.notices.show)

    def _on_runs(self, names: tuple[str, ...]) -> None:
        chosen, self._run = self._run or (names[0] if names else ""), ""
        title = _("Mailing book") if self._book else _("Run manifest")
        about = (
            _("Numbered lines with counts, signature and round-stamp boxes. Its data is that of a firm mailing book.")
            if self._book
            else _("Every piece of the run by carrier, with sums. It is no proof that a carrier took them.")
        )
        sheet = RunSheet(self._page.window(), title, about, tuple(dict.fromkeys(names)), chosen)
        sheet.run_given.connect(self._on_run_given)
        sheet.open()

    def _on_run_given(self, run: str, handed_to: str) -> None:
        office = self._bench.office
        if self._book:
            self._papers.start(
                _("Making the mailing book …"),
                lambda write: office.books.issue(office.operator, run, handed_to=handed_to, write=write),
            )
            return
        self._papers.start(
            _("Making the manifest …"),
            lambda write: office.sheets.run_manifest(office.operator, run, handed_to=handed_to, write=write),
        )

    # signed sheets

    def choose_scan(self) -> None:
        """Ask for the scan of signed sheets."""
        self._scans.open(_("Choose the scan of the signed sheets"), _("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"))

    def _on_scan_chosen(self, files: tuple[Path, ...]) -> None:
        self.look_at(files[0])

    def look_at(self, path: Path) -> None:
        """Find the sheets on a scan."""
        office, stop = self._bench.office, Task()
        self._scan = path
        self._strip.start(_("Reading {file}").format(file=one_line(path.name)), stop)

        def read() -> tuple[dict[int, list[str]], tuple[FoundSheet, ...]]:
            from mailroom.capture.files import read_pages
            from mailroom.domain.mailing_book import page_from_code

            def known(readings: object) -> bool:
                return any(page_from_code(one.raw) for one in readings)  # type: ignore[attr-defined]

            codes: dict[int, list[str]] = {}
            for page in read_pages(path, accept_page=known):
                codes[page.page] = [one.raw for one in page.readings]
                if stop.cancelled():
                    break
            return codes, office.books.sheets(office.operator, one_line(path.name), codes)

        self._bench.runners.run("work", read, self._on_sheets_found, self._on_failed)

    def _on_sheets_found(self, answer: tuple[dict[int, list[str]], tuple[FoundSheet, ...]]) -> None:
        self._strip.finish()
        self._codes, sheets = answer
        dialog = SignedSheetsDialog(self._page.window(), one_line(self._scan.name), sheets)
        dialog.seen.connect(self._on_sheets_seen)
        dialog.open()

    def _on_sheets_seen(self, seen: Mapping[int, SheetSeen]) -> None:
        office, runners, path, codes = self._bench.office, self._bench.runners, self._scan, self._codes
        self._strip.start(_("Linking the sheets …"), Task())

        def link() -> tuple[TakenSheet, ...]:
            return office.books.take_back(office.operator, path, codes, seen, write=runners.write)

        runners.run("work", link, self._on_linked, self._on_failed)

    def _on_linked(self, sheets: tuple[TakenSheet, ...]) -> None:
        self._strip.finish()
        ids = tuple(dict.fromkeys(id_ for one in sheets for id_ in one.shipment_ids))
        self._bench.routes.shipments_changed.emit(ids)
        gaps = [gap for one in sheets for gap in one.gaps]
        pieces = plural("Linked to {n} piece", "Linked to {n} pieces", len(ids))
        self._bench.notices.tell(f"{pieces}.", "warn" if gaps else "good")
        for gap in gaps[:_SHOWN]:
            self._bench.notices.tell(f"{reason_text(gap)}.", "warn")

    # the day

    def ask_day(self) -> None:
        """Ask which day is closed."""
        sheet = DaySheet(self._page.window(), datetime.now(UTC).astimezone(self._bench.zone).date())
        sheet.day_given.connect(self._on_day)
        sheet.open()

    def _on_day(self, day: date) -> None:
        office = self._bench.office
        self._papers.start(
            _("Making the day-end report …"), lambda write: office.sheets.day_end(office.operator, day, write=write)
        )

    # one piece

    def make_search(self) -> None:
        """The data of a missing-mail search."""
        self._make_sheet(SheetKind.SEARCH)

    def make_customs(self) -> None:
        """The data of a customs form."""
        self._make_sheet(SheetKind.CUSTOMS)

    def _make_sheet(self, kind: SheetKind) -> None:
        office, detail = self._bench.office, self._detail
        if detail is None:
            return
        id_ = detail.row.shipment.id
        self._papers.start(
            _("Making the data sheet …"), lambda write: office.sheets.issue(office.operator, id_, kind, write=write)
        )

    def ask_proof_request(self) -> None:
        """Ask what the carrier is asked for; what is on file already is not ticked."""
        if self._detail is None:
            return
        there = [_ON_FILE[one.role] for one in self._detail.attachments if one.role in _ON_FILE]
        sheet = ProofRequestSheet(self._page.window(), self._detail.row.shipment, there)
        sheet.asked.connect(self._on_asked)
        sheet.open()

    def _on_asked(self, wanted: tuple[ProofWanted, ...], account: str, why: Why) -> None:
        office, detail = self._bench.office, self._detail
        if detail is None:
            return
        id_ = detail.row.shipment.id
        self._papers.start(
            _("Making the request …"),
            lambda write: office.sheets.ask_for_proof(
                office.operator, id_, wanted, account=account, write=write, **why
            ),
        )

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        self._bench.notices.show(error)
