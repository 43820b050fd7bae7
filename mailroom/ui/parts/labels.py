"""Labels: plain text only, with a size, a weight and a tone from the tokens."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from mailroom.ui import theme


class Text(QLabel):
    """A line or paragraph of text that is never taken for HTML."""

    def __init__(
        self,
        text: str = "",
        size: int = 13,
        weight: int = 400,
        tone: str = "",
        *,
        tabular: bool = False,
        slashed: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        theme.set_font(self, size, weight, tabular=tabular, slashed=slashed)

    def set_tone(self, tone: str) -> None:
        """Take another colour: text2, text3, accent or a family's name; empty for plain text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            theme.polish(self)

    def selectable(self) -> "Text":
        """Let the text be marked and copied by mouse and keyboard."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return self


class ElidedText(Text):
    """A line that gives way with an ellipsis where it is narrow; the whole text stays its accessible name."""

    def __init__(
        self, text: str = "", size: int = 13, weight: int = 400, tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", size, weight, tone, parent=parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_whole(text)

    @property
    def whole(self) -> str:
        """The text without the ellipsis."""
        return self._whole

    def set_whole(self, text: str) -> None:
        """Show `text`, cut at the right where it does not fit."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Cut the text anew."""
        self._fit()

    def restyle(self) -> None:
        """Cut the text anew in the new font."""
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(width, 16)))
        self.setToolTip(plain_tip(self._whole) if self.text() != self._whole else "")


def plain_tip(text: str) -> str:
    """A text for a tooltip that Qt cannot take for HTML: it is escaped HTML then."""
    return f"<span>{html.escape(text)}</span>" if text else ""


def hairline() -> QFrame:
    """A horizontal line of one pixel."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


def upright_hairline() -> QFrame:
    """A vertical line of one pixel."""
    line = QFrame()
    line.setObjectName("uprightHairline")
    return line
