"""New urgent alerts told outside the window: as a message of the desktop where it has a place for such, in the title,
and by the window's entry in the task bar. Nothing of the tray is loaded before.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from mailroom.ui.page import Bench
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSystemTrayIcon

    from mailroom.domain.attention import AlertCounts
    from mailroom.ui.main_window import MainWindow


_LOOKS = 2  # after an act: one may have been under way before it; what comes later is news again


def available() -> bool:
    """Whether this desktop shows messages of programs now. Only the window's thread may ask."""
    from PySide6.QtWidgets import QSystemTrayIcon

    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class DesktopAlerts(QObject):
    """Compares the urgent alerts as they are judged; the first ones of a session or of a person are no news.

    Nor is what happens before the eyes of whoever works in the window, or what she brought about herself.
    """

    def __init__(self, bench: Bench, window: "MainWindow", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._window = window
        self._urgent: frozenset[tuple[str, str]] | None = None
        self._own: dict[tuple[str, str], int] = {}  # acted about here, and for how many looks that is known
        self._all_own = False  # the office's days were changed here: whatever comes of it is known
        self._icon: QSystemTrayIcon | None = None
        self.told = 0  # messages so far
        bench.routes.alerts_judged.connect(self._on_judged)
        bench.routes.alerts_handled.connect(self._on_handled)
        bench.routes.operator_changed.connect(self._on_operator_changed)

    def close(self) -> None:
        """Take the symbol out of the tray."""
        if self._icon is not None:
            self._icon.hide()

    def _on_judged(self, counts: "AlertCounts") -> None:
        from mailroom.domain.alerts.situation import Urgency

        before, self._urgent = self._urgent, counts.today
        wanted = self._bench.desk.settings.desktop_alerts
        self._window.show_urgent(counts.by_urgency.get(Urgency.TODAY, 0) if wanted else 0)
        more = frozenset() if before is None or self._all_own else counts.today - before - self._own.keys()
        self._all_own = False
        self._own = {one: left - 1 for one, left in self._own.items() if left > 1 and one not in counts.today}
        if more and wanted and QApplication.activeWindow() is None:
            self._tell(len(more))

    def _on_handled(self, alerts: frozenset[tuple[str, str]]) -> None:
        """Before they are judged anew; none of them stands for all."""
        self._own |= dict.fromkeys(alerts, _LOOKS)
        self._all_own = self._all_own or not alerts

    def _on_operator_changed(self) -> None:
        self._urgent = None  # somebody else sees other departments

    def _tell(self, more: int) -> None:
        self.told += 1
        QApplication.alert(self._window)
        if not available():
            return
        from PySide6.QtWidgets import QSystemTrayIcon

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
