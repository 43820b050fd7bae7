"""Who gets a badge: a list to tick, with the word that older badges become void."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mailroom.ui import theme
from mailroom.ui.forms import NoteBox
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _


class BadgesSheet(Sheet):
    """`chosen` carries the ids of the operators."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, people: Sequence[object]) -> None:
        super().__init__(window, _("Print badges"), width=480)
        self.people = QListWidget()
        for one in people:
            item = QListWidgetItem(str(getattr(one, "name", "")))
            item.setData(Qt.ItemDataRole.UserRole, getattr(one, "id", ""))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.people.addItem(item)
        self.people.setFixedHeight(theme.px(28) * min(max(len(people), 2), 8) + 8)
        self.body.addWidget(Field(_("People"), self.people))
        about = _("A new badge makes the person’s older ones void. It gives a clerk’s rights and no more.")
        self.body.addWidget(NoteBox(about))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Print"), kind="primary"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._on_save)
        self.people.itemChanged.connect(self._on_ticked)

    def ids(self) -> tuple[str, ...]:
        """Who is ticked."""
        items = (self.people.item(at) for at in range(self.people.count()))
        return tuple(
            str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() is Qt.CheckState.Checked
        )

    def _on_ticked(self) -> None:
        self.save.setEnabled(bool(self.ids()))

    def _on_save(self) -> None:
        self.chosen.emit(self.ids())
        self.accept()
