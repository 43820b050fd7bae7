"""Today's readings as a model: one line a label, newest on top; rows come and go singly, never by a reset."""

import dataclasses
from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from mailroom.domain.register import ReadingRow, ShipmentRow
from mailroom.ui.cell_looks import AT_RIGHT, CellLook
from mailroom.ui.scan_words import HEADINGS, Column, Line, edited_text, make_line
from mailroom.ui.table_roles import Role
from mailroom.wording import _

Index = QModelIndex | QPersistentModelIndex
_FADE_STEP = 100  # ms
_FRESH_FOR = 3000  # ms until a new line looks like the others
_FADES_FOR = 1000  # ms, the last ones of these


class ReadingsModel(QAbstractTableModel):
    """Lines by command id. `take` merges what the record says with what is shown."""

    cell_edited = Signal(object, int, str)  # Line, column, what was typed

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._lines: list[Line] = []
        self._fresh: dict[str, int] = {}  # command id -> ms left
        self._fade = QTimer(self)
        self._fade.setInterval(_FADE_STEP)
        self._fade.timeout.connect(self._on_fade)

    @property
    def lines(self) -> Sequence[Line]:
        """All lines, newest first."""
        return self._lines

    def line_at(self, index: Index) -> Line | None:
        """The line of a row."""
        row = index.row()  # -1 of an index that says nothing
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def waiting(self) -> int:
        """How many labels somebody still has to decide about."""
        return sum(one.reading.outcome == "asked" for one in self._lines)

    def refused(self) -> int:
        """How many labels were refused."""
        return sum(one.reading.outcome == "refused" for one in self._lines)

    def add(self, reading: ReadingRow, repeated_from: str = "") -> None:
        """Put a new label on top and light it up for a moment; an older question about the same label goes."""
        self._drop_answered({reading.raw} if reading.outcome in ("recorded", "repeated") else set())
        self._fresh = {reading.command_id: _FRESH_FOR} if reading.outcome == "recorded" else {}
        for at, line in enumerate(self._lines):
            if line.reading.command_id == reading.command_id:  # the record's answer was quicker
                self._remove(at)
                break
        self._insert(0, make_line(reading, self._zone, repeated_from))
        if self._fresh:
            self._fade.start()

    def put_aside(self, command_id: str) -> None:
        """A question is put aside: it waits for nobody any more."""
        for at, line in enumerate(self._lines):
            if line.reading.command_id == command_id:
                self._lines[at] = make_line(dataclasses.replace(line.reading, outcome="dropped"), self._zone)
                self._tell(at)

    def show_row(self, row: ShipmentRow) -> None:
        """A piece was changed: its lines say so."""
        for at, line in enumerate(self._lines):
            if line.reading.row is not None and line.reading.row.shipment.id == row.shipment.id:
                reading = dataclasses.replace(line.reading, row=row)
                self._lines[at] = make_line(reading, self._zone, line.repeated_from)
                self._tell(at)

    def take(self, readings: Sequence[ReadingRow]) -> None:
        """Show what is on record, newest first: insert what is new, change what changed, drop what is gone."""
        wanted = _one_a_label(readings)
        ids = {one.command_id for one in wanted}
        for at in range(len(self._lines) - 1, -1, -1):
            if self._lines[at].reading.command_id not in ids:
                self._remove(at)
        known = {line.reading.command_id: at for at, line in enumerate(self._lines)}
        for at, reading in enumerate(wanted):
            now = known.get(reading.command_id)
            if now is None:
                self._insert(at, make_line(reading, self._zone))
                known = {line.reading.command_id: place for place, line in enumerate(self._lines)}
            else:
                self._renew(now, reading)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heading = HEADINGS[Column(section)]
            return _(heading) if heading else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (Column.TIME, Column.POSTAGE):
            return AT_RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, for the delegate and for a screen reader."""
        line = self.line_at(index)
        if line is None:
            return None
        at = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            told = role == Qt.ItemDataRole.AccessibleTextRole and at == Column.OUTCOME
            return line.word if told else line.looks[at].text
        if role == Role.LOOK:
            return line.looks[at]
        if role == Qt.ItemDataRole.EditRole:
            return edited_text(line, Column(at))
        if role == Role.FRESH:
            return self.freshness(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return line.looks[at].align
        if role == Role.ROW_ID:
            return line.reading.row.shipment.id if line.reading.row else ""
        return None

    def looks(self, row: int) -> tuple[CellLook, ...]:
        """How the cells of a row look, by column."""
        return self._lines[row].looks

    def freshness(self, row: int) -> float:
        """1 for a label just recorded, fading to 0."""
        reading = self._lines[row].reading
        return _shown(self._fresh.get(reading.command_id, 0)) if reading.outcome == "recorded" else 0.0

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Recipient, order, department and postage of a piece on record can be edited in place."""
        line, flags = self.line_at(index), super().flags(index)
        if line is not None and edited_text(line, Column(index.column())) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """What was typed goes to the record; the cell shows it once it is there."""
        line = self.line_at(index)
        if line is None or role != Qt.ItemDataRole.EditRole:
            return False
        text, column = str(value), Column(index.column())
        if text.strip() != edited_text(line, column):
            self.cell_edited.emit(line, int(column), text)
        return True

    # within

    def _renew(self, at: int, reading: ReadingRow) -> None:
        line = self._lines[at]
        if line.reading is reading:
            return
        if line.reading == reading:  # the record's own value from now on: next time there is nothing to compare
            self._lines[at] = dataclasses.replace(line, reading=reading)
            return
        self._lines[at] = make_line(reading, self._zone, line.repeated_from)
        self._tell(at)

    def _insert(self, at: int, line: Line) -> None:
        self.beginInsertRows(QModelIndex(), at, at)
        self._lines.insert(at, line)
        self.endInsertRows()

    def _remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._lines[at]
        self.endRemoveRows()

    def _drop_answered(self, raws: set[str]) -> None:
        for at in range(len(self._lines) - 1, -1, -1):
            reading = self._lines[at].reading
            if reading.outcome in ("asked", "dropped") and reading.raw in raws:
                self._remove(at)

    def _tell(self, at: int, *roles: int) -> None:
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1), list(roles))

    def _on_fade(self) -> None:
        before = self._fresh
        self._fresh = {one: left - _FADE_STEP for one, left in before.items() if left > _FADE_STEP}
        for at, line in enumerate(self._lines[:3]):
            left = before.get(line.reading.command_id, 0)
            if _shown(left) != _shown(left - _FADE_STEP):  # two seconds as new, then a second of fading
                self._tell(at, Role.FRESH)
        if not self._fresh:
            self._fade.stop()


def _shown(left: int) -> float:
    """How new a label looks that has so many ms left to look new."""
    return min(1.0, max(0, left) / _FADES_FOR)


def _one_a_label(readings: Sequence[ReadingRow]) -> list[ReadingRow]:
    """One line a command, the one with the shipment first; questions that were answered later are left out."""
    lines: dict[str, ReadingRow] = {}
    settled: set[str] = set()
    for reading in readings:  # newest first
        if reading.outcome in ("asked", "dropped") and reading.raw in settled:
            continue
        if reading.outcome in ("recorded", "repeated"):
            settled.add(reading.raw)
        lines.setdefault(reading.command_id, reading)
    return list(lines.values())
