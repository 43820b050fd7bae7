"""Notices under the page head: expected trouble and news in one sentence, never modal, told to screen readers."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.errors import MailroomError
from mailroom.ui import theme, tokens
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text

SHOWN = 2  # the rest is counted
_GREEN_LEAVES_AFTER = 6000  # ms
_ICONS = {"good": "circle-check", "warn": "alert-triangle", "bad": "alert-circle", "move": "info-circle"}


class Notice(QWidget):
    """One sentence with an icon, at most one way out, and a cross."""

    closed = Signal(object)

    def __init__(self, text: str, family: str, way_out: str = "", act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.text = text
        self.family = family
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 6, 4)
        row.setSpacing(10)
        row.addWidget(Symbol(_ICONS[family], 18, family))
        self._sentence = ElidedText(text, 13, 500, family)
        row.addWidget(self._sentence, 1)
        if way_out and act is not None:
            button = Button(way_out, kind="link")
            button.clicked.connect(act)
            button.clicked.connect(self._on_closed)
            row.addWidget(button)
        cross = IconButton("x", _("Close this notice"), tiny=True)
        cross.clicked.connect(self._on_closed)
        row.addWidget(cross)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedHeight(theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.current().family(self.family).ground)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)

    def _on_closed(self) -> None:
        self.closed.emit(self)


class Notices(QObject):
    """Shows notices in `bar`, which the window puts under the page head."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar = QWidget()
        self.bar.setAccessibleName(_("Notices"))
        self._column = QVBoxLayout(self.bar)
        self._column.setContentsMargins(20, 12, 20, 0)
        self._column.setSpacing(8)
        self._more = Text("", 12, 500, "text2")
        self._column.addWidget(self._more)
        self._open: list[Notice] = []
        self.bar.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences that are open, newest first."""
        return tuple(one.text for one in self._open)

    def show(self, error: BaseException, way_out: str = "", act: Callable[[], object] | None = None) -> None:
        """Tell expected trouble: what happened and what to do. Anything but a MailroomError is raised on."""
        if not isinstance(error, MailroomError):
            raise error
        self.tell(f"{error_text(error)} {error_remedy(error)}".strip(), "bad", way_out, act)

    def tell(self, text: str, family: str = "good", way_out: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence; `family` is good, move, warn or bad. Good ones leave after six seconds."""
        for one in self._open:
            if one.text == text:
                self._remove(one)
                break
        notice = Notice(text, family, way_out, act)
        notice.closed.connect(self._on_closed)
        self._open.insert(0, notice)
        self._column.insertWidget(0, notice)
        if family == "good":
            timer = QTimer(notice)
            timer.setSingleShot(True)
            timer.timeout.connect(notice._on_closed)
            timer.start(_GREEN_LEAVES_AFTER)
        self._arrange()
        announce(self.bar, text)

    def clear(self) -> None:
        """Close all of them."""
        for one in tuple(self._open):
            self._remove(one)
        self._arrange()

    def _on_closed(self, notice: Notice) -> None:
        self._remove(notice)
        self._arrange()

    def _remove(self, notice: Notice) -> None:
        if notice in self._open:
            self._open.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _arrange(self) -> None:
        for at, one in enumerate(self._open):
            one.setVisible(at < SHOWN)
        hidden = len(self._open) - SHOWN
        self._more.setVisible(hidden > 0)
        self._more.setText(plural("{n} more", "{n} more", max(hidden, 0)))
        self.bar.setVisible(bool(self._open))


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text` at once."""
    event = QAccessibleAnnouncementEvent(widget, text)
    QAccessible.updateAccessibility(event)
