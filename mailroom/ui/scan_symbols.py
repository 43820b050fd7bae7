"""The band's symbols, painted: scan frame, circle with tick, triangle with question mark, octagon with cross."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from mailroom.ui import theme
from mailroom.ui.icons import paint_icon

Paint = Callable[[QPainter, QRectF, QColor, QColor], None]

_BARS = (3, 1, 2, 1, 1, 3, 2, 1, 3)  # widths of bars in units


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _frame(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Four corners around a few bars: where a label goes."""
    painter.setPen(_pen(ink, 5.5 * box.width() / 92))
    inner = box.adjusted(6, 12, -6, -12)
    arm = inner.width() * 0.2
    for x, step in ((inner.left(), 1), (inner.right(), -1)):
        for y, down in ((inner.top(), 1), (inner.bottom(), -1)):
            corner = QPolygonF([QPointF(x, y + down * arm), QPointF(x, y), QPointF(x + step * arm, y)])
            painter.drawPolyline(corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    unit = inner.width() * 0.68 / (sum(_BARS) + len(_BARS) - 1)
    left = inner.left() + inner.width() * 0.16
    for width in _BARS:
        painter.drawRect(QRectF(left, inner.top() + inner.height() * 0.25, width * unit, inner.height() * 0.5))
        left += (width + 1) * unit


def _tick(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """A disc with a tick cut out."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(box)
    painter.setPen(_pen(ground, box.width() * 0.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_points(box, ((0.29, 0.52), (0.44, 0.66), (0.72, 0.36))))


def _question(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """A triangle with a question mark cut out."""
    painter.setPen(_pen(ink, box.width() * 0.1))
    painter.setBrush(ink)
    painter.drawPolygon(_points(box, ((0.5, 0.1), (1.0, 0.92), (0.0, 0.92))))
    painter.setPen(ground)
    painter.setFont(theme.font(46, 700))
    painter.drawText(box.adjusted(0, box.height() * 0.26, 0, 0), Qt.AlignmentFlag.AlignCenter, "?")


def _cross(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """An octagon with a cross cut out."""
    path = QPainterPath()
    radius = box.width() / 2 / math.cos(math.pi / 8) * 0.98
    for at in range(8):
        angle = math.pi / 8 + at * math.pi / 4
        point = QPointF(box.center().x() + radius * math.cos(angle), box.center().y() + radius * math.sin(angle))
        path.lineTo(point) if at else path.moveTo(point)
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(path)
    painter.setPen(_pen(ground, box.width() * 0.1))
    painter.drawPolyline(_points(box, ((0.34, 0.34), (0.66, 0.66))))
    painter.drawPolyline(_points(box, ((0.66, 0.34), (0.34, 0.66))))


def icon_symbol(name: str) -> Paint:
    """An icon in the symbol's place."""

    def paint(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
        size = round(box.width() * 0.86)
        offset = (box.width() - size) / 2
        paint_icon(painter, name, box.left() + offset, box.top() + offset, size, ink)

    return paint


def _points(box: QRectF, places: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in places])


SYMBOLS: dict[str, Paint] = {
    "ready": _frame,
    "recorded": _tick,
    "ask": _question,
    "refused": _cross,
    "repeated": icon_symbol("repeat"),
    "command": icon_symbol("arrow-back-up"),
}
