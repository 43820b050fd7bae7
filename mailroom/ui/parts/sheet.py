"""A dialog inside the window: the page dimmed, one pane of 600 px with title, body and buttons. Esc closes it."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mailroom.ui import theme, tokens
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.ui.tab_order import in_reading_order
from mailroom.wording import _

_MARGIN = 24
_ENTER_SUBMITS = (QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)


class Sheet(QDialog):
    """Put inputs into `body` and buttons into `buttons` (primary last); `open()` shows it over `window`.

    Enter in a line, a drop-down or a check box presses the primary button, Ctrl+Enter does everywhere.
    It is a child of the window, not a window of its own: a scanner's reading is still recorded while it is open.
    """

    def __init__(self, window: QWidget, title: str, about: str = "", width: int = 600) -> None:
        super().__init__(window)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self._window = window
        self._before: QWidget | None = None
        self._width = width
        self._primary: Button | None = None
        self._presses: dict[QWidget, Button | None] = {}
        self.pane = QFrame(self)
        self.pane.setObjectName("sheet")
        self._column = column = QVBoxLayout(self.pane)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        self.heading = Text(title, 20, 600)
        words.addWidget(self.heading)
        self.about = ElidedText(about, 13, 400, "text2")
        theme.set_font(self.about, 13, 400, tabular=True, slashed=True)
        words.addWidget(self.about)
        if not about:  # never shown here: without a parent yet, it would be a window and take the keyboard
            self.about.hide()
        top.addLayout(words, 1)
        self.cross = IconButton("x", _("Close"))
        self.cross.clicked.connect(self.reject)
        top.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(1, 0, 1, 2)
        self.body.setSpacing(12)
        self._scroll.setWidget(self._inner)
        column.addWidget(self._scroll, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.note = Text("", 12, 400, "text3")
        self.foot.addWidget(self.note)
        self.foot.addStretch(1)
        column.addLayout(self.foot)
        window.installEventFilter(self)
        self._inner.installEventFilter(self)

    def add_button(self, button: Button) -> Button:
        """Put a button at the right of the foot; the primary one goes last."""
        self.foot.addWidget(button)
        if button.property("kind") == "primary":
            self._primary = button
        return button

    def enter_presses(self, line: QWidget, button: Button | None) -> None:
        """Have Enter in this line press another button, or none: it searches, or is about something else."""
        self._presses[line] = button

    def open(self) -> None:
        """Cover the window, take the focus, keep it inside."""
        self._before = self._window.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._place()
        first = next((one for one in in_reading_order(self._inner) if self._takes_tab(one)), None)
        (first or self.cross).setFocus(Qt.FocusReason.TabFocusReason)

    def done(self, result: int) -> None:
        """Close it and give the focus back."""
        before = self._before
        self._window.removeEventFilter(self)
        super().done(result)
        if before is not None and shiboken6.isValid(before) and before.isVisible():  # the page may be another by now
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and give room to what comes and goes in the body, such as a refusal."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._place()
        elif watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter that no control took; what a scanner sends never comes here."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        now = self.focusWidget()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed: Button | None = None
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier:
            pressed = self._primary
        elif plain and isinstance(now, Button | IconButton):
            if not event.isAutoRepeat():
                now.click()
            return
        elif plain and isinstance(now, _ENTER_SUBMITS):
            pressed = self._presses.get(now, self._primary)
        if pressed is not None and pressed.isVisible() and pressed.isEnabled() and not event.isAutoRepeat():
            pressed.click()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside the dialog, in the order in which it is read."""
        order = [one for one in in_reading_order(self.pane) if self._takes_tab(one)]
        if not order:
            return False
        now = self.focusWidget()
        at = order.index(now) if now in order else -1
        following = order[(at + 1) % len(order)] if forward else order[(at - 1) % len(order)]
        following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def restyle(self) -> None:
        """Place the pane anew."""
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the page behind: 43 per cent on light, 59 on dark."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 150 if tokens.current().dark else 110))

    def _takes_tab(self, one: QWidget) -> bool:
        stops = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        return stops and one.isVisible() and one.isEnabled()

    def _place(self) -> None:
        if self.isHidden():  # it has no size of its own yet: `open` places it
            return
        width = min(theme.px(self._width), self.width() - 2 * _MARGIN)
        self.pane.setFixedWidth(width)
        self.body.activate()
        inner = width - 50
        wanted = self.body.heightForWidth(inner) if self.body.hasHeightForWidth() else self._inner.sizeHint().height()
        rest = self._column.sizeHint().height() - self._scroll.sizeHint().height()
        height = min(wanted + rest + 4, self.height() - 2 * _MARGIN)
        if wanted + rest + 4 > height:  # what does not fit scrolls, beside a bar of its own
            inner -= self._scroll.verticalScrollBar().sizeHint().width()
        self._inner.setFixedWidth(inner)  # once: what is set and set back would ask for another look, without end
        self.pane.setFixedHeight(height)
        self.pane.move((self.width() - width) // 2, max(_MARGIN, (self.height() - height) // 2 - 10))
