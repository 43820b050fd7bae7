"""A table of whole rows: chosen, painted and kept row by row, with a focus that is seen where a key brought it."""

from typing import Final, NamedTuple, Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.cell_looks import CellLook
from mailroom.ui.cell_painting import RowState, content_box, paint_content, paint_ground
from mailroom.ui.row_pictures import RowPictures
from mailroom.ui.table_delegate import TableDelegate

_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_SPARE: Final = 8  # pictures beyond two screens full: rows on the move


class Looks(Protocol):
    """What a model says of its rows beside what Qt asks."""

    def looks(self, row: int) -> tuple[CellLook, ...]:
        """How the cells of a row look, by column."""

    def freshness(self, row: int) -> float:
        """1 for a new row, fading to 0."""


class _Place(NamedTuple):
    """Where a column stands, in px of the viewport."""

    column: int
    left: int
    width: int
    first: bool
    last: bool


class RowTable(QTableView):
    """Qt asks a delegate cell by cell and for all rows whenever one comes: here a row is painted once.

    A picture stands for all that a row shows, so it serves wherever and whenever the row looks the same.
    """

    def __init__(self, rows: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._delegate: TableDelegate
        self.pictures = RowPictures()
        self.painted = 0  # rows that were not copied, for those who count
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setProperty("ring", "none")
        self.verticalHeader().hide()

    def use_delegate(self, delegate: TableDelegate) -> None:
        """Take the delegate that edits cells and knows the height of rows."""
        self._delegate = delegate
        self.setItemDelegate(delegate)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows within what is to be painted."""
        area, places = event.rect(), self._places()
        top, bottom = self.rowAt(area.top()), self.rowAt(area.bottom())
        if top < 0 or not places:
            return
        height, ratio = self.rowHeight(top), self.devicePixelRatioF()
        made_for = (tokens.current(), theme.px(100), ratio, height, self.layoutDirection(), tuple(places))
        self.pictures.settle(made_for, 2 * (self.viewport().height() // max(height, 1)) + _SPARE)
        painter = QPainter(self.viewport())
        for row in range(top, (bottom if bottom >= 0 else self.model().rowCount() - 1) + 1):
            self._paint_row(painter, row, places, ratio)
        if self.property("keyboard") and self.hasFocus() and self.currentIndex().isValid():
            self._paint_ring(painter, self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press needs no ring: the pointer shows where one is."""
        self._show_focus(shown=False)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus where a key brought it."""
        super().focusInEvent(event)
        self._show_focus(shown=event.reason() in _KEYBOARD)

    # within

    def _show_focus(self, *, shown: bool) -> None:
        if bool(self.property("keyboard")) is not shown:
            self.setProperty("keyboard", shown)
            self.viewport().update()

    def _places(self) -> list[_Place]:
        columns = [one for one in range(self.model().columnCount()) if not self.isColumnHidden(one)]
        return [
            _Place(one, self.columnViewportPosition(one), self.columnWidth(one), one == columns[0], one == columns[-1])
            for one in columns
        ]

    def _paint_row(self, painter: QPainter, row: int, places: list[_Place], ratio: float) -> None:
        looks, fresh = self._rows.looks(row), self._rows.freshness(row)
        chosen = self.selectionModel().isSelected(self.model().index(row, places[0].column))
        state = RowState(chosen, row == self._delegate.hovered, fresh)
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        left, right = min(one.left for one in places), max(one.left + one.width for one in places)
        if 0 < fresh < 1 or not self._on_pixels(left, top, height, ratio):  # a picture would serve once, or be blurred
            painter.save()
            painter.translate(0, top)
            self._paint_cells(painter, looks, state, places, height)
            painter.restore()
            return
        key = (looks, state)
        picture = self.pictures.find(key)
        if picture is None:
            picture = QPixmap(-int(-(right - left) * ratio // 1), round(height * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(tokens.current().surface)  # under a last pixel that the row covers in part
            inside = QPainter(picture)
            inside.setLayoutDirection(self.layoutDirection())
            inside.translate(-left, 0)
            self._paint_cells(inside, looks, state, places, height)
            inside.end()
            self.pictures.keep(key, picture)
        painter.drawPixmap(QPoint(left, top), picture)

    def _on_pixels(self, left: int, top: int, height: int, ratio: float) -> bool:
        """Whether a row begins and ends with whole pixels of the screen: not always so at 125 or 150 %."""
        if ratio.is_integer():
            return True
        corner = self.viewport().mapTo(self.window(), QPoint(left, top))
        return all((one * ratio).is_integer() for one in (corner.x(), corner.y(), height))

    def _paint_cells(
        self, painter: QPainter, looks: tuple[CellLook, ...], state: RowState, places: list[_Place], height: int
    ) -> None:
        self.painted += 1
        for one in places:
            rect = QRect(one.left, 0, one.width, height)
            paint_ground(painter, rect, state, first=one.first)
            box = content_box(rect, first=one.first, last=one.last)
            paint_content(painter, box, looks[one.column], chosen=state.chosen)

    def _paint_ring(self, painter: QPainter, row: int) -> None:
        rect = QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        painter.setPen(QPen(tokens.current().focus, 2))
        painter.setClipRect(rect)
        painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -2))
