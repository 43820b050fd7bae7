"""The window: rail, page head, notices under it, pages; Find, keys, and files dropped anywhere."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mailroom.ui import app_filters
from mailroom.ui.actions import Action
from mailroom.ui.dropped import files_of, local_files, refusals, tables_of
from mailroom.ui.find_sheet import FindSheet
from mailroom.ui.focus_ring import FocusRing
from mailroom.ui.page import Bench, Page, PageEntry, pages
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.rail import Rail
from mailroom.ui.sign_in_work import SignInWork
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.domain.attention import AlertCounts

LEAST = (1120, 700)  # px, the smallest window
USUAL = (1440, 900)
_FRAME = 36  # px kept free for the title bar of the first window


class MainWindow(QMainWindow):
    """One window of one profile. Pages are built when they are first shown."""

    closing = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self._entries = pages()
        self._built: dict[str, Page] = {}
        self._find: FindSheet | None = None
        self._title, self._urgent = "Mailroom", 0
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.rail = Rail(self._entries, bench.office.operator.name)
        self._heads = QStackedWidget()
        self._heads.setFixedHeight(self._heads.sizeHint().height())
        self._bodies = QStackedWidget()
        self.sign_in = SignInWork(bench, self)
        self._lay_out()
        self._ring = FocusRing(self)
        self.rail.chosen.connect(self.show_page)
        self.rail.person.clicked.connect(self.open_sign_in)
        bench.routes.page_wanted.connect(self.show_page)
        bench.routes.shipment_wanted.connect(self._on_shipment_wanted)
        bench.routes.shipments_changed.connect(self._on_shipments_changed)
        bench.routes.find_wanted.connect(self.open_find)
        bench.routes.operator_changed.connect(self._on_operator_changed)
        bench.routes.alerts_judged.connect(self._on_alerts_judged)
        self._set_keys()
        self.show_page(self._entries[0].id)
        self._restore()

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages there are, in the rail's order."""
        return tuple(one.id for one in self._entries)

    def page(self, page_id: str) -> Page:
        """A page, built now if it was not yet."""
        if page_id not in self._built:
            built = self._entry(page_id).load()(self.bench)
            built.head.find_button.clicked.connect(self.open_find)
            self._built[page_id] = built
            self._heads.addWidget(built.head)
            self._bodies.addWidget(built)
        return self._built[page_id]

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front."""
        with app_filters.lifted():
            page = self.page(page_id)
            self._heads.setFixedHeight(page.head.height())
            self._heads.setCurrentWidget(page.head)
            self._bodies.setCurrentWidget(page)
        self.rail.show_chosen(page_id)
        self._title = _("{page} – Mailroom").format(page=self._entry(page_id).title())
        self._show_title()
        page.entered()

    def show_urgent(self, count: int) -> None:
        """Have so many alerts for today in the title, while another window is in front."""
        self._urgent = count
        self._show_title()

    def open_find(self) -> None:
        """Open Find over the page, unless a dialog is there already."""
        if self._find is not None or self._covered():
            return
        self._find = FindSheet(self, self.bench, self.actions_offered())
        self._find.finished.connect(self._on_find_closed)
        self._find.open()

    def open_sign_in(self) -> None:
        """Ask who sits here, unless a dialog is there already."""
        if not self._covered():
            self.sign_in.open()

    def actions_offered(self) -> tuple[Action, ...]:
        """Everything Find can start: the pages and what the built ones offer."""
        wanted = self.bench.routes.page_wanted
        found = [
            Action(
                f"page.{one.id}",
                _("Go to {page}").format(page=one.title()),
                one.icon,
                partial(wanted.emit, one.id),
                key,
            )
            for one, key in zip(self._entries, self._page_keys(), strict=True)
        ]
        found.append(Action("window.sign_in", _("Sign in as somebody else"), "user", self.open_sign_in, ""))
        for page in self._built.values():
            found.extend(page.actions_offered())
        return tuple(found)

    def restyle(self) -> None:
        """Take the new text size."""
        current = self._heads.currentWidget()
        if current is not None:
            self._heads.setFixedHeight(current.height())

    def come_forward(self) -> None:
        """Show it in front of other windows: somebody started Mailroom again."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # events

    def changeEvent(self, event: QEvent) -> None:
        """The title says what waits only while nobody looks."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._show_title()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures, PDFs, tables and carriers' mails may be dropped anywhere; what comes near them is answered."""
        urls = event.mimeData().urls()
        if files_of(urls) or tables_of(urls) or refusals(local_files(urls)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Have the dropped files read and recorded, tables and mails taken in; a dialog that is open comes first."""
        if any(one.isVisible() for one in self.findChildren(Sheet)):
            event.acceptProposedAction()
            self.bench.notices.tell(_("Finish or close the dialog first, then drop the files again."), "warn")
            return
        urls = event.mimeData().urls()
        files, tables = files_of(urls), tables_of(urls)
        for refusal in refusals(local_files(urls)):
            event.acceptProposedAction()
            self.bench.notices.show(refusal)
        if files:
            event.acceptProposedAction()
            self.show_page(self._entries[0].id)
            self.bench.routes.files_dropped.emit(files)
        if tables:
            event.acceptProposedAction()
            self.show_page("shipments")
            self.bench.routes.tables_dropped.emit(tables)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry, then let the application close in stages."""
        settings = QSettings(str(self.bench.desk.profile.window_file), QSettings.Format.IniFormat)
        settings.setValue("geometry", self.saveGeometry())
        settings.sync()
        self._ring.close_down()
        self.closing.emit()
        event.accept()

    # within

    def _show_title(self) -> None:
        away = self._urgent and not self.isActiveWindow()
        self.setWindowTitle(f"({self._urgent:,}) {self._title}" if away else self._title)

    def _lay_out(self) -> None:
        whole = QWidget()
        whole.setObjectName("canvas")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heads)
        column.addWidget(self.bench.notices.bar)
        column.addWidget(self._bodies, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(whole)

    def _set_keys(self) -> None:
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.open_find)
        for one, key in zip(self._entries, self._page_keys(), strict=True):
            if key:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setObjectName(one.id)
                shortcut.activated.connect(self._on_page_key)

    def _on_page_key(self) -> None:
        sender = self.sender()
        if sender is not None and not self._covered():
            self.show_page(sender.objectName())

    def _covered(self) -> bool:
        """Whether a dialog is open: the page behind it stays, and the focus stays in the dialog."""
        return any(one.isVisible() for one in self.findChildren(Sheet))

    def _page_keys(self) -> tuple[str, ...]:
        return tuple(f"Ctrl+{at}" if at < 10 else "" for at in range(1, len(self._entries) + 1))

    def _entry(self, page_id: str) -> PageEntry:
        return next(one for one in self._entries if one.id == page_id)

    def _on_find_closed(self) -> None:
        self._find = None

    def _on_shipment_wanted(self, shipment_id: object) -> None:
        if "shipments" in self.page_ids:
            self.show_page("shipments")
            self.page("shipments").open_shipment(str(shipment_id))

    def _on_shipments_changed(self, ids: tuple[str, ...]) -> None:
        for page in self._built.values():
            page.shipments_changed(ids)

    def _on_alerts_judged(self, counts: "AlertCounts") -> None:
        if "attention" in self.page_ids:
            self.rail.item("attention").set_badge(counts.open, loud=True)

    def _on_operator_changed(self) -> None:
        self.rail.person.show_name(self.bench.office.operator.name)

    def _restore(self) -> None:
        settings = QSettings(str(self.bench.desk.profile.window_file), QSettings.Format.IniFormat)
        kept = settings.value("geometry")
        if kept is None or not self.restoreGeometry(kept):
            screen = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(USUAL[0], screen.width()), min(USUAL[1], screen.height() - _FRAME))
