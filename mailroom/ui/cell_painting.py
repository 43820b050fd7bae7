"""How a cell of a table is painted: ground, hairline, bar, then its content: two lines or one, a chip, an icon."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from mailroom.ui import theme, tokens
from mailroom.ui.cell_looks import ICON, PADDING, CellLook
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.chip import paint_chip

TWO_LINES: Final = 48  # px, height of a row with two lines
ONE_LINE: Final = 34  # px, height of a dense row
EDGE: Final = 16  # px before the first and after the last column
_BAR: Final = 3  # px, accent bar of the selected row
_TO_THE_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight)


@dataclass(frozen=True, slots=True)
class RowState:
    """What a row looks like beside its cells."""

    chosen: bool = False
    hovered: bool = False
    fresh: float = 0.0  # 1 for a new row, fading to 0


def paint_ground(painter: QPainter, rect: QRect, state: RowState, *, first: bool) -> None:
    """The ground of a cell with its hairline; the bar where it is the first of its row."""
    colours = tokens.current()
    ground, bar = colours.surface, None
    if state.chosen:
        ground, bar = colours.soft, colours.accent
    elif state.fresh > 0:
        ground = _mixed(colours.surface, colours.good_bg, state.fresh)
        bar = _mixed(colours.surface, colours.good, state.fresh)
    elif state.hovered:
        ground = colours.hover
    painter.fillRect(rect, ground)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colours.line)
    if bar is not None and first:
        painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), bar)


def content_box(rect: QRect, *, first: bool, last: bool) -> QRect:
    """Where the content of a cell stands; the first and the last column keep away from the edges."""
    left = rect.left() + (EDGE if first else PADDING)
    right = rect.right() - (EDGE if last else PADDING)
    return QRect(left, rect.top(), right - left + 1, rect.height())


def paint_content(painter: QPainter, box: QRect, look: CellLook, *, chosen: bool) -> None:
    """What a cell says."""
    if look.status is not None:
        paint_chip(painter, box, look.status, word=look.text, outlined=chosen)
        return
    if not (look.text or look.second or look.icon):
        return
    colours = tokens.current()
    upper = box
    if look.second:
        half = theme.px(TWO_LINES) // 2
        middle = box.center().y() + 1
        upper = QRect(box.left(), middle - half + theme.px(5), box.width(), half - theme.px(5))
        lower = QRect(box.left(), middle - theme.px(1), box.width(), half - theme.px(5))
        _draw(painter, lower, look.align, look.second, theme.font(12), colours.text2)
    tone = getattr(colours, look.tone or "text")
    if look.icon:
        size = theme.px(ICON)
        paint_icon(painter, look.icon, upper.left(), upper.center().y() - size / 2 + 1, size, tone)
        upper = upper.adjusted(size + 6, 0, 0, 0)
    _draw(painter, upper, look.align, look.text, _first_font(look), tone, whole=look.number)


def _first_font(look: CellLook) -> QFont:
    if look.number:
        return theme.font(13, 500, tabular=True, slashed=True)
    return theme.font(13, 500 if look.strong else 400, tabular=bool(look.align & _TO_THE_RIGHT))


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
