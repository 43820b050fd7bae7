"""Notices under the page head: expected trouble and news in one sentence, never modal, told to screen readers.

They lie over nothing: the page gives them one line, however many there are.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailroom.errors import MailroomError
from mailroom.ui import theme, tokens
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.labels import ElidedText
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text

SHOWN = 1  # the rest is counted
_HEIGHT = 40  # px
_MARGINS = (20, 8, 20, 8)  # px around the line of notices
_GREEN_LEAVES_AFTER = 6000  # ms
_ICONS = {"good": "circle-check", "warn": "alert-triangle", "bad": "alert-circle", "move": "info-circle"}


_Link = tuple[str, Callable[[], object]]


class Notice(QWidget):
    """One sentence with an icon, a way out or two, and a cross."""

    closed = Signal(object)

    def __init__(self, text: str, family: str, links: Sequence[_Link] = ()) -> None:
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
        for way_out, act in links:
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
        self.setFixedHeight(theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        family = tokens.current().family(self.family)
        painter.setPen(QPen(family.line, 1))
        painter.setBrush(family.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _on_closed(self) -> None:
        self.closed.emit(self)


class Notices(QObject):
    """Shows notices in `bar`, one at a time, newest first; the window has it between head and page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar = QWidget()
        self.bar.setAccessibleName(_("Notices"))
        self._row = QHBoxLayout(self.bar)
        self._row.setContentsMargins(*_MARGINS)
        self._row.setSpacing(8)
        self.more = Button("", small=True)
        self.more.setAccessibleName(_("Show the next notice"))
        self.more.clicked.connect(self._on_more)
        self._row.addWidget(self.more)
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

    def tell(
        self,
        text: str,
        family: str = "good",
        way_out: str = "",
        act: Callable[[], object] | None = None,
        also: _Link | None = None,
    ) -> None:
        """Show a sentence; `family` is good, move, warn or bad. Good ones leave after six seconds.

        `also` is a second way out, which stands before the first.
        """
        for one in self._open:
            if one.text == text:
                self._remove(one)
                break
        links = [one for one in (also, (way_out, act) if act is not None else None) if one is not None and one[0]]
        notice = Notice(text, family, links)
        notice.closed.connect(self._on_closed)
        self._open.insert(0, notice)
        self._row.insertWidget(0, notice, 1)
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
            self._row.removeWidget(notice)
            notice.hide()
            notice.deleteLater()

    def _arrange(self) -> None:
        for at, one in enumerate(self._open):
            one.setVisible(at < SHOWN)
        hidden = len(self._open) - SHOWN
        self.more.setVisible(hidden > 0)
        self.more.setText(plural("{n} more", "{n} more", max(hidden, 0)))
        self.bar.setVisible(bool(self._open))

    def _on_more(self) -> None:
        """The next one comes to the front; this one goes behind the others."""
        self._open.append(self._open.pop(0))
        self._arrange()
        announce(self.bar, self._open[0].text)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say `text` at once."""
    event = QAccessibleAnnouncementEvent(widget, text)
    QAccessible.updateAccessibility(event)
