"""A field to sign in with mouse, pen or finger; what was drawn becomes a PNG."""

from itertools import pairwise

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.wording import _

_SIZE = (900, 260)  # px of the picture
_LEAST = 12  # px of line: less is a slip of the hand


class SignaturePad(QWidget):
    """Strokes are kept as shares of the field, so that a resize loses nothing. Del clears it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[QPointF]] = []
        self.setAccessibleName(_("Signature"))
        self.setAccessibleDescription(_("Signed with mouse, pen or finger; Delete clears it"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def signed(self) -> bool:
        """Whether there is more than a dot on it."""
        wide, high = _SIZE
        length = 0.0
        for stroke in self._strokes:
            for first, second in pairwise(stroke):
                length += abs(second.x() - first.x()) * wide + abs(second.y() - first.y()) * high
        return length > _LEAST

    def clear(self) -> None:
        """Sign anew."""
        self._strokes.clear()
        self.changed.emit()
        self.update()

    def picture(self) -> bytes:
        """Black on white, a PNG; empty where nothing was signed."""
        if not self.signed:
            return b""
        image = QImage(*_SIZE, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._draw(painter, QRectF(image.rect()), QColor("black"), 4)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(420), theme.px(122))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._strokes.append([self._share(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._strokes:
            self._strokes[-1].append(self._share(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field with its line, then the strokes."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.focus if self.hasFocus() else colours.line2, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        base = self.height() * 0.78
        painter.setPen(QPen(colours.line2, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(16, base), QPointF(self.width() - 16, base))
        if not self._strokes:
            painter.setPen(colours.text2)
            painter.setFont(theme.font(12))
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), Qt.AlignmentFlag.AlignTop, _("Sign here"))
        self._draw(painter, QRectF(self.rect()), colours.text, 2)

    def _draw(self, painter: QPainter, box: QRectF, ink: QColor, wide: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(ink, wide)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([QPointF(at.x() * box.width(), at.y() * box.height()) for at in stroke]))

    def _share(self, at: QPointF) -> QPointF:
        x = min(max(at.x() / max(self.width(), 1), 0.0), 1.0)
        y = min(max(at.y() / max(self.height(), 1), 0.0), 1.0)
        return QPointF(x, y)
