"""How long the slow looks at one frame may go on: so much work, and none that is begun after a moment.

Work is counted in this thread's time, so that a busy machine reads no less; the moment is the clock's, so that what a
frame says is told in time whatever else the machine does.
"""

import math
from collections.abc import Callable
from time import monotonic, thread_time

Over = Callable[[], bool]  # whether it is too late to begin

_ENOUGH = 0.46  # of the work, once bars were read: half of all frames then take less than 25 ms


class Patience:
    """`work` in seconds of this thread's time, from now on; `until` in seconds, monotonic."""

    def __init__(self, work: float, until: float = math.inf) -> None:
        start = thread_time()
        self._soon = start + work * _ENOUGH
        self._end = start + work
        self._until = until

    def read(self) -> None:
        """A code of bars was read: what else a label says is worth less."""
        self._end = self._soon

    def over(self, needed: float = 0.0) -> bool:
        """Whether it is too late to begin what takes so many seconds."""
        return thread_time() + needed > self._end or monotonic() + needed > self._until

    def soon_over(self) -> bool:
        """Whether looks that seldom find anything are no longer to be begun."""
        return thread_time() > self._soon or monotonic() > self._until


def never() -> bool:
    """There is time without end: for stills."""
    return False
