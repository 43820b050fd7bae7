"""Taking the focus without breaking into a word that somebody is typing."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

QUIET = 1500  # ms without a typed character


class QuietFocus(QObject):
    """Says `free` when the focus can be taken: at once, or when nobody has typed into the field for a while.

    The K of a name must not keep a number whose check digit is wrong.
    """

    free = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self.free)
        self._watched: QLineEdit | None = None

    def ask(self, focused: QWidget | None) -> None:
        """Answer with `free`, now or when the field that has the focus is quiet."""
        if not (isinstance(focused, QLineEdit) and focused.isModified() and focused.text()):
            self.free.emit()
            return
        if self._watched is not focused:
            self._watched = focused
            focused.textEdited.connect(self._on_typed)
        self._timer.start()

    def forget(self) -> None:
        """The question was answered meanwhile."""
        self._timer.stop()

    def _on_typed(self) -> None:
        if self._timer.isActive():
            self._timer.start()
