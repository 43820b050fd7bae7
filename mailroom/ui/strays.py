"""Takes characters back out of a line edit that were let through to it and turned out to be a scanner's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit


@dataclass(frozen=True, slots=True)
class Typed:
    """What one key did to a line edit."""

    field: QLineEdit
    before: str
    cursor: int
    selected: tuple[int, int]  # where the selection began, and how long it was
    after: str


def watched(act: Callable[[], object]) -> Typed | None:
    """Let a key through by `act`; tells what it did to the line edit with the focus, none where it changed none."""
    field = _edit_in_focus()
    if field is None:
        act()
        return None
    before, cursor, selected = field.text(), field.cursorPosition(), (field.selectionStart(), field.selectionLength())
    act()
    if not shiboken6.isValid(field) or field.text() == before:
        return None
    return Typed(field, before, cursor, selected, field.text())


def take_back(typed: Sequence[Typed | None]) -> None:
    """Make the field what it was before these keys, oldest first; only where nothing else changed it meanwhile."""
    chain: list[Typed] = []
    for one in reversed(typed):
        follows = one is not None and (not chain or (one.field is chain[0].field and one.after == chain[0].before))
        if one is None or not follows:
            break
        chain.insert(0, one)
    if not chain or not shiboken6.isValid(chain[-1].field) or chain[-1].field.text() != chain[-1].after:
        return
    first = chain[0]
    field = first.field
    field.selectAll()
    field.insert(first.before)  # as a person would: who follows what is edited hears of it, and it can be undone
    field.setCursorPosition(first.cursor)
    start, length = first.selected
    if start >= 0 and length:
        field.setSelection(start, length)
    completer = field.completer()
    popup = completer.popup() if completer is not None else None
    if popup is not None:
        popup.hide()


def _edit_in_focus() -> QLineEdit | None:
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit) else None
