"""The card "This piece": typed before a reading it goes with it, changed afterwards it changes the piece just read."""

import dataclasses
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from mailroom.domain.contacts import Contact
from mailroom.domain.money import Money, parse_money
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party, PieceFields, Shipment
from mailroom.domain.weights import Weight, parse_weight
from mailroom.errors import MailroomError
from mailroom.services.addresses import structured
from mailroom.services.piece_checks import LONGEST_TEXT, customs_gaps
from mailroom.ui import theme
from mailroom.ui.address_lines import AddressHints, AddressLines
from mailroom.ui.contact_pick import ContactPick
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.piece_more import MoreFields
from mailroom.wording import _
from mailroom.wording.errors import error_text

_ROOMY = 115  # per cent of text size, up to which the head of the card has room for all it says


@dataclass(frozen=True, slots=True)
class PieceEdit:
    """A change to a piece on record: its fields as they shall be, against the version that was shown."""

    shipment_id: str
    fields: PieceFields
    base_version: int
    postage: Money | None = None  # typed after the reading


class PieceFieldsCard(Card):
    """Recipient, order, postage, weight and more of one piece. `edited` carries a change to the piece on record."""

    edited = Signal(object)

    def __init__(self, bench: Bench) -> None:
        super().__init__(_("This piece"), _("next reading"), "mail")
        self._row: ShipmentRow | None = None
        self._base = Party()  # what has no input of its own: an entry's company, its telephone
        self._contact_id = ""
        self._abroad = False
        self._filling = False  # an input that loses the focus then was not left by a person
        self.recipient = LineEdit(_("Name, or company"), "user-search")
        self.address = LineEdit(_("Street; suite or floor"))
        self.place = AddressLines()
        self.hints = AddressHints()
        self.order = LineEdit(_("optional"))
        self.postage = LineEdit(unit="USD")
        self.weight = LineEdit(_("such as 12 oz"))
        self.more = MoreFields()
        self.pick = ContactPick(bench, self.recipient)
        self._fields = {
            "recipient": Field(_("Recipient"), self.recipient),
            "address": Field(_("Address"), self.address),
            "order": Field(_("Order or matter"), self.order),
            "postage": Field(_("Postage"), self.postage),
            "weight": Field(_("Weight"), self.weight),
        }
        self.next_piece = Button(_("Next piece"), kind="ghost", tiny=True)
        self.next_piece.setToolTip("F3")
        self.next_piece.setAccessibleName(_("Next piece, F3"))
        self.next_piece.hide()
        self.top.addWidget(self.next_piece)
        self.expander = Button(_("More"), "chevron-down", "ghost", tiny=True)
        self.expander.setCheckable(True)
        self.expander.setAccessibleName(_("More fields of this piece"))
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.addWidget(self._fields["recipient"], 0, 0, 1, 2)
        grid.addWidget(self._fields["address"], 1, 0, 1, 2)
        grid.addWidget(self.place, 2, 0, 1, 2)
        grid.addWidget(self.hints, 3, 0, 1, 2)
        grid.addWidget(self._fields["order"], 4, 0)
        grid.addWidget(self._fields["weight"], 4, 1)
        grid.addWidget(self._fields["postage"], 5, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._words = Text("", 12, 400, "text2", wrap=True)
        grid.addWidget(self._words, 5, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.expander, 6, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.more, 7, 0, 1, 2)
        self.more.hide()
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.next_piece.clicked.connect(self.release)
        self.expander.toggled.connect(self._on_expanded)
        self.pick.chosen.connect(self.take_contact)
        self.address.editingFinished.connect(self._on_street_left)
        for one in self._inputs():
            one.setMaxLength(LONGEST_TEXT)
            one.editingFinished.connect(self._on_editing_finished)
        self.place.watch(self.recipient)
        self.place.watch(self.address)
        self.place.settled.connect(self.show_hints)
        self.place.left.connect(self._on_editing_finished)
        self.more.left.connect(self._on_editing_finished)
        key = QShortcut(QKeySequence(Qt.Key.Key_F3), self)
        key.activated.connect(self.release)

    @property
    def bound_to(self) -> str:
        """Id of the piece on record that changes go to; empty while they wait for the next reading."""
        return self._row.shipment.id if self._row else ""

    def set_compact(self, *, compact: bool) -> None:
        """Less air, for low windows."""
        super().set_compact(compact=compact)
        for grid in (self._grid, self.place.grid):
            grid.setVerticalSpacing(5 if compact else 9)

    def set_office(self, currency: str, country: str) -> None:
        """Show the office's currency; addresses without a country are in the office's own."""
        self.postage.set_unit(currency)
        self.more.set_currency(currency)
        self.place.set_home(country)

    def fields(self, run: PieceFields) -> PieceFields:
        """The run's fields with what was typed for the next piece; what cannot be read is marked and left out."""
        if self._row is not None:
            return run
        fields = dataclasses.replace(
            run,
            recipient=self._party(self._base),
            contact_id=self._contact_id,
            order=self.order.text().strip(),
            postage=self._money(),
            weight=self._weight(),
        )
        return self.more.read(fields)

    def take_contact(self, contact: Contact) -> None:
        """Fill recipient and address from an entry of the address book."""
        self._base, self._contact_id = contact.party, contact.id
        self._show_party(contact.party)
        self.show_hints()
        self.flush()

    def bind(self, row: ShipmentRow) -> None:
        """Show a piece that was just read; changes go to it from now on. What was refused stays to be corrected."""
        same = self._row is not None and self._row.shipment.id == row.shipment.id
        self._row = row
        if not same:
            self._filling = True
            self._show(row)
            self._filling = False
        self._tell()

    def rebase(self, row: ShipmentRow) -> None:
        """The piece on record has a new version: later changes are made against it."""
        if self._row is not None and self._row.shipment.id == row.shipment.id:
            self._row = row

    def show_again(self, row: ShipmentRow) -> None:
        """The piece that is shown was changed elsewhere."""
        self._row = None
        self.bind(row)

    def release(self) -> None:
        """Finish with the piece on record and make room for the next one."""
        self.flush()
        self.forget()

    def forget(self) -> None:
        """Empty the inputs and keep nothing of them: the piece was taken back."""
        self._row = None
        self._base, self._contact_id = Party(), ""
        self.pick.close()
        for name, one in zip(self._fields, self._inputs(), strict=True):
            one.clear()
            self._fields[name].accept()
        self.place.forget()
        self._filling = True
        self.more.forget()
        self._filling = False
        self.show_hints()
        self._tell()

    def repeat(self, row: ShipmentRow) -> None:
        """Give the next piece the fields of an earlier one."""
        self.release()
        self._filling = True
        self._show(row)
        self._filling = False
        self._tell()

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        lines = (*self._inputs(), *self.place.lines)
        return self.more.empty and not any(one.text().strip() for one in lines)

    def flush(self) -> None:
        """Hand over what was changed of the piece on record."""
        row = self._row
        if row is None:
            return
        old = row.shipment.fields
        shown = str(old.weight) if old.weight else ""
        weight = old.weight if self.weight.text().strip() == shown else self._weight()
        fields = dataclasses.replace(
            self.more.read(old),
            recipient=self._party(self._base),
            contact_id=self._contact_id,
            order=self.order.text().strip(),
            weight=weight,
        )
        postage = self._money()
        if postage == row.shipment.postage:
            postage = None
        if fields != old or postage is not None:
            self._row = dataclasses.replace(row, shipment=_with(row.shipment, fields, postage))
            self.edited.emit(PieceEdit(row.shipment.id, fields, row.shipment.version, postage))

    def show_hints(self) -> None:
        """What address and customs form lack; it holds nothing up."""
        party = self._party(self._base)
        abroad = self.place.abroad()
        self.more.set_abroad(abroad=abroad)
        if abroad != self._abroad:
            self._abroad = abroad
            self.expander.setChecked(abroad or not self.more.empty)
        reasons = self.place.reasons(party) if party.address or party.city or party.postal_code else ()
        if abroad:
            fields = PieceFields(recipient=party, customs=self.more.customs.read())
            reasons += customs_gaps(fields, self.place.home)
        self.hints.show_reasons(reasons)

    # within

    def _inputs(self) -> tuple[LineEdit, ...]:
        return (self.recipient, self.address, self.order, self.postage, self.weight)

    def _show(self, row: ShipmentRow) -> None:
        fields = row.shipment.fields
        self._base, self._contact_id = fields.recipient, fields.contact_id
        self._show_party(fields.recipient)
        texts = {
            "order": fields.order,
            "postage": row.shipment.postage.amount if row.shipment.postage.mills else "",
            "weight": str(fields.weight) if fields.weight else "",
        }
        for name, text in texts.items():
            line = getattr(self, name)
            if not line.property("refused"):
                line.fill(text)
        self.more.show_fields(fields)
        self.show_hints()

    def _show_party(self, party: Party) -> None:
        self.recipient.fill(party.company or party.name)
        self.address.fill("; ".join(party.address))
        self.place.show_party(party)

    def _on_street_left(self) -> None:
        """City, state and postal code typed behind the street go where they belong."""
        if self._place_typed():
            return
        party = structured(self._party(self._base), self.place.home)
        if party.city:
            self._show_party(party)

    def _place_typed(self) -> bool:
        return any(one.text().strip() for one in (self.place.city, self.place.region, self.place.postal_code))

    def _on_editing_finished(self) -> None:
        if self._filling:
            return
        if self._row is None:
            self.more.read(PieceFields())  # marks what will not go with the next reading
            self.show_hints()
        self.flush()

    def _on_expanded(self, on: bool) -> None:
        self.more.setVisible(on)
        self.expander.set_icon("chevron-up" if on else "chevron-down")
        self.expander.setText(_("Less") if on else _("More"))
        self.expander.setAccessibleName(_("Fewer fields of this piece") if on else _("More fields of this piece"))

    def _party(self, old: Party) -> Party:
        name = self.recipient.text().strip()
        address = tuple(part.strip() for part in self.address.text().split(";") if part.strip())
        shown = old.company or old.name
        renamed = {} if name == shown else {"company": name} if old.company else {"name": name}
        if not name:
            renamed = {"company": "", "name": ""}
        return self.place.read(dataclasses.replace(old, **renamed, address=address))

    def _money(self) -> Money | None:
        text = self.postage.text().strip()
        if not text:
            self._fields["postage"].accept()
            return None
        try:
            money = parse_money(text, self.postage.unit)
        except MailroomError as error:
            self._fields["postage"].refuse(error_text(error))
            return None
        self._fields["postage"].accept()
        return money

    def _weight(self) -> Weight | None:
        text = self.weight.text().strip()
        if not text:
            self._fields["weight"].accept()
            return None
        try:
            weight = parse_weight(text)
        except MailroomError as error:
            self._fields["weight"].refuse(error_text(error))
            return self._row.shipment.fields.weight if self._row else None
        self._fields["weight"].accept()
        return weight

    def _tell(self) -> None:
        bound = self._row is not None
        self.next_piece.setVisible(bound)
        self.aside.setText(_("just recorded") if bound else _("next reading"))
        # Large text leaves no room for it beside the button; the line below says the same.
        self.aside.setVisible(not bound or theme.px(100) <= _ROOMY)
        self._words.setText(_("Changes go to the piece just recorded") if bound else _("Goes with the next reading"))


def _with(shipment: Shipment, fields: PieceFields, postage: Money | None) -> Shipment:
    """The shipment as it will be once the change is on record."""
    return dataclasses.replace(shipment, fields=fields, postage=postage or shipment.postage)
