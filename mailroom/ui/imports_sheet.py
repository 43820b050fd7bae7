"""The files that were taken in, the unfinished first; each can be taken back, and those of this session reported on."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.past_import import PastImport
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.labels import ElidedText, Text, hairline
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.exchange import import_counts, import_state_word
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import moment_text

_LOOKS = {
    "open": ("warn", "alert-triangle"),
    "undoing": ("warn", "alert-triangle"),
    "closed": ("good", "circle-check"),
}
_AT_REST = ("neutral", "ban")
_TO_TAKE_BACK = ("open", "undoing", "closed")


class ImportsSheet(Sheet):
    """Both signals carry the id of an import, `undo_wanted` its kind, too."""

    undo_wanted = Signal(str, str)
    report_wanted = Signal(str)

    def __init__(
        self, window: QWidget, imports: Sequence[PastImport], zone: tzinfo, reported: Collection[str] = ()
    ) -> None:
        super().__init__(window, _("Past imports"), _("Files that were taken in, and what became of them"), width=720)
        today = datetime.now(UTC).astimezone(zone).date()
        for one in imports:
            self.body.addWidget(hairline())
            self.body.addWidget(self._row(one, moment_text(one.opened_at, zone, today), one.id in reported))
        if not imports:
            self.body.addWidget(Text(_("No file was taken in yet."), 13, 400, "text2"))
        self._done = self.add_button(Button(_("Done"), kind="primary"))
        self._done.clicked.connect(self.accept)

    def open(self) -> None:
        """Begin where a press takes nothing back."""
        super().open()
        self._done.setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, one: PastImport, when: str, reported: bool) -> QWidget:
        row = QWidget()
        name = one_line(one.file_name)
        row.setAccessibleName(name)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        title = ElidedText(name, 14, 600)
        top.addWidget(title, 1)
        top.addWidget(Chip(*_LOOKS.get(one.state, _AT_REST), import_state_word(one.state)))
        if reported:
            report = Button(_("Report"), "list-details", small=True)
            report.setAccessibleName(_("Show the report of {file}").format(file=name))
            report.clicked.connect(partial(self.report_wanted.emit, one.id))
            top.addWidget(report)
        if one.state in _TO_TAKE_BACK:
            back = Button(_("Take this import back"), "arrow-back-up", "danger", small=True)
            back.setAccessibleName(_("Take the import of {file} back").format(file=name))
            back.clicked.connect(partial(self._on_undo, one, back))
            top.addWidget(back)
        column.addLayout(top)
        column.addWidget(ElidedText(f"{when} · {one_line(one.opened_by)} · {import_counts(one)}", 12, 400, "text2"))
        if one.state == "open":
            why = _("It never came to its end. If no other program is importing this file now, take it back.")
            column.addWidget(Text(why, 12, 400, "warn", wrap=True))
        return row

    def _on_undo(self, one: PastImport, button: Button) -> None:
        if not button.property("sure"):  # there is no way back from this
            button.setProperty("sure", True)
            button.setText(_("Press again: all of it goes"))
            return
        self.undo_wanted.emit(one.id, one.kind)
        self.accept()
