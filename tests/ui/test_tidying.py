"""Looking for garbage at the right moments: Python's rhythm comes back, and nothing is kept for ever."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from mailroom.ui.tidying import Tidying


class Knot:
    """Something that only a look for garbage takes away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def tidying(qapp: QCoreApplication) -> Iterator[Tidying]:
    made = Tidying()
    made.start()
    yield made
    made.stop()


def test_python_looks_through_everything_only_when_told(tidying: Tidying) -> None:
    before = gc.get_stats()[2]["collections"]

    kept = [Knot() for _ in range(200_000)]

    assert gc.get_stats()[2]["collections"] == before
    knot = weakref.ref(kept[0])
    del kept
    tidying.tidy()
    assert knot() is None
    assert gc.get_stats()[2]["collections"] == before + 1


def test_what_a_look_left_goes_with_a_look_at_the_whole(tidying: Tidying) -> None:
    kept = Knot()
    knot = weakref.ref(kept)
    tidying.tidy()
    del kept
    tidying.tidy()
    assert knot() is not None

    tidying.tidy(whole=True)

    assert knot() is None


def test_afterwards_python_has_its_own_rhythm_again(qapp: QCoreApplication) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    tidying = Tidying()
    tidying.start()
    assert gc.get_threshold() != before[0]
    assert gc.get_freeze_count() > before[1]

    tidying.stop()

    assert gc.get_threshold() == before[0]
    assert gc.get_freeze_count() <= before[1]
