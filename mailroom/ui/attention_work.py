"""What the Attention page does off the GUI thread: reading the list and the evidence, and every act."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.attention import AlertAct, AlertFilter, AlertRow
from mailroom.domain.operator import Operator
from mailroom.domain.register import ShipmentDetail
from mailroom.errors import MailroomError
from mailroom.ui.attention_undo import Acted, acted_text, take_back, undone_text
from mailroom.ui.page import Bench
from mailroom.ui.snooze_dialog import SnoozeDialog
from mailroom.wording import _

SHOWN = 500  # alerts on the list at most; the filters narrow it
_ACTS_KEPT = 50  # that can be undone


class AttentionWork(QObject):
    """One question of each sort in flight, the newest next."""

    listed = Signal(object)  # tuple of AlertRow
    detailed = Signal(object)  # ShipmentDetail of the shipment asked for last
    peopled = Signal(object)  # tuple of Operator

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = bench, page
        self._wanted: AlertFilter | None = None
        self._asked: AlertFilter | None = None
        self._shipment = ""
        self._asked_shipment = ""
        self._dialog: SnoozeDialog | None = None
        self._rows: tuple[AlertRow, ...] = ()
        self._acting: Acted | None = None
        self._acts: list[Acted] = []  # of this session and person, the newest last
        self._own = True  # whether who sits here began the act under way
        bench.routes.operator_changed.connect(self._on_operator_changed)

    # reading

    def ask(self, wanted: AlertFilter) -> None:
        """Read the list."""
        self._wanted = wanted
        if self._asked is None:
            self._ask_now()

    def ask_people(self) -> None:
        """Read who alerts can be given to."""
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.attention.people(office.operator), self._on_people, self._bench.notices.show
        )

    def ask_shipment(self, shipment_id: str) -> None:
        """Read the events of a shipment; empty for none."""
        self._shipment = shipment_id
        if shipment_id and not self._asked_shipment:
            self._ask_shipment_now()

    def _ask_now(self) -> None:
        wanted = self._asked = self._wanted
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.attention.alerts(office.operator, wanted), self._on_listed, self._on_list_failed
        )

    def _on_listed(self, rows: tuple[AlertRow, ...]) -> None:
        asked, self._asked = self._asked, None
        if asked != self._wanted:
            self._ask_now()
        else:
            self.listed.emit(rows)

    def _on_list_failed(self, error: BaseException) -> None:
        self._asked = None
        self._bench.notices.show(error)

    def _ask_shipment_now(self) -> None:
        shipment_id = self._asked_shipment = self._shipment
        office = self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: office.shipments.get(office.operator, shipment_id),
            self._on_detailed,
            self._on_detail_failed,
        )

    def _on_detailed(self, detail: ShipmentDetail) -> None:
        asked, self._asked_shipment = self._asked_shipment, ""
        if asked == self._shipment:
            self.detailed.emit(detail)
        elif self._shipment:
            self._ask_shipment_now()

    def _on_detail_failed(self, error: BaseException) -> None:
        asked, self._asked_shipment = self._asked_shipment, ""
        if asked != self._shipment and self._shipment:
            self._ask_shipment_now()
        else:
            self._bench.notices.show(error)

    def _on_people(self, people: tuple[Operator, ...]) -> None:
        self.peopled.emit(people)

    # acts

    def ask_snooze(self, rows: tuple[AlertRow, ...], about: str) -> None:
        """Ask until when and why, then put them off."""
        office = self._bench.office
        self._dialog = dialog = SnoozeDialog(self._page.window(), about, office.attention.today())
        self._rows = rows
        dialog.snoozed.connect(self._on_snooze)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def assign(self, rows: tuple[AlertRow, ...], to_id: str, to_name: str) -> None:
        """Give them to somebody, or to nobody."""
        office, write = self._bench.office, self._bench.runners.write
        acted = Acted(AlertAct.ASSIGNED, rows, to_name=to_name)
        self._act(acted, lambda: office.attention.assign(office.operator, rows, to_id, write))

    def done(self, rows: tuple[AlertRow, ...]) -> None:
        """Say that they are dealt with."""
        office, write = self._bench.office, self._bench.runners.write
        self._act(Acted(AlertAct.DONE, rows), lambda: office.attention.done(office.operator, rows, "", write))

    def reopen(self, rows: tuple[AlertRow, ...]) -> None:
        """Put them on the list again."""
        office, write = self._bench.office, self._bench.runners.write
        self._act(Acted(AlertAct.REOPENED, rows), lambda: office.attention.reopen(office.operator, rows, "", write))

    def _on_snooze(self, until: date, reason: str) -> None:
        office, write, rows = self._bench.office, self._bench.runners.write, self._rows
        acted = Acted(AlertAct.SNOOZED, rows, until)
        self._act(acted, lambda: office.attention.snooze(office.operator, rows, until, reason, write))

    def _act(self, acted: Acted, do: Callable[[], None]) -> None:
        """Each alert is a short write of its own: a reading goes in between."""
        if not acted.rows or self._acting is not None:
            return
        self._acting, self._own = acted, True
        self._bench.runners.run("work", do, self._on_acted, self._on_act_failed)

    def _on_acted(self, _nothing: None) -> None:
        acted, self._acting = self._acting, None
        if self._dialog is not None:
            self._dialog.accept()
        if acted is not None:
            self._bench.routes.alerts_handled.emit(acted.alerts)
            text = acted_text(acted, self._bench.office.attention.today())
            if self._own:
                self._acts = [*self._acts[1 - _ACTS_KEPT :], acted]
                self._bench.notices.tell(text, "good", _("Undo"), partial(self._undo, acted))
            else:
                self._bench.notices.tell(text)
        self._bench.routes.alerts_wanted.emit()

    def _on_act_failed(self, error: BaseException) -> None:
        self._acting = None
        if self._dialog is not None and isinstance(error, MailroomError):
            self._dialog.refuse(error)
        else:
            self._bench.notices.show(error)
        self._bench.routes.alerts_wanted.emit()

    def _on_dialog_closed(self) -> None:
        self._dialog = None

    # undo

    def undo_last(self) -> None:
        """Undo the newest act of this session that is not undone yet."""
        if self._acts:
            self._undo(self._acts[-1])
        else:
            self._bench.notices.tell(_("Nothing was done about alerts that could be undone."))

    def _undo(self, acted: Acted) -> None:
        if acted not in self._acts or self._acting is not None:
            return
        self._acting, self._own = acted, True
        office, write = self._bench.office, self._bench.runners.write
        self._bench.runners.run(
            "work",
            lambda: take_back(office.attention, office.operator, acted, write),
            self._on_undone,
            self._on_act_failed,
        )

    def _on_undone(self, _nothing: None) -> None:
        acted, self._acting = self._acting, None
        if acted is not None:
            self._bench.routes.alerts_handled.emit(acted.alerts)
            if self._own:
                self._acts.remove(acted)
            self._bench.notices.tell(undone_text(acted))
        self._bench.routes.alerts_wanted.emit()

    def _on_operator_changed(self) -> None:
        """What somebody else did is theirs to undo, what is still under way, too."""
        self._acts.clear()
        self._own = False
