"""The card "For the whole run": what every piece gets until it is changed or cleared with F4."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from mailroom.domain.money import Money, parse_money
from mailroom.domain.office import Account, MailRun, Meter, RunState
from mailroom.domain.shipment import PieceFields
from mailroom.errors import MailroomError
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.wording import _
from mailroom.wording.carriers import carrier_name
from mailroom.wording.errors import error_text


class RunFields(Card):
    """Department, mail run, meter, service, carrier and declared value, kept from piece to piece."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("For the whole run"), _("F4 clears"), "pin", tone="accent")
        self.department = Choice(editable=True)
        self.run = Choice(editable=True)
        self.meter = Choice(editable=True)
        self.service = Choice(editable=True)
        self.carrier = Choice()
        self.value = LineEdit(unit="USD")
        self._carrier_ids: tuple[str, ...] = ("",)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.addWidget(Field(_("Department"), self.department), 0, 0)
        grid.addWidget(Field(_("Mail run"), self.run), 0, 1)
        grid.addWidget(Field(_("Meter"), self.meter), 1, 0)
        grid.addWidget(Field(_("Service"), self.service), 1, 1)
        self._value_field = Field(_("Declared value"), self.value)
        grid.addWidget(self._value_field, 2, 0)
        grid.addWidget(Field(_("Carrier"), self.carrier), 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        for box, hint in ((self.department, _("none")), (self.run, _("none")), (self.meter, _("none"))):
            _placeholder(box, hint)
        _placeholder(self.service, _("From the label"))
        for one in (self.department, self.run, self.meter, self.service):
            one.editTextChanged.connect(self.changed)
        self.carrier.currentIndexChanged.connect(self.changed)
        self.value.textChanged.connect(self.changed)
        key = QShortcut(QKeySequence(Qt.Key.Key_F4), self)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.activated.connect(self.clear)

    def offer(
        self,
        departments: tuple[Account, ...],
        runs: tuple[MailRun, ...],
        meters: tuple[Meter, ...],
        carriers: tuple[str, ...],
        currency: str,
    ) -> None:
        """Fill the lists; what is typed or chosen stays."""
        self.department.set_choices(tuple(one.name for one in departments))
        self.run.set_choices(tuple(one.name for one in runs if one.state is RunState.OPEN))
        self.meter.set_choices(tuple(one.name for one in meters))
        chosen = self.carrier_id
        self._carrier_ids = ("", *carriers)
        self.carrier.blockSignals(True)
        self.carrier.clear()
        self.carrier.addItems([_("From the label"), *(carrier_name(one) for one in carriers)])
        self.carrier.setCurrentIndex(self._carrier_ids.index(chosen) if chosen in self._carrier_ids else 0)
        self.carrier.blockSignals(False)
        self.value.set_unit(currency)

    def set_compact(self, *, compact: bool) -> None:
        """Less air, for low windows."""
        super().set_compact(compact=compact)
        self._grid.setVerticalSpacing(5 if compact else 9)

    @property
    def carrier_id(self) -> str:
        """The carrier that the run is set to; empty for none."""
        at = self.carrier.currentIndex()
        return self._carrier_ids[at] if 0 <= at < len(self._carrier_ids) else ""

    @property
    def run_name(self) -> str:
        """The mail run's name as typed or chosen."""
        return self.run.currentText().strip()

    def declared(self) -> Money | None:
        """The declared value; none, and the input marked, where it is no amount."""
        text = self.value.text().strip()
        if not text:
            self._value_field.accept()
            return None
        try:
            value = parse_money(text, self.value.unit)
        except MailroomError as error:
            self._value_field.refuse(error_text(error))
            return None
        self._value_field.accept()
        return value

    def fields(self) -> PieceFields:
        """What every piece of the run gets."""
        return PieceFields(
            department=self.department.currentText().strip(),
            run=self.run_name,
            meter=self.meter.currentText().strip(),
            service=self.service.currentText().strip(),
            carrier=self.carrier_id,
            declared_value=self.declared(),
        )

    def clear(self) -> None:
        """Empty all of them."""
        for one in (self.department, self.run, self.meter, self.service):
            one.setEditText("")
        self.carrier.setCurrentIndex(0)
        self.value.clear()
        self.changed.emit()


def _placeholder(box: Choice, text: str) -> None:
    line = box.lineEdit()
    if line is not None:
        line.setPlaceholderText(text)
