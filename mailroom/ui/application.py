"""Starts the window over an office and ends it in stages."""

import contextlib
import faulthandler
import locale
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import FrameType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMessageBox

from mailroom import wording
from mailroom.config import DeskSettings, Profile, load_desk
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.one_window import OneWindow
from mailroom.ui.session import Session
from mailroom.wording.errors import error_cause, error_remedy, error_text

_CLOSE_SECONDS = 4.0  # of the five that closing may take

_log = logging.getLogger(__name__)


_HANG_UP = getattr(signal, "SIGHUP", None)  # not on Windows


class Signals(QObject):
    """What ends a program as a Qt signal: Python's handler runs late, the socket it writes to does not."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_written)
        self._before: dict[int, object] = {}
        self._descriptor = -1

    def install(self) -> None:
        """Take the signals over."""
        self._descriptor = signal.set_wakeup_fd(self._writer.fileno())
        ends = [signal.SIGTERM, signal.SIGINT]
        if _HANG_UP is not None and signal.getsignal(_HANG_UP) is not signal.SIG_IGN:  # which `nohup` wants
            ends.append(_HANG_UP)
        for number in ends:
            self._before[number] = signal.signal(number, _noted)

    def remove(self) -> None:
        """Give them back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._descriptor)
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]
        self._reader.close()
        self._writer.close()

    def _on_written(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._reader.recv(64)
        self.wanted.emit()


def log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's own messages go to the log: a machine without a sound server is no news for a terminal."""
    level = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}.get(kind, logging.WARNING)
    logging.getLogger("qt").log(level, "%s: %s", context.category, message)


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The socket carries the news."""


def run(
    open_office: Callable[[], Office],
    close_office: Callable[[Office], None],
    profile: Profile,
    desk: DeskSettings,
) -> int:
    """Show the window until it is closed; the exit code. A second window of a profile only raises the first."""
    if sys.stderr is not None:
        faulthandler.enable()
    qInstallMessageHandler(log_qt)
    app = application()
    theme.install(desk.theme, desk.text_size)
    wording.use_language(desk.language or (locale.getlocale()[0] or "en"))
    with _signals() as signals:
        door = OneWindow(profile)
        if not door.claim():
            return 0
        try:
            office = open_office()
            settings = load_desk(profile)  # opening may have given the desk its identity
        except MailroomError as error:
            door.give_up()
            signals.wanted.connect(app.quit)
            return _tell_and_end(error)
        session = Session(office, profile, settings)
        session.ended.connect(app.quit)
        signals.wanted.connect(session.window.close)
        door.raised.connect(session.window.come_forward)
        session.start()
        code = app.exec()
        ended = session.close(_CLOSE_SECONDS)
        door.give_up()
    if not ended:
        _log.error("a thread did not end; leaving without it")
        logging.shutdown()
        os._exit(1)
    close_office(office)
    return code


def application() -> QApplication:
    """The one QApplication, made where there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["mailroom"])
    app.setApplicationName("Mailroom")
    app.setApplicationDisplayName("Mailroom")
    app.setDesktopFileName("mailroom")
    return app


@contextlib.contextmanager
def _signals() -> Iterator[Signals]:
    signals = Signals()
    signals.install()
    try:
        yield signals
    finally:
        signals.remove()


def _tell_and_end(error: MailroomError) -> int:
    """Say why there is no window, on stderr and in a box, and end with the code of a refusal."""
    text = f"{error_text(error)}\n{error_cause(error)}\n{error_remedy(error)}"
    print(text, file=sys.stderr)
    box = QMessageBox(QMessageBox.Icon.Critical, "Mailroom", text, QMessageBox.StandardButton.Close)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.finished.connect(QApplication.quit)
    box.open()
    QApplication.exec()
    return 2
