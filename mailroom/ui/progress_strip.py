"""A line that shows long work under way: what, how far, and a way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.ui.runners import Task
from mailroom.wording import _


class ProgressStrip(QWidget):
    """Hidden while nothing runs. `report` may be called from any thread."""

    _reported = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Work under way"))
        self._task: Task | None = None
        self._what = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 14, 0)
        row.setSpacing(12)
        self._text = Text("", 13, 500, tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = Button(_("Cancel"), kind="ghost", tiny=True)
        self._stop.setAccessibleName(_("Cancel the work under way"))
        self._stop.clicked.connect(self._on_stop)
        row.addWidget(self._text)
        row.addWidget(self._bar)
        row.addStretch(1)
        row.addWidget(self._stop)
        self._reported.connect(self._on_reported)
        self.restyle()
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._task is not None

    def start(self, what: str, task: Task) -> None:
        """Show that `what` is under way and can be stopped through `task`."""
        self._what, self._task = what, task
        self._text.setText(what)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()
        announce(self, what)

    def report(self, done: int, total: int) -> None:
        """How far it is; from any thread."""
        self._reported.emit(done, total)

    def finish(self) -> None:
        """It is over, one way or the other."""
        self._task = None
        self.hide()

    def restyle(self) -> None:
        """Take the new text size."""
        self.setFixedHeight(theme.px(40))

    def _on_reported(self, done: int, total: int) -> None:
        if self._task is None or not total:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        shown = _("{what}: {done} of {total}").format(what=self._what, done=f"{done:,}", total=f"{total:,}")
        self._text.setText(shown)

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._stop.setEnabled(False)
            self._text.setText(_("Stopping …"))
