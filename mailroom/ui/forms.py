"""Rows of fields in dialogs, what was typed into them, and a note of what will be recorded."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from mailroom.domain.money import Money
from mailroom.ui import tokens
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.labels import Text


class NoteBox(QWidget):
    """A tinted box that says what will be recorded."""

    def __init__(self, text: str, icon: str = "info-circle") -> None:
        super().__init__()
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(Symbol(icon, 18, "move"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Text(text, 12, 500, "move", wrap=True), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tinted ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.current().move_bg)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)


def amount_text(money: Money | None) -> str:
    """An amount as it is typed: two decimals where that is exact, three where there are mills, empty for none."""
    if money is None:
        return ""
    return money.amount[:-1] if money.mills % 10 == 0 else money.amount


def side_by_side(*fields: tuple[Field, int]) -> QHBoxLayout:
    """Fields next to each other with their shares of the width."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for field, share in fields:
        row.addWidget(field, share)
    return row


def typed(field: Field) -> str:
    """The text of a field, without blanks around it."""
    control = field.control
    if isinstance(control, QLineEdit):
        return control.text().strip()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText().strip()
    if isinstance(control, Choice):
        return control.currentText().strip()
    raise TypeError(type(control).__name__)


def line_of(field: Field) -> LineEdit:
    """The line of a field."""
    control = field.control
    if not isinstance(control, LineEdit):
        raise TypeError(type(control).__name__)
    return control


def choice_of(field: Field) -> Choice:
    """The drop-down of a field."""
    control = field.control
    if not isinstance(control, Choice):
        raise TypeError(type(control).__name__)
    return control
