"""What the window does with mail runs: shows them, opens, pauses, closes them with a hand-over."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.office import MailRun, RunCounts
from mailroom.domain.register import ShipmentRow
from mailroom.errors import MailroomError
from mailroom.services.runs import MOST_PAPER, Given
from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.ui.close_run_sheet import CloseRunSheet
    from mailroom.ui.runs_sheet import RunsSheet


class RunWork(QObject):
    """Dialogs are loaded when they are first asked for; every act is put on record by the writer."""

    changed = Signal()  # runs were opened, paused, taken up or closed
    closed = Signal(object)  # RunCounts
    taken_up = Signal(str)  # the name of the run that pieces go into from now on

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self.runs_sheet: RunsSheet | None = None
        self.close_sheet: CloseRunSheet | None = None

    def show_runs(self) -> None:
        """The list of runs."""
        office = self._bench.office
        self._bench.runners.run("reader", lambda: office.runs.list(office.operator, 30), self._on_runs, self._failed)

    def close(self, run: MailRun) -> None:
        """Ask how a run was handed over, then close it."""
        office, who = self._bench.office, self._bench.office.operator

        def act() -> tuple[RunCounts, tuple[ShipmentRow, ...]]:
            return office.runs.counts(who, run.id), office.runs.pieces(who, run.id)

        self._bench.runners.run("reader", act, self._on_counted, self._failed)

    # the list

    def _on_runs(self, runs: tuple[RunCounts, ...]) -> None:
        if self.runs_sheet is not None:
            self.runs_sheet.show_runs(runs)
            return
        from mailroom.ui.runs_sheet import RunsSheet

        self.runs_sheet = RunsSheet(self._page.window(), runs, self._bench.zone)
        self.runs_sheet.opened.connect(self._on_open)
        self.runs_sheet.paused.connect(self._on_pause)
        self.runs_sheet.resumed.connect(self._on_resume)
        self.runs_sheet.close_wanted.connect(self._on_close_wanted)
        self.runs_sheet.finished.connect(self._on_runs_closed)
        self.runs_sheet.open()

    def _on_runs_closed(self) -> None:
        self.runs_sheet = None

    def _on_open(self, name: str) -> None:
        office = self._bench.office
        self._act(lambda: office.runs.open(office.operator, name), self._on_taken_up)

    def _on_pause(self, run: MailRun) -> None:
        office = self._bench.office
        self._act(lambda: office.runs.pause(office.operator, run.id), self._on_paused)

    def _on_resume(self, run: MailRun) -> None:
        office = self._bench.office
        self._act(lambda: office.runs.resume(office.operator, run.id), self._on_taken_up)

    def _on_close_wanted(self, run: MailRun) -> None:
        if self.runs_sheet is not None:
            self.runs_sheet.accept()
        self.close(run)

    def _on_taken_up(self, run: MailRun) -> None:
        self.taken_up.emit(run.name)
        self._again()

    def _on_paused(self, _run: MailRun) -> None:
        self.taken_up.emit("")
        self._again()

    def _again(self) -> None:
        self.changed.emit()
        if self.runs_sheet is not None:
            self.show_runs()

    # closing

    def _on_counted(self, answer: tuple[RunCounts, tuple[ShipmentRow, ...]]) -> None:
        from mailroom.ui.close_run_sheet import CloseRunSheet

        self.close_sheet = CloseRunSheet(self._bench, self._page.window(), *answer)
        self.close_sheet.agreed.connect(self._on_agreed)
        self.close_sheet.finished.connect(self._on_sheet_closed)
        self.close_sheet.open()

    def _on_sheet_closed(self) -> None:
        self.close_sheet = None

    def _on_agreed(self, run: MailRun, given: Given, kept: tuple[str, ...], paper: Path | None) -> None:
        office, who = self._bench.office, self._bench.office.operator
        shown = set(self.close_sheet.shown()) if self.close_sheet is not None else set()

        def act() -> RunCounts:
            # Nobody has counted or signed for what was read while the dialog was open: it goes into the next run.
            later = tuple(one.shipment.id for one in office.runs.pieces(who, run.id) if one.shipment.id not in shown)
            return office.runs.close(who, run.id, _with_paper(given, paper), kept=(*kept, *later))

        self._act(act, self._on_closed)

    def _on_closed(self, counts: RunCounts) -> None:
        if self.close_sheet is not None:
            self.close_sheet.accept()
        self.closed.emit(counts)

    # within

    def _act(self, act: Callable[[], object], then: Callable[..., None]) -> None:
        self._bench.runners.run("writer", act, then, self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            self._bench.runners.failed.emit(error)
        elif self.close_sheet is not None:
            self.close_sheet.refuse(error)
        elif self.runs_sheet is not None:
            self.runs_sheet.refuse(error)
        else:
            self._bench.notices.show(error)


def _with_paper(given: Given, paper: Path | None) -> Given:
    """The hand-over with the signed paper's bytes, which are read off the GUI thread."""
    import dataclasses

    if paper is None:
        return given
    try:
        if paper.stat().st_size > MOST_PAPER:
            raise MailroomError("file_too_large", name=paper.name)
        return dataclasses.replace(given, signature=paper.read_bytes())
    except OSError as trouble:
        raise MailroomError("file_not_readable", name=paper.name) from trouble
