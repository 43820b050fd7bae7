"""Editing a cell of a table in place: a line with a name, Tab goes to the next cell that can be edited."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from mailroom.ui import theme
from mailroom.ui.table_delegate import TableDelegate

_LONGEST = 200  # characters

Index = QModelIndex | QPersistentModelIndex


class CellEditing(TableDelegate):
    """The delegate of tables whose cells can be edited."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line of the cell's size, called as its column."""
        line = QLineEdit(parent)
        line.setObjectName("cell")
        line.setMaxLength(_LONGEST)
        theme.set_font(line, 13)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        line.setAccessibleName(str(heading or ""))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands there as the cell is opened, all of it chosen; later changes leave what is being typed alone."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As wide as the cell, and at least as wide as a name needs."""
        rect = option.rect
        rect.setWidth(max(rect.width(), theme.px(150)))
        parent = editor.parentWidget()
        if parent is not None and rect.right() > parent.width():
            rect.moveRight(parent.width())
        editor.setGeometry(rect)
