"""A key as it is printed on a keyboard, for hints such as Ctrl K."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.ui import theme, tokens


def key_cap_size(keys: str) -> QSize:
    """How large a cap with these keys is, in px."""
    width = theme.metrics(11, 500).horizontalAdvance(keys)
    return QSize(width + theme.px(12), theme.px(20))


def paint_key_cap(painter: QPainter, box: QRectF, keys: str, ink: QColor, border: QColor, ground: QColor) -> None:
    """Paint a cap that fills `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(ink)
    painter.setFont(theme.font(11, 500))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()


class KeyCap(QWidget):
    """A painted key; decoration beside a control that has the key in its own name."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its keys."""
        return key_cap_size(self._keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cap in the colours of now."""
        colours = tokens.current()
        paint_key_cap(QPainter(self), QRectF(self.rect()), self._keys, colours.text2, colours.line, colours.surface)
