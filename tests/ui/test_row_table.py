"""Tables that keep how their rows were painted: never another picture than a cell by cell one, and never many."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.register import ReadingRow
from mailroom.ui import theme
from mailroom.ui.cell_editing import CellEditing
from mailroom.ui.scan_table import ROW, ReadingsCard, ReadingsTable
from mailroom.ui.scan_words import Column
from mailroom.ui.table_roles import Role

_NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
Opening = Callable[..., ReadingsTable]


def reading(serial: int, outcome: str = "refused") -> ReadingRow:
    """A line without a shipment: what it shows is all that matters here."""
    reason = "check_wrong" if outcome == "asked" else "product_code"
    return ReadingRow(f"c{serial}", _NOW - timedelta(seconds=serial), outcome, f"{serial:012d}", reason, (), None)


@pytest.fixture
def open_table(qtbot: QtBot) -> Iterator[Opening]:
    """Shows so many lines in a card."""
    theme.install("light", 100)
    cards: list[QWidget] = []

    def open_it(count: int, width: int = 900, height: int = 500) -> ReadingsTable:
        card = ReadingsCard(UTC)
        cards.append(card)
        qtbot.addWidget(card)
        card.resize(width, height)
        card.model.take([reading(serial, ("refused", "asked", "dropped")[serial % 3]) for serial in range(count)])
        card.show()
        QApplication.processEvents()
        return card.table

    yield open_it
    for card in cards:
        card.close()
    theme.change("light", 100)


def grabbed(table: QTableView) -> QImage:
    """What the table shows."""
    QApplication.processEvents()
    return table.viewport().grab().toImage()


def cell_by_cell(table: ReadingsTable, qtbot: QtBot) -> QImage:
    """The same rows, chosen and hovered alike, as Qt paints them through a delegate."""
    plain = QTableView()
    qtbot.addWidget(plain)
    plain.setModel(table.model())
    plain.setSelectionModel(table.selectionModel())
    delegate = CellEditing(plain, ROW)
    plain.setItemDelegate(delegate)
    plain.setShowGrid(False)
    plain.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    plain.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    for bar in (plain.setHorizontalScrollBarPolicy, plain.setVerticalScrollBarPolicy):
        bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    plain.setFrameShape(QTableView.Shape.NoFrame)
    plain.horizontalHeader().hide()
    plain.horizontalHeader().setMinimumSectionSize(8)
    plain.verticalHeader().hide()
    plain.verticalHeader().setMinimumSectionSize(10)
    plain.verticalHeader().setDefaultSectionSize(theme.px(ROW))
    for column in Column:
        plain.setColumnHidden(column, table.isColumnHidden(column))
        plain.setColumnWidth(column, table.columnWidth(column))
    plain.resize(table.viewport().size())
    plain.show()
    QApplication.processEvents()
    delegate.hovered = table.itemDelegate().property("row") or -1
    return grabbed(plain)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [100, 130])
@pytest.mark.parametrize("width", [900, 560])
def test_kept_rows_look_as_painted_ones(open_table: Opening, qtbot: QtBot, look: str, size: int, width: int) -> None:
    # GIVEN a table whose rows were painted before, in other colours, sizes and columns
    table = open_table(40, 700)
    grabbed(table)
    # WHEN the theme, the text size and the width are others, and a row is chosen
    theme.change(look, size)
    table.window().resize(width, 500)
    QApplication.processEvents()
    table.selectRow(2)
    first = grabbed(table)
    # THEN it looks as though it was painted cell by cell, the first time and copied
    assert first == cell_by_cell(table, qtbot)
    assert grabbed(table) == first
    # AND a new line lights up in the same colours
    table.window().model.add(reading(-1, "recorded"))  # type: ignore[attr-defined]
    assert table.model().index(0, 0).data(Role.FRESH) == 1.0
    assert grabbed(table) == cell_by_cell(table, qtbot)


def test_a_reading_paints_its_own_row_only(open_table: Opening) -> None:
    # GIVEN a page of lines on the screen
    table = open_table(40)
    grabbed(table)
    before = table.painted
    # WHEN another label is read, and all rows below move on
    card = table.window()
    assert isinstance(card, ReadingsCard)
    card.model.add(reading(-1, "recorded"))
    shown = grabbed(table)
    # THEN one row was painted, and it is there
    assert table.painted == before + 1
    assert table.rowAt(5) == 0
    assert shown != QImage()


def test_the_pointer_paints_the_rows_that_it_enters_and_leaves(open_table: Opening) -> None:
    table = open_table(40)
    grabbed(table)
    before = table.painted
    for row in (3, 4):
        place = QPointF(60, table.rowViewportPosition(row) + 5)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            table.viewport().mapToGlobal(place),
            none,
            none,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(table.viewport(), move)
        grabbed(table)
    assert table.painted == before + 2  # each once under the pointer; the one that it left is known


def test_few_pictures_are_kept_however_far_one_scrolls(open_table: Opening) -> None:
    # GIVEN more lines than fit
    table = open_table(300)
    bar = table.verticalScrollBar()
    # WHEN all of them pass by
    for value in range(0, bar.maximum() + 1, theme.px(ROW)):
        bar.setValue(value)
        grabbed(table)
    # THEN those of about two screens are kept
    fit = table.viewport().height() // theme.px(ROW)
    assert fit < len(table.pictures) <= 2 * fit + 8
    # AND none of another theme
    theme.change("dark", 100)
    grabbed(table)
    assert len(table.pictures) <= fit + 2


def test_a_line_that_fades_is_told_only_where_it_looks_different(open_table: Opening, qtbot: QtBot) -> None:
    # GIVEN a line that was just recorded
    table = open_table(3)
    card = table.window()
    assert isinstance(card, ReadingsCard)
    told: list[list[int]] = []
    card.model.dataChanged.connect(lambda _first, _last, roles: told.append(roles))
    card.model.add(reading(-1, "recorded"))
    # WHEN its three seconds pass
    qtbot.waitUntil(lambda: card.model.freshness(0) == 0.0, timeout=60_000)
    # THEN it was painted anew for the ten steps of the last second
    assert told == [[Role.FRESH]] * 10
