"""The days after which rules speak: for everything, for a carrier, or for one of its services."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from mailroom.domain.alerts.situation import Thresholds
from mailroom.domain.attention import ThresholdRule
from mailroom.domain.folding import fold
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, choice_of, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.carriers import NAMES, carrier_name
from mailroom.wording.errors import error_text
from mailroom.wording.thresholds import THRESHOLD_WORDS, threshold_word

_MOST = 3650
_COLUMNS = 3


class ThresholdDialog(Sheet):
    """An empty field means the usual number, shown pale. `changed` carries all rules of the office anew."""

    changed = Signal(object)

    def __init__(self, window: QWidget, rules: tuple[ThresholdRule, ...]) -> None:
        super().__init__(window, _("When alerts speak"), _("Empty fields keep the number shown."), 900)
        self._rules = rules
        self.body.setContentsMargins(1, 0, 14, 2)  # a scroll bar stands there in a low window
        self._carriers = ("", *sorted(NAMES, key=carrier_name))
        words = (_("All carriers"), *(carrier_name(one) for one in self._carriers[1:]))
        self.carrier = Field(_("Carrier"), Choice(words))
        self.service = Field(_("Service"), LineEdit(_("all services")), _("optional"))
        self.body.addLayout(side_by_side((self.carrier, 1), (self.service, 1)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        self.fields: dict[str, Field] = {}
        for at, name in enumerate(THRESHOLD_WORDS):
            line = LineEdit()
            line.setValidator(QIntValidator(0, _MOST, line))
            self.fields[name] = Field(threshold_word(name), line)
            grid.addWidget(self.fields[name], at // _COLUMNS, at % _COLUMNS)
        self.body.addLayout(grid)
        self.body.addWidget(NoteBox(_("Kept with history for the whole office; alerts are judged anew at once.")))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save_button = self.add_button(Button(_("Save"), kind="primary"))
        self.save_button.clicked.connect(self._on_save)
        choice_of(self.carrier).currentIndexChanged.connect(self._show)
        line_of(self.service).textChanged.connect(self._show)
        self._show()

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong."""
        self.service.refuse(error_text(error))

    @property
    def _key(self) -> tuple[str, str]:
        return self._carriers[max(0, choice_of(self.carrier).currentIndex())], typed(self.service)

    def _rule(self) -> ThresholdRule | None:
        carrier, service = self._key
        same = (one for one in self._rules if one.carrier == carrier and fold(one.service) == fold(service))
        return next(same, None)

    def _show(self) -> None:
        """The numbers that are set for this carrier and service."""
        rule = self._rule()
        values, usual = dict(rule.values) if rule else {}, dataclasses.asdict(Thresholds())
        for name, field in self.fields.items():
            line = line_of(field)
            line.setPlaceholderText(str(usual[name]))
            line.fill(str(values[name]) if name in values else "")

    def _on_save(self) -> None:
        carrier, service = self._key
        values = tuple((name, int(typed(one))) for name, one in sorted(self.fields.items()) if typed(one))
        old = self._rule()
        rules = [one for one in self._rules if one is not old]
        if values:
            rules.append(ThresholdRule(carrier, service, values))
        self.changed.emit(tuple(rules))
