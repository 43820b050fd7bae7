"""The Shipments page: search and filters, the table over the record, and the chosen shipment beside it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.office import Account
from mailroom.domain.register import Counts, ShipmentFilter
from mailroom.ui.actions import Action
from mailroom.ui.date_dialog import DateDialog
from mailroom.ui.desk_papers_work import DeskPapersWork
from mailroom.ui.detail_work import DetailWork
from mailroom.ui.dropped import files_of, local_files, refusals, tables_of
from mailroom.ui.entries.shipments import PAGE
from mailroom.ui.export_work import ExportWork
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.import_work import ImportWork
from mailroom.ui.label_work import LabelWork
from mailroom.ui.page import Bench, Page
from mailroom.ui.paper_work import PaperWork
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text, hairline, upright_hairline
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.proofs_work import ProofsWork
from mailroom.ui.shipment_cells import Column
from mailroom.ui.shipment_detail import ShipmentDetailPane
from mailroom.ui.shipment_filters import ShipmentFilters
from mailroom.ui.shipments_empty import first_steps, no_shipment_fits
from mailroom.ui.shipments_feed import ShipmentsFeed
from mailroom.ui.shipments_model import ShipmentsModel
from mailroom.ui.shipments_table import ShipmentsTable
from mailroom.ui.table_roles import Role
from mailroom.wording import _, plural


class ShipmentsPage(Page):
    """List left, detail right."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Shipments")))
        self.setAcceptDrops(True)
        self._opened = ""  # shipment that another page asked for; it stays though it is not in the list
        self._choosing = False
        self._count = -1
        self._more = False  # counting stopped early: there are more than that
        self._missed: set[str] = set()  # shipments that changed while another page was in front
        zone = bench.zone
        self.model = ShipmentsModel(zone, datetime.now(UTC).astimezone(zone).date(), self)
        self.table = ShipmentsTable(self.model)
        self.filters = ShipmentFilters(zone)
        self.detail = ShipmentDetailPane(zone)
        self.strip = ProgressStrip()
        self.feed = ShipmentsFeed(bench, self.model, self)
        self.detail_work = DetailWork(bench, self, self.detail)
        self.paper_work = PaperWork(bench, self, self.strip)
        self.desk_papers = DeskPapersWork(bench, self, self.strip, self.paper_work)
        self.label_work = LabelWork(bench, self)
        self.import_work = ImportWork(bench, self, self.strip)
        self._labels = FileChoice(bench.desk, self, self._on_labels_chosen)
        self.export_work = ExportWork(bench, self, self.strip)
        self.import_button = Button(_("Import"), "file-import", "ghost")
        self.export_button = Button(_("Export"), "file-export", "ghost")
        self.head.add(self.import_button)
        self.head.add(self.export_button)
        self._footer = Text("", 12, 400, "text2", tabular=True)
        self.proofs_work = ProofsWork(bench, self, self.strip)
        self.proofs_button = Button(_("POD reports"), "file-check", "ghost", tiny=True)
        self.proofs_button.setAccessibleName(_("POD reports for the selected shipments"))
        self.proofs_button.hide()
        self.past_button = Button(_("Past imports"), "history", "ghost", tiny=True)
        self._selected = Text("", 12, 500, "text2", tabular=True)
        self._whole = QStackedWidget()
        self._list = QStackedWidget()
        self._lay_out()
        self._connect()

    # what the window calls

    def entered(self) -> None:
        """Read the list the first time, and the departments each time."""
        if self._count < 0 and self.model.rowCount() == 0:
            self._missed.clear()
            self.feed.ask(self.filters.wanted)
        self._catch_up()
        office = self.bench.office
        self.bench.runners.run(
            "reader", lambda: office.lists.departments(office.operator), self._on_departments, self.bench.notices.show
        )
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_shipment(self, shipment_id: str) -> None:
        """Show one shipment, in the list where it stands there."""
        self._opened = shipment_id
        self.detail_work.show(shipment_id)
        self._choose(shipment_id)
        self._whole.setCurrentIndex(0)

    def _on_label_wanted(self) -> None:
        if self.detail.detail is not None:
            shipment = self.detail.detail.row.shipment
            self.label_work.show(shipment.id, shipment.shown_number)

    def shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Bring list and detail in step with the record; while another page is in front, only remember."""
        self._missed.update(ids)
        if self.isVisible():
            self._catch_up()

    def actions_offered(self) -> Iterable[Action]:
        """Searching and importing, from anywhere."""
        return (
            Action("shipments.search", _("Search shipments"), "search", self.focus_search, "Ctrl+F"),
            Action("shipments.import", _("Import a table"), "file-import", self.import_work.choose, "Ctrl+I"),
            Action("shipments.imports", _("Past imports, and taking one back"), "history", self.import_work.ask_past),
            Action("shipments.glossary", _("What statuses mean"), "help-circle", self.detail_work.ask_glossary),
            Action("shipments.export", _("Export the shipments shown"), "file-export", self._on_export_wanted),
        )

    def focus_search(self) -> None:
        """Go to the search field, its text selected."""
        self.bench.routes.page_wanted.emit(PAGE.id)
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    # files dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Tables may be dropped: they are imported."""
        if tables_of(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the tables that were dropped; pictures beside them are read as anywhere else."""
        urls = event.mimeData().urls()
        if tables := tables_of(urls):
            event.acceptProposedAction()
            self.import_work.take(tables)
            for refusal in refusals(local_files(urls)):
                self.bench.notices.show(refusal)
            if files := files_of(urls):
                self.bench.routes.files_dropped.emit(files)

    def _catch_up(self) -> None:
        missed = tuple(self._missed)
        self._missed.clear()
        if missed:
            self.feed.take_changes(missed)
            self.detail_work.take_changes(missed)

    # building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(), 1)
        row.addWidget(upright_hairline())
        row.addWidget(self.detail)
        filled = QWidget()
        filled.setLayout(row)
        self._whole.addWidget(filled)
        self._whole.addWidget(first_steps(self._on_scan_wanted, self._on_labels_wanted, self.import_work.choose))
        column.addWidget(self._whole, 1)

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        self._list.addWidget(self.table)
        nothing = no_shipment_fits()
        self.clear_button = nothing.button
        self.clear_button.clicked.connect(self.filters.clear)
        self._list.addWidget(nothing)
        column.addWidget(self._list, 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 4, 14, 4)
        foot.setSpacing(16)
        foot.addWidget(self._footer)
        foot.addWidget(self._selected)
        foot.addWidget(self.proofs_button)
        foot.addStretch(1)
        foot.addWidget(self.past_button)
        column.addLayout(foot)
        return left

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.import_work.choose)
        self.past_button.clicked.connect(self.import_work.ask_past)
        self.bench.routes.tables_dropped.connect(self.import_work.take)
        self.export_button.clicked.connect(self._on_export_wanted)
        self.filters.changed.connect(self._on_question)
        self.filters.range_wanted.connect(self._on_range_wanted)
        self.filters.search.left.connect(self._on_search_left)
        self.feed.loaded.connect(self._on_loaded)
        self.feed.counted.connect(self._on_counted)
        self.feed.failed.connect(self.bench.notices.show)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.proofs_button.clicked.connect(self._on_proofs_wanted)
        self.table.opened.connect(self._on_row_opened)
        self.table.copied.connect(self._on_copied)
        self.detail.head.proof_wanted.connect(self._on_proof_wanted)
        self.detail.head.label_wanted.connect(self._on_label_wanted)
        self.detail.head.claim_wanted.connect(self._on_claim_wanted)
        self.paper_work.attach_wanted.connect(self.detail_work.choose_files)
        self.detail.head.more_wanted.connect(self._on_more_wanted)
        self.detail.document_pressed.connect(self.paper_work.reprint)
        for keys, slot in (("Ctrl+F", self.focus_search), ("Ctrl+I", self.import_work.choose)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # slots

    def _on_question(self) -> None:
        self.feed.ask(self.filters.wanted)

    def _on_loaded(self) -> None:
        rows = self.model.rowCount()
        asked_for_all = self.filters.wanted == ShipmentFilter()
        self._whole.setCurrentIndex(1 if not rows and asked_for_all and not self._opened else 0)
        self.export_button.setVisible(bool(rows))
        if not rows and asked_for_all:
            self.head.set_context(_("nothing on record yet"))
        self._list.setCurrentIndex(0 if rows else 1)
        if not rows:
            announce(self, _("No shipment fits"))
        self._choose_again()
        self._show_foot()

    def _on_counted(self, here: Counts, total: int) -> None:
        self.filters.set_counts(here)
        statuses, carriers = self.feed.wanted.statuses, self.feed.wanted.carriers
        if not carriers:
            self._count = sum(n for status, n in here.by_status.items() if not statuses or status in statuses)
        elif not statuses:
            self._count = sum(n for carrier, n in here.by_carrier.items() if carrier in carriers)
        else:
            self._count = -1
        self._more = here.capped
        if total:
            self.head.set_context(_("{n} on record").format(n=f"{total:,}"))
        self._show_foot()

    def _on_export_wanted(self) -> None:
        self.export_work.open_menu(self.filters.wanted, self.export_button)

    def _on_departments(self, departments: tuple[Account, ...]) -> None:
        self.filters.set_departments(departments)

    def _on_range_wanted(self) -> None:
        dialog = DateDialog(self.window())
        dialog.range_given.connect(self._on_range_given)
        dialog.open()

    def _on_range_given(self, first: date | None, last: date | None) -> None:
        self.filters.set_range(first, last)

    def _on_search_left(self) -> None:
        self.detail_work.settle()
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._choosing or not current.isValid():
            return
        self._opened = ""
        self.detail_work.show(str(current.data(Role.ROW_ID)))

    def _on_selection(self) -> None:
        self._show_foot()

    def _on_row_opened(self) -> None:
        self.detail_work.settle()
        self.detail.timeline.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_copied(self, numbers: str) -> None:
        count = numbers.count("\n") + 1
        announce(self.table, plural("{n} number copied", "{n} numbers copied", count))

    def _on_proof_wanted(self) -> None:
        if self.detail.detail is not None:
            self.paper_work.ask_proof(self.detail.detail)

    def _on_proofs_wanted(self) -> None:
        if not self.strip.busy:
            self.proofs_work.ask(self.table.selected_ids())

    def _on_claim_wanted(self) -> None:
        if self.detail.detail is not None:
            self.paper_work.ask_claim(self.detail.detail, self.detail.clock)

    def _on_more_wanted(self) -> None:
        if self.detail.detail is not None:
            self.desk_papers.open_below(self.desk_papers.piece_menu(self.detail.detail), self.detail.head.more)

    def _on_scan_wanted(self) -> None:
        self.bench.routes.page_wanted.emit("scan")

    def _on_labels_wanted(self) -> None:
        patterns = _("Pictures and PDFs (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic);;All files (*)")
        self._labels.open(_("Choose labels"), patterns, many=True)

    def _on_labels_chosen(self, files: tuple[Path, ...]) -> None:
        self.bench.routes.page_wanted.emit("scan")
        self.bench.routes.files_dropped.emit(files)

    # the chosen shipment

    def _choose_again(self) -> None:
        """After another answer: the same shipment where it is in the list, else the first one."""
        shown = self._opened or self.detail_work.shown
        if shown and self._choose(shown):
            return
        if self._opened:
            return
        if self.model.rowCount():
            self.table.scrollToTop()
            self._choosing = bool(self.filters.wanted.text)  # another key may follow
            self.table.setCurrentIndex(self.model.index(0, Column.NUMBER))
            if self._choosing:
                self._choosing = False
                self.detail_work.show_soon(str(self.model.index(0, Column.NUMBER).data(Role.ROW_ID)))
        else:
            self.detail_work.show("")

    def _choose(self, shipment_id: str) -> bool:
        place = self.model.place_of(shipment_id)
        chosen = self.table.selectionModel()
        self._choosing = True
        try:
            if not place.isValid():
                if self._opened:
                    chosen.clear()
                return False
            if self.table.currentIndex().row() != place.row() or not chosen.isRowSelected(place.row()):
                flags = QItemSelectionModel.SelectionFlag
                chosen.setCurrentIndex(place, flags.ClearAndSelect | flags.Rows)
                self.table.scrollTo(place)
        finally:
            self._choosing = False
        if self.detail_work.shown == shipment_id:
            self.detail_work.stay()
        else:
            self.detail_work.show(shipment_id)
        return True

    def _show_foot(self) -> None:
        rows = self.model.rowCount()
        count = self._count if self._count >= rows else rows
        text = plural("{n} shipment, newest first", "{n} shipments, newest first", count)
        if self._more or (self._count < rows and self.model.after):
            text = _("More than {n} shipments, newest first").format(n=f"{count:,}")
        self._footer.setText(text)
        selected = len(self.table.selectionModel().selectedRows())
        self._selected.setText(plural("{n} selected", "{n} selected", selected) if selected else "")
        self.proofs_button.setVisible(selected > 1)
