"""Putting alerts off: until when, and why."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, line_of, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.errors import error_text
from mailroom.wording.short_times import day_text

_DAYS = (1, 3, 7)


class SnoozeDialog(Sheet):
    """A day and a reason; `snoozed` carries both. It stays open until `accept`, with `refuse` for trouble."""

    snoozed = Signal(object, str)

    def __init__(self, window: QWidget, about: str, today: date) -> None:
        super().__init__(window, _("Put off"), about, 480)
        self._today = today
        self.reason = Field(_("Why"), LineEdit(_("such as: recipient is away until Monday")))
        self.until = Field(_("Show again on"), LineEdit(_("2026-11-20"), icon="calendar"))
        line_of(self.until).fill((today + timedelta(days=3)).isoformat())
        self.body.addWidget(self.reason)
        self.body.addWidget(self.until)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.days = tuple(Button(plural("{n} day", "{n} days", one), tiny=True) for one in _DAYS)
        for button in self.days:
            button.clicked.connect(self._on_days)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(
            NoteBox(_("The reason goes on the timeline. A new event from the carrier shows it earlier."))
        )
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.snooze_button = self.add_button(Button(_("Put off"), "clock-pause", "primary"))
        self.snooze_button.clicked.connect(self._on_snooze)

    def refuse(self, error: MailroomError) -> None:
        """Say what is wrong, at the field it is about."""
        field = self.until if error.code in ("snooze_day_bad", "bad_date", "date_ambiguous") else self.reason
        field.refuse(error_text(error))
        field.control.setFocus()

    def _on_days(self) -> None:
        days = _DAYS[self.days.index(self.sender())]
        line_of(self.until).fill((self._today + timedelta(days=days)).isoformat())
        self.until.setToolTip(day_text(self._today + timedelta(days=days), self._today, weekday=True))

    def _on_snooze(self) -> None:
        try:
            until = parse_day(typed(self.until))
        except MailroomError as error:
            self.refuse(error)
            return
        if not typed(self.reason):
            self.refuse(MailroomError("reason_missing"))
            return
        self.snoozed.emit(until, typed(self.reason))
