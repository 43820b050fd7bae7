"""How a long use case runs its short writes: at once on the command line, on the writer thread in the window."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Write(Protocol):
    """Runs one short write and gives back its result; the caller may be on another thread."""

    def __call__(self, act: Callable[[], T], /) -> T:
        """Run `act` where writes are run."""
        ...


def at_once(act: Callable[[], T], /) -> T:
    """Run a write in the caller's own thread."""
    return act()


def ignore_progress(_done: int, _total: int) -> None:
    """Progress for a caller that shows none; `total` is 0 while unknown."""


def never_cancelled() -> bool:
    """Cancel for a caller that offers none."""
    return False
