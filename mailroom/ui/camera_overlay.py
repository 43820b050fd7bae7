"""What is painted over the camera's picture: outlines with tags, the corners while nothing is there, hints."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from mailroom.domain.recognition import Recognition
from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.wording.carriers import carrier_name
from mailroom.wording.numbers import grouped

_DARK = tokens.DARK
_COLOURS = {"ask": _DARK.warn, "refused": _DARK.bad}

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Overlay:
    """What the last frame showed: payload and corners of each code, corners of unread bars, a hint's code."""

    size: tuple[int, int] = (1, 1)  # pixels of the frame that the corners are in
    codes: tuple[tuple[str, Corners], ...] = ()
    unread: tuple[Corners, ...] = ()
    hint: str = ""


def tag_of(recognition: Recognition) -> str:
    """What a code in the picture is called: carrier and the end of its number; empty for one that names no piece."""
    best = recognition.best or next(iter(recognition.candidates), None)
    if best is None:
        return ""
    end = grouped(best.tracking_number).replace(" ", "")[-6:]
    return f"{carrier_name(best.carrier)} …{end[:-2]} {end[-2:]}"


def paint_codes(
    painter: QPainter, codes: list[tuple[QPolygonF, str]], unread: list[QPolygonF], look: str, free: QRectF
) -> None:
    """Outline unread bars thinly; codes that were taken thickly in the band's colour, tagged where they are numbers."""
    for shape in unread:
        _outline(painter, shape, _DARK.text, 1.6)
    colour = _COLOURS.get(look, _DARK.good)
    for shape, tag in codes:
        _outline(painter, shape, colour if tag else _DARK.text, 3 if tag else 1.6)
    boxes = [shape.boundingRect() for shape, _tag in codes]
    tags: list[QRectF] = []
    for at, (_shape, tag) in enumerate(codes):
        if tag:
            others = boxes[:at] + boxes[at + 1 :]
            tags.append(_paint_tag(painter, tag, boxes[at], colour, free, tags, others))


def paint_corners(painter: QPainter, free: QRectF) -> None:
    """Four corners: here the label is looked for."""
    ink = QColor(_DARK.text)
    ink.setAlpha(190)
    painter.setPen(QPen(ink, 2))
    wide, tall, arm = free.width() * 0.62, free.height() * 0.74, theme.px(14)
    box = QRectF(free.center().x() - wide / 2, free.center().y() - tall / 2, wide, tall)
    for x, toward in ((box.left(), 1), (box.right(), -1)):
        for y, down in ((box.top(), 1), (box.bottom(), -1)):
            painter.drawPolyline([QPointF(x + toward * arm, y), QPointF(x, y), QPointF(x, y + down * arm)])


def paint_hint(painter: QPainter, text: str, free: QRectF) -> None:
    """What would help, in a pill at the top."""
    font = theme.font(14, 600)
    painter.setFont(font)
    size = theme.px(18)
    wide = painter.fontMetrics().horizontalAdvance(text) + size + theme.px(26)
    pill = QRectF(free.center().x() - wide / 2, free.top() + 2, wide, theme.px(30))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_DARK.band_ask)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    left = pill.left() + theme.px(10)
    paint_icon(painter, "bulb", round(left), round(pill.center().y() - size / 2), size, _DARK.on_band_ask)
    painter.setPen(_DARK.on_band_ask)
    box = pill.adjusted(theme.px(10) + size + 6, 0, 0, 0)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _outline(painter: QPainter, shape: QPolygonF, colour: QColor, wide: float) -> None:
    """A line that is seen on white paper and on a dark desk: it has dark edges."""
    edge = QColor(_DARK.canvas)
    edge.setAlpha(190)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((edge, wide + 2.4), (QColor(colour), wide)):
        pen = QPen(ink, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(shape)


def _paint_tag(
    painter: QPainter,
    text: str,
    code: QRectF,
    colour: QColor,
    free: QRectF,
    tags: list[QRectF],
    codes: list[QRectF],
) -> QRectF:
    """The tag stands on the code, or under or in it where there is no room; it never leaves the picture.

    It covers no other tag, and another code only where no place is left.
    """
    font = theme.font(12, 600, tabular=True, slashed=True)
    painter.setFont(font)
    wide, tall = painter.fontMetrics().horizontalAdvance(text) + theme.px(14), theme.px(22)
    left = max(free.left(), min(code.left(), free.right() - wide))
    places = [QRectF(left, top, wide, tall) for top in (code.top() - tall - 3, code.bottom() + 3, code.top())]
    fitting = [one for one in places if free.contains(one) and not any(one.intersects(other) for other in tags)]
    fitting.sort(key=lambda one: any(one.intersects(other) for other in codes))
    tag = next(iter(fitting), QRectF(left, max(free.top(), min(code.top(), free.bottom() - tall)), wide, tall))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setPen(_DARK.canvas)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)
    return tag
