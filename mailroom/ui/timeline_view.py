"""The timeline as a list: every event and every silence can be reached by key and read by a screen reader."""

import dataclasses
from datetime import datetime, tzinfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from mailroom.domain.timeline import TimelineEvent
from mailroom.ui.timeline_delegate import ITEM, POSITION, TimelineDelegate, question_rect
from mailroom.ui.timeline_items import TimelineItem, timeline_items
from mailroom.wording import _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TimelineModel(QAbstractListModel):
    """The items of one shipment's timeline, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[TimelineItem, ...] = ()

    @property
    def items(self) -> tuple[TimelineItem, ...]:
        """What is shown."""
        return self._items

    def show(self, items: tuple[TimelineItem, ...]) -> None:
        """Show other items; where they are the same nothing moves."""
        opened = {one.key for one in self._items if one.opened}
        items = tuple(dataclasses.replace(one, opened=True) if one.key in opened else one for one in items)
        if items != self._items:
            self.beginResetModel()
            self._items = items
            self.endResetModel()

    def toggle(self, row: int) -> bool:
        """Show or hide what an event means; whether there is something to show."""
        item = self._items[row]
        if not item.answer:
            return False
        changed = dataclasses.replace(item, opened=not item.opened)
        self._items = (*self._items[:row], changed, *self._items[row + 1 :])
        index = self.index(row)
        self.dataChanged.emit(index, index)
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Events and gaps."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The whole text for readers, the item for the delegate."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.spoken
        if role == ITEM:
            return item
        if role == POSITION:
            return index.row() == 0, index.row() == len(self._items) - 1
        return None


class TimelineView(QListView):
    """Shows a shipment's events; arrow keys move, Enter explains an event, Ctrl+C copies its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TimelineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(TimelineDelegate(self))
        self.setAccessibleName(_("Timeline"))
        self.setProperty("ring", "none")
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    @property
    def items(self) -> tuple[TimelineItem, ...]:
        """What is shown, newest first."""
        return self._model.items

    def show_events(
        self, events: tuple[TimelineEvent, ...], now: datetime, zone: tzinfo, *, finished: bool, carrier: str = ""
    ) -> None:
        """Show these events as of `now` (aware UTC) on the clock of the office's `zone`."""
        self._model.show(timeline_items(events, now, zone, finished=finished, carrier=carrier))

    def show_items(self, items: tuple[TimelineItem, ...]) -> None:
        """Show what was worded elsewhere."""
        self._model.show(items)

    def restyle(self) -> None:
        """Measure anew in the new text size."""
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies, other keys move."""
        self._show_focus(True)
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if enter and self.currentIndex().isValid() and self._explain(self.currentIndex().row()):
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press needs no ring; on the question it opens the answer, on the answer it closes it."""
        self._show_focus(False)
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            place = question_rect(index.data(ITEM), self.visualRect(index))
            if place.contains(event.position().toPoint()):
                self._explain(index.row())

    def _explain(self, row: int) -> bool:
        if not self._model.toggle(row):
            return False
        self.doItemsLayout()
        self.scrollTo(self._model.index(row))
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the newest event where a key brought the focus."""
        super().focusInEvent(event)
        self._show_focus(event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def _show_focus(self, shown: bool) -> None:
        self.setProperty("keyboard", shown)
        self.viewport().update()
