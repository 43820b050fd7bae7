"""What an import did, or would do: in one sentence, and row by row in a sheet."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget

from mailroom.domain.times import DateOrder
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.report import ImportReport, Refusals
from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def import_sentence(report: ImportReport) -> str:
    """What an import did, in one sentence."""
    text = _("{file} would bring: {parts}.") if report.dry_run else _("{file}: {parts}.")
    return text.format(file=one_line(report.file_name), parts=", ".join(_parts(report)))


def _parts(report: ImportReport) -> list[str]:
    if report.kind is ImportKind.SHIPMENTS and report.dry_run:
        added = plural("{n} new shipment", "{n} new shipments", report.added)
    elif report.kind is ImportKind.SHIPMENTS:
        added = plural("{n} shipment added", "{n} shipments added", report.added)
    elif report.dry_run:
        added = plural("{n} new event", "{n} new events", report.added)
    else:
        added = plural("{n} event added", "{n} events added", report.added)
    parts = [added, _("{n} known already").format(n=f"{report.known:,}")]
    if report.refused:
        parts.append(plural("{n} row refused", "{n} rows refused", len(report.refused)))
    return parts


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

    undo_wanted = Signal(str, str)  # id and kind of the import
    order_given = Signal(object)

    def __init__(self, window: QWidget, report: ImportReport) -> None:
        about = plural("{n} row in the file", "{n} rows in the file", report.rows)
        words = _("Trial of {file}") if report.dry_run else _("Import of {file}")
        super().__init__(window, words.format(file=one_line(report.file_name)), about)
        self._report = report
        self.body.addWidget(Text(import_sentence(report), 14, 600, wrap=True))
        if report.ignored_columns:
            names = one_line(", ".join(report.ignored_columns))
            self.body.addWidget(Text(_("Columns not used: {names}").format(names=names), 12, 400, "text2", wrap=True))
        if "date_ambiguous" in report.refused.codes() and not report.dry_run:
            self.body.addLayout(self._orders())
        if report.refused:
            view = QListView()
            view.setAccessibleName(_("Refused rows"))
            view.setModel(_RefusedModel(report.refused, view))
            view.setWordWrap(True)
            view.setSpacing(3)
            view.setLayoutMode(QListView.LayoutMode.Batched)  # a bad file has a hundred thousand of them
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setFixedHeight(min(280, 16 + theme.px(46) * len(report.refused)))
            theme.set_font(view, 13)
            self.body.addWidget(view)
        if report.added and not report.dry_run:
            self._undo = self.add_button(Button(_("Take this import back"), "arrow-back-up", "danger"))
            self._undo.clicked.connect(self._on_undo)
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
        if not self._undo.property("sure"):  # there is no way back from this
            self._undo.setProperty("sure", True)
            self._undo.setText(_("Press again: all of it goes"))
            return
        self.undo_wanted.emit(self._report.import_id, self._report.kind.value)
        self.accept()
