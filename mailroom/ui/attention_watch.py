"""Keeps the alerts in step with the record while the window is open: after changes, and as days go by."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.domain.attention import AlertCounts

_FIRST_AFTER = 1500  # ms after the start: the first reading goes first
_MANY = 50  # shipments changed within a second: more than people change one by one
_STILL = 3000  # ms without a change after such a change: judging waits for the end of an import
_EVERY = 60_000  # ms: the office's day may be another one


class AttentionWatch(QObject):
    """Has changes judged as they come; tells the counts through `routes.alerts_judged`. One question at a time."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._asking = False
        self._again = False
        self._many = False  # whether the last change was of many: an import goes on
        self._started = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_AFTER)
        self._first.timeout.connect(self._on_first)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL)
        self._still.timeout.connect(self.look)
        bench.routes.shipments_changed.connect(self._on_shipments_changed)
        bench.routes.record_moved.connect(self._on_record_moved)
        bench.routes.alerts_wanted.connect(self.look)

    @property
    def busy(self) -> bool:
        """Whether alerts are being judged."""
        return self._asking

    def start(self) -> None:
        """Begin, shortly after the window is there."""
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Ask nothing more: the window closes."""
        self._first.stop()
        self._timer.stop()
        self._still.stop()
        self._bench.office.attention.book.stop()

    def look(self) -> None:
        """Have judged what changed; all of it where a new day began."""
        if self._asking:
            self._again = True
            return
        self._asking, self._started = True, True
        office = self._bench.office

        def catch_up() -> "AlertCounts | None":
            if not office.attention.refresh(office.operator, whole=False):
                return None
            return office.attention.counts(office.operator)

        self._bench.runners.run("reader", catch_up, self._on_looked, self._on_failed)

    def _judge_all(self) -> None:
        """All of it takes seconds in a large office: beside the reader, so that pages are not kept waiting."""
        office = self._bench.office

        def judge() -> "AlertCounts":
            office.attention.refresh(office.operator)
            return office.attention.counts(office.operator)

        self._bench.runners.run("work", judge, self._on_looked, self._on_failed)

    def _on_first(self) -> None:
        if not self._started:
            self.look()

    def _on_record_moved(self) -> None:
        if not self._started:
            return
        if self._many or self._still.isActive():
            self._still.start()
        else:
            self.look()

    def _on_shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Told before the record is said to have moved."""
        self._many = len(ids) > _MANY

    def _on_looked(self, counts: "AlertCounts | None") -> None:
        if counts is None:
            self._judge_all()
            return
        self._asking = False
        self._bench.routes.alerts_judged.emit(counts)
        if self._again:
            self._again = False
            self.look()

    def _on_failed(self, error: BaseException) -> None:
        self._asking = self._again = False
        self._bench.notices.show(error)
