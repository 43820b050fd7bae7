"""Who sits here: a name and its PIN."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mailroom.domain.sign_in import Person
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.roles import role_word


class SignInDialog(Sheet):
    """`wanted` carries an operator's id and the PIN as typed. It stays open until `accept`, with `refuse`."""

    wanted = Signal(str, str)

    def __init__(self, window: QWidget, people: Sequence[Person], operator_id: str, *, required: bool) -> None:
        super().__init__(window, _("Sign in"), width=440)
        self._people = tuple(people)
        name = _("{name}, {role}")
        self.people = Choice(
            tuple(name.format(name=one.operator.name, role=role_word(one.operator.role)) for one in self._people)
        )
        self.pin = LineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin_field = Field(_("PIN"), self.pin)
        self.body.addWidget(Field(_("Operator"), self.people))
        self.body.addWidget(self.pin_field)
        if required:
            self.body.addWidget(NoteBox(_("A name without a PIN gives a clerk’s rights and no more.")))
        self.body.addStretch(1)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Sign in"), kind="primary"))
        self.save.clicked.connect(self._on_save)
        ids = [one.operator.id for one in self._people]
        self.people.setCurrentIndex(ids.index(operator_id) if operator_id in ids else 0)
        self.people.currentIndexChanged.connect(self._on_chosen)
        self._on_chosen()

    def open(self) -> None:
        """Begin at the PIN where there is one."""
        super().open()
        if self.pin.isEnabled():
            self.pin.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong, at the PIN."""
        self.save.setEnabled(True)
        self.pin_field.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.restyle()
        self.pin.selectAll()
        self.pin.setFocus()

    def _on_chosen(self) -> None:
        person = self._people[self.people.currentIndex()]
        self.pin.clear()
        self.pin_field.accept()
        self.pin.setEnabled(person.has_pin)
        self.pin.setPlaceholderText("" if person.has_pin else _("none for this name"))

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.save.setEnabled(False)
            self.wanted.emit(self._people[self.people.currentIndex()].operator.id, self.pin.text())
