"""Qt for Python must not eat `None`: 6.12.0 drops a reference at every void call on Python 3.11, until it aborts."""

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_qt_calls_keep_none_alive(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 50
