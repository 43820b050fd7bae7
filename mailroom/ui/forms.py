"""Rows of fields in dialogs, and what was typed into them."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit

from mailroom.ui.parts.fields import Choice, Field, LineEdit


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
