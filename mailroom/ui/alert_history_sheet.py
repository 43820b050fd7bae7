"""What was on the work list about one piece, what is, and what people did about it."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailroom.domain.attention import Handled
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text, hairline
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.alert_history import spell_days, spell_lines
from mailroom.wording.alerts import act_title
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import moment_text

if TYPE_CHECKING:
    from mailroom.services.alert_history import Spell


class AlertHistorySheet(Sheet):
    """Spells newest first, each with the days it stood on the list; then what was done, newest first."""

    def __init__(
        self, window: QWidget, about: str, spells: "Sequence[Spell]", acts: Sequence[Handled], zone: tzinfo
    ) -> None:
        super().__init__(window, _("What was on the list"), about, width=560)
        now = datetime.now(UTC)
        today = now.astimezone(zone).date()
        self.lines: list[str] = []
        if not spells:
            self._line(_("Nothing: on no evening so far had a rule anything to say about this piece."), "")
        for place, one in enumerate(spells):
            if place:
                self.body.addWidget(hairline())
            said, ended = spell_lines(one.alert, one.last_on, zone, now)
            self._line(f"{spell_days(one.first_on, one.last_on, today)}: {said}", ended)
        if acts:
            self.body.addWidget(Text(_("What was done"), 15, 600))
        for act in reversed(acts):
            facts = {"kind": act.kind, "act": act.act.value, "to": act.to_name}
            facts["until"] = act.until.isoformat() if act.until else ""
            when = moment_text(act.made_at, zone, today)
            by = _("{moment}, {operator}").format(moment=when, operator=one_line(act.made_by))
            self._line(act_title(facts), f"{by}: {one_line(act.reason)}" if act.reason else by)
        note = _("By today’s rules and days, from what was on record each evening.")
        self.body.addWidget(Text(note, 12, 400, "text3", wrap=True))
        close = self.add_button(Button(_("Close"), kind="primary"))
        close.clicked.connect(self.accept)

    def _line(self, text: str, below: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(text, 13, 400, wrap=True))
        if below:
            column.addWidget(Text(below, 12, 400, "text2", wrap=True))
        self.body.addLayout(column)
        self.lines += [text, *([below] if below else [])]
