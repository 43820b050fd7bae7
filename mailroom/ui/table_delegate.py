"""One delegate for all tables: two lines or one, a chip, a tone, a tracking number that is never cut."""

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.cell_looks import PADDING, Index, look_of, look_width
from mailroom.ui.cell_painting import EDGE, TWO_LINES, RowState, content_box, paint_content, paint_ground
from mailroom.ui.table_roles import Role


def number_font() -> QFont:
    """The font of tracking numbers in tables: tabular figures, slashed zero."""
    return theme.font(13, 500, tabular=True, slashed=True)


def cell_width(index: Index) -> int:
    """How wide a cell's content is without being cut, in px, padding included."""
    return look_width(look_of(index))


class TableHeader(QHeaderView):
    """The titles of the columns, in line with the cells; names as long as they are, never cut by Qt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(10)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        theme.set_font(self, 12, 500)
        self.setFixedHeight(theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Ground, hairlines and the title."""
        colours = tokens.current()
        painter.fillRect(rect, colours.sunken)
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), colours.line)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
        first, last = edges(self, section)
        box = rect.adjusted(EDGE if first else PADDING, 0, -(EDGE if last else PADDING), 0)
        model = self.model()
        align = model.headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        title = str(model.headerData(section, self.orientation()) or "")
        painter.setFont(self.font())
        painter.setPen(colours.text2)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(box, int(align or Qt.AlignmentFlag.AlignVCenter), shown)


def edges(header: QHeaderView, column: int) -> tuple[bool, bool]:
    """Whether a column is the first and whether it is the last of those shown."""
    count = header.count()
    first = next((at for at in range(count) if not header.isSectionHidden(at)), -1)
    last = next((at for at in range(count - 1, -1, -1) if not header.isSectionHidden(at)), -1)
    return column == first, column == last


class TableDelegate(QStyledItemDelegate):
    """Draws cells from the roles of `table_roles`; `row_height` is the height of a row at 100 %."""

    def __init__(self, view: QTableView, row_height: int = TWO_LINES) -> None:
        super().__init__(view)
        self._view = view
        self.row_height = row_height
        self.hovered = -1  # the row under the pointer
        view.setMouseTracking(True)
        view.entered.connect(self._on_entered)
        view.viewportEntered.connect(self._on_left)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the content, as high as the rows are now."""
        return QSize(cell_width(index), theme.px(self.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: ground, hairline, bar, content, focus."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        row, rect = index.row(), option.rect
        first, last = edges(self._view.horizontalHeader(), index.column())
        state = RowState(chosen, row == self.hovered, float(index.data(Role.FRESH) or 0.0))
        paint_ground(painter, rect, state, first=first)
        self._paint_content(painter, content_box(rect, first=first, last=last), index, chosen=chosen)
        if self._view.property("keyboard") and self._view.hasFocus() and row == self._view.currentIndex().row():
            self._paint_focus(painter, rect)
        painter.restore()

    def _paint_content(self, painter: QPainter, box: QRect, index: Index, *, chosen: bool) -> None:
        paint_content(painter, box, look_of(index), chosen=chosen)

    def _paint_focus(self, painter: QPainter, rect: QRect) -> None:
        row = QRect(rect)
        row.setLeft(0)
        row.setWidth(self._view.viewport().width())
        painter.setPen(QPen(tokens.current().focus, 2))
        painter.setClipRect(rect)
        painter.drawRect(QRectF(row).adjusted(1, 1, -1, -2))

    def _on_entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _on_left(self) -> None:
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row == self.hovered:
            return
        before, self.hovered = self.hovered, row
        viewport = self._view.viewport()
        for one in (before, row):
            if one >= 0:
                viewport.update(0, self._view.rowViewportPosition(one), viewport.width(), self._view.rowHeight(one))
