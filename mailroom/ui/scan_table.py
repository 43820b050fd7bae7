"""The card of today's readings: how many by carrier, what waits, and the table."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mailroom.ui import theme, tokens
from mailroom.ui.cell_editing import CellEditing
from mailroom.ui.cell_looks import look_width
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.labels import Text
from mailroom.ui.row_table import RowTable
from mailroom.ui.scan_lines import ReadingsModel
from mailroom.ui.scan_words import EDITABLE, Column, Line
from mailroom.ui.table_roles import Role
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name

ROW: Final = 36  # px at 100 %
_WIDEST: Final = 60  # newest lines that are measured
_LEAVING: Final = (  # px of table width at 100 % under which a column goes
    (Column.ORDER, 960),
    (Column.DEPARTMENT, 860),
    (Column.TO, 680),
    (Column.POSTAGE, 520),
    (Column.WHAT, 440),
)
_SERIES = ("c1", "c2", "c3", "c4")


class TallyBar(QWidget):
    """The shares of the carriers as one bar; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: list[int] = []
        self.restyle()

    def show_counts(self, counts: list[int]) -> None:
        """Show shares in the order of the words."""
        self._counts = counts
        self.update()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedHeight(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar in the colours of now, round at both ends."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), colours.line)
        left, total = 0.0, sum(self._counts)
        for count, series in zip(self._counts, _SERIES, strict=False):
            width = self.width() * count / total
            gap = 2 if left + width < self.width() - 1 else 0
            painter.fillRect(QRectF(left, 0, max(width - gap, 2), self.height()), getattr(colours, series))
            left += width


class Tally(QWidget):
    """The three commonest carriers and the rest with their counts, in words."""

    def __init__(self, bar: TallyBar) -> None:
        super().__init__()
        self._bar = bar
        self._lead = ""
        self._shares: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, lead: str, by_carrier: Mapping[str, int]) -> None:
        """`lead` says what is counted; carriers beyond the third are one share."""
        ranked = sorted(((count, one) for one, count in by_carrier.items() if count), reverse=True)
        self._lead = lead
        self._shares = [(carrier_name(one), count) for count, one in ranked[:3]]
        if len(ranked) > 3:
            self._shares.append((_("Other"), sum(count for count, _one in ranked[3:])))
        self._bar.show_counts([count for _name, count in self._shares])
        told = ", ".join(f"{name} {count}" for name, count in self._shares)
        self.setAccessibleName(f"{lead}: {told}" if told else lead)
        self.update()

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line of words."""
        return QSize(300, theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words in the colours of now."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        top, x, row = 0, 0, self.height()
        painter.setFont(theme.font(12))
        painter.setPen(colours.text2)
        painter.drawText(QRectF(x, top, self.width(), row), middle, self._lead)
        x += painter.fontMetrics().horizontalAdvance(self._lead) + 14
        for (name, count), series in zip(self._shares, _SERIES, strict=False):
            dot = theme.px(8)
            if x + dot + 12 + painter.fontMetrics().horizontalAdvance(f"{name} {count:,}") > self.width():
                break  # the bar and the accessible name have it
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(getattr(colours, series))
            painter.drawEllipse(QRectF(x, top + (row - dot) / 2, dot, dot))
            x += dot + 6
            painter.setPen(colours.text)
            painter.setFont(theme.font(12))
            painter.drawText(QRectF(x, top, 200, row), middle, name)
            x += painter.fontMetrics().horizontalAdvance(name) + 6
            painter.setFont(theme.font(12, 600, tabular=True))
            painter.drawText(QRectF(x, top, 100, row), middle, f"{count:,}")
            x += painter.fontMetrics().horizontalAdvance(f"{count:,}") + 14


class ReadingsTable(RowTable):
    """Rows of 36 px; `opened` is Enter or a double click, `undo` asks to take a line back.

    A double click on recipient, order, department or postage edits it, and F2 the cell that has the focus.
    """

    opened = Signal(object)  # Line
    undo = Signal(object)  # Line

    def __init__(self, model: ReadingsModel) -> None:
        super().__init__(model)
        self._model = model
        self._widths: dict[Column, int] = {}
        self.setModel(model)
        self.use_delegate(CellEditing(self, ROW))
        self.setAccessibleName(_("Today’s readings"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(8)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_wanted)
        self.doubleClicked.connect(self._on_double_clicked)
        model.rowsInserted.connect(self._on_rows_inserted)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        theme.set_font(self.horizontalHeader(), 12, 500)
        self.horizontalHeader().setFixedHeight(theme.px(32))
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self._widths.clear()
        self._measure(range(min(self._model.rowCount(), _WIDEST)))
        self._fit()

    def chosen(self) -> Line | None:
        """The selected line."""
        return self._model.line_at(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes back, F2 edits: the first cell that can be, unless one that can has the focus."""
        if self.state() is QAbstractItemView.State.EditingState:
            return  # the Enter that ends it climbs up here
        self._show_focus(shown=True)
        if event.key() == Qt.Key.Key_F2 and not self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self._edit_first()
            return
        line = self.chosen()
        if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif line is not None and event.key() == Qt.Key.Key_Delete:
            self.undo.emit(line)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first line where none is current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.selectionModel().setCurrentIndex(
                self._model.index(0, Column.NUMBER), self.selectionModel().SelectionFlag.NoUpdate
            )

    # within

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = self._model.line_at(index)
        if line is not None and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif line is not None:
            self.opened.emit(line)

    def _edit_first(self) -> None:
        row = self.currentIndex().row()
        cells = [self._model.index(row, one) for one in EDITABLE if not self.isColumnHidden(one)]
        first = next((one for one in cells if one.flags() & Qt.ItemFlag.ItemIsEditable), None)
        if first is not None:
            self.setCurrentIndex(first)
            self.edit(first)

    def _on_menu_wanted(self, place: QPoint) -> None:
        line = self._model.line_at(self.indexAt(place))
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.reading.outcome in ("asked", "dropped"):
            menu.addAction(_("Decide"), self._on_menu_open)
        elif line.reading.row is not None:
            menu.addAction(_("Open the shipment"), self._on_menu_open)
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            menu.addAction(_("Edit"), self._on_menu_edit)
        if line.reading.outcome == "recorded":
            menu.addAction(_("Take this back"), self._on_menu_undo)
        if not menu.isEmpty():
            menu.popup(self.viewport().mapToGlobal(place))

    def _on_menu_open(self) -> None:
        line = self.chosen()
        if line is not None:
            self.opened.emit(line)

    def _on_menu_edit(self) -> None:
        self.edit(self.currentIndex())

    def _on_menu_undo(self) -> None:
        line = self.chosen()
        if line is not None:
            self.undo.emit(line)

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._measure(range(first, min(last, _WIDEST) + 1)):
            self._fit()
        if first == 0 and self.verticalScrollBar().value() < theme.px(ROW):
            self.scrollToTop()

    def _fit(self) -> None:
        width = self.viewport().width()
        for column, least in _LEAVING:
            self.setColumnHidden(column, width < theme.px(least))
        shown = [one for one in Column if not self.isColumnHidden(one)]
        wanted = {one: self._widths[one] for one in shown}
        wanted[Column.OUTCOME] = theme.px(16) + 22
        wanted[shown[-1]] += 8
        fixed = sum(wanted[one] for one in shown if one not in (Column.WHAT, Column.TO))
        rest = max(width - fixed, 0)
        if Column.TO in shown:
            what = min(wanted[Column.WHAT] + theme.px(12), max(round(rest * 0.55), theme.px(90)))
            wanted[Column.WHAT], wanted[Column.TO] = what, max(rest - what, 0)
        elif Column.WHAT in shown:
            wanted[Column.WHAT] = rest
        else:
            wanted[Column.NUMBER] += rest
        for column in shown:
            self.setColumnWidth(column, wanted[column])

    def _measure(self, rows: range) -> bool:
        """Make the columns as wide as these rows need; whether any grew."""
        grown = False
        for column in Column:
            width = self._widths.get(column, 0) or self._least(column)
            most = theme.px(240 if column is Column.WHAT else 400 if column is Column.NUMBER else 170)
            for row in rows:
                line = self._model.lines[row]
                if column is not Column.NUMBER or line.reading.row is not None:
                    width = max(width, min(look_width(line.looks[column]), most))
            grown = grown or width != self._widths.get(column)
            self._widths[column] = width
        return grown

    def _least(self, column: Column) -> int:
        heading = str(self._model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        wide = theme.metrics(12, 500).horizontalAdvance(heading) + 26
        return max(wide, theme.px({Column.NUMBER: 226, Column.TIME: 80}.get(column, 84)))


class ReadingsCard(QFrame):
    """Heading, tally, chips and table in one card."""

    undo_last = Signal()

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.setObjectName("card")
        self.model = ReadingsModel(zone, self)
        self.table = ReadingsTable(self.model)
        self._zone = zone
        self.more = False  # there are earlier readings today than those shown
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(16, 12, 16, 10)
        upper.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(Text(_("Today’s readings"), 15, 600))
        self._since = Text("", 13, 400, "text2", tabular=True)
        top.addWidget(self._since)
        top.addStretch(1)
        self.undo_button = Button(_("Undo last"), "arrow-back-up", small=True)
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.clicked.connect(self.undo_last)
        top.addWidget(self.undo_button)
        upper.addLayout(top)
        bar = TallyBar()
        self.tally = Tally(bar)
        upper.addWidget(bar)
        below = QHBoxLayout()
        below.setSpacing(10)
        self._waiting = Chip("warn", "alert-triangle", _("to decide"))
        self._refused = Chip("bad", "alert-circle", _("refused"))
        below.addWidget(self.tally, 1)
        below.addWidget(self._waiting, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self._refused, 0, Qt.AlignmentFlag.AlignBottom)
        upper.addLayout(below)
        column.addLayout(upper)
        column.addWidget(self.table, 1)
        self.model.rowsInserted.connect(self._on_lines_changed)
        self.model.rowsRemoved.connect(self._on_lines_changed)
        self.model.dataChanged.connect(self._on_data_changed)
        self._on_lines_changed()

    def _on_data_changed(self, _first: QModelIndex, _last: QModelIndex, roles: list[int]) -> None:
        if roles != [Role.FRESH]:
            self._on_lines_changed()

    def _on_lines_changed(self) -> None:
        lines = self.model.lines
        if lines:
            first = f"{lines[-1].reading.read_at.astimezone(self._zone):%H:%M}"
            told = _("the last {n}, since {time}") if self.more else _("{n} since {time}")
            self._since.setText(told.format(n=f"{len(lines):,}", time=first))
        else:
            self._since.setText(_("none yet"))
        waiting, refused = self.model.waiting(), self.model.refused()
        self._waiting.setVisible(waiting > 0)
        self._refused.setVisible(refused > 0)
        self._waiting.set_look("warn", "alert-triangle", plural("{n} to decide", "{n} to decide", waiting))
        self._refused.set_look("bad", "alert-circle", plural("{n} refused", "{n} refused", refused))
