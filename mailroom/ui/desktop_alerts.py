"""New urgent alerts as a message of the desktop, where it has a place for such; nothing of it is loaded before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mailroom.ui.page import Bench
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from mailroom.domain.attention import AlertCounts
    from mailroom.ui.main_window import MainWindow


class DesktopAlerts(QObject):
    """Compares the urgent alerts as they are judged; the first ones of a session or of a person are no news."""

    def __init__(self, bench: Bench, window: "MainWindow", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._window = window
        self._urgent: frozenset[tuple[str, str]] | None = None
        self._icon: QSystemTrayIcon | None = None
        self.told = 0  # messages so far
        bench.routes.alerts_judged.connect(self._on_judged)
        bench.routes.operator_changed.connect(self._on_operator_changed)

    def close(self) -> None:
        """Take the symbol out of the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _on_judged(self, counts: "AlertCounts") -> None:
        before, self._urgent = self._urgent, counts.today
        if before is not None and counts.today - before and self._bench.desk.settings.desktop_alerts:
            self._tell(len(counts.today - before))

    def _on_operator_changed(self) -> None:
        self._urgent = None  # somebody else sees other departments

    def _tell(self, more: int) -> None:
        self.told += 1
        from PySide6.QtWidgets import QSystemTrayIcon

        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self._icon.setToolTip("Mailroom")
            self._icon.messageClicked.connect(self._on_pressed)
        self._icon.show()
        text = plural("{n} new alert for today", "{n} new alerts for today", more)
        self._icon.showMessage(_("Mailroom: act today"), text)

    def _on_pressed(self) -> None:
        self._window.come_forward()
        self._window.show_page("attention")
