"""The Reports page: every paper that was issued, found again and printed again, and a place to check one."""

from collections.abc import Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mailroom.domain.documents import Document, UnusedNumber
from mailroom.ui import theme
from mailroom.ui.actions import Action
from mailroom.ui.check_area import CheckArea
from mailroom.ui.desk_papers_work import DeskPapersWork
from mailroom.ui.entries.reports import PAGE
from mailroom.ui.key_work import KeyWork
from mailroom.ui.page import Bench, Page
from mailroom.ui.paper_work import PaperWork
from mailroom.ui.papers_model import DOCUMENT, Column, PapersModel
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.empty_page import Beginning, EmptyPage
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.labels import Text, hairline
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.table_delegate import TableDelegate, TableHeader
from mailroom.wording import _, plural

MOST = 2000  # papers in the list, the newest; older ones are found at their shipment
_UNUSED = 4  # numbers that are named in the foot
_WIDTHS = {
    Column.NUMBER: 172,
    Column.KIND: 120,
    Column.ABOUT: 248,
    Column.ISSUED: 130,
    Column.BY: 120,
    Column.PAGES: 64,
}
_PURPOSE_LEAST = 140  # px at 100 %
_GOES_FIRST = (Column.PAGES, Column.BY)
_ROW = 36  # px at 100 %


class ReportsPage(Page):
    """A check on top, the list of papers below it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Reports")))
        zone = bench.zone
        self.model = PapersModel(zone, datetime.now(UTC).astimezone(zone).date(), self)
        self.strip = ProgressStrip()
        self.paper_work = PaperWork(bench, self, self.strip)
        self.desk_papers = DeskPapersWork(bench, self, self.strip, self.paper_work)
        self.key_work = KeyWork(bench, self)
        self.new = Button(_("New paper"), "file-plus")
        self.key = Button(_("Signing key"), "signature", "ghost")
        self.new.clicked.connect(self._on_new)
        self.key.clicked.connect(self.key_work.ask)
        self.head.add(self.key)
        self.head.add(self.new)
        self.check = CheckArea(bench)
        self.search = LineEdit(_("Number, shipment, purpose or person"), icon="search")
        self.search.setAccessibleName(_("Search papers"))
        self.search.textChanged.connect(self._on_typed)
        self.table = _table(self.model)
        self.table.activated.connect(self._on_opened)
        self._foot = Text("", 12, 400, "text2", tabular=True)
        self._unused = Text("", 12, 400, "text2", tabular=True)
        self._whole = QStackedWidget()
        self._lay_out()
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.setFocus)

    # what the window calls

    def entered(self) -> None:
        """Read the list each time."""
        office = self.bench.office

        def read() -> tuple[tuple[Document, ...], tuple[UnusedNumber, ...]]:
            who = office.operator
            return office.papers.documents(who, MOST), office.papers.unused_numbers(who)

        self.bench.runners.run("reader", read, self._on_read, self.bench.notices.show)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_offered(self) -> Iterable[Action]:
        """Checking a paper, and making those of runs and days, from anywhere."""
        papers = self.desk_papers
        return (
            Action("reports.check", _("Check a paper"), "shield-check", self.ask_check),
            Action("reports.book", _("Mailing book of a run"), "list-details", papers.ask_book),
            Action("reports.manifest", _("Manifest of a run"), "list", papers.ask_manifest),
            Action("reports.sheets", _("Signed sheets back"), "signature", papers.choose_scan),
            Action("reports.day", _("Day-end report"), "calendar", papers.ask_day),
            Action("reports.key", _("Signing key"), "shield", self.key_work.ask),
        )

    def ask_check(self) -> None:
        """Go to the page and ask for a file."""
        self.bench.routes.page_wanted.emit(PAGE.id)
        self.check.choose()

    def restyle(self) -> None:
        """Take the new text size."""
        _size(self.table)
        _make_room(self.table, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the purpose its room."""
        super().resizeEvent(event)
        _make_room(self.table, self.width())

    # building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        filled = QWidget()
        filled.setObjectName("surface")
        filled.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 12)
        top.setSpacing(12)
        top.addWidget(self.check)
        top.addWidget(self.search)
        inside.addLayout(top)
        inside.addWidget(self._lists(), 1)
        inside.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 7, 20, 7)
        foot.addWidget(self._foot)
        foot.addStretch(1)
        foot.addWidget(self._unused)
        inside.addLayout(foot)
        column.addWidget(filled, 1)

    def _lists(self) -> QStackedWidget:
        beginning = Beginning(
            "package",
            _("Make a report"),
            _("Choose a shipment, or several, and press POD report; or make a claim."),
            _("Open Shipments"),
            "Ctrl 2",
            self._on_shipments_wanted,
        )
        line = _("Each gets a number of its own and is kept as it was issued, byte for byte.")
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        column.addWidget(Text(_("No paper fits"), 15, 600), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        for one in (self.table, EmptyPage(_("No papers issued yet"), line, (beginning,)), nothing):
            self._whole.addWidget(one)
        return self._whole

    # slots

    def _on_read(self, answer: tuple[tuple[Document, ...], tuple[UnusedNumber, ...]]) -> None:
        documents, unused = answer
        self.model.show(documents)
        shown = ", ".join(one.number for one in unused[:_UNUSED])
        more = f"{shown} …" if len(unused) > _UNUSED else shown
        self._unused.setText(_("Numbers not used: {numbers}").format(numbers=more) if unused else "")
        self._show()

    def _on_typed(self, text: str) -> None:
        self.model.look_for(text)
        self._show()

    def _show(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        self._whole.setCurrentIndex(0 if shown else 2 if total else 1)
        self.search.setVisible(bool(total))
        text = plural("{n} paper, newest first", "{n} papers, newest first", shown)
        self._foot.setText(_("The newest {n} papers").format(n=f"{MOST:,}") if total >= MOST == shown else text)

    def _on_opened(self, index: QModelIndex) -> None:
        document = index.data(DOCUMENT)
        if isinstance(document, Document):
            self.paper_work.reprint(document)

    def _on_new(self) -> None:
        self.desk_papers.open_below(self.desk_papers.menu(), self.new)

    def _on_shipments_wanted(self) -> None:
        self.bench.routes.page_wanted.emit("shipments")


def _table(model: PapersModel) -> QTableView:
    table = QTableView()
    table.setAccessibleName(_("Papers issued"))
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.setHorizontalHeader(TableHeader(table))
    table.setItemDelegate(TableDelegate(table, _ROW))
    table.horizontalHeader().setSectionResizeMode(Column.PURPOSE, QHeaderView.ResizeMode.Stretch)
    table.setWordWrap(False)
    _size(table)
    return table


def _size(table: QTableView) -> None:
    for column, width in _WIDTHS.items():
        table.setColumnWidth(column, theme.px(width))
    table.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
    theme.set_font(table, 13, 400, tabular=True)


def _make_room(table: QTableView, width: int) -> None:
    """Where the window is narrow, the purpose keeps its room and columns that say less go first."""
    room = width - sum(theme.px(width) for width in _WIDTHS.values())
    for column in _GOES_FIRST:
        table.setColumnHidden(column, room < theme.px(_PURPOSE_LEAST))
        if table.isColumnHidden(column):
            room += theme.px(_WIDTHS[column])
