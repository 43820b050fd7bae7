"""The papers that were issued, as a table: number, what it is, about what, when, by whom, pages."""

from datetime import date, tzinfo
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mailroom.domain.documents import Document
from mailroom.domain.folding import fold
from mailroom.wording import _, plural
from mailroom.wording.attachments import paper_word
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import moment_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
DOCUMENT: Final = int(Qt.ItemDataRole.UserRole) + 60


class Column(IntEnum):
    """The columns, left to right."""

    NUMBER = 0
    KIND = 1
    ABOUT = 2
    PURPOSE = 3
    ISSUED = 4
    BY = 5
    PAGES = 6


class PapersModel(QAbstractTableModel):
    """Those of the papers that fit what is typed, newest first."""

    def __init__(self, zone: tzinfo, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone, self._today = zone, today
        self._all: tuple[Document, ...] = ()
        self._shown: tuple[Document, ...] = ()
        self._wanted = ""

    def show(self, documents: tuple[Document, ...]) -> None:
        """Show other papers, filtered as before."""
        self._all = documents
        self._fit()

    def look_for(self, text: str) -> None:
        """Show those with this in their number, shipment, purpose or person."""
        self._wanted = fold(text).strip()
        self._fit()

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words over the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.PAGES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Number"), _("Paper"), _("Shipment"), _("Purpose"), _("Issued"), _("By"), _("Pages"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, or the paper itself."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        one = self._shown[index.row()]
        if role == DOCUMENT:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(one, Column(index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == Column.PAGES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, one: Document, column: Column) -> str:
        match column:
            case Column.NUMBER:
                return one.number
            case Column.KIND:
                return paper_word(one.kind)
            case Column.ABOUT:
                if len(one.shipment_ids) == 1 and one.tracking_numbers[0]:
                    return grouped(one.tracking_numbers[0])
                return plural("{n} shipment", "{n} shipments", len(one.shipment_ids))
            case Column.PURPOSE:
                return one_line(one.purpose)
            case Column.ISSUED:
                return moment_text(one.issued_at, self._zone, self._today)
            case Column.BY:
                return one_line(one.issued_by)
        return str(one.pages)

    def _fit(self) -> None:
        self.beginResetModel()
        self._shown = tuple(one for one in self._all if self._wanted in _searched(one)) if self._wanted else self._all
        self.endResetModel()


def _searched(one: Document) -> str:
    words = (one.number, paper_word(one.kind), one.purpose, one.issued_by, *one.tracking_numbers)
    return fold(" ".join(words))
