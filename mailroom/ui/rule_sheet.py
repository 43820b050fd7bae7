"""A carrier's rule: its days, where it stands, since when, and what the office changed of it before."""

import dataclasses
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.claims import ClaimRule, RuleChange
from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Inset
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.claims import kind_title
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.insurers import answering_name
from mailroom.wording.plain import one_line

_SHOWN = 6  # changes, the newest first


class RuleSheet(Sheet):
    """Fields of a rule; `changed` carries the new version and a note, `withdrawn` the id of one to go back on."""

    changed = Signal(object, str)
    withdrawn = Signal(str)

    def __init__(self, window: QWidget, rule: ClaimRule, history: tuple[RuleChange, ...], today: date) -> None:
        about = " · ".join((answering_name(rule.carrier), one_line(rule.title), kind_title(rule.kind)))
        super().__init__(window, _("Rule of the carrier"), about)
        self._rule = rule
        self.earliest = Field(_("Earliest day"), LineEdit("15"), _("or empty"))
        self.latest = Field(_("Latest day"), LineEdit("60"), _("or empty"))
        self.appeal = Field(_("Days to appeal"), LineEdit("30"), _("or empty"))
        self.since = Field(_("For mail from"), LineEdit("2026-01-18", icon="calendar"), _("day of mailing"))
        self.checked = Field(_("Looked up on"), LineEdit("2026-11-22", icon="calendar"))
        self.source = Field(_("Where it stands"), LineEdit(_("The carrier’s page, and its date")))
        self.why = Field(_("Note"), LineEdit(), _("optional"))
        self.body.addLayout(side_by_side((self.earliest, 1), (self.latest, 1), (self.appeal, 1)))
        self.body.addLayout(side_by_side((self.since, 1), (self.checked, 1)))
        self.body.addWidget(self.source)
        self.body.addWidget(self.why)
        told = _(
            "Days count from day 0 of the clock. The rule of the day of mailing applies; older mail keeps its own."
        )
        self.body.addWidget(NoteBox(told))
        if history:
            self.body.addWidget(_history(history))
        for field, value in (
            (self.earliest, rule.earliest_day),
            (self.latest, rule.latest_day),
            (self.appeal, rule.appeal_days),
            (self.since, rule.effective_from),
            (self.source, rule.source),
        ):
            line_of(field).fill("" if value is None else str(value))
        line_of(self.checked).fill(today.isoformat())
        if history and history[-1].rule is not None:
            back = self.add_button(Button(_("Back to the rule as it ships"), kind="danger"))
            back.clicked.connect(self._on_back)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save the rule"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def refuse(self, error: MailroomError) -> None:
        """Show why the rule was not taken."""
        field = {
            "rule_days_bad": self.latest,
            "rule_dates_bad": self.since,
            "rule_checked_later": self.checked,
        }.get(error.code, self.source)
        self._tell(field, f"{error_text(error)} {error_remedy(error)}")

    def _on_save(self) -> None:
        days: list[int | None] = []
        for field in (self.earliest, self.latest, self.appeal):
            text = typed(field)
            if text and not (text.isascii() and text.isdigit()):
                self._tell(field, _("Days are a whole number, or empty where none is known."))
                return
            days.append(int(text) if text else None)
        dates: list[date | None] = []
        for field in (self.since, self.checked):
            try:
                dates.append(parse_day(typed(field)) if typed(field) else None)
            except MailroomError as error:
                self._tell(field, f"{error_text(error)} {error_remedy(error)}")
                return
        changed = dataclasses.replace(
            self._rule,
            earliest_day=days[0],
            latest_day=days[1],
            appeal_days=days[2],
            effective_from=dates[0],
            effective_to=None,
            checked_on=dates[1] or self._rule.checked_on,
            source=typed(self.source),
        )
        self.changed.emit(changed, typed(self.why))

    def _on_back(self) -> None:
        self.withdrawn.emit(self._rule.id)

    def _tell(self, field: Field, sentence: str) -> None:
        field.refuse(sentence)
        self.restyle()
        field.control.setFocus()


def _history(history: tuple[RuleChange, ...]) -> QWidget:
    box = Inset()
    box.setAccessibleName(_("Changes of this rule"))
    box.body.addWidget(Text(_("Changes of this rule"), 12, 600))
    for one in reversed(history[-_SHOWN:]):
        day = one.changed_at.date().isoformat()
        if one.rule is None:
            told = _("{day}, {name}: back to the rule as it ships").format(day=day, name=one_line(one.changed_by))
        else:
            told = (
                _("{day}, {name}: days {first} to {last}, for mail from {since}. {note}")
                .format(
                    day=day,
                    name=one_line(one.changed_by),
                    first=_shown(one.rule.earliest_day),
                    last=_shown(one.rule.latest_day),
                    since=_shown(one.rule.effective_from),
                    note=one_line(one.note),
                )
                .strip()
            )
        box.body.addWidget(Text(told, 12, 400, "text2", wrap=True))
    return box


def _shown(value: object) -> str:
    return "–" if value is None else str(value)
