"""What runs while the window is open: threads, window, scanner, the look at the record every second; and the end."""

import logging
import sys

from PySide6.QtCore import QObject, QTimer, Signal

from mailroom.config import DeskSettings, Profile
from mailroom.services.office import Office, load_use_cases
from mailroom.ui.attention_watch import AttentionWatch
from mailroom.ui.desk import Desk
from mailroom.ui.desktop_alerts import DesktopAlerts
from mailroom.ui.faults import Faults
from mailroom.ui.mail_watch import MailWatch
from mailroom.ui.main_window import MainWindow
from mailroom.ui.opened_copies import left_behind
from mailroom.ui.page import Bench, Routes
from mailroom.ui.parts.notices import Notices
from mailroom.ui.poll_watch import PollWatch
from mailroom.ui.runners import Runners
from mailroom.ui.scan_page import ScanPage
from mailroom.ui.sign_in_work import IdleWatch
from mailroom.ui.tidying import Tidying
from mailroom.ui.wedge import Wedge
from mailroom.ui.wedge_settings import setup_of

_POLL = 1000  # ms
_DEVICES_AFTER = 200  # ms: the window is drawn first
_REST_AFTER = 2500  # ms: the first reading and the alerts come first
_SWITCH = 0.0001  # s after which a thread that computes lets the others on; Python's own 5 ms would hold up readings

_log = logging.getLogger(__name__)


class Session(QObject):
    """One office in one window. `close` ends it in stages: devices, runners."""

    ended = Signal()

    def __init__(self, office: Office, profile: Profile, settings: DeskSettings) -> None:
        super().__init__()
        self.runners = Runners()
        self.desk = Desk(profile, settings, self.runners)
        self.notices = Notices(self)
        self.routes = Routes(self)
        self.bench = Bench(office, self.runners, self.notices, self.routes, self.desk)
        self.window = MainWindow(self.bench)
        self.faults = Faults(self.window)
        self.runners.failed.connect(self.faults.show)
        self.desk.save_failed.connect(self.notices.show)
        self.attention = AttentionWatch(self.bench, self)
        self.tidying = Tidying(self)
        self.desktop_alerts = DesktopAlerts(self.bench, self.window, self)
        self.polling = PollWatch(self.bench, self)
        self.mails = MailWatch(self.bench, self)
        self.idle = IdleWatch(self.bench, self)
        scan = self.window.page("scan")
        assert isinstance(scan, ScanPage)
        self.scan = scan
        scan.recorder.taken.connect(self.tidying.wait)
        self.wedge = Wedge(scan.recorder.piece_of, self)
        self.wedge.read.connect(scan.flow.hear)
        self.wedge.cut.connect(scan.flow.hear_cut)
        self.wedge.unsure.connect(scan.flow.hear_unsure)
        self.wedge.too_long.connect(scan.flow.too_long)
        self.wedge.taught.connect(self.routes.taught)
        self.routes.teaching.connect(self.wedge.teach)
        self.desk.changed.connect(self._on_desk_changed)
        self._on_desk_changed()
        self.window.closing.connect(self.ended)
        self._switch = sys.getswitchinterval()
        self._mark = ""
        self._asking = False
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL)
        self._poll.timeout.connect(self._on_time_to_look)

    def start(self) -> None:
        """Show the window, listen to the scanner, look at the record once a second."""
        sys.setswitchinterval(_SWITCH)
        self.faults.install()
        self.window.show()
        self.wedge.install()
        self._on_time_to_look()
        self.runners.run("work", left_behind(self.desk.profile))
        self._poll.start()
        self.attention.start()
        self.polling.start()
        self.mails.start()
        self.idle.look()
        QTimer.singleShot(_DEVICES_AFTER, self.scan.camera.resume)
        QTimer.singleShot(_DEVICES_AFTER, self.scan.serial.start)
        QTimer.singleShot(_REST_AFTER, self._load_rest)
        self.tidying.start()

    def close(self, seconds: float = 4.0) -> bool:
        """Devices first, then the threads; what was read is on record. True where every thread ended in time."""
        self.window.close()
        self._poll.stop()
        self.attention.stop()
        self.polling.stop()
        self.mails.stop()
        self.idle.stop()
        self.desktop_alerts.close()
        sys.setswitchinterval(self._switch)
        self.wedge.remove()
        self.scan.camera.close()
        self.scan.serial.close()
        self.scan.piece.flush()
        self.scan.sounds.close()
        self.scan.files.cancel()
        ended = self.runners.close(seconds)
        self.faults.remove()
        self.tidying.stop()
        return ended

    def _load_rest(self) -> None:
        """Pages wait for little then; their own modules make Qt's classes, which only the window's thread may."""
        self.runners.run("work", load_use_cases, self._on_rest_loaded)

    def _on_rest_loaded(self, _none: None) -> None:
        self.tidying.keep()

    def _on_desk_changed(self) -> None:
        self.wedge.take_setup(setup_of(self.desk.settings))

    def _on_time_to_look(self) -> None:
        if self._asking:
            return
        self._asking = True
        office, mark = self.bench.office, self._mark
        self.runners.run(
            "reader",
            lambda: office.shipments.changed_since(office.operator, mark),
            self._on_looked,
            self._on_not_looked,
        )

    def _on_looked(self, answer: tuple[str, tuple[str, ...]]) -> None:
        self._asking = False
        mark, ids = answer
        moved, self._mark = bool(self._mark) and mark != self._mark, mark
        if ids:
            self.routes.shipments_changed.emit(ids)
        if moved:
            self.routes.record_moved.emit()

    def _on_not_looked(self, error: BaseException) -> None:
        self._asking = False
        _log.warning("the record could not be looked at: %s", error)
