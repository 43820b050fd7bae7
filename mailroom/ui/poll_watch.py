"""Asks carriers in the background while the window is open: what is due, a few pieces a minute, one round at a time."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mailroom.ui.page import Bench
from mailroom.ui.runners import Task

if TYPE_CHECKING:
    from mailroom.services.polling import Asked

_FIRST_AFTER = 20_000  # ms after the start: readings and alerts go first
_EVERY = 60_000  # ms
_PIECES = 20  # of one interface in a round

_log = logging.getLogger(__name__)


class PollWatch(QObject):
    """One question at a time, in the net thread; what it records goes through the writer."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_AFTER)
        self._first.timeout.connect(self.look)

    @property
    def busy(self) -> bool:
        """Whether a round goes on."""
        return self._task is not None

    def start(self) -> None:
        """Begin, some time after the window is there."""
        self._bench.office.tracking.begin()
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Ask nothing more, and let a call under way end: the window closes."""
        self._first.stop()
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
        self._bench.office.tracking.stop()

    def look(self) -> None:
        """Ask what is due now, unless a round goes on."""
        if self._task is not None:
            return
        office, task, write = self._bench.office, Task(), self._bench.runners.write
        self._task = task
        self._bench.runners.run(
            "net",
            lambda: office.tracking.ask_due(office.operator, write, _PIECES, task.cancelled),
            self._on_asked,
            self._on_failed,
            task,
        )

    def _on_asked(self, found: "tuple[Asked, ...]") -> None:
        self._task = None
        if found:
            _log.info("carriers were asked about %d pieces", len(found))

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        _log.warning("carriers could not be asked: %s", getattr(error, "code", type(error).__name__))
