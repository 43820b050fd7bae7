"""Sends what is due by mail while the window is open, where the office wants that: one round at a time."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mailroom.errors import MailroomError
from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.services.mail_rounds import MailRound, MailRounds

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
        self._rounds: MailRounds | None = None  # loaded in the net thread: it takes longer than a frame
        self._over = False
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
        self._over = True
        self._first.stop()
        self._timer.stop()
        if self._rounds is not None:
            self._rounds.stop()

    def look(self) -> None:
        """Send what is due now, unless a round goes on."""
        if self.busy:
            return
        self.busy = True
        office, write, rounds = self._bench.office, self._bench.runners.write, self._rounds
        if rounds is None:
            self._bench.runners.run("net", lambda: office.mail_rounds, self._on_loaded, self._on_failed)
        else:
            self._bench.runners.run("net", lambda: rounds.run(office.operator, write), self._on_done, self._on_failed)

    def _on_loaded(self, rounds: "MailRounds") -> None:
        self.busy = False
        if self._over:  # said in the thread in which `stop` is called: no mail begins behind it
            return
        self._rounds = rounds
        rounds.begin()
        self.look()

    def _on_done(self, done: "MailRound | None") -> None:
        self.busy = False
        if done is None:
            return
        from mailroom.services.requesters import for_good  # it was loaded for the round

        _log.info("%d mails went out, %d were refused", done.notices.sent, len(done.notices.refused))
        refused = [one for one in done.notices.refused if for_good(one)]  # the others are tried again, round by round
        troubles = [*refused[:2], *([done.trouble] if done.trouble and not done.again else [])]
        for trouble in troubles:
            self._bench.notices.show(trouble)

    def _on_failed(self, error: BaseException) -> None:
        self.busy = False
        code = error.code if isinstance(error, MailroomError) else type(error).__name__
        _log.warning("mails could not be sent: %s", code)  # also where nobody who may send sits at the desk
