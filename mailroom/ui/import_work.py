"""Importing events: a file is chosen or dropped, read in the work thread, and reported on."""

from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget

from mailroom.domain.times import DateOrder
from mailroom.services.exchange.report import ImportReport, Refusals
from mailroom.ui import theme
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ImportWork(QObject):
    """One import at a time; what it did is told in a notice, and row by row in a sheet."""

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._strip = strip
        self._choice = FileChoice(bench.desk, page, self.take)
        self._waiting: tuple[Path, ...] = ()
        self._path = Path()
        self.report: ImportReport | None = None

    def choose(self) -> None:
        """Ask for the file."""
        self._choice.open(_("Import events"), _("Tables (*.csv *.tsv *.txt);;All files (*)"))

    def take(self, files: tuple[Path, ...]) -> None:
        """Import these files, one after the other."""
        self._waiting += files
        if not self._strip.busy:
            self._next(None)

    def _next(self, order: DateOrder | None) -> None:
        if not self._waiting:
            return
        self._path, self._waiting = self._waiting[0], self._waiting[1:]
        path, office, strip, runners = self._path, self._bench.office, self._strip, self._bench.runners
        stop, lane = Task(), Task()  # a task of the lane that is stopped before its turn would never answer
        strip.start(_("Importing {file}").format(file=one_line(path.name)), stop)

        def act() -> ImportReport:
            return office.exchange.import_events(
                office.operator,
                path,
                order=order,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
                write=runners.write,
            )

        runners.run("work", act, self._on_done, self._on_failed, lane)

    def _on_done(self, report: ImportReport) -> None:
        self._strip.finish()
        self.report = report
        if report.cancelled:
            self._bench.notices.tell(_("Import stopped. Nothing of it was kept."), "move")
        else:
            family = "warn" if report.refused else "move"
            self._bench.notices.tell(import_sentence(report), family, _("Show the report"), self.show_report)
        self._next(None)

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        try:
            self._bench.notices.show(error)
        finally:
            self._next(None)

    def show_report(self) -> None:
        """Show what the last import did."""
        if self.report is None:
            return
        sheet = ImportSheet(self._page.window(), self.report)
        sheet.undo_wanted.connect(self._on_undo)
        sheet.order_given.connect(self._on_order)
        sheet.open()

    def _on_order(self, order: DateOrder) -> None:
        if not self._strip.busy:
            self._waiting = (self._path, *self._waiting)
            self._next(order)

    def _on_undo(self, import_id: str) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "writer",
            lambda: office.exchange.undo_import(office.operator, import_id),
            self._on_undone,
            self._on_failed,
        )

    def _on_undone(self, withdrawn: int) -> None:
        self.report = None
        self._bench.notices.tell(plural("{n} event taken back", "{n} events taken back", withdrawn))


def import_sentence(report: ImportReport) -> str:
    """What an import did, in one sentence."""
    parts = [
        plural("{n} event added", "{n} events added", report.added),
        _("{n} known already").format(n=f"{report.known:,}"),
    ]
    if report.refused:
        parts.append(plural("{n} row refused", "{n} rows refused", len(report.refused)))
    return _("{file}: {parts}.").format(file=one_line(report.file_name), parts=", ".join(parts))


class _RefusedModel(QAbstractListModel):
    """The refused rows, each with its line in the file and the reason."""

    def __init__(self, refused: Refusals, parent: QObject) -> None:
        super().__init__(parent)
        self._refused = refused

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._refused)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        row = self._refused[index.row()]
        reason = f"{error_text(row.reason)} {error_remedy(row.reason)}"
        return _("Row {row}: {reason}").format(row=row.row, reason=reason)


class ImportSheet(Sheet):
    """What was added, known and refused; the import can be taken back, or dates read the other way."""

    undo_wanted = Signal(str)
    order_given = Signal(object)

    def __init__(self, window: QWidget, report: ImportReport) -> None:
        about = plural("{n} row in the file", "{n} rows in the file", report.rows)
        super().__init__(window, _("Import of {file}").format(file=one_line(report.file_name)), about)
        self._report = report
        self.body.addWidget(Text(import_sentence(report), 14, 600, wrap=True))
        if report.ignored_columns:
            names = one_line(", ".join(report.ignored_columns))
            self.body.addWidget(Text(_("Columns not used: {names}").format(names=names), 12, 400, "text2", wrap=True))
        if any(row.reason.code == "date_ambiguous" for row in report.refused):
            self.body.addLayout(self._orders())
        if report.refused:
            view = QListView()
            view.setAccessibleName(_("Refused rows"))
            view.setModel(_RefusedModel(report.refused, view))
            view.setWordWrap(True)
            view.setSpacing(3)
            view.setFixedHeight(min(280, 16 + theme.px(46) * len(report.refused)))
            theme.set_font(view, 13)
            self.body.addWidget(view)
        if report.added:
            undo = self.add_button(Button(_("Take this import back"), "arrow-back-up", "danger"))
            undo.clicked.connect(self._on_undo)
        done = self.add_button(Button(_("Done"), kind="primary"))
        done.clicked.connect(self.accept)

    def _orders(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Text(_("In dates such as 03/04/2026 comes first:"), 13, 400, "text2"))
        month = Button(_("the month"), small=True)
        day = Button(_("the day"), small=True)
        month.clicked.connect(self._on_month_first)
        day.clicked.connect(self._on_day_first)
        row.addWidget(month)
        row.addWidget(day)
        row.addStretch(1)
        return row

    def _on_month_first(self) -> None:
        self.order_given.emit(DateOrder.MONTH_FIRST)
        self.accept()

    def _on_day_first(self) -> None:
        self.order_given.emit(DateOrder.DAY_FIRST)
        self.accept()

    def _on_undo(self) -> None:
        self.undo_wanted.emit(self._report.import_id)
        self.accept()
