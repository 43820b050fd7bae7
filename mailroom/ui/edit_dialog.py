"""Editing what a person adds to a piece; every change is kept with its history."""

import dataclasses
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.money import Money, parse_money
from mailroom.domain.shipment import Party, PieceFields, Shipment
from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.address_lines import AddressHints, AddressLines
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.forms import amount_text, choice_of, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.piece_more import MoreFields
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text


class EditDialog(Sheet):
    """Fields of one shipment; `edited` carries the new PieceFields. `close_saved` ends it, `refuse` tells trouble."""

    edited = Signal(object)

    def __init__(
        self, window: QWidget, shipment: Shipment, departments: tuple[str, ...], department: str, currency: str
    ) -> None:
        super().__init__(window, _("Edit the shipment"), about_shipment(shipment))
        self._fields = shipment.fields
        declared = shipment.fields.declared_value
        self._currency = declared.currency if declared is not None else currency
        fields, party = shipment.fields, shipment.fields.recipient
        self.name = _line(_("Recipient"), party.name)
        self.company = _line(_("Company"), party.company)
        self.address = Field(_("Street, without name and town"), Area(lines=3))
        self._area(self.address).setPlainText("\n".join(party.address))
        self.place = AddressLines(long_country=True)
        self.place.show_party(party)
        self.country = self.place.fields["country"]
        self.hints = AddressHints()
        self.more = MoreFields(short=True, currency=self._currency)
        self.more.show_fields(fields)
        self.order = _line(_("Order number"), fields.order)
        self.department = Field(_("Department"), Choice(departments, editable=True))
        choice_of(self.department).setEditText(department)
        self.declared = Field(_("Declared value"), LineEdit("120.00", unit=self._currency))
        line_of(self.declared).fill(amount_text(declared))
        self.mailed = _line(_("Mailed on"), fields.mailed_on.isoformat() if fields.mailed_on else "")
        self.promised = _line(_("Wanted by"), fields.promised_on.isoformat() if fields.promised_on else "")
        self.contents = _line(_("Contents"), fields.contents)
        self.own_note = _line(_("Note"), fields.note)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addLayout(side_by_side((self.name, 1), (self.company, 1)))
        self.body.addWidget(self.address)
        self.body.addWidget(self.place)
        self.body.addWidget(self.hints)
        self.body.addLayout(side_by_side((self.department, 2), (self.order, 2), (self.declared, 2)))
        self.body.addLayout(side_by_side((self.mailed, 1), (self.promised, 1)))
        self.body.addWidget(self.contents)
        self.body.addWidget(self.more)
        self.body.addWidget(self.own_note)
        self.place.settled.connect(self._on_settled)
        self.place.watch(line_of(self.name))
        self.place.watch(line_of(self.company))
        self.more.set_abroad(abroad=self.place.abroad())
        for field in (self.mailed, self.promised):
            line_of(field).setPlaceholderText("2026-11-20")
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def close_saved(self) -> None:
        """The change is on record."""
        self.accept()

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong; the dialog stays open with what was typed."""
        self.save.setEnabled(True)
        self.own_note.refuse(f"{error_text(error)} {error_remedy(error)}")

    def fields(self) -> PieceFields | None:
        """What was typed; none where a field is refused."""
        try:
            mailed, promised = self._day(self.mailed), self._day(self.promised)
            declared = self._money()
        except MailroomError:
            return None
        party, more = self._party(), self.more.read(self._fields)
        if self.country.control.property("refused"):
            self.country.control.setFocus()
            return None
        if self.more.refused:
            return None
        return dataclasses.replace(
            more,
            recipient=party,
            order=typed(self.order),
            department=typed(self.department),
            declared_value=declared,
            mailed_on=mailed,
            promised_on=promised,
            contents=typed(self.contents),
            note=typed(self.own_note),
        )

    # within

    def _party(self) -> Party:
        lines = (line.strip() for line in typed(self.address).splitlines())
        party = dataclasses.replace(
            self._fields.recipient,
            name=typed(self.name),
            company=typed(self.company),
            address=tuple(line for line in lines if line),
        )
        return self.place.read(party)

    def _on_settled(self) -> None:
        self.hints.show_reasons(self.place.reasons(self._party()))
        self.more.set_abroad(abroad=self.place.abroad())
        self.restyle()

    def _on_save(self) -> None:
        fields = self.fields()
        if fields is not None:
            self.save.setEnabled(False)
            self.edited.emit(fields)

    def _day(self, field: Field) -> date | None:
        text = typed(field)
        try:
            return parse_day(text) if text else None
        except MailroomError as error:
            field.refuse(f"{error_text(error)} {_('Type it as 2026-11-20.')}")
            field.control.setFocus()
            raise

    def _money(self) -> Money | None:
        text = typed(self.declared)
        try:
            return parse_money(text, self._currency) if text else None
        except MailroomError as error:
            self.declared.refuse(f"{error_text(error)} {error_remedy(error)}")
            self.declared.control.setFocus()
            raise

    @staticmethod
    def _area(field: Field) -> Area:
        control = field.control
        assert isinstance(control, Area)
        return control


def _line(label: str, text: str) -> Field:
    field = Field(label, LineEdit())
    line_of(field).fill(text)
    return field
