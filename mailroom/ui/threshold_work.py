"""Reading, asking for and keeping the days after which alerts speak; for every page that offers it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mailroom.domain.attention import ThresholdRule
from mailroom.errors import MailroomError
from mailroom.ui.page import Bench
from mailroom.ui.threshold_dialog import ThresholdDialog
from mailroom.wording import _


class ThresholdWork(QObject):
    """One dialog at a time."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = bench, page
        self._dialog: ThresholdDialog | None = None

    def ask(self) -> None:
        """Read the office's own days, then ask for others."""
        office = self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: office.attention.thresholds(office.operator),
            self._on_thresholds,
            self._bench.notices.show,
        )

    def _on_thresholds(self, rules: tuple[ThresholdRule, ...]) -> None:
        if self._dialog is not None:
            return
        self._dialog = dialog = ThresholdDialog(self._page.window(), rules)
        dialog.changed.connect(self._on_given)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_given(self, rules: tuple[ThresholdRule, ...]) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "writer",
            lambda: office.attention.change_thresholds(office.operator, rules),
            self._on_changed,
            self._on_refused,
        )

    def _on_changed(self, _rules: tuple[ThresholdRule, ...]) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._bench.notices.tell(_("Saved. Alerts are judged by these numbers now."))
        self._bench.routes.alerts_handled.emit(frozenset())
        self._bench.routes.alerts_wanted.emit()

    def _on_refused(self, error: BaseException) -> None:
        if self._dialog is not None and isinstance(error, MailroomError):
            self._dialog.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_closed(self) -> None:
        self._dialog = None
