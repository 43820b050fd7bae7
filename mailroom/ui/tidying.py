"""When Python looks for garbage while the window is open: everything stands still meanwhile, so only between readings.

Python's own rhythm looks in whichever thread happens to make an object, and a widget that is destroyed in a thread
other than the window's ends the program (https://doc.qt.io/qt-6/threads-qobject.html). So all looks are taken here, in
the window's thread. A look at what is young takes a millisecond or two. A look at everything takes as long as there is
a lot in memory: it waits until no reading came for a while, and what it leaves is not looked through again until
nobody has used the window for long.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

_YOUNG, _MANY = 400, 1_000  # ms between two looks at what is young; new objects that are worth one
_LOOK = 12  # of those between two thoughts about everything
_QUIET = 3.0  # s without a reading
_ALONE = 120.0  # s without a reading after which all may be looked through, what was left before, too
_AGAIN = 1800.0  # s between two such
_WORTH = 5  # looks at the young since the last at everything: fewer are not worth one
_TOO_MANY = 2_000  # such looks after which memory comes first: more than an hour of steady work


class Tidying(QObject):
    """Takes over from Python's own rhythm between `start` and `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._enabled = gc.isenabled()
        self._busy_at = self._whole_at = time.monotonic()
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_YOUNG)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """All that is loaded stays for good: it is not looked through again."""
        self._enabled = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()

    def keep(self) -> None:
        """What was loaded since then stays for good as well."""
        gc.freeze()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._enabled:
            gc.enable()
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
        self._looks += 1
        if gc.get_count()[0] >= _MANY:
            gc.collect(1)
        if self._looks % _LOOK:
            return
        quiet, looks = time.monotonic() - self._busy_at, gc.get_count()[2]
        if looks >= _TOO_MANY or (quiet >= _QUIET and looks >= _WORTH):
            self.tidy(whole=quiet >= _ALONE and time.monotonic() - self._whole_at >= _AGAIN)
