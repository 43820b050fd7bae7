"""The seldom typed fields of a piece: who asked for it, what is inside, how to handle it, what it is worth, customs."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from mailroom.domain.money import parse_money
from mailroom.domain.shipment import PieceFields
from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.services.piece_checks import LONGEST_NOTE, LONGEST_TEXT, checked_email
from mailroom.ui.customs_lines import CustomsLines
from mailroom.ui.forms import amount_text, typed
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.handling import handling_words


class MoreFields(QWidget):
    """What cannot be read is marked and left as it was on record. `left` follows each input that was left."""

    left = Signal()

    def __init__(self, *, short: bool = False, currency: str = "USD") -> None:
        """`short` leaves out what the form around it asks for: contents and the day it is wanted."""
        super().__init__()
        self.requester, self.requester_email = LineEdit(), LineEdit()
        self.contents, self.deadline_note = LineEdit(), LineEdit()
        self.promised_on, self.insured = LineEdit("2026-11-20"), LineEdit(unit=currency)
        self.handling = Choice(("", *handling_words()), editable=True)
        self.fields = {
            "requester": Field(_("Requested by"), self.requester),
            "requester_email": Field(_("E-mail of the requester"), self.requester_email),
            "contents": Field(_("Contents"), self.contents),
            "handling": Field(_("Handling"), self.handling),
            "insured": Field(_("Insured value"), self.insured),
            "promised_on": Field(_("Wanted by"), self.promised_on),
            "deadline_note": Field(_("What is at stake"), self.deadline_note),
        }
        if short:
            for name in ("contents", "promised_on"):
                self.fields.pop(name).deleteLater()
        self.customs = CustomsLines(currency)
        self._lay_out(wide=short)
        self.customs.left.connect(self.left)
        for field in self.fields.values():
            control = field.control
            line = control.lineEdit() if isinstance(control, Choice) else control
            if isinstance(line, QLineEdit):
                line.setMaxLength(LONGEST_NOTE if field is self.fields.get("contents") else LONGEST_TEXT)
                line.editingFinished.connect(self.left)
        self.handling.activated.connect(self._on_handling)

    def _lay_out(self, *, wide: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        at = 0
        for name, field in self.fields.items():
            whole = not wide and name in ("requester", "requester_email", "contents", "deadline_note")
            if whole and at % 2:
                at += 1
            grid.addWidget(field, at // 2, at % 2, 1, 2 if whole else 1)
            at += 2 if whole else 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.customs)
        self.customs.hide()

    def set_currency(self, currency: str) -> None:
        """The currency of amounts."""
        self.insured.set_unit(currency)
        self.customs.set_currency(currency)

    def set_abroad(self, *, abroad: bool) -> None:
        """Ask for a customs form where the piece leaves the country, or has one already."""
        self.customs.setVisible(abroad or bool(self.customs.boxes))

    def show_fields(self, fields: PieceFields) -> None:
        """Show a piece's fields; what was refused stays to be corrected."""
        texts = {
            "requester": fields.requester,
            "requester_email": fields.requester_email,
            "contents": fields.contents,
            "insured": amount_text(fields.insured_value),
            "promised_on": fields.promised_on.isoformat() if fields.promised_on else "",
            "deadline_note": fields.deadline_note,
        }
        for name, text in texts.items():
            line = getattr(self, name)
            if name in self.fields and not line.property("refused"):
                line.fill(text)
        self.handling.setEditText(fields.classification)
        if self.customs.read() != fields.customs and not self.customs.refused:
            self.customs.show_lines(fields.customs)
        self.customs.setVisible(not self.customs.isHidden() or bool(fields.customs))

    def forget(self) -> None:
        """Empty everything."""
        for field in self.fields.values():
            field.accept()
        self.customs.show_lines(())
        self.show_fields(PieceFields())
        self.customs.hide()

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return self.customs.empty and not any(typed(field) for field in self.fields.values())

    @property
    def refused(self) -> bool:
        """Whether an input was refused."""
        marked = any(field.control.property("refused") for field in self.fields.values())
        return marked or self.customs.refused

    def read(self, old: PieceFields) -> PieceFields:
        """`old` with what is typed."""
        found: dict[str, object] = {
            "requester": typed(self.fields["requester"]),
            "classification": typed(self.fields["handling"]),
            "deadline_note": typed(self.fields["deadline_note"]),
            "customs": self.customs.read(),
        }
        if "contents" in self.fields:
            found["contents"] = typed(self.fields["contents"])
        readers = {
            "requester_email": ("requester_email", checked_email),
            "insured": ("insured_value", lambda text: parse_money(text, self.insured.unit) if text else None),
            "promised_on": ("promised_on", lambda text: parse_day(text) if text else None),
        }
        for name, (key, read) in readers.items():
            field = self.fields.get(name)
            if field is None:
                continue
            try:
                found[key] = read(typed(field))
                field.accept()
            except MailroomError as error:
                field.refuse(f"{error_text(error)} {error_remedy(error)}".strip())
        return dataclasses.replace(old, **found)  # type: ignore[arg-type]

    def _on_handling(self) -> None:
        self.left.emit()
