"""The small sheets of papers: which run, which day, what is asked of a carrier."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.sheets import ProofWanted
from mailroom.domain.shipment import Shipment
from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.forms import NoteBox, choice_of, line_of, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.purpose_fields import PurposeFields
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text


class RunSheet(Sheet):
    """Which run is handed over, and to whom; `run_given` carries its name and the words."""

    run_given = Signal(str, str)

    def __init__(self, window: QWidget, title: str, about: str, runs: Sequence[str], chosen: str = "") -> None:
        super().__init__(window, title, "", 480)
        self.run = Field(_("Run"), Choice(tuple(runs), editable=True))
        self.handed_to = Field(_("Handed to"), LineEdit(_("Post office, carrier or driver")), _("optional"))
        if chosen:
            choice_of(self.run).setEditText(chosen)
        self.body.addWidget(self.run)
        self.body.addWidget(self.handed_to)
        self.body.addWidget(NoteBox(about))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the paper"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _on_make(self) -> None:
        if not typed(self.run):
            self.run.refuse(_("Choose the run whose pieces are handed over."))
            self.restyle()
            self.run.control.setFocus()
            return
        self.run_given.emit(typed(self.run), typed(self.handed_to))
        self.accept()


class DaySheet(Sheet):
    """The day that is closed; `day_given` carries it."""

    day_given = Signal(object)

    def __init__(self, window: QWidget, today: date) -> None:
        super().__init__(window, _("Day-end report"), "", 440)
        self.day = Field(_("Day"), LineEdit("2026-11-20", icon="calendar"))
        line_of(self.day).fill(today.isoformat())
        self.body.addWidget(self.day)
        said = _("Pieces and postage of the day in groups that add up, and where the log stood when it was printed.")
        self.body.addWidget(NoteBox(said))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the report"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _on_make(self) -> None:
        try:
            day = parse_day(typed(self.day))
        except MailroomError as error:
            self.day.refuse(f"{error_text(error)} {error_remedy(error)}")
            self.restyle()
            self.day.control.setFocus()
            return
        self.day_given.emit(day)
        self.accept()


class ProofRequestSheet(Sheet):
    """What a carrier is asked for; `asked` carries the kinds, the account and the purpose note."""

    asked = Signal(object, str, object)

    def __init__(self, window: QWidget, shipment: Shipment, on_file: Sequence[ProofWanted] = ()) -> None:
        super().__init__(window, _("Request for proof"), about_shipment(shipment))
        self.boxes = {
            ProofWanted.TIME: CheckBox(_("Date, time and place of the delivery")),
            ProofWanted.SIGNATURE: CheckBox(_("Image of the signature")),
            ProofWanted.PHOTO: CheckBox(_("Photograph of the delivery")),
        }
        self.body.addWidget(Text(_("Ask the carrier for"), 12, 500, "text2"))
        for wanted, box in self.boxes.items():
            box.setChecked(wanted not in on_file)
            self.body.addWidget(box)
        self.account = Field(_("Account with the carrier"), LineEdit(), _("optional"))
        self.why = PurposeFields()
        self.body.addWidget(self.account)
        self.body.addWidget(self.why)
        self.body.addWidget(NoteBox(_("A letter with what carriers ask for. Send it, then attach the answer here.")))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the request"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _on_make(self) -> None:
        kinds = tuple(wanted for wanted, box in self.boxes.items() if box.isChecked())
        if not kinds:
            error = MailroomError("nothing_asked_for")
            self.note.setText(f"{error_text(error)} {error_remedy(error)}")
            self.note.set_tone("bad")
            self.boxes[ProofWanted.TIME].setFocus()
            return
        self.asked.emit(kinds, typed(self.account), self.why.note)
        self.accept()
