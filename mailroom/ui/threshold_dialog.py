"""The days after which rules speak: for everything, for a carrier, or for one of its services."""

import dataclasses
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.attention import ThresholdRule, thresholds_for
from mailroom.domain.folding import fold
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, choice_of, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.carriers import NAMES, carrier_name
from mailroom.wording.errors import error_text
from mailroom.wording.plain import one_line
from mailroom.wording.thresholds import THRESHOLD_WORDS, threshold_word

_MOST = 3650
_COLUMNS = 3
_Key = tuple[str, str]  # carrier, service folded


class ThresholdDialog(Sheet):
    """An empty field means the number that holds without it, shown pale. `changed` carries all rules of the office.

    What is typed for one carrier and service is kept while others are looked at, and is saved with them.
    """

    changed = Signal(object)

    def __init__(self, window: QWidget, rules: tuple[ThresholdRule, ...]) -> None:
        super().__init__(window, _("When alerts speak"), _("Empty fields keep the number shown."), 900)
        self._saved = {_key_of(one): one for one in rules}
        self._rules = dict(self._saved)  # as typed so far
        self._showing = False
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
            line.setValidator(QIntValidator(0, 9999, line))
            line.textChanged.connect(self._on_edited)
            self.fields[name] = Field(threshold_word(name), line)
            grid.addWidget(self.fields[name], at // _COLUMNS, at % _COLUMNS)
        self.body.addLayout(self._own_rules())
        self.body.addLayout(grid)
        self.body.addWidget(NoteBox(_("Kept with history for the whole office; alerts are judged anew at once.")))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save_button = self.add_button(Button(_("Save"), kind="primary"))
        self.save_button.clicked.connect(self._on_save)
        choice_of(self.carrier).currentIndexChanged.connect(self._show)
        line_of(self.service).textChanged.connect(self._show)
        self._show()
        self._list()

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong."""
        self.service.refuse(error_text(error))

    # the office's own rules

    def _own_rules(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Text(_("Numbers of this office’s own"), 12, 500, "text2"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        return column

    def _list(self) -> None:
        """Every carrier and service with numbers of its own, those not saved yet too."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = [self._row(key, rule) for key, rule in sorted(self._rules.items())]
        if not rows:
            rows = [Text(_("None. The numbers that Mailroom ships with hold."), 13, 400, "text2")]
        for row in rows:
            self._rows.addWidget(row)
        if self.isVisible():
            for row in rows:
                row.show()  # else they would take no room yet
            self._place()

    def _row(self, key: _Key, rule: ThresholdRule) -> QWidget:
        row = QWidget()
        row.setObjectName("scrolled")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        name = _rule_name(rule)
        whole = f"{name} · {_numbers(rule)}"
        if self._saved.get(key) != rule:
            whole = _("{rule} (not saved yet)").format(rule=whole)
        line.addWidget(ElidedText(whole, 13, 400), 1)
        show = Button(_("Show"), small=True)
        show.setAccessibleName(_("Show the numbers for {rule}").format(rule=name))
        show.clicked.connect(partial(self._on_show, rule))
        line.addWidget(show)
        remove = IconButton("trash", _("Remove the numbers for {rule}").format(rule=name), small=True)
        remove.clicked.connect(partial(self._on_remove, key))
        line.addWidget(remove)
        return row

    def _on_show(self, rule: ThresholdRule) -> None:
        line_of(self.service).fill(rule.service)
        if rule.carrier in self._carriers:
            choice_of(self.carrier).setCurrentIndex(self._carriers.index(rule.carrier))
        self._show()

    def _on_remove(self, key: _Key) -> None:
        self._rules.pop(key, None)
        self._list()
        self._show()
        choice_of(self.carrier).setFocus()  # the pressed button is gone

    # the numbers shown

    @property
    def _key(self) -> _Key:
        return self._carriers[max(0, choice_of(self.carrier).currentIndex())], fold(typed(self.service))

    def _show(self) -> None:
        """What is set for this carrier and service, and pale what holds for it otherwise."""
        carrier, service = key = self._key
        others = tuple(rule for one, rule in self._rules.items() if one != key)
        usual = dataclasses.asdict(thresholds_for(others, carrier, service))
        own = self._rules.get(key)
        values = dict(own.values) if own else {}
        self._showing = True
        for name, field in self.fields.items():
            line = line_of(field)
            field.accept()
            line.setPlaceholderText(str(usual[name]))
            line.fill(str(values[name]) if name in values else "")
        self._showing = False

    def _on_edited(self) -> None:
        """Each number counts at once, for the carrier and service that are shown."""
        if self._showing:
            return
        key = self._key
        values = tuple((name, int(typed(one))) for name, one in sorted(self.fields.items()) if typed(one))
        if values:
            service = self._rules[key].service if key in self._rules else typed(self.service)
            self._rules[key] = ThresholdRule(key[0], service, values)
        else:
            self._rules.pop(key, None)
        self._list()

    def _on_save(self) -> None:
        for rule in self._rules.values():
            for name, number in rule.values:
                if number > _MOST:
                    self._on_show(rule)
                    self.fields[name].refuse(_("At most {n}.").format(n=f"{_MOST:,}"))
                    self.fields[name].control.setFocus()
                    return
        self.changed.emit(tuple(self._rules.values()))


def _key_of(rule: ThresholdRule) -> _Key:
    return rule.carrier, fold(rule.service)


def _rule_name(rule: ThresholdRule) -> str:
    carrier = carrier_name(rule.carrier) if rule.carrier else _("All carriers")
    return f"{carrier}, {one_line(rule.service) or _('all services')}"


def _numbers(rule: ThresholdRule) -> str:
    return "; ".join(f"{threshold_word(name)} {number}" for name, number in rule.values)
