"""The list of operators: adding one, the role, the PIN, and who no longer works here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mailroom.domain.operator import Role
from mailroom.domain.sign_in import Person
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.forms import side_by_side
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.roles import role_word

_ROLES = tuple(Role)
Change = Callable[[Office], object]


class PeopleSheet(Sheet):
    """`wanted` carries what is to be done with the office, in the writer; then `show_people` or `refuse` follows."""

    wanted = Signal(object)

    def __init__(self, window: QWidget, people: Sequence[Person]) -> None:
        super().__init__(window, _("Operators"), _("who works here; every change is in the log"), width=640)
        words = tuple(role_word(one) for one in _ROLES)
        self._people: tuple[Person, ...] = ()
        self.people = QListWidget()
        self.people.setFixedHeight(theme.px(28) * 6 + 8)
        self.role, self.pin = Choice(words), LineEdit(_("4 to 12 digits, or a passphrase"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin_field = Field(_("New PIN"), self.pin)
        self.set_pin, self.clear_pin = Button(_("Set the PIN")), Button(_("No PIN any more"))
        self.leave = Button("")
        self.name, self.new_role = LineEdit(_("such as: Ada Moss")), Choice(words)
        self.name_field = Field(_("Add somebody"), self.name)
        self.add = Button(_("Add"), "plus")
        self._lay_out()
        close = self.add_button(Button(_("Done"), kind="primary"))
        close.clicked.connect(self.accept)
        self.enter_presses(self.pin, self.set_pin)
        self.enter_presses(self.name, self.add)
        for box in (self.role, self.new_role):
            self.enter_presses(box, None)
        self.people.currentRowChanged.connect(self._on_chosen)
        self.role.activated.connect(self._on_role)
        self.set_pin.clicked.connect(self._on_set_pin)
        self.clear_pin.clicked.connect(self._on_clear_pin)
        self.leave.clicked.connect(self._on_leave)
        self.add.clicked.connect(self._on_add)
        self.show_people(people)

    def show_people(self, people: Sequence[Person]) -> None:
        """The list as it is now; whoever was chosen stays chosen."""
        before = self.chosen.operator.id if self._people else ""
        self._people = tuple(people)
        self.people.blockSignals(True)
        self.people.clear()
        for one in self._people:
            item = QListWidgetItem(_line(one))
            if not one.active:
                item.setForeground(Qt.GlobalColor.gray)
            self.people.addItem(item)
        ids = [one.operator.id for one in self._people]
        self.people.setCurrentRow(ids.index(before) if before in ids else 0)
        self.people.blockSignals(False)
        self.pin_field.accept()
        self.name_field.accept()
        self._on_chosen()

    @property
    def chosen(self) -> Person:
        """Whom role, PIN and leaving are about."""
        return self._people[max(0, self.people.currentRow())]

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong, at the field it is about."""
        field = self.name_field if error.code in ("operator_known", "operator_name_bad") else self.pin_field
        field.refuse(f"{error_text(error)} {error_remedy(error)}")
        self._on_chosen()
        self.restyle()

    def _lay_out(self) -> None:
        self.body.addWidget(Field(_("People"), self.people))
        self.body.addLayout(side_by_side((Field(_("Role"), self.role), 1), (self.pin_field, 2)))
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.set_pin, self.clear_pin, self.leave):
            row.addWidget(one)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(side_by_side((self.name_field, 2), (Field(_("Role of the new one"), self.new_role), 1)))
        last = QHBoxLayout()
        last.addWidget(self.add)
        last.addStretch(1)
        self.body.addLayout(last)

    def _on_chosen(self) -> None:
        person = self.chosen
        self.role.setCurrentIndex(_ROLES.index(person.operator.role))
        self.clear_pin.setEnabled(person.has_pin)
        self.leave.setText(_("Take off the list") if person.active else _("Put back on the list"))

    def _on_role(self, at: int) -> None:
        id_, role = self.chosen.operator.id, _ROLES[at]
        self._want(lambda office: office.people.change_role(office.operator, id_, role))

    def _on_set_pin(self) -> None:
        id_, pin = self.chosen.operator.id, self.pin.text()
        self.pin.clear()
        self._want(lambda office: office.people.set_pin(office.operator, id_, pin))

    def _on_clear_pin(self) -> None:
        id_ = self.chosen.operator.id
        self._want(lambda office: office.people.clear_pin(office.operator, id_))

    def _on_leave(self) -> None:
        id_, active = self.chosen.operator.id, not self.chosen.active
        self._want(lambda office: office.people.set_active(office.operator, id_, active=active))

    def _on_add(self) -> None:
        name, role = self.name.text(), _ROLES[self.new_role.currentIndex()]
        self._want(lambda office: office.people.add(office.operator, name, role))

    def _want(self, change: Change) -> None:
        self.pin_field.accept()
        self.name_field.accept()
        self.wanted.emit(change)


def _line(person: Person) -> str:
    parts = [person.operator.name, role_word(person.operator.role)]
    if person.has_pin:
        parts.append(_("has a PIN"))
    if not person.active:
        parts.append(_("no longer works here"))
    return "  ·  ".join(parts)
