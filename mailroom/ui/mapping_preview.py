"""The first rows of a file as they would be imported, with what would become of each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from mailroom.services.exchange.preview import Judgement, Preview
from mailroom.ui import theme
from mailroom.ui.cell_painting import ONE_LINE
from mailroom.ui.table_delegate import TableDelegate, TableHeader, cell_width
from mailroom.ui.table_roles import Role
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.exchange import field_word
from mailroom.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINE, OUTCOME, FIRST_FIELD = range(3)
_WIDEST: Final = 230  # px of a column at 100 %
_OUTCOME_WIDTH: Final = 300  # px at 100 %


class PreviewModel(QAbstractTableModel):
    """Line, outcome, a column for each field that is imported, then the file's other columns under their own titles."""

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = preview.rows
        self._titles = preview.grid.titles
        self._columns: tuple[tuple[str, str], ...] = ()
        self._others: tuple[int, ...] = ()  # places of the file's columns that are not imported
        self._judged: Sequence[Judgement] = ()

    def show_plan(self, columns: tuple[tuple[str, str], ...], judged: Sequence[Judgement]) -> None:
        """Show other columns, and what would become of the rows; no judgement while it is not known."""
        self.beginResetModel()
        self._columns, self._judged = columns, judged
        used = {self._titles.index(title) for _name, title in columns}
        self._others = tuple(at for at in range(len(self._titles)) if at not in used)
        self.endResetModel()

    def reason(self, row: int) -> str:
        """Why a row would be refused, and what to do; empty for one that would not."""
        refused = self._judged[row].refused if 0 <= row < len(self._judged) else None
        return "" if refused is None else f"{error_text(refused)} {error_remedy(refused)}"

    def refused(self) -> int:
        """How many of the rows shown would be refused."""
        return sum(1 for one in self._judged if one.refused is not None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else FIRST_FIELD + len(self._columns) + len(self._others)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section == LINE:
            return _("Row")
        if section == OUTCOME:
            return _("What becomes of it")
        place = section - FIRST_FIELD
        if place < len(self._columns):
            return field_word(self._columns[place][0])
        at = self._others[place - len(self._columns)]
        return one_line(self._titles[at]) or _("Column {n}").format(n=at + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, by role."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if column == OUTCOME and row < len(self._judged):
            judged = self._judged[row]
            if role == Role.TONE:
                return "bad" if judged.refused else "text2" if judged.known else "good"
            if role == Role.ICON:
                return "alert-triangle" if judged.refused else "repeat" if judged.known else "circle-check"
        if role == Role.TONE:
            imported = OUTCOME <= column < FIRST_FIELD + len(self._columns)
            return "text" if imported else "text3"
        return None

    def _text(self, row: int, column: int) -> str:
        if column == LINE:
            return f"{self._rows[row].line:,}"
        if column == OUTCOME:
            if row >= len(self._judged):
                return ""
            judged = self._judged[row]
            if judged.refused is not None:
                return error_text(judged.refused)
            return _("known already") if judged.known else _("will be added")
        cells = self._rows[row].cells
        place = column - FIRST_FIELD
        if place < len(self._columns):
            at = self._titles.index(self._columns[place][1])
        else:
            at = self._others[place - len(self._columns)]
        return one_line(cells[at]) if at < len(cells) else ""


class PreviewTable(QTableView):
    """The table over a `PreviewModel`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalHeader(TableHeader(self))
        self.setItemDelegate(TableDelegate(self, ONE_LINE))
        self.setAccessibleName(_("First rows of the file"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setCornerWidget(QWidget())
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setDefaultSectionSize(theme.px(ONE_LINE))
        self.fit()

    def fit(self) -> None:
        """Give each column the width of its content, within limits."""
        model = self.model()
        if model is None:
            return
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            widths = [cell_width(model.index(row, column)) for row in range(model.rowCount())]
            wanted = max([metrics.horizontalAdvance(title) + 26, *widths])
            most = theme.px(_OUTCOME_WIDTH if column == OUTCOME else _WIDEST)
            self.setColumnWidth(column, min(most, wanted + (12 if column == LINE else 0)))
