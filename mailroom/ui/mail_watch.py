"""Sends what is due by mail while the window is open, where the office wants that: one round at a time."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mailroom.errors import MailroomError
from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.services.mail_rounds import MailRound

_FIRST_AFTER = 45_000  # ms after the start: readings, alerts and carriers go first
_EVERY = 120_000  # ms between two looks; the office's rounds are farther apart

_log = logging.getLogger(__name__)


class MailWatch(QObject):
    """Looks in the net thread whether something is due; what went out is put on record through the writer.

    Trouble is said once, when it begins: Settings show it for as long as it lasts.
    """

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.busy = False  # while a round goes on
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_AFTER)
        self._first.timeout.connect(self.look)

    def start(self) -> None:
        """Begin, some time after the window is there."""
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Send nothing more, and let a mail under way end: the window closes."""
        self._first.stop()
        self._timer.stop()
        if self._begun:
            self._bench.office.mail_rounds.stop()

    def look(self) -> None:
        """Send what is due now, unless a round goes on."""
        if self.busy:
            return
        self.busy = True
        if not self._begun:  # here, where `stop` is called, too: no mail begins behind it
            self._begun = True
            self._bench.office.mail_rounds.begin()
        office, write = self._bench.office, self._bench.runners.write
        self._bench.runners.run(
            "net", lambda: office.mail_rounds.run(office.operator, write), self._on_done, self._on_failed
        )

    def _on_done(self, done: "MailRound | None") -> None:
        self.busy = False
        if done is None:
            return
        _log.info("%d mails went out, %d were refused", done.notices.sent, len(done.notices.refused))
        troubles = [*done.notices.refused[:2], *([done.trouble] if done.trouble and not done.again else [])]
        for trouble in troubles:
            self._bench.notices.show(trouble)

    def _on_failed(self, error: BaseException) -> None:
        self.busy = False
        code = error.code if isinstance(error, MailroomError) else type(error).__name__
        _log.warning("mails could not be sent: %s", code)  # also where nobody who may send sits at the desk
