"""A row of segments of which one is chosen: `Pay | Refund postage | Ship again`."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from mailroom.ui import theme, tokens

_HEIGHT = 30


class _Segment(QAbstractButton):
    """One segment; the chosen one is raised."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(word)
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = theme.metrics(12, 600).horizontalAdvance(self.text())
        return QSize(width + theme.px(22), theme.px(_HEIGHT - 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        group = self.group()
        if step is None or group is None:
            super().keyPressEvent(event)
            return
        buttons = group.buttons()
        following = buttons[(buttons.index(self) + step) % len(buttons)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen:
            painter.setPen(QPen(colours.line2, 1))
            painter.setBrush(colours.raised)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(theme.font(12, 600 if chosen else 500))
        painter.setPen(colours.text if chosen else colours.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(QWidget):
    """Chooses one of a few words; `chosen` carries its place."""

    chosen = Signal(int)

    def __init__(self, name: str, words: tuple[str, ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for place, word in enumerate(words):
            segment = _Segment(word)
            self._group.addButton(segment, place)
            row.addWidget(segment)
            segment.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttons()[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)

    @property
    def place(self) -> int:
        """Which one is chosen, from 0."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Choose one without telling."""
        self._group.button(place).setChecked(True)

    def set_word(self, place: int, word: str) -> None:
        """Show another word in a segment."""
        segment = self._group.button(place)
        segment.setText(word)
        segment.setAccessibleName(word)
        segment.updateGeometry()

    def restyle(self) -> None:
        """Take the new text size."""
        for segment in self._group.buttons():
            segment.updateGeometry()

    def _on_toggled(self, segment: QAbstractButton, on: bool) -> None:
        """Tab stops at the chosen segment; the arrows lead to the others."""
        segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box behind the segments."""
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
