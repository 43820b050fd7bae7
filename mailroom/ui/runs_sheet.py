"""Mail runs as a list: open, paused, closed; with what is in them and how they were handed over."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.office import HandOver, RunCounts, RunState, Signed
from mailroom.errors import MailroomError
from mailroom.ui.close_run_sheet import about_run
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import ElidedText, Text, hairline
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.errors import error_remedy, error_text

_LOOKS = {
    RunState.OPEN: ("good", "circle"),
    RunState.PAUSED: ("warn", "clock-pause"),
    RunState.CLOSED: ("neutral", "circle-check"),
}


class RunsSheet(Sheet):
    """Each signal carries the run, `opened` a new one's name (empty: date and time)."""

    opened = Signal(str)
    paused = Signal(object)
    resumed = Signal(object)
    close_wanted = Signal(object)

    def __init__(self, window: QWidget, runs: Sequence[RunCounts], zone: tzinfo) -> None:
        super().__init__(window, _("Mail runs"), _("What is handed over together"), width=720)
        self._zone = zone
        self._rows: list[QWidget] = []
        self._runs: tuple[RunCounts, ...] = ()
        self.name = LineEdit(_("Named after date and time if left empty"))
        self.name_field = Field(_("New run"), self.name)
        self.new = Button(_("Open a run"), "plus", small=True)
        self.new.clicked.connect(self._on_new)
        self.enter_presses(self.name, self.new)
        top = QHBoxLayout()
        top.addWidget(self.name_field, 1)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addWidget(self.new)
        top.addLayout(side)
        self.body.addLayout(top)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        close = self.add_button(Button(_("Done"), kind="primary"))
        close.clicked.connect(self.accept)
        self.show_runs(runs)

    def show_runs(self, runs: Sequence[RunCounts]) -> None:
        """Show these, newest first."""
        self._runs = tuple(runs)
        for one in self._rows:
            self._list.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._rows = [_Row(self, counts, self._zone) for counts in self._runs]
        if not self._rows:
            empty = Text(_("No run was opened yet. One opens with the first piece that names it, too."), 13, 400)
            self._rows = [empty]
        for one in self._rows:
            self._list.addWidget(one)
        self.name.clear()
        if self.isVisible():
            self._place()

    def refuse(self, error: MailroomError) -> None:
        """Say why nothing was done."""
        self.name_field.refuse(f"{error_text(error)} {error_remedy(error)}".strip())

    def _on_new(self) -> None:
        self.opened.emit(self.name.text().strip())


class _Row(QWidget):
    """One run with its state, counts, hand-overs and what can be done."""

    def __init__(self, sheet: RunsSheet, counts: RunCounts, zone: tzinfo) -> None:
        super().__init__()
        self._sheet, self._counts = sheet, counts
        run = counts.run
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(hairline())
        top = QHBoxLayout()
        top.setSpacing(10)
        family, icon = _LOOKS[run.state]
        words = {RunState.OPEN: _("Open"), RunState.PAUSED: _("Paused"), RunState.CLOSED: _("Closed")}
        top.addWidget(Text(run.name, 14, 600))
        top.addWidget(Chip(family, icon, words[run.state]))
        if counts.asked:
            top.addWidget(Chip("warn", "alert-triangle", plural("{n} to decide", "{n} to decide", counts.asked)))
        top.addStretch(1)
        self._add_buttons(top, run.state)
        column.addLayout(top)
        since = f"{run.opened_at.astimezone(zone):%Y-%m-%d %H:%M}"
        column.addWidget(ElidedText(f"{since} · {about_run(counts)}", 12, 400, "text2"))
        for over in counts.hand_overs:
            column.addWidget(ElidedText(_handed(over, zone), 12, 400, "text2"))

    def _add_buttons(self, row: QHBoxLayout, state: RunState) -> None:
        name = self._counts.run.name
        if state is RunState.CLOSED:
            return
        turn = Button(_("Pause") if state is RunState.OPEN else _("Take up"), small=True)
        turn.setAccessibleName(f"{turn.text()}: {name}")
        turn.clicked.connect(self._on_pause if state is RunState.OPEN else self._on_resume)
        close = Button(_("Close…"), small=True)
        close.setAccessibleName(f"{_('Close run')}: {name}")
        close.clicked.connect(self._on_close)
        row.addWidget(turn)
        row.addWidget(close)

    def _on_pause(self) -> None:
        self._sheet.paused.emit(self._counts.run)

    def _on_resume(self) -> None:
        self._sheet.resumed.emit(self._counts.run)

    def _on_close(self) -> None:
        self._sheet.close_wanted.emit(self._counts.run)


def _handed(over: HandOver, zone: tzinfo) -> str:
    signed = {Signed.NOT: _("not signed"), Signed.DRAWN: _("signed"), Signed.PAPER: _("signed on paper")}
    parts = (
        plural("{n} piece handed over", "{n} pieces handed over", over.pieces),
        carrier_name(over.carrier) if over.carrier else "",
        over.driver,
        f"{over.handed_at.astimezone(zone):%H:%M}",
        signed[over.signed],
    )
    return " · ".join(part for part in parts if part)
