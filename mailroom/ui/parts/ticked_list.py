"""A list whose entries are ticked: box and tick, never the colour of a box alone; what does not fit is shortened."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon

ROW = 28  # px at 100 %


class TickedList(QListWidget):
    """Entries with an id each; `itemChanged` follows each tick."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Ticks(self))
        theme.set_font(self, 13)

    def add(self, text: str, id_: str, *, ticked: bool) -> None:
        """One more entry."""
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, id_)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setSizeHint(QSize(0, theme.px(ROW)))
        self.addItem(item)

    def ids(self, *, ticked: bool) -> tuple[str, ...]:
        """The ids of the entries that are ticked, or of those that are not."""
        wanted = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        items = (self.item(at) for at in range(self.count()))
        return tuple(str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() is wanted)

    def show_rows(self, least: int, most: int) -> None:
        """Be as high as so many entries."""
        self.setFixedHeight(theme.px(ROW) * min(max(self.count(), least), most) + 10)


class _Ticks(QStyledItemDelegate):
    """Draws the tick into the box that the style sheet has painted."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Everything as usual, then the tick."""
        super().paint(painter, option, index)
        if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is not Qt.CheckState.Checked:
            return
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        widget = option.widget
        box = widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, own, widget)
        size = min(box.width(), box.height()) - 2
        left, top = box.center().x() - size / 2 + 0.5, box.center().y() - size / 2 + 0.5
        paint_icon(painter, "check", left, top, size, tokens.current().on_accent)
