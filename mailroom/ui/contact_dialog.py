"""One entry of the address book: typed in, with what its address lacks told below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from mailroom.domain.contacts import Contact
from mailroom.domain.shipment import Party
from mailroom.errors import MailroomError
from mailroom.ui.address_lines import AddressHints, AddressLines
from mailroom.ui.forms import line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text


class ContactDialog(Sheet):
    """`saved` carries party, e-mail and note. `accept` ends it, `refuse` tells trouble."""

    saved = Signal(object, str, str)

    def __init__(self, window: QWidget, home: str, contact: Contact | None = None) -> None:
        super().__init__(window, _("Edit the entry") if contact else _("New entry"))
        self.contact = contact
        self._base = contact.party if contact else Party()
        self.name, self.company = _line(_("Name"), self._base.name), _line(_("Company"), self._base.company)
        self.street = Field(_("Street"), Area(lines=2))
        self.place = AddressLines(long_country=True)
        self.hints = AddressHints()
        self.phone = _line(_("Telephone"), self._base.contact)
        self.email = _line(_("E-mail"), contact.email if contact else "")
        self.own_note = _line(_("Note"), contact.note if contact else "")
        self._area.setPlainText("\n".join(self._base.address))
        self.place.set_home(home)
        self.place.show_party(self._base)
        self.body.addLayout(side_by_side((self.name, 1), (self.company, 1)))
        for one in (self.street, self.place, self.hints):
            self.body.addWidget(one)
        self.body.addLayout(side_by_side((self.phone, 1), (self.email, 1)))
        self.body.addWidget(self.own_note)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save"), kind="primary"))
        self.save.clicked.connect(self._on_save)
        for field in (self.name, self.company):
            self.place.watch(line_of(field))
        self.place.settled.connect(self._on_settled)

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong; what was typed stays."""
        self.save.setEnabled(True)
        field = {"email_bad": self.email, "contact_empty": self.name}.get(error.code, self.own_note)
        field.refuse(f"{error_text(error)} {error_remedy(error)}".strip())
        field.control.setFocus()

    def party(self) -> Party:
        """The party as typed."""
        lines = tuple(line.strip() for line in self._area.toPlainText().splitlines() if line.strip())
        party = Party(typed(self.name), typed(self.company), lines, contact=typed(self.phone))
        return self.place.read(party)

    @property
    def _area(self) -> QPlainTextEdit:
        control = self.street.control
        if not isinstance(control, QPlainTextEdit):
            raise TypeError(type(control).__name__)
        return control

    def _on_settled(self) -> None:
        self.hints.show_reasons(self.place.reasons(self.party()))
        self.restyle()

    def _on_save(self) -> None:
        party = self.party()
        if self.place.country.property("refused"):
            self.place.country.setFocus()
            return
        self.save.setEnabled(False)
        self.saved.emit(party, typed(self.email), typed(self.own_note))


def _line(label: str, text: str) -> Field:
    line = LineEdit()
    line.fill(text)
    return Field(label, line)
