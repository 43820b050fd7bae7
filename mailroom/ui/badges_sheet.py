"""Who gets a badge: a list to tick, with the word that older badges become void."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.ui.forms import NoteBox
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.parts.ticked_list import TickedList
from mailroom.wording import _
from mailroom.wording.plain import one_line


class BadgesSheet(Sheet):
    """`chosen` carries the ids of the operators."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, people: Sequence[object]) -> None:
        super().__init__(window, _("Print badges"), width=480)
        self.people = TickedList()
        for one in people:
            self.people.add(one_line(str(getattr(one, "name", ""))), str(getattr(one, "id", "")), ticked=False)
        self.people.show_rows(2, 8)
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
        return self.people.ids(ticked=True)

    def _on_ticked(self) -> None:
        self.save.setEnabled(bool(self.ids()))

    def _on_save(self) -> None:
        self.chosen.emit(self.ids())
        self.accept()
