"""Preparing a proof-of-delivery report: what it is for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.shipment import Shipment
from mailroom.domain.status import Status
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.forms import NoteBox
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.purpose_fields import PurposeFields
from mailroom.wording import _


class ProofDialog(Sheet):
    """Asks for the purpose note, which may be left empty; `purpose_given` carries it."""

    purpose_given = Signal(object)

    def __init__(self, window: QWidget, shipment: Shipment) -> None:
        super().__init__(window, _("POD report"), about_shipment(shipment))
        self.why = PurposeFields()
        self.body.addWidget(self.why)
        said = _("The report prints what is on record, its gaps included, and gets a number of its own.")
        if shipment.status is not Status.DELIVERED:
            said = _("No delivery is on record. The report will say so, and gets a number of its own.")
        self.body.addWidget(NoteBox(said))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the report"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _on_make(self) -> None:
        self.purpose_given.emit(self.why.note)
        self.accept()
