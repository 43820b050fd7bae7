"""The shipments table: which columns fit, rows of two lines or one, keys, and a focus that is seen."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from mailroom.ui import theme
from mailroom.ui.cell_looks import PADDING, look_width
from mailroom.ui.cell_painting import EDGE, ONE_LINE, TWO_LINES
from mailroom.ui.row_table import RowTable
from mailroom.ui.shipment_cells import Column, heading
from mailroom.ui.shipments_model import ShipmentsModel
from mailroom.ui.table_delegate import TableDelegate, TableHeader
from mailroom.ui.table_roles import Role
from mailroom.wording import _

DENSE_UNDER: Final = 800  # px of table width at 100 %: narrower ones show one line a row
_LEAVING: Final = (Column.DEPARTMENT, Column.DAYS, Column.LAST_EVENT, Column.CARRIER)  # what goes first
_WHOLE: Final = (Column.CARRIER, Column.NUMBER, Column.STATUS, Column.PROMISED, Column.DAYS)  # never squeezed
_LEAST: Final = {Column.RECIPIENT: 112, Column.DEPARTMENT: 92, Column.LAST_EVENT: 120}  # px at 100 %
_GROWING: Final = {Column.RECIPIENT: 2, Column.LAST_EVENT: 120}  # shares of what is left
_CRAMPED: Final = 72  # px under which a name is not worth its column: a small window with large text
_MEASURED: Final = 200  # rows; later ones of the same carriers are no wider


class ShipmentsTable(RowTable):
    """Shows a `ShipmentsModel`. `opened` is Enter or a double click; `copied` carries an unbroken number."""

    opened = Signal()
    copied = Signal(str)

    def __init__(self, model: ShipmentsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._model = model
        self._widths: dict[tuple[bool, Column], int] = {}
        self.setHorizontalHeader(TableHeader(self))
        self.setModel(model)
        self.use_delegate(TableDelegate(self))
        self.setAccessibleName(_("Shipments"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        model.modelReset.connect(self._on_rows_changed)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.dataChanged.connect(self._on_data_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        self.restyle()

    @property
    def dense(self) -> bool:
        """Whether rows have one line."""
        return self._delegate.row_height == ONE_LINE

    def restyle(self) -> None:
        """Take the new text size: fonts, row heights, widths."""
        self._widths.clear()
        self._fit()

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that fit now, left to right."""
        return tuple(column for column in Column if not self.isColumnHidden(column))

    def selected_ids(self) -> tuple[str, ...]:
        """Ids of the selected shipments, top to bottom."""
        chosen = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(str(index.data(Role.ROW_ID)) for index in chosen)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns come and go with the width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies the number unbroken; other keys move."""
        self._show_focus(shown=True)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_numbers()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last row: rows are chosen, not cells."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._model.rowCount() - 1,
        }
        if action in ends:
            return self._model.index(ends[action], Column.NUMBER)
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row where none is current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.selectionModel().setCurrentIndex(
                self._model.index(0, Column.NUMBER), self.selectionModel().SelectionFlag.NoUpdate
            )

    def copy_numbers(self) -> None:
        """Put the selected shipments' tracking numbers on the clipboard, unbroken, one a line."""
        chosen = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        rows = (self._model.row_at(index) for index in chosen)
        numbers = [row.shipment.tracking_number for row in rows if row is not None and row.shipment.tracking_number]
        if numbers:
            QGuiApplication.clipboard().setText("\n".join(numbers))
            self.copied.emit("\n".join(numbers))

    # within

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def _on_rows_changed(self) -> None:
        self._widths.clear()
        self._fit()

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._widen(first, last)

    def _on_data_changed(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        if not roles:  # else it is only the tint of new rows
            self._widen(top.row(), bottom.row())

    def _widen(self, first: int, last: int) -> None:
        """Rows came or changed: these are measured, and the columns fitted anew only where one needs more."""
        wider = False
        for (dense, column), known in tuple(self._widths.items()):
            if dense is not self.dense:
                del self._widths[dense, column]  # measured anew once rows look so again
                continue
            needed = self._measured(column, first, last)
            if needed > known:
                self._widths[dense, column] = needed
                wider = True
        if wider or not self._widths:
            self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        dense = width < theme.px(DENSE_UNDER)
        self._delegate.row_height = ONE_LINE if dense else TWO_LINES
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setDefaultSectionSize(theme.px(self._delegate.row_height))
        self._model.set_dense(dense)
        shown = [column for column in Column if dense or column is not Column.CARRIER]
        for column in _LEAVING:
            wanted = sum(self._least(one, dense) for one in shown) + 2 * (EDGE - PADDING)
            if wanted > width and column in shown:
                shown.remove(column)
        self._spread(shown, width, dense)

    def _spread(self, shown: list[Column], width: int, dense: bool) -> None:
        widths = {column: self._least(column, dense) for column in shown}
        widths[shown[0]] += EDGE - PADDING
        widths[shown[-1]] += EDGE - PADDING
        missing = sum(widths.values()) - width
        if missing > 0:  # the name gives way, never the number or the status
            widths[Column.RECIPIENT] -= missing
            if widths[Column.RECIPIENT] < theme.px(_CRAMPED):
                del widths[Column.RECIPIENT]
        left = max(0, width - sum(widths.values()))
        growing = {column: share for column, share in _GROWING.items() if column in widths}
        for column, share in growing.items():
            widths[column] += left * share // sum(growing.values())
        rest = Column.RECIPIENT if Column.RECIPIENT in widths else shown[0]
        widths[rest] += max(0, width - sum(widths.values()))
        for column in Column:
            self.setColumnHidden(column, column not in widths)
            if column in widths and self.columnWidth(column) != widths[column]:
                self.setColumnWidth(column, widths[column])

    def _least(self, column: Column, dense: bool) -> int:
        """The width that a column needs, in px: that of its widest cell where it must never be cut."""
        if column not in _WHOLE:
            return theme.px(_LEAST[column])
        found = self._widths.get((dense, column))
        if found is None:
            title = self.horizontalHeader().fontMetrics().horizontalAdvance(heading(column, dense=dense))
            widest = self._measured(column, 0, _MEASURED - 1)
            found = self._widths[dense, column] = max(title + 2 * PADDING + 4, widest)
        return found

    def _measured(self, column: Column, first: int, last: int) -> int:
        """The widest content of a column in these rows, of the first so many."""
        looks = self._model.column_looks(column, first, min(last, _MEASURED - 1))
        return max(map(look_width, looks), default=0)
