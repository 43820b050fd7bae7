"""The card "This piece": typed before a reading it goes with it, changed afterwards it changes the piece just read."""

import dataclasses
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from mailroom.domain.money import Money, parse_money
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party, PieceFields, Shipment
from mailroom.domain.weights import Weight, parse_weight
from mailroom.errors import MailroomError
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.errors import error_text


@dataclass(frozen=True, slots=True)
class PieceEdit:
    """A change to a piece on record: its fields as they shall be, against the version that was shown."""

    shipment_id: str
    fields: PieceFields
    base_version: int
    postage: Money | None = None  # typed after the reading


class PieceFieldsCard(Card):
    """Recipient, order, postage, weight and note of one piece. `edited` carries a change to the piece on record."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("This piece"), _("next reading"), "mail")
        self._row: ShipmentRow | None = None
        self.recipient = LineEdit(_("Name, or company"), "user-search")
        self.address = LineEdit(_("Street; city and postal code"))
        self.order = LineEdit(_("optional"))
        self.postage = LineEdit(unit="USD")
        self.weight = LineEdit(_("such as 12 oz"))
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
        self.next_piece.clicked.connect(self.release)
        self.next_piece.hide()
        self.top.addWidget(self.next_piece)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.addWidget(self._fields["recipient"], 0, 0, 1, 2)
        grid.addWidget(self._fields["address"], 1, 0, 1, 2)
        grid.addWidget(self._fields["order"], 2, 0)
        grid.addWidget(self._fields["weight"], 2, 1)
        grid.addWidget(self._fields["postage"], 3, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._words = Text("", 12, 400, "text2", wrap=True)
        grid.addWidget(self._words, 3, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addStretch(1)
        for one in self._inputs():
            one.editingFinished.connect(self._on_editing_finished)
        key = QShortcut(QKeySequence(Qt.Key.Key_F3), self)
        key.activated.connect(self.release)
        self._tell()

    @property
    def bound_to(self) -> str:
        """Id of the piece on record that changes go to; empty while they wait for the next reading."""
        return self._row.shipment.id if self._row else ""

    def set_compact(self, *, compact: bool) -> None:
        """Less air, for low windows."""
        super().set_compact(compact=compact)
        self._grid.setVerticalSpacing(5 if compact else 9)

    def set_currency(self, currency: str) -> None:
        """Show the office's currency."""
        self.postage.set_unit(currency)

    def fields(self, run: PieceFields) -> PieceFields:
        """The run's fields with what was typed for the next piece; what cannot be read is marked and left out."""
        if self._row is not None:
            return run
        return dataclasses.replace(
            run,
            recipient=self._party(Party()),
            order=self.order.text().strip(),
            postage=self._money(),
            weight=self._weight(),
        )

    def bind(self, row: ShipmentRow) -> None:
        """Show a piece that was just read; changes go to it from now on. What was refused stays to be corrected."""
        same = self._row is not None and self._row.shipment.id == row.shipment.id
        kept = {
            name: one.text() for name, one in zip(self._fields, self._inputs(), strict=True) if one.property("refused")
        }
        self._row = row
        if not same:
            self._show(row, kept)
        self._tell()

    def rebase(self, row: ShipmentRow) -> None:
        """The piece on record has a new version: later changes are made against it."""
        if self._row is not None and self._row.shipment.id == row.shipment.id:
            self._row = row

    def release(self) -> None:
        """Finish with the piece on record and make room for the next one."""
        self.flush()
        self.forget()

    def forget(self) -> None:
        """Empty the inputs and keep nothing of them: the piece was taken back."""
        self._row = None
        for name, one in zip(self._fields, self._inputs(), strict=True):
            one.clear()
            self._fields[name].accept()
        self._tell()

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(one.text().strip() for one in self._inputs())

    def flush(self) -> None:
        """Hand over what was changed of the piece on record."""
        row = self._row
        if row is None:
            return
        old = row.shipment.fields
        shown = str(old.weight) if old.weight else ""
        weight = old.weight if self.weight.text().strip() == shown else self._weight()
        fields = dataclasses.replace(
            old, recipient=self._party(old.recipient), order=self.order.text().strip(), weight=weight
        )
        postage = self._money()
        if postage == row.shipment.postage:
            postage = None
        if fields != old or postage is not None:
            self._row = dataclasses.replace(row, shipment=_with(row.shipment, fields, postage))
            self.edited.emit(PieceEdit(row.shipment.id, fields, row.shipment.version, postage))

    # within

    def _inputs(self) -> tuple[LineEdit, ...]:
        return (self.recipient, self.address, self.order, self.postage, self.weight)

    def _show(self, row: ShipmentRow, kept: dict[str, str]) -> None:
        fields = row.shipment.fields
        texts = {
            "recipient": fields.recipient.company or fields.recipient.name,
            "address": "; ".join(fields.recipient.address),
            "order": fields.order,
            "postage": row.shipment.postage.amount if row.shipment.postage.mills else "",
            "weight": str(fields.weight) if fields.weight else "",
        }
        for name, one in zip(self._fields, self._inputs(), strict=True):
            one.fill(kept.get(name) or texts[name])

    def _on_editing_finished(self) -> None:
        self.flush()

    def _party(self, old: Party) -> Party:
        name = self.recipient.text().strip()
        address = tuple(part.strip() for part in self.address.text().split(";") if part.strip())
        shown = old.company or old.name
        renamed = {} if name == shown else {"company": name} if old.company else {"name": name}
        return dataclasses.replace(old, **renamed, address=address)

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
        self._words.setText(_("Changes go to the piece just recorded") if bound else _("Goes with the next reading"))


def _with(shipment: Shipment, fields: PieceFields, postage: Money | None) -> Shipment:
    """The shipment as it will be once the change is on record."""
    return dataclasses.replace(shipment, fields=fields, postage=postage or shipment.postage)
