"""When Python looks for garbage while the window is open: everything stands still meanwhile, so only between readings.

A look at what is young takes a millisecond or two and stays as it is. A look at everything takes as long as there is
a lot in memory: it waits until no reading came for a while, and what it leaves is not looked through again until
nobody has used the window for long.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

_LOOK = 5_000  # ms between two thoughts about it
_QUIET = 3.0  # s without a reading
_ALONE = 120.0  # s without a reading after which all may be looked through, what was left before, too
_AGAIN = 1800.0  # s between two such
_WORTH = 5  # looks at the young since the last at everything: fewer are not worth one
_TOO_MANY = 2_000  # such looks after which memory comes first: more than an hour of steady work
_NEVER = 1_000_000


class Tidying(QObject):
    """Takes over from Python's own rhythm between `start` and `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._busy_at = self._whole_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """All that is loaded stays for good: it is not looked through again."""
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], _NEVER)
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def wait(self) -> None:
        """A reading came: not now."""
        self._busy_at = time.monotonic()

    def tidy(self, *, whole: bool = False) -> None:
        """Look for garbage now; with `whole` also among what earlier looks left."""
        if whole:
            gc.unfreeze()
            self._whole_at = time.monotonic()
        gc.collect()
        gc.freeze()

    def _on_time(self) -> None:
        quiet, looks = time.monotonic() - self._busy_at, gc.get_count()[2]
        if looks >= _TOO_MANY or (quiet >= _QUIET and looks >= _WORTH):
            self.tidy(whole=quiet >= _ALONE and time.monotonic() - self._whole_at >= _AGAIN)
