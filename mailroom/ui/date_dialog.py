"""A range of days, for a filter or for a book."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.forms import side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_text


class DateDialog(Sheet):
    """Two days, either may be left empty; `range_given` carries them."""

    range_given = Signal(object, object)

    def __init__(self, window: QWidget, title: str = "") -> None:
        title = title or _("Recorded from … to …")
        super().__init__(window, title, _("Both days are included; either may be left empty."), 440)
        self.first = Field(_("From"), LineEdit(_("2026-11-01"), icon="calendar"))
        self.last = Field(_("To"), LineEdit(_("2026-11-20"), icon="calendar"))
        self.body.addLayout(side_by_side((self.first, 1), (self.last, 1)))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.show_button = self.add_button(Button(_("Show these days"), kind="primary"))
        self.show_button.clicked.connect(self._on_show)

    def _on_show(self) -> None:
        try:
            first, last = self._day(self.first), self._day(self.last)
        except MailroomError:
            return
        if first and last and last < first:
            self.last.refuse(_("The last day lies before the first."))
            self.last.control.setFocus()
            return
        self.range_given.emit(first, last)
        self.accept()

    def _day(self, field: Field) -> date | None:
        text = typed(field)
        if not text:
            return None
        try:
            return parse_day(text)
        except MailroomError as error:
            field.refuse(f"{error_text(error)} {_('Type it as 2026-11-20.')}")
            field.control.setFocus()
            raise
