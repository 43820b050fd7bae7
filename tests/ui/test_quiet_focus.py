"""A question never takes the focus out of a word that is being typed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mailroom.ui.quiet_focus import QuietFocus


def typed(field: QLineEdit, text: str) -> None:
    for char in text:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))


def test_the_focus_waits_until_nobody_types(qtbot: QtBot) -> None:
    # GIVEN a name half typed
    field = QLineEdit()
    field.setAccessibleName("Recipient")
    qtbot.addWidget(field)
    typed(field, "Mi")
    quiet, freed = QuietFocus(field), []
    quiet.free.connect(lambda: freed.append(field.text()))
    # WHEN a question wants the focus and the typing goes on
    quiet.ask(field)
    typed(field, "ke K")
    # THEN it comes only after the last letter
    assert freed == []
    qtbot.waitUntil(lambda: freed == ["Mike K"], timeout=60_000)


def test_an_empty_or_filled_in_field_gives_it_at_once(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setAccessibleName("Recipient")
    qtbot.addWidget(field)
    quiet, freed = QuietFocus(field), []
    quiet.free.connect(lambda: freed.append(1))

    quiet.ask(field)
    field.setText("from the label")
    quiet.ask(field)
    quiet.ask(None)

    assert freed == [1, 1, 1]
