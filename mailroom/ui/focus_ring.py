"""A ring around the control that has the keyboard's focus, drawn over the window and never in the way."""

import shiboken6
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

from mailroom.ui import app_filters, tokens

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_OWN_RING = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QScrollArea)
_RADIUS = {"round": -1.0, "tile": 11.0}
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize)
_LEFT = (QEvent.Type.Hide, QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut, QEvent.Type.Destroy)
_FOCUS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)
_OUT = 4  # px from the control to the outer edge of the ring: 2 of space, 2 of ring


class FocusRing(QWidget):
    """Follows the focus inside `window` while keys move it; inputs and tables show the focus themselves.

    Only focus events know why the focus came. The one that leaves the widget before has the same reason, so that one
    widget is looked at, and the whole application only while none has the focus. What stands around a ringed control
    moves it as well (a notice pushes the whole page down), so it is followed, too, as long as the ring is there.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._target: QWidget | None = None
        self._followed: QWidget | None = None  # has the focus, in whatever window
        self._around: tuple[QWidget, ...] = ()  # the target's ancestors inside the window
        self._reason = Qt.FocusReason.OtherFocusReason
        self._looking = True
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._follow(QApplication.focusWidget())

    def close_down(self) -> None:
        """Stop looking: the window closes; a window may be closed again."""
        app = QApplication.instance()
        if self._looking and isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus_changed)
        self._looking = False
        self._let_go()
        self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Surround what a key brought the focus to, follow its moves and sizes, leave with it."""
        kind = event.type()
        if kind in _FOCUS and isinstance(event, QFocusEvent):
            self._reason = event.reason()
        if self._target is None:
            return False
        if kind in _FOLLOWED:
            self._surround()
        elif kind in _LEFT and watched is self._target:
            self._leave()
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

    def _ring(self, target: QWidget) -> None:
        self._target = target
        around, one = [], target.parentWidget()
        while one is not None and one is not self._window:
            one.installEventFilter(self)
            around.append(one)
            one = one.parentWidget()
        self._around = tuple(around)
        self._surround()

    def _leave(self) -> None:
        for one in self._around:
            if shiboken6.isValid(one):
                one.removeEventFilter(self)
        self._around = ()
        self._target = None
        self.hide()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        reason, self._reason = self._reason, Qt.FocusReason.OtherFocusReason
        self._let_go()
        self._leave()
        self._follow(now)
        if now is None:
            return
        own = isinstance(now, _OWN_RING) or now.property("ring") == "none"
        if reason in _BY_KEY and not own and self._window.isAncestorOf(now):
            self._ring(now)

    def _follow(self, now: QWidget | None) -> None:
        self._followed = now
        if now is not None:
            now.installEventFilter(self)
        elif self._window.isVisible():
            app_filters.install(self)

    def _let_go(self) -> None:
        app_filters.remove(self)
        if self._followed is not None and shiboken6.isValid(self._followed):
            self._followed.removeEventFilter(self)
        self._followed = None
