"""Signed sheets that came back: which sheets a scan shows, and what a person sees on each of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from mailroom.domain.mailing_book import SheetSeen
from mailroom.services.books import FoundSheet
from mailroom.ui.forms import NoteBox
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import CheckBox, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural

_MOST = 99


class SignedSheetsDialog(Sheet):
    """A line a sheet: the count in ink, the signature, the round stamp; `seen` carries them by the book's page."""

    seen = Signal(object)

    def __init__(self, window: QWidget, name: str, sheets: Sequence[FoundSheet]) -> None:
        found = plural("{n} sheet", "{n} sheets", len(sheets))
        super().__init__(window, _("Signed sheets back"), f"{name} · {found}", 680)
        self._sheets = tuple(sheets)
        self.counts: dict[int, LineEdit] = {}
        self.signed: dict[int, CheckBox] = {}
        self.stamped: dict[int, CheckBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, word in enumerate((_("Sheet"), _("Listed"), _("Received, in ink"))):
            grid.addWidget(Text(word, 12, 500, "text2"), 0, column)
        for row, sheet in enumerate(self._sheets, 1):
            self._add(grid, row, sheet)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        said = _(
            "Look at each sheet. Counted, signed and stamped it proves that every piece on it was taken; what lacks "
            "something is kept as another paper, and the piece says what it lacks."
        )
        self.body.addWidget(NoteBox(said))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Link to the pieces"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def _add(self, grid: QGridLayout, row: int, sheet: FoundSheet) -> None:
        name = _("{book}, page {page}").format(book=sheet.book, page=sheet.page)
        count = LineEdit()
        count.setValidator(QIntValidator(0, _MOST, count))
        count.setAccessibleName(_("Received on {sheet}").format(sheet=name))
        count.setMaximumWidth(110)
        signed, stamped = CheckBox(_("Signed")), CheckBox(_("Stamped"))
        signed.setAccessibleName(_("{sheet} is signed").format(sheet=name))
        stamped.setAccessibleName(_("{sheet} is stamped").format(sheet=name))
        self.counts[sheet.page], self.signed[sheet.page], self.stamped[sheet.page] = count, signed, stamped
        grid.addWidget(Text(name, 13, 500), row, 0)
        for column, widget in enumerate((Text(str(sheet.listed), 13), count, signed, stamped), 1):
            grid.addWidget(widget, row, column)

    def given(self) -> Mapping[int, SheetSeen]:
        """What was entered, by the book's page."""
        return {
            page: SheetSeen(
                int(count.text()) if count.text() else None,
                self.signed[page].isChecked(),
                self.stamped[page].isChecked(),
            )
            for page, count in self.counts.items()
        }

    def _on_save(self) -> None:
        self.seen.emit(self.given())
        self.accept()
