"""Bugs: logged with their stack, shown in one dialog with the details to copy; the session goes on."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Field
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _

_log = logging.getLogger(__name__)


class FaultSheet(Sheet):
    """Says that something went wrong in Mailroom itself, and hands out the details."""

    def __init__(self, window: QWidget, details: str) -> None:
        super().__init__(window, _("Something went wrong in Mailroom"))
        self._details = details
        words = _("What was recorded is safe. You can go on; if it happens again, pass the details on.")
        self.body.addWidget(Text(words, 13, 400, "text2", wrap=True))
        area = Area(lines=10)
        area.setPlainText(details)
        area.setReadOnly(True)
        theme.set_font(area, 12)
        self.body.addWidget(Field(_("Details"), area))
        self._copy = self.add_button(Button(_("Copy details"), "copy"))
        self._copy.clicked.connect(self._on_copy_clicked)
        go_on = self.add_button(Button(_("Go on"), kind="primary"))
        go_on.clicked.connect(self.accept)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self._copy.setText(_("Copied"))


class Faults(QObject):
    """Takes exceptions that nobody caught, of every thread."""

    _raised = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open: FaultSheet | None = None
        self._before = sys.excepthook
        self._thread_before = threading.excepthook
        self._raised.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook for uncaught exceptions of all threads."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_uncaught

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = self._before
        threading.excepthook = self._thread_before

    def show(self, error: BaseException) -> None:
        """Log the stack and show the one dialog; a second bug meanwhile is only logged."""
        _log.error("uncaught", exc_info=error)
        if self._open is not None:
            return
        details = "".join(traceback.format_exception(error))
        self._open = FaultSheet(self._window, details)
        self._open.finished.connect(self._on_closed)
        self._open.open()

    def _on_closed(self) -> None:
        self._open = None

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        self._raised.emit(error)

    def _on_thread_uncaught(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._raised.emit(args.exc_value)
