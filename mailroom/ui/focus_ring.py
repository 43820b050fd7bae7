"""A ring around the control that has the keyboard's focus, drawn over the window and never in the way."""

import contextlib

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from mailroom.ui import tokens

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_OWN_RING = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QScrollArea)
_RADIUS = {"round": -1.0, "tile": 11.0}
_OUT = 4  # px from the control to the outer edge of the ring: 2 of space, 2 of ring


class FocusRing(QWidget):
    """Follows the focus inside `window` while keys move it; inputs and tables show the focus themselves."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._target: QWidget | None = None
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        if now is None or isinstance(now, _OWN_RING) or not self._window.isAncestorOf(now):
            return
        if now.property("ring") == "none":
            return
        # The reason is known to the widget only; its focus event comes right after this signal.
        now.installEventFilter(self)
        self._target = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the reason from the focus event, and follow moves and sizes."""
        if watched is not self._target:
            return False
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() in _BY_KEY:
                self._surround()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._surround()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring: 2 px, radius of the control and three."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.current().focus, 2))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        asked = _RADIUS.get(str(self._target.property("ring") or ""), 9.0) if self._target else 9.0
        radius = box.height() / 2 if asked < 0 else asked
        painter.drawRoundedRect(box, radius, radius)

    def _surround(self) -> None:
        if self._target is None:
            return
        corner = self._target.mapTo(self._window, QPoint(0, 0))
        box = QRect(corner, self._target.size()).adjusted(-_OUT, -_OUT, _OUT, _OUT)
        self.setGeometry(box)
        self.raise_()
        self.show()

    def _leave(self) -> None:
        if self._target is not None:
            with contextlib.suppress(RuntimeError):  # the control was deleted with the focus on it
                self._target.removeEventFilter(self)
            self._target = None
        self.hide()
