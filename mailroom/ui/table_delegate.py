"""One delegate for all tables: two lines or one, a chip, a tone, a tracking number that is never cut."""

import functools
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from mailroom.domain.status import Status
from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.chip import STATUS_LOOKS, chip_size, paint_chip
from mailroom.ui.table_roles import Role

TWO_LINES: Final = 48  # px, height of a row with two lines
ONE_LINE: Final = 34  # px, height of a dense row
PADDING: Final = 8  # px at both sides of a cell
EDGE: Final = 16  # px before the first and after the last column
_BAR: Final = 3  # px, accent bar of the selected row
_ICON: Final = 16
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight)

Index = QModelIndex | QPersistentModelIndex


def number_font() -> QFont:
    """The font of tracking numbers in tables: tabular figures, slashed zero."""
    return theme.font(13, 500, tabular=True, slashed=True)


def cell_width(index: Index) -> int:
    """How wide a cell's content is without being cut, in px, padding included."""
    status = index.data(Role.STATUS)
    return content_width(
        str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
        str(index.data(Role.SECOND) or ""),
        Status(status) if status else None,
        str(index.data(Role.ICON) or ""),
        number=bool(index.data(Role.NUMBER)),
    )


def content_width(text: str, second: str = "", status: Status | None = None, icon: str = "", *, number: bool) -> int:
    """The width of such content, for models that are measured without Qt in between."""
    if status is not None:
        return chip_size(text, STATUS_LOOKS[status][1]).width() + 2 * PADDING
    scale = theme.px(100)
    first = _advance(text, 13, 500 if number else 400, number, scale)
    below = _advance(second, 12, 400, False, scale) if second else 0
    return max(first + (theme.px(_ICON) + 6 if icon else 0), below) + 2 * PADDING + 2


@functools.lru_cache(maxsize=4096)
def _advance(text: str, size: int, weight: int, number: bool, scale: int) -> int:
    """The width of a text in px; `scale` keeps answers of another text size apart."""
    return _metrics(size, weight, number, scale).horizontalAdvance(text)


@functools.lru_cache(maxsize=32)
def _metrics(size: int, weight: int, number: bool, _scale: int) -> QFontMetrics:
    return QFontMetrics(theme.font(size, weight, tabular=number, slashed=number))


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
        self._hovered = -1
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
        self._paint_ground(painter, option, index, chosen)
        first, last = edges(self._view.horizontalHeader(), index.column())
        left = option.rect.left() + (EDGE if first else PADDING)
        right = option.rect.right() - (EDGE if last else PADDING)
        box = QRect(left, option.rect.top(), right - left + 1, option.rect.height())
        self._paint_content(painter, box, index, chosen=chosen)
        if self._view.property("keyboard") and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_focus(painter, option.rect)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool) -> None:
        colours, rect = tokens.current(), option.rect
        fresh = float(index.data(Role.FRESH) or 0.0)
        ground, bar = colours.surface, None
        if chosen:
            ground, bar = colours.soft, colours.accent
        elif fresh > 0:
            ground, bar = _mixed(colours.surface, colours.good_bg, fresh), _mixed(colours.surface, colours.good, fresh)
        elif index.row() == self._hovered:
            ground = colours.hover
        painter.fillRect(rect, ground)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
        if bar is not None and edges(self._view.horizontalHeader(), index.column())[0]:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), bar)

    def _paint_content(self, painter: QPainter, box: QRect, index: Index, *, chosen: bool) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        second = str(index.data(Role.SECOND) or "")
        if status := index.data(Role.STATUS):
            paint_chip(painter, box, Status(status), outlined=chosen)  # Qt hands an enum of text back as plain text
            return
        name = str(index.data(Role.ICON) or "")
        if not (text or second or name):  # most cells of a reading: a row is painted again with each new one
            return
        colours = tokens.current()
        align = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or _LEFT)
        upper = box
        if second:
            half = theme.px(TWO_LINES) // 2
            middle = box.center().y() + 1
            upper = QRect(box.left(), middle - half + theme.px(5), box.width(), half - theme.px(5))
            lower = QRect(box.left(), middle - theme.px(1), box.width(), half - theme.px(5))
            _draw(painter, lower, align, second, _font(12, 400), colours.text2)
        tone = getattr(colours, str(index.data(Role.TONE) or "text"))
        if name:
            size = theme.px(_ICON)
            paint_icon(painter, name, upper.left(), upper.center().y() - size / 2 + 1, size, tone)
            upper = upper.adjusted(size + 6, 0, 0, 0)
        number = bool(index.data(Role.NUMBER))
        _draw(painter, upper, align, text, _first_font(index, align, number=number), tone, whole=number)

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
        if row != self._hovered:
            self._hovered = row
            self._view.viewport().update()


def _first_font(index: Index, align: int, *, number: bool) -> QFont:
    if number:
        return _font(13, 500, tabular=True, slashed=True)
    return _font(13, 500 if index.data(Role.STRONG) else 400, tabular=bool(align & _AT_RIGHT))


def _font(size: int, weight: int, *, tabular: bool = False, slashed: bool = False) -> QFont:
    return _made_font(size, weight, tabular, slashed, theme.px(100))


@functools.lru_cache(maxsize=64)
def _made_font(size: int, weight: int, tabular: bool, slashed: bool, _scale: int) -> QFont:
    """A font takes longer to make than a cell to paint; `_scale` keeps those of another text size apart."""
    return theme.font(size, weight, tabular=tabular, slashed=slashed)


def _draw(
    painter: QPainter, box: QRect, align: int, text: str, font: QFont, colour: QColor, *, whole: bool = False
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = text if whole else painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | int(Qt.TextFlag.TextSingleLine), shown)


def _mixed(ground: QColor, tint: QColor, share: float) -> QColor:
    def part(one: int, other: int) -> int:
        return round(one + (other - one) * min(1.0, share))

    return QColor(part(ground.red(), tint.red()), part(ground.green(), tint.green()), part(ground.blue(), tint.blue()))
