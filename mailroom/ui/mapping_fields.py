"""Which column of a file each of our fields is: a table whose second column is chosen from a list."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mailroom.services.exchange.fields import FieldSpec
from mailroom.services.exchange.preview import Preview
from mailroom.ui import theme, tokens
from mailroom.ui.cell_looks import PADDING
from mailroom.ui.cell_painting import ONE_LINE
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.fields import Choice
from mailroom.ui.table_delegate import TableDelegate, TableHeader
from mailroom.ui.table_roles import Role
from mailroom.wording import _
from mailroom.wording.exchange import field_word
from mailroom.wording.plain import one_line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIELD, COLUMN, SAMPLE = range(3)
_SHARES: Final = (41, 34, 25)  # of the width, in hundredths


class FieldsModel(QAbstractTableModel):
    """Our fields, each with the file's column that it is read from: needed and found ones first."""

    changed = Signal()

    def __init__(self, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview = preview
        self._columns: dict[str, str] = preview.plan.mapping
        found = [spec for spec in preview.fields if spec.needed or spec.name in self._columns]
        self._specs: list[FieldSpec] = [*found, *(spec for spec in preview.fields if spec not in found)]

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Pairs of our field and the file's title, as a plan has them."""
        return tuple((spec.name, self._columns[spec.name]) for spec in self._specs if spec.name in self._columns)

    @property
    def titles(self) -> tuple[str, ...]:
        """The file's columns."""
        return self._preview.columns

    def missing(self) -> tuple[str, ...]:
        """The fields that are needed and have no column."""
        return tuple(spec.name for spec in self._specs if spec.needed and spec.name not in self._columns)

    def take(self, columns: dict[str, str]) -> None:
        """Show another mapping."""
        self._columns = {name: title for name, title in columns.items() if title in self.titles}
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, SAMPLE))
        self.changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._specs)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (_("Mailroom’s field"), _("Column of the file"), _("For example"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a cell."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if index.column() == COLUMN else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, by role."""
        if not index.isValid():
            return None
        spec = self._specs[index.row()]
        title = self._columns.get(spec.name, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.column(), spec, title)
        if role == Qt.ItemDataRole.EditRole:
            return title
        if role == Role.STRONG:
            return index.column() == COLUMN and bool(title)
        if role == Role.TONE:
            if index.column() == COLUMN and not title:
                return "bad" if spec.needed else "text3"
            return "text2" if index.column() == SAMPLE else "text"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Read a field from another column; a column serves one field at a time."""
        name, title = self._specs[index.row()].name, str(value or "")
        if self._columns.get(name, "") == title:
            return False
        for other in [one for one, there in self._columns.items() if there == title]:
            del self._columns[other]
        self._columns.pop(name, None)
        if title:
            self._columns[name] = title
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, SAMPLE))
        self.changed.emit()
        return True

    def field_at(self, row: int) -> str:
        """What the field of a row is called."""
        return field_word(self._specs[row].name)

    def _text(self, column: int, spec: FieldSpec, title: str) -> str:
        if column == FIELD:
            word = field_word(spec.name)
            return _("{field} (required)").format(field=word) if spec.needed else word
        if column == COLUMN:
            return one_line(title) if title else (_("choose a column") if spec.needed else _("not imported"))
        return one_line(self._preview.sample(title)) if title else ""


class _ColumnChoice(Choice):
    """The list of the file's columns, open at once; `left` when it closes without a choice."""

    left = Signal()

    def __init__(self, choices: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(choices, parent=parent)
        self._chosen = False
        self.activated.connect(self._on_activated)

    def hidePopup(self) -> None:
        """Closed, with or without a choice: Qt tells of the choice only after this."""
        super().hidePopup()
        QTimer.singleShot(0, self._on_closed)

    def _on_activated(self) -> None:
        self._chosen = True

    def _on_closed(self) -> None:
        if not self._chosen:
            self.left.emit()


class _FieldsDelegate(TableDelegate):
    """Draws the rows; a click or Enter on the second column opens its list."""

    def _paint_content(self, painter: QPainter, box: QRect, index: Index, *, chosen: bool) -> None:
        """The text, and before the end of the cell a chevron where something can be chosen."""
        if index.column() == COLUMN:
            size = theme.px(16)
            y = box.center().y() - size / 2
            paint_icon(painter, "chevron-down", box.right() - size, y, size, tokens.current().text2)
            box = box.adjusted(0, 0, -size - PADDING, 0)
        super()._paint_content(painter, box, index, chosen=chosen)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The list of columns."""
        model = index.model()
        assert isinstance(model, FieldsModel)
        nothing = _("not imported")
        editor = _ColumnChoice((nothing, *model.titles), parent)
        editor.setAccessibleName(_("Column for: {field}").format(field=model.field_at(index.row())))
        editor.activated.connect(self._on_activated)
        editor.left.connect(self._on_left_list)
        QTimer.singleShot(0, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the column as it is."""
        assert isinstance(editor, Choice)
        title = str(index.data(Qt.ItemDataRole.EditRole) or "")
        editor.setCurrentIndex(max(0, editor.findText(title)) if title else 0)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take what was chosen."""
        assert isinstance(editor, Choice)
        model.setData(model.index(index.row(), index.column()), editor.currentText() if editor.currentIndex() else "")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell."""
        editor.setGeometry(option.rect)

    def _on_activated(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _on_left_list(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


class FieldsTable(QTableView):
    """The table over a `FieldsModel`; arrows move, Enter or a click opens the list of a field's column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalHeader(TableHeader(self))
        self.setItemDelegate(_FieldsDelegate(self, ONE_LINE))
        self.setAccessibleName(_("Fields and their columns"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("ring", "none")
        self.verticalHeader().hide()
        self.clicked.connect(self._on_clicked)
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setDefaultSectionSize(theme.px(ONE_LINE))

    def choose(self, row: int) -> None:
        """Open the list of a field's column."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            place = model.index(row, COLUMN)
            self.setCurrentIndex(place)
            self.edit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F2, Space and Alt+Down open the list."""
        self.setProperty("keyboard", True)
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in keys or (alt and event.key() == Qt.Key.Key_Down):
            self.choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """Show where the keys act."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.setProperty("keyboard", True)
        model = self.model()
        if not self.currentIndex().isValid() and model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0, COLUMN))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(_SHARES[:-1]):
            self.setColumnWidth(column, width * share // 100)
        self.setColumnWidth(SAMPLE, width - sum(width * share // 100 for share in _SHARES[:-1]))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.choose(index.row())
