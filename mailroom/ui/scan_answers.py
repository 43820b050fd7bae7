"""The colours of the band, and the answers that it offers as buttons."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.parts.key_cap import key_cap_size, paint_key_cap


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: `id` goes back, `keys` starts it."""

    id: str
    text: str
    keys: str
    primary: bool = False


def band_colours(look: str) -> tuple[QColor, QColor, QColor | None]:
    """Ground, ink, border of a look, asked anew in every paint."""
    theme_now = tokens.current()
    if look == "recorded":
        return theme_now.band_ok, theme_now.on_band_ok, None
    if look == "ask":
        return theme_now.band_ask, theme_now.on_band_ask, None
    if look == "refused":
        return theme_now.band_no, theme_now.on_band_no, None
    if look == "command":
        return theme_now.soft, theme_now.soft_text, theme_now.accent
    return theme_now.raised, theme_now.text, theme_now.line2


class AnswerButton(QAbstractButton):
    """An answer with its key beside it, in the ink of the band."""

    def __init__(self, answer: Answer, band: QWidget) -> None:
        super().__init__(band)
        self.answer = answer
        self.setText(answer.text)
        self.setAccessibleName(f"{answer.text}, {answer.keys}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", "none")

    def sizeHint(self) -> QSize:
        """Button, gap, key."""
        text = theme.metrics(14, 600).horizontalAdvance(self.text())
        return QSize(text + theme.px(32) + 8 + key_cap_size(self.answer.keys).width(), theme.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled where it is the safe answer, outlined otherwise; a second outline shows the focus."""
        ground, ink, _border = band_colours("ask")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap = key_cap_size(self.answer.keys)
        box = QRectF(1, 1, self.width() - cap.width() - 10, self.height() - 2)
        filled = self.answer.primary
        painter.setPen(QPen(ink, 2))
        painter.setBrush(ink if filled else ground)
        painter.drawRoundedRect(box, 7, 7)
        if self.hasFocus():
            painter.setPen(QPen(ground if filled else ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), 4, 4)
        painter.setPen(ground if filled else ink)
        painter.setFont(theme.font(14, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        key = QRectF(self.width() - cap.width(), (self.height() - cap.height()) / 2, cap.width(), cap.height())
        paint_key_cap(painter, key, self.answer.keys, ink, ink, ground)
