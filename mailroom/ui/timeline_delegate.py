"""Draws the timeline item by item: times at the left, the line with its rings, the words at the right."""

import functools
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.chip import STATUS_LOOKS
from mailroom.ui.timeline_items import TimelineItem
from mailroom.wording import _

ITEM: Final = int(Qt.ItemDataRole.UserRole) + 1  # TimelineItem
POSITION: Final = int(Qt.ItemDataRole.UserRole) + 2  # (is first, is last)

MARGIN: Final = 20  # px at the left and right of a row
TIMES: Final = 82  # px, right-aligned
LINE_X: Final = 104
TEXT_X: Final = 126
TOP: Final = 4
LINE_HEIGHT: Final = 18
TAIL: Final = 14  # px under the last line of an event
RING: Final = 22
DOT: Final = 8
PILL: Final = 24


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of an event's text: its font, its colour token, and the icon before it."""

    text: str
    size: int
    weight: int
    tone: str
    icon: str = ""


def gap_height(days: float) -> int:
    """How tall a silence of so many days is drawn, in px at 100 %."""
    return min(120, round(30 + 6 * days))


class TimelineDelegate(QStyledItemDelegate):
    """Measures and draws the items of a timeline view."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height that an item's wrapped words need in the view's width."""
        item: TimelineItem = index.data(ITEM)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        return QSize(width, _item_height(item, width, theme.px(100)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw an event or a gap with its piece of the line."""
        item: TimelineItem = index.data(ITEM)
        first, last = index.data(POSITION)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.gap:
            _paint_gap(painter, rect, item)
        else:
            _paint_event(painter, rect, item, first, last)
        view = option.widget
        if option.state & QStyle.StateFlag.State_HasFocus and view is not None and view.property("keyboard"):
            painter.setPen(QPen(tokens.current().focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(9, 1, -9, -1), 6, 6)
        painter.restore()


@functools.lru_cache(maxsize=4096)  # a view asks for all of them with every layout, and twice where a bar appears
def _item_height(item: TimelineItem, width: int, _text_size: int) -> int:
    if item.gap:
        return max(theme.px(gap_height(item.gap_days)), theme.px(PILL) + 6)
    text_width = width - theme.px(TEXT_X) - 2 * MARGIN
    height = sum(_height(line, text_width) for line in _lines(item))
    times = len(item.clocks) + 1
    return theme.px(TOP) + max(height, times * theme.px(LINE_HEIGHT)) + theme.px(TAIL)


def _lines(item: TimelineItem) -> list[_Line]:
    lines = [_Line(item.title, 13, 600, "text")]
    lines += [_Line(detail, 13, 400, "text2") for detail in item.details]
    if item.words:
        lines.append(_Line(f"“{item.words}”", 13, 400, "text3"))
    if item.note:
        lines.append(_Line(item.note, 13, 400, "text2"))
    if item.source:
        lines.append(_Line(item.source, 12, 400, "text2", item.source_icon))
    if item.opened:
        lines += [_Line(one, 12, 400, "text", "" if place else "bulb") for place, one in enumerate(item.answer)]
    elif item.asks and item.answer:
        lines.append(_Line(_("What does this mean?"), 12, 500, "accent"))
    return lines


def question_rect(item: TimelineItem, rect: QRect) -> QRect:
    """Where the question stands, or the answer once it is open, in the row `rect`; null where there is none."""
    lines = _lines(item)
    count = len(item.answer) if item.opened else int(item.asks and bool(item.answer))
    if not count:
        return QRect()
    left = rect.left() + MARGIN + theme.px(TEXT_X)
    width = rect.right() - MARGIN - left
    before = sum(_height(line, width) for line in lines[:-count])
    height = sum(_height(line, width) for line in lines[-count:])
    return QRect(left, rect.top() + theme.px(TOP) + before, width, height)


def _height(line: _Line, width: int) -> int:
    return len(_wrapped(line, width)) * theme.px(LINE_HEIGHT)


def _wrapped(line: _Line, width: int) -> tuple[str, ...]:
    """The text in lines that fit: broken between words, inside a word only where it is longer than a line."""
    room = max(40, width - (theme.px(19) if line.icon else 0))
    return broken(line.text, line.size, line.weight, room)


def broken(text: str, size: int, weight: int, room: int) -> tuple[str, ...]:
    """A text in lines of at most `room` px, in the font of that size and weight."""
    return _broken(text, size, weight, room, theme.px(100))


@functools.lru_cache(maxsize=2048)
def _broken(text: str, size: int, weight: int, room: int, _text_size: int) -> tuple[str, ...]:
    layout = QTextLayout(text, theme.font(size, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le")  # Qt counts in 16-bit units
    layout.beginLayout()
    lines = []
    while (row := layout.createLine()).isValid():
        row.setLineWidth(room)
        start = row.textStart() * 2
        lines.append(units[start : start + row.textLength() * 2].decode("utf-16-le").rstrip())
    layout.endLayout()
    return tuple(lines) or ("",)


def _paint_event(painter: QPainter, rect: QRect, item: TimelineItem, first: bool, last: bool) -> None:
    colours = tokens.current()
    middle = rect.top() + theme.px(TOP) + theme.px(LINE_HEIGHT) / 2
    x = rect.left() + MARGIN + theme.px(LINE_X)
    radius = theme.px(RING if item.status or item.recorded else DOT) / 2
    if not first:
        painter.fillRect(QRectF(x - 1, rect.top(), 2, middle - radius - rect.top()), colours.line2)
    if not last:
        below = middle + radius
        painter.fillRect(QRectF(x - 1, below, 2, rect.bottom() + 1 - below), colours.line2)
    _paint_ring(painter, x, middle, radius, item)
    _paint_times(painter, rect, item)
    _paint_words(painter, rect, item)


def _paint_ring(painter: QPainter, x: float, y: float, radius: float, item: TimelineItem) -> None:
    colours = tokens.current()
    if item.status is None and not item.recorded:
        painter.setPen(QPen(colours.line2, 2))
        painter.setBrush(colours.surface)
        painter.drawEllipse(QPointF(x, y), radius, radius)
        return
    if item.status is not None:
        name_of_family, name = STATUS_LOOKS[item.status]
        family = colours.family(name_of_family)
    else:
        family, name = colours.family("neutral"), "scan"
    painter.setPen(QPen(family.line, 1.5))
    painter.setBrush(family.ground)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    size = theme.px(14)
    paint_icon(painter, name, x - size / 2, y - size / 2, size, family.text)


def _paint_times(painter: QPainter, rect: QRect, item: TimelineItem) -> None:
    colours = tokens.current()
    top = rect.top() + theme.px(TOP)
    flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    step = theme.px(LINE_HEIGHT)
    left, width = rect.left() + 6, MARGIN - 6 + theme.px(TIMES)
    painter.setFont(theme.font(12, 500, tabular=True))
    painter.setPen(colours.text)
    painter.drawText(QRect(left, top, width, step), flags, item.day)
    painter.setFont(theme.font(11, 500, tabular=True))
    painter.setPen(colours.text3)
    for place, clock in enumerate(item.clocks, 1):
        painter.drawText(QRect(left, top + place * step, width, step), flags, clock)


def _paint_words(painter: QPainter, rect: QRect, item: TimelineItem) -> None:
    colours = tokens.current()
    left = rect.left() + MARGIN + theme.px(TEXT_X)
    width = rect.right() - MARGIN - left
    y = rect.top() + theme.px(TOP)
    step = theme.px(LINE_HEIGHT)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for line in _lines(item):
        colour = getattr(colours, line.tone)
        indent = 0
        if line.icon:
            indent = theme.px(19)
            size = theme.px(14)
            paint_icon(painter, line.icon, left, y + (step - size) / 2, size, colour)
        painter.setFont(theme.font(line.size, line.weight))
        painter.setPen(colour)
        for row in _wrapped(line, width):
            painter.drawText(QRect(left + indent, y, width - indent + 2, step), flags, row)
            y += step


def _paint_gap(painter: QPainter, rect: QRect, item: TimelineItem) -> None:
    colours = tokens.current()
    family = colours.family("warn" if item.warned else "neutral")
    x = rect.left() + MARGIN + theme.px(LINE_X)
    pen = QPen(family.line, 2)
    pen.setDashPattern([2.5, 2])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
    chosen = theme.font(12, 600)
    painter.setFont(chosen)
    icon, height = theme.px(14), theme.px(PILL)
    left = rect.left() + MARGIN + theme.px(TEXT_X) - theme.px(8)
    metrics = QFontMetrics(chosen)
    room = max(rect.right() - left - icon - theme.px(26), 0)  # the days come first; what follows may be shortened
    shown = metrics.elidedText(item.gap, Qt.TextElideMode.ElideRight, room)
    width = metrics.horizontalAdvance(shown) + icon + theme.px(26)
    box = QRectF(left, rect.center().y() - height / 2 + 0.5, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(family.ground)
    painter.drawRoundedRect(box, 6, 6)
    paint_icon(painter, "hourglass", left + theme.px(8), box.center().y() - icon / 2, icon, family.text)
    painter.setPen(family.text)
    words = box.adjusted(theme.px(16) + icon - theme.px(2), 0, 0, 0)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
