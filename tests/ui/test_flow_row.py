"""The row that goes on below: it measures its widgets once, and again whenever one of them changes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailroom.ui.flow_row import FlowRow

SECONDS = 60_000


class Chip(QPushButton):
    """A button that counts how often it is measured."""

    measured = 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        Chip.measured += 1
        return super().sizeHint()


@pytest.fixture
def row(qtbot: QtBot) -> Iterator[FlowRow]:
    window = QWidget()
    column = QVBoxLayout(window)
    made = FlowRow(5)
    for word in ("All", "In transit", "Delivered", "Returned"):
        made.add(Chip(word))
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(900, 300)
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.close()


def test_a_word_that_grows_moves_the_others_down(row: FlowRow, qtbot: QtBot) -> None:
    chips = row.findChildren(Chip)
    assert len({one.y() for one in chips}) == 1
    one_row = row.heightForWidth(900)

    chips[0].setText("Everything that was ever put on record here " * 3)

    qtbot.waitUntil(lambda: len({one.y() for one in chips}) == 2, timeout=SECONDS)
    assert row.heightForWidth(900) > one_row
    # AND a change while it is hidden is seen when it comes back
    row.hide()
    chips[0].setText("All")
    row.show()
    qtbot.waitUntil(lambda: len({one.y() for one in chips}) == 1, timeout=SECONDS)
    assert row.heightForWidth(900) == one_row


def test_asking_again_measures_nothing(row: FlowRow, qtbot: QtBot) -> None:
    first = [row.heightForWidth(width) for width in (900, 120)]
    before = Chip.measured

    again = [row.heightForWidth(width) for width in (900, 120) for _ in range(50)]

    assert Chip.measured == before
    assert set(again) == set(first)
    assert first[1] > first[0]
