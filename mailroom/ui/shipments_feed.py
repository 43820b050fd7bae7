"""Feeds the shipments table from the reader thread: one question in flight, the newest one next."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from mailroom.domain.register import Counts, ShipmentFilter, ShipmentPage, ShipmentRow
from mailroom.errors import MailroomError
from mailroom.ui.page import Bench
from mailroom.ui.shipments_model import ShipmentsModel

PAGE = 100  # rows a question, more than a tall screen shows; scrolling reads the next
TYPED = 40  # of a text being typed, where each key has its answer; the view asks for more where it shows more
_FRESH_FOR = 3000  # ms that a new row stays tinted
_COUNT_AFTER = 300  # ms without a new question before counts are asked for: longer than from key to key
_MOST_SINGLY = 200  # changed rows below the first page that are read one by one


class ShipmentsFeed(QObject):
    """Asks for pages, counts and changes; the model is only touched in the GUI thread."""

    loaded = Signal()  # the newest question is answered and shown
    counted = Signal(object, int)  # Counts under the filter, all on record
    failed = Signal(object)

    def __init__(self, bench: Bench, model: ShipmentsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._model = model
        self._wanted = ShipmentFilter()
        self._asked: ShipmentFilter | None = None
        self._changed: set[str] = set()
        self._refreshing = False
        self._counting = False
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_FRESH_FOR)
        self._fade.timeout.connect(self._on_fade)
        self._count_timer = QTimer(self)
        self._count_timer.setSingleShot(True)
        self._count_timer.setInterval(_COUNT_AFTER)
        self._count_timer.timeout.connect(self._count)
        model.more_wanted.connect(self._on_more_wanted)

    @property
    def wanted(self) -> ShipmentFilter:
        """The newest question."""
        return self._wanted

    def ask(self, wanted: ShipmentFilter) -> None:
        """Show the shipments that fit; while an answer is under way only the newest question waits."""
        self._wanted = wanted
        if self._asked is None:
            self._ask_now()

    def take_changes(self, ids: tuple[str, ...]) -> None:
        """Bring the list in step with what changed on record."""
        self._changed.update(ids)
        if not self._refreshing and self._asked is None:
            self._refresh()

    # the question

    def _ask_now(self) -> None:
        wanted = self._asked = self._wanted
        office = self._bench.office

        def find() -> ShipmentPage:
            return office.shipments.find(office.operator, wanted, _page_of(wanted))

        self._bench.runners.run("reader", find, self._on_found, self._on_ask_failed)

    def _on_found(self, page: ShipmentPage) -> None:
        asked, self._asked = self._asked, None
        if asked != self._wanted:
            self._ask_now()
            return
        self._set_day()
        self._model.replace(page)
        self.loaded.emit()
        self._count_timer.start()
        if self._changed:
            self._refresh()

    def _on_ask_failed(self, error: BaseException) -> None:
        asked, self._asked = self._asked, None
        if asked != self._wanted:
            self._ask_now()
        else:
            self.failed.emit(error)

    # the next page

    def _on_more_wanted(self) -> None:
        wanted, after, office = self._wanted, self._model.after, self._bench.office

        def find() -> tuple[ShipmentFilter, str, ShipmentPage]:
            return wanted, after, office.shipments.find(office.operator, wanted, PAGE, after)

        self._bench.runners.run("reader", find, self._on_more, self._on_more_failed)

    def _on_more(self, answer: tuple[ShipmentFilter, str, ShipmentPage]) -> None:
        wanted, after, page = answer
        if wanted == self._wanted and after == self._model.after and self._asked is None:
            self._model.append(page)
        else:
            self._model.page_failed()

    def _on_more_failed(self, error: BaseException) -> None:
        self._model.page_failed()
        self.failed.emit(error)

    # changes

    def _refresh(self) -> None:
        self._refreshing = True
        changed, self._changed = frozenset(self._changed), set()
        wanted, office = self._wanted, self._bench.office
        rows = self._model.rows[_page_of(wanted) :]
        below = tuple(one.shipment.id for one in rows if one.shipment.id in changed)[:_MOST_SINGLY]

        def read() -> tuple[ShipmentFilter, ShipmentPage, tuple[ShipmentRow, ...]]:
            page = office.shipments.find(office.operator, wanted, _page_of(wanted))
            rows = []
            for shipment_id in below:
                try:
                    rows.append(office.shipments.get(office.operator, shipment_id).row)
                except MailroomError:
                    continue
            return wanted, page, tuple(rows)

        self._bench.runners.run("reader", read, self._on_refreshed, self._on_refresh_failed)

    def _on_refreshed(self, answer: tuple[ShipmentFilter, ShipmentPage, tuple[ShipmentRow, ...]]) -> None:
        self._refreshing = False
        wanted, page, rows = answer
        if wanted == self._wanted and self._asked is None:
            self._set_day()
            new = self._model.merge_head(page)
            self._model.update(rows)
            for row in rows:
                if not _holds(row, wanted):
                    self._model.remove(row.shipment.id)
            if new:
                self._model.set_fresh(new)
                self._fade.start()
            self._count_timer.start()
            self.loaded.emit()
        if self._changed and self._asked is None:
            self._refresh()

    def _on_refresh_failed(self, error: BaseException) -> None:
        self._refreshing = False
        self.failed.emit(error)

    def _on_fade(self) -> None:
        self._model.set_fresh(())

    # counts

    def _count(self) -> None:
        if self._counting:
            self._count_timer.start()
            return
        self._counting = True
        wanted, office = self._wanted, self._bench.office

        def count() -> tuple[ShipmentFilter, Counts, int]:
            here = office.shipments.counts(office.operator, wanted)
            everything = ShipmentFilter()
            return wanted, here, office.shipments.counts(office.operator, everything).total

        self._bench.runners.run("reader", count, self._on_counted, self._on_count_failed)

    def _on_counted(self, answer: tuple[ShipmentFilter, Counts, int]) -> None:
        self._counting = False
        wanted, here, total = answer
        if wanted == self._wanted:
            self.counted.emit(here, total)

    def _on_count_failed(self, error: BaseException) -> None:
        self._counting = False
        self.failed.emit(error)

    def _set_day(self) -> None:
        zone = self._bench.zone
        self._model.set_day(datetime.now(UTC).astimezone(zone).date(), zone)


def _page_of(wanted: ShipmentFilter) -> int:
    return TYPED if wanted.text else PAGE


def _holds(row: ShipmentRow, wanted: ShipmentFilter) -> bool:
    """Whether a changed row still belongs into the list, as far as it can be told without the database."""
    shipment = row.shipment
    if shipment.withdrawn or (wanted.statuses and shipment.status not in wanted.statuses):
        return False
    return not wanted.carriers or shipment.carrier in wanted.carriers
