"""The bar beside a claim's amount: how much of the cover is demanded."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.ui import theme, tokens


class CoverBar(QWidget):
    """How much of the cover is demanded, as a bar; red where it is more."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """1 is all of the cover."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(80, theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and what is taken of it."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.line)
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, 4, 4)
        painter.setBrush(colours.bad_line if self._share > 1 else colours.accent)
        whole.setWidth(whole.width() * min(1.0, self._share))
        painter.drawRoundedRect(whole, 4, 4)
