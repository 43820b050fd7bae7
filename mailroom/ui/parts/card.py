"""Cards: a bordered pane with a title, an icon and a line beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.labels import Text


class Symbol(QWidget):
    """An icon standing alone as decoration, in a token's colour."""

    def __init__(self, icon: str, size: int = 16, tone: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._size, self._tone = icon, size, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def set_icon(self, icon: str, tone: str = "") -> None:
        """Show another icon, perhaps in another token's colour."""
        self._icon, self._tone = icon, tone or self._tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon in the colour of now."""
        colour = getattr(tokens.current(), self._tone)
        paint_icon(QPainter(self), self._icon, 0, 0, self.width(), colour)


class Card(QFrame):
    """A card. Put content into `body`; `top` is the title's row, for buttons at its right."""

    def __init__(
        self, title: str = "", aside: str = "", icon: str = "", *, tone: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(10)
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.title = Text(title, 15, 600)
        self.aside = Text(aside, 12, 400, "text3")
        if title:
            if icon:
                self.top.addWidget(Symbol(icon, 18, tone), 0, Qt.AlignmentFlag.AlignVCenter)
            self.top.addWidget(self.title)
            self.top.addStretch(1)
            self.top.addWidget(self.aside)
            self.body.addLayout(self.top)

    def set_compact(self, *, compact: bool) -> None:
        """Less air inside, for low windows."""
        self.body.setContentsMargins(16, 9 if compact else 14, 16, 10 if compact else 16)
        self.body.setSpacing(5 if compact else 10)


class Inset(QFrame):
    """A sunken box inside a pane, with a layout `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inset")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 10, 12, 10)
        self.body.setSpacing(6)
