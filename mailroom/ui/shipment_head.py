"""The head of the detail pane: status and service, the number, the recipient, what can be done."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.mailing_book import acceptance_proof
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import Status
from mailroom.services.lanes import Arrival
from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.ui.parts.notices import announce
from mailroom.wording import _
from mailroom.wording.arrivals import estimate_line, promise_lines, standard_line
from mailroom.wording.attachments import acceptance_word
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.imprints import imprint_facts
from mailroom.wording.numbers import grouped
from mailroom.wording.places import whole_address
from mailroom.wording.plain import one_line
from mailroom.wording.statuses import doubt_text, standing_word


class ShipmentHead(QWidget):
    """Shows who and what; its buttons are signals."""

    proof_wanted = Signal()
    claim_wanted = Signal()
    edit_wanted = Signal()
    label_wanted = Signal()
    more_wanted = Signal()
    ask_wanted = Signal()  # ask the carrier now
    older_wanted = Signal(str)  # id of another shipment with the same number

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._older = ""
        self.chip = Chip(Status.UNKNOWN)
        self.service = ElidedText("", 13, 400, "text2")
        self.number = Text("", 19, 600, tabular=True, slashed=True).selectable()
        self.copy = IconButton("copy", _("Copy the number"), tiny=True)
        self.ask = IconButton("cloud-download", _("Ask the carrier now"))
        self.recipient = ElidedText("", 13, 600)
        self.address = ElidedText("", 13, 400, "text2")
        self.facts = ElidedText("", 12, 400, "text2")
        self.arrival = Text("", 12, 400, "text2", wrap=True)
        self.older = Button(_("Another piece has this number: show it"), kind="link")
        self.proof = Button(_("POD report"), "file-check")
        self.claim = Button(_("Claim packet"), "shield-check")
        self.edit = Button(_("Edit"), "pencil")
        self.label = Button(_("Label"), "tag")
        self.more = IconButton("dots", _("More papers"), "plain")
        self.accepted = ElidedText("", 12, 400, "text2")
        self._lay_out()
        self.copy.clicked.connect(self._on_copy)
        self.older.clicked.connect(self._on_older)
        self.proof.clicked.connect(self.proof_wanted)
        self.claim.clicked.connect(self.claim_wanted)
        self.edit.clicked.connect(self.edit_wanted)
        self.label.clicked.connect(self.label_wanted)
        self.more.clicked.connect(self.more_wanted)
        self.ask.clicked.connect(self.ask_wanted)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.chip)
        top.addWidget(self.service, 1)
        column.addLayout(top)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.number)
        line.addWidget(self.copy)
        line.addStretch(1)
        line.addWidget(self.ask)
        column.addLayout(line)
        column.addWidget(self.recipient)
        column.addWidget(self.address)
        column.addWidget(self.facts)
        column.addWidget(self.arrival)
        column.addWidget(self.accepted)
        column.addWidget(self.older)
        column.addSpacing(2)
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.proof, self.claim, self.edit, self.label, self.more):
            actions.addWidget(button)
        actions.addStretch(1)
        column.addLayout(actions)

    def show_shipment(self, detail: ShipmentDetail, today: date, arrival: Arrival | None = None) -> None:
        """Show a shipment; the next sensible step is the primary button."""
        shipment = detail.row.shipment
        self._number = shipment.shown_number
        self._older = detail.older_ids[0] if detail.older_ids else ""
        self.chip.set_look(shipment.status, word=standing_word(shipment.status, unsure=shipment.unsure))
        self.chip.setToolTip(doubt_text() if shipment.unsure else "")
        self.service.set_whole(one_line(carrier_and_service(shipment)))
        self.number.setText(grouped(one_line(shipment.shown_number)) or _("No number"))
        self._fit_number()
        self.copy.setVisible(bool(shipment.shown_number))
        self.ask.setVisible(bool(shipment.tracking_number))
        self.recipient.set_whole(_recipient(shipment) or _("No recipient yet"))
        self.address.set_whole(_address(shipment))
        self.address.setVisible(bool(self.address.whole))
        self.facts.set_whole(_facts(detail, today))
        self.facts.setVisible(bool(self.facts.whole))
        self.show_arrival(shipment, arrival, today)
        grade = acceptance_proof(shipment, detail.attachments, detail.events)
        self.accepted.set_whole(_("Proof of mailing: {grade}").format(grade=acceptance_word(grade)))
        self.label.setVisible(not shipment.tracking_number and bool(shipment.shown_number))
        self.older.setVisible(bool(self._older))
        delivered = shipment.status is Status.DELIVERED
        _make_primary(self.proof, primary=delivered)
        _make_primary(self.claim, primary=shipment.status in (Status.LOST, Status.EXCEPTION, Status.RETURNED))

    def show_arrival(self, shipment: Shipment, arrival: Arrival | None, today: date) -> None:
        """When the shipment should arrive."""
        self.arrival.setText("\n".join(_arrival(shipment, arrival, today)))
        self.arrival.setVisible(bool(self.arrival.text()))

    def restyle(self) -> None:
        """Take the new text size."""
        self._fit_number()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another size of the number."""
        super().resizeEvent(event)
        self._fit_number()

    def _fit_number(self) -> None:
        """A number is never cut: a very long one is set smaller."""
        room = min(theme.px(424), self.width()) - 2 * theme.px(40)
        for size in (19, 17, 15, 13, 12, 11):
            theme.set_font(self.number, size, 600, tabular=True, slashed=True)
            if self.number.fontMetrics().horizontalAdvance(self.number.text()) <= room:
                break

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        announce(self, _("Number copied"))

    def _on_older(self) -> None:
        self.older_wanted.emit(self._older)


def _make_primary(button: Button, *, primary: bool) -> None:
    kind = "primary" if primary else "plain"
    if button.property("kind") != kind:
        button.set_kind(kind)


def _recipient(shipment: Shipment) -> str:
    party = shipment.fields.recipient
    return one_line(", ".join(part for part in (party.name, party.company) if part))


def _address(shipment: Shipment) -> str:
    return one_line(whole_address(shipment.fields.recipient, shipment))


def _arrival(shipment: Shipment, arrival: Arrival | None, today: date) -> tuple[str, ...]:
    """Every day that somebody or something names, each with whose it is."""
    lines = promise_lines(shipment, today)
    if arrival is None:
        return lines
    if arrival.standard is not None:
        lines = (*lines, standard_line(arrival.standard, today))
    return (*lines, estimate_line(arrival.estimate, today)) if arrival.looked else lines


def _facts(detail: ShipmentDetail, today: date) -> str:
    """Department, order, run, and whose word the promised day is."""
    row, shipment = detail.row, detail.row.shipment
    parts = [row.department]
    if shipment.fields.order:
        parts.append(_("order {order}").format(order=shipment.fields.order))
    if row.run:
        parts.append(row.run)
    if shipment.fields.imprint is not None:
        parts.extend(f"{name} {value}" for name, value in imprint_facts(shipment.fields.imprint))
    return one_line(" · ".join(part for part in parts if part))
