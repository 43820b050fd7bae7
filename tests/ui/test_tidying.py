"""Looking for garbage at the right moments: Python's rhythm comes back, and nothing is kept for ever."""

import gc
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

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


def test_only_the_windows_thread_looks(tidying: Tidying, qtbot: QtBot) -> None:
    where: list[int] = []

    def noted(phase: str, _facts: object) -> None:
        where.append(threading.get_ident())

    gc.callbacks.append(noted)
    try:
        with ThreadPoolExecutor(max_workers=1) as worker:
            knots = worker.submit(lambda: [weakref.ref(Knot()) for _ in range(20_000)]).result()
            assert where == []
            assert all(knot() is not None for knot in knots)
        qtbot.waitUntil(lambda: all(knot() is None for knot in knots), timeout=60_000)
    finally:
        gc.callbacks.remove(noted)
    assert set(where) == {threading.get_ident()}


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
    before = gc.get_freeze_count()
    tidying = Tidying()
    tidying.start()
    assert not gc.isenabled()
    assert gc.get_freeze_count() > before

    tidying.stop()

    assert gc.isenabled()
    assert gc.get_freeze_count() <= before
