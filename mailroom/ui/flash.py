"""A frame around the whole window that lights up with each outcome, for those who do not hear the sounds."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mailroom.ui import theme
from mailroom.ui.desk import Desk
from mailroom.ui.scan_answers import band_colours

_WIDE = 14  # px
_LIT, _DARK = 320, 180  # ms; two flashes a second at most, far below what is dangerous (WCAG 2.3.1: three)
_TIMES = {"recorded": 1, "repeated": 1, "command": 1, "ask": 2, "refused": 3}


class FlashFrame(QWidget):
    """A child of the window that lets the mouse through. Shown where the desk's setting says so."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._look = ""
        self._left = 0
        self.flashes = 0  # how many were begun, for those who count
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        window.installEventFilter(self)
        self.hide()

    def show_look(self, look: str) -> None:
        """Light up in the colours of this outcome: once where it was done, more often where somebody is needed."""
        if not self._desk.settings.flash or look not in _TIMES:
            return
        self._look, self._left = look, _TIMES[look]
        self._light()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame."""
        ground, _ink, border = band_colours(self._look)
        wide = theme.px(_WIDE)
        painter = QPainter(self)
        painter.setPen(QPen(border or ground, wide))
        painter.drawRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2))

    def _light(self) -> None:
        self._left -= 1
        self.flashes += 1
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self._timer.start(_LIT)

    def _on_time(self) -> None:
        if self.isVisible():
            self.hide()
            if self._left > 0:
                self._timer.start(_DARK)
        else:
            self._light()
