"""The shipments table as Qt reads it: a stretch of the register, kept in step without ever losing the selection."""

from collections.abc import Sequence
from datetime import date, tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from mailroom.domain.register import ShipmentPage, ShipmentRow
from mailroom.ui.cell_looks import AT_LEFT, AT_RIGHT, CellLook
from mailroom.ui.shipment_cells import Cell, Column, cell, heading
from mailroom.ui.table_roles import Role

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ShipmentsModel(QAbstractTableModel):
    """Rows newest first. It reads nothing itself: `more_wanted` asks for the next page, `append` takes it."""

    more_wanted = Signal()

    def __init__(self, zone: tzinfo, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._today = today
        self._rows: list[ShipmentRow] = []
        self._places: dict[str, int] = {}
        self._after = ""
        self._asked = False
        self._dense = False
        self._fresh: frozenset[str] = frozenset()
        self._cells: dict[tuple[str, int], Cell] = {}
        self._cell_looks: dict[tuple[str, int], CellLook] = {}
        self._looks: dict[str, tuple[CellLook, ...]] = {}

    # what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Rows loaded so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """All columns; the view hides those that do not fit."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The full text of a cell, and through `Role` how to draw it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        place, column = index.row(), Column(index.column())
        if role == Role.ROW_ID:
            return self._rows[place].shipment.id
        if role == Role.FRESH:
            return self.freshness(place)
        if role == Role.LOOK:
            return self.looks(place)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_RIGHT if column is Column.DAYS else AT_LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(self._rows[place], column).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._cell(self._rows[place], column).spoken
        return None

    def looks(self, row: int) -> tuple[CellLook, ...]:
        """How the cells of a row look, by column."""
        shipment = self._rows[row]
        found = self._looks.get(shipment.shipment.id)
        if found is None:
            found = self._looks[shipment.shipment.id] = tuple(self._look(shipment, column) for column in Column)
        return found

    def freshness(self, row: int) -> float:
        """1 for a row that just came, else 0."""
        return 1.0 if self._rows[row].shipment.id in self._fresh else 0.0

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(column, dense=self._dense)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_RIGHT if column is Column.DAYS else AT_LEFT
        return None

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        """Whether the register holds more than is loaded."""
        return not parent.isValid() and bool(self._after) and not self._asked

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        """Ask for the next page; it arrives later through `append`."""
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    # what the page does

    @property
    def after(self) -> str:
        """The key of the next page, empty at the end."""
        return self._after

    @property
    def rows(self) -> tuple[ShipmentRow, ...]:
        """What is loaded."""
        return tuple(self._rows)

    def column_looks(self, column: Column, first: int, last: int) -> tuple[CellLook, ...]:
        """How the cells of a column look in these rows, both ends included, for measuring."""
        return tuple(self._look(row, column) for row in self._rows[first : last + 1])

    def row_at(self, index: Index) -> ShipmentRow | None:
        """The shipment of an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, shipment_id: str) -> QModelIndex:
        """Where a shipment stands; an invalid index where it is not loaded."""
        place = self._places.get(shipment_id)
        return QModelIndex() if place is None else self.index(place, Column.NUMBER)

    def set_dense(self, dense: bool) -> None:
        """One-line rows or two-line rows."""
        if dense is not self._dense:
            self._dense = dense
            self._cell_looks.clear()
            self._looks.clear()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
            self._all_changed()

    def set_day(self, today: date, zone: tzinfo) -> None:
        """Another day or another zone: what is late and when things happened read differently."""
        if (today, zone) != (self._today, self._zone):
            self._today, self._zone = today, zone
            self._cells.clear()
            self._cell_looks.clear()
            self._looks.clear()
            self._all_changed()

    def replace(self, page: ShipmentPage) -> None:
        """Show the answer to another question; the view selects its shipment again afterwards."""
        before = {row.shipment.id: row for row in self._rows}
        after = {row.shipment.id: row for row in page.rows}
        self.beginResetModel()
        self._rows = list(page.rows)
        for shipment_id, row in before.items():  # as a text is typed the same rows come again
            if after.get(shipment_id) != row:
                self._forget(shipment_id)
        self._fresh = frozenset()
        self._settle(page.after)
        self.endResetModel()

    def append(self, page: ShipmentPage) -> None:
        """Add the next page below; rows that are there already are not shown twice."""
        fresh = [row for row in page.rows if row.shipment.id not in self._places]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows.extend(fresh)
            self._settle(page.after)
            self.endInsertRows()
        else:
            self._settle(page.after)

    def page_failed(self) -> None:
        """The next page did not come; scrolling asks again."""
        self._asked = False

    def merge_head(self, page: ShipmentPage) -> tuple[str, ...]:
        """Bring the top of the list in step with a newly read first page; gives the ids of new rows.

        Rows come and go one by one, so selection, scroll position and rows further down stay.
        """
        wanted = [row.shipment.id for row in page.rows]
        common = [place for one in wanted if (place := self._places.get(one)) is not None]
        if self._rows and not common and page.after:
            self.replace(page)
            return ()
        end = (max(common) + 1 if common else 0) if page.after else len(self._rows)
        keep = frozenset(wanted)
        for place in range(end - 1, -1, -1):
            if self._rows[place].shipment.id not in keep:
                self._remove(place)
        new = self._insert_missing(page.rows)
        self.update(page.rows)
        if not self._after and len(self._rows) <= len(page.rows):
            self._after = page.after
        return new

    def update(self, rows: Sequence[ShipmentRow]) -> None:
        """Take newer versions of rows that are loaded; a withdrawn shipment leaves the list."""
        changed, gone = [], []
        for row in rows:
            place = self._places.get(row.shipment.id)
            if place is None or self._rows[place] == row:
                continue
            if row.shipment.withdrawn:
                gone.append(row.shipment.id)
                continue
            self._rows[place] = row
            self._forget(row.shipment.id)
            changed.append(place)
        for first, last in _stretches(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        for shipment_id in gone:
            self.remove(shipment_id)

    def remove(self, shipment_id: str) -> None:
        """Take a shipment out that the question no longer holds for."""
        place = self._places.get(shipment_id)
        if place is not None:
            self._remove(place)

    def set_fresh(self, ids: Sequence[str]) -> None:
        """Which rows just came; they are tinted until this is called without them."""
        changed = self._fresh ^ frozenset(ids)
        self._fresh = frozenset(ids)
        for shipment_id in changed:
            place = self._places.get(shipment_id)
            if place is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1), [Role.FRESH])

    # within

    def _cell(self, row: ShipmentRow, column: Column) -> Cell:
        key = (row.shipment.id, int(column))
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = cell(row, column, self._today, self._zone)
        return found

    def _look(self, row: ShipmentRow, column: Column) -> CellLook:
        key = (row.shipment.id, int(column))
        found = self._cell_looks.get(key)
        if found is None:
            found = self._cell_looks[key] = self._cell(row, column).look(column, dense=self._dense)
        return found

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def _settle(self, after: str) -> None:
        self._after = after
        self._asked = False
        self._places = {row.shipment.id: place for place, row in enumerate(self._rows)}

    def _forget(self, shipment_id: str) -> None:
        for column in Column:
            self._cells.pop((shipment_id, int(column)), None)
            self._cell_looks.pop((shipment_id, int(column)), None)
        self._looks.pop(shipment_id, None)

    def _remove(self, place: int) -> None:
        self.beginRemoveRows(QModelIndex(), place, place)
        gone = self._rows.pop(place)
        self._forget(gone.shipment.id)
        self._places = {row.shipment.id: at for at, row in enumerate(self._rows)}
        self.endRemoveRows()

    def _insert_missing(self, rows: Sequence[ShipmentRow]) -> tuple[str, ...]:
        new: list[str] = []
        place = 0
        while place < len(rows):
            if rows[place].shipment.id in self._places:
                place += 1
                continue
            last = place
            while last + 1 < len(rows) and rows[last + 1].shipment.id not in self._places:
                last += 1
            self.beginInsertRows(QModelIndex(), place, last)
            self._rows[place:place] = rows[place : last + 1]
            self._places = {row.shipment.id: at for at, row in enumerate(self._rows)}
            self.endInsertRows()
            new.extend(row.shipment.id for row in rows[place : last + 1])
            place = last + 1
        return tuple(new)


def _stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours: the view is told of each once."""
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
