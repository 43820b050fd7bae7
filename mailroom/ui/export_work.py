"""Exporting what the list shows: to a file that a person names, whole or not at all."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from mailroom.domain.register import ShipmentFilter
from mailroom.services.exchange.exporting import ExportReport
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line


class ExportWork(QObject):
    """One export at a time; its end is told in a notice."""

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._strip = strip
        self._choice = FileChoice(bench.desk, page, self._on_chosen)
        self._wanted = ShipmentFilter()
        self._events = False

    def menu(self, wanted: ShipmentFilter) -> QMenu:
        """What can be exported of the shipments that a filter means."""
        self._wanted = wanted
        menu = QMenu(self._page)
        menu.setAccessibleName(_("Export"))
        shown = _("All shipments") if wanted == ShipmentFilter() else _("The shipments shown")
        menu.addAction(shown).triggered.connect(self.choose_shipments)
        menu.addAction(_("Their tracking events")).triggered.connect(self.choose_events)
        return menu

    def open_menu(self, wanted: ShipmentFilter, below: QWidget) -> None:
        """Offer it below a button."""
        self.menu(wanted).popup(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def choose_shipments(self) -> None:
        """Ask where the shipments go."""
        self._choose(_("shipments.csv"), events=False)

    def choose_events(self) -> None:
        """Ask where their tracking events go."""
        self._choose(_("events.csv"), events=True)

    def _choose(self, name: str, *, events: bool) -> None:
        self._events = events
        patterns = f"{_('CSV')} (*.csv);;{_('Excel workbook')} (*.xlsx)"
        self._choice.save(_("Export"), patterns, name)

    def _on_chosen(self, files: tuple[Path, ...]) -> None:
        if self._strip.busy:
            self._bench.notices.tell(_("Wait for the work under way, then export again."), "move")
            return
        target, wanted, office, strip = files[0], self._wanted, self._bench.office, self._strip
        stop, lane = Task(), Task()
        strip.start(_("Exporting to {file}").format(file=one_line(target.name)), stop)
        act_on = office.exchange.export_events if self._events else office.exchange.export_shipments

        def act() -> ExportReport:
            return act_on(
                office.operator,
                target,
                wanted,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
            )

        self._bench.runners.run("work", act, self._on_done, self._on_failed, lane)

    def _on_done(self, report: ExportReport) -> None:
        self._strip.finish()
        if report.cancelled:
            self._bench.notices.tell(_("Export stopped. No file was written."), "move")
            return
        rows = plural("{n} row", "{n} rows", report.rows)
        text = _("{file} written: {rows}.").format(file=one_line(report.path.name), rows=rows)
        self._bench.notices.tell(text, "good")

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        self._bench.notices.show(error)
