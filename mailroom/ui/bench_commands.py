"""Carries out command bar codes, from whatever device they were read; each is answered by the band and a sound."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from mailroom.domain.bench_codes import BenchCode, BenchKind
from mailroom.domain.office import MailRun, RunCounts
from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import ReadingSource
from mailroom.domain.register import ShipmentRow
from mailroom.errors import MailroomError
from mailroom.services.runs import free_name
from mailroom.ui.scan_band import BandState
from mailroom.ui.scan_states import CLOSE_ANYWAY, closing_state, command_state, failed_state
from mailroom.wording import _
from mailroom.wording.bench import bench_word
from mailroom.wording.errors import error_text

if TYPE_CHECKING:
    from mailroom.services.command_codes import Meaning
    from mailroom.ui.scan_page import ScanPage

_IN_VIEW = 500  # ms that a camera's command waits: another one in view, and neither is carried out
_AFTER = 1500  # ms in which another command is still of the same view
_CLOSING = 60_000  # ms in which the second reading closes a run that has something to decide


class BenchCommands(QObject):
    """What commands do. They change the run's fields at once, so that the very next reading has them."""

    def __init__(self, page: "ScanPage") -> None:
        super().__init__(page)
        self._page = page
        self._table: Mapping[BenchCode, Meaning] = {}
        self._opened: set[str] = set()  # names of runs opened here, before the lists have them
        self._last: ShipmentRow | None = None
        self._waiting: BenchCode | None = None  # of the camera
        self._closing = ""  # the run that was asked about
        self._view = QTimer(self)
        self._view.setSingleShot(True)
        self._view.setInterval(_IN_VIEW)
        self._view.timeout.connect(self.flush)
        self._seen = QTimer(self)  # runs while the last command of the camera may still be in view
        self._seen.setSingleShot(True)
        self._seen.setInterval(_AFTER)
        self._forget_closing = QTimer(self)
        self._forget_closing.setSingleShot(True)
        self._forget_closing.setInterval(_CLOSING)
        self._forget_closing.timeout.connect(self._on_closing_forgotten)
        page.recorder.commanded.connect(self._on_commanded)
        page.recorder.taking.connect(self.flush)
        page.recorder.taken.connect(self._on_taken)
        page.record.lists.connect(self._on_lists)
        page.band.answered.connect(self._on_answered)
        self._on_lists()

    def flush(self) -> None:
        """Carry out what waits: no other command came into view."""
        waiting, self._waiting = self._waiting, None
        self._view.stop()
        if waiting is not None:
            self._seen.start()
            self._obey(waiting)

    # which

    def _on_commanded(self, codes: tuple[BenchCode, ...], source: ReadingSource, alone: bool) -> None:
        camera = source is ReadingSource.CAMERA
        rival = camera and (self._waiting not in (None, codes[0]) or self._seen.isActive())
        if len(codes) > 1 or not alone or rival:
            self._waiting = None
            self._view.stop()
            if camera:
                self._seen.start()
            self._refuse(_("Two at once"), self._why_not(alone=alone))
        elif camera:
            self._waiting = codes[0]
            self._view.start()
        else:
            self._obey(codes[0])

    def _why_not(self, *, alone: bool) -> str:
        if not alone:
            return _("A command and a label were in view together; the command was not carried out")
        return _("More than one command was in view; none was carried out. Show one alone")

    def _obey(self, code: BenchCode) -> None:
        if code.kind is BenchKind.BADGE:
            self._seat(code)
            return
        meaning = self._table.get(code)
        if meaning is not None:
            self._do(meaning)
            return
        office = self._page.bench.office
        self._page.bench.runners.run(
            "writer", lambda: office.command_codes.meaning(office.operator, code), self._do, self._on_failed
        )

    def _do(self, meaning: "Meaning") -> None:
        kind, run = meaning.kind, self._page.run
        boxes = {BenchKind.DEPARTMENT: run.department, BenchKind.SERVICE: run.service, BenchKind.METER: run.meter}
        if kind in boxes:
            boxes[kind].setEditText(meaning.name)
            self._tell_in_turn(command_state(kind, meaning.name, _("The pieces from now on get it")))
        elif kind is BenchKind.NEW_RUN:
            self._open_run()
        elif kind is BenchKind.CLOSE_RUN:
            self._close_run()
        elif kind is BenchKind.UNDO:
            self._page.flow.undo_last()
        elif kind is BenchKind.KEEP:
            # After what was read before it: the writer answers in order.
            self._page.bench.runners.run("writer", _nothing, self._on_keep)
        elif self._last is None:
            self._refuse(bench_word(kind), _("No piece was recorded yet whose fields could be repeated"))
        else:
            self._page.piece.repeat(self._last)
            number = self._last.shipment.shown_number
            self._tell_in_turn(command_state(kind, number, _("The next piece gets its fields")))

    # what

    def _open_run(self) -> None:
        page, office = self._page, self._page.bench.office
        taken = {one.name for one in page.runs_known()} | self._opened
        name = free_name(f"{datetime.now(page.bench.zone):%Y-%m-%d %H:%M}", taken)
        self._opened.add(name)
        page.run.run.setEditText(name)
        page.bench.runners.run(
            "writer", lambda: office.runs.open(office.operator, name), self._on_run_opened, self._on_failed
        )

    def _on_run_opened(self, run: MailRun) -> None:
        self._page.record.refresh_lists()
        self._tell(command_state(BenchKind.NEW_RUN, run.name, _("What is read from now on goes into it")))

    def _close_run(self) -> None:
        page, office = self._page, self._page.bench.office
        name = page.run.run_name
        if not name:
            self._refuse(bench_word(BenchKind.CLOSE_RUN), _("No mail run is open at this desk"))
            return
        sure = self._closing == name
        self._closing = ""

        def act() -> RunCounts:
            run = office.runs.by_name(office.operator, name)
            counts = office.runs.counts(office.operator, run.id)
            return counts if counts.asked and not sure else office.runs.close(office.operator, run.id)

        page.bench.runners.run("writer", act, self._on_run_looked_at, self._on_failed)

    def _on_run_looked_at(self, counts: RunCounts) -> None:
        if counts.run.closed_at is not None:
            self._page.record.run_closed.emit(counts)
            return
        self._closing = counts.run.name
        self._forget_closing.start()
        self._page.flow.show(closing_state(counts), "ask")

    def _on_answered(self, answer: str) -> None:
        if answer == CLOSE_ANYWAY:
            self._close_run()
        else:
            self._closing = ""

    def _on_closing_forgotten(self) -> None:
        self._closing = ""

    def _on_keep(self, _answer: None) -> None:
        if not self._page.flow.keep():
            self._refuse(bench_word(BenchKind.KEEP), _("No number is asked about that could be kept"))

    def _seat(self, code: BenchCode) -> None:
        office = self._page.bench.office

        def act() -> Operator:
            # In the writer: what was read before is the former operator's, what comes after is the new one's.
            office.seat.operator = office.command_codes.sit_down(office.operator, code)
            return office.operator

        self._page.bench.runners.run("writer", act, self._on_seated, self._on_failed)

    def _on_seated(self, who: Operator) -> None:
        self._page.bench.routes.operator_changed.emit()
        rights = _("with a clerk’s rights") if who.role is Role.CLERK else ""
        why = " ".join(part for part in (_("Sits at this desk from now on"), rights) if part)
        self._tell(command_state(BenchKind.BADGE, who.name, why))

    # telling

    def _tell(self, state: BandState) -> None:
        self._page.flow.show(state, "command")

    def _tell_in_turn(self, state: BandState) -> None:
        """Behind what was read before and is still being put on record: the band tells things in their order."""
        self._page.bench.runners.run("writer", lambda: state, self._tell)

    def _refuse(self, what: str, why: str) -> None:
        self._page.flow.show(failed_state(what, why, word=_("Not done")), "refused")

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, MailroomError):
            self._refuse(_("Command"), error_text(error))
        else:
            self._page.bench.runners.failed.emit(error)

    # keeping up

    def _on_taken(self, taken: object) -> None:
        answer = getattr(taken, "answer", None)
        row = getattr(answer, "row", None)
        if isinstance(row, ShipmentRow):
            self._last = row

    def _on_lists(self, _lists: object = None) -> None:
        office = self._page.bench.office
        self._page.bench.runners.run("reader", lambda: office.command_codes.table(office.operator), self._on_table)

    def _on_table(self, table: "Mapping[BenchCode, Meaning]") -> None:
        self._table = table


def _nothing() -> None:
    """Takes its turn among what is put on record."""
