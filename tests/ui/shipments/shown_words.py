"""What a person and a screen reader would miss in a window: cut words and controls without a name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from mailroom.ui.parts.labels import ElidedText

INPUTS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)


def cut(root: QWidget) -> list[str]:
    """Texts of labels and buttons that are narrower than what they say."""
    found = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or isinstance(one, ElidedText):
            continue
        if isinstance(one, QLabel) and one.text():
            needed = QFontMetrics(one.font()).horizontalAdvance(one.text())
            if one.wordWrap():
                if one.height() + 1 < one.heightForWidth(one.width()):
                    found.append(one.text())
            elif one.width() < needed:
                found.append(one.text())
        if isinstance(one, QPushButton) and one.width() < one.sizeHint().width():
            found.append(one.text() or one.accessibleName())
    return found


def nameless(root: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in root.findChildren(QWidget)
        if isinstance(one, INPUTS)
        and one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
