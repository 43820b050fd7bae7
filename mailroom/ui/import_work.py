"""Importing tables: a file is chosen or dropped, looked at, mapped in a dialog, taken in, and reported on."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.notices import NoticeReport
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.preview import Judgement, Preview
from mailroom.services.exchange.report import ImportReport
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.import_report import ImportSheet, import_sentence
from mailroom.ui.mapping_dialog import MappingDialog
from mailroom.ui.page import Bench
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.exchange import notice_text
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line

MAIL = ".eml"
PATTERNS = "(*.eml *.csv *.tsv *.tab *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods)"


class ImportWork(QObject):
    """One file at a time; what became of it is told in a notice, and row by row in a sheet."""

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._strip = strip
        self._choice = FileChoice(bench.desk, page, self.take)
        self._waiting: tuple[Path, ...] = ()
        self._busy = False
        self._asked = 0  # judgements asked for: an older answer is of another plan
        self._trial = Task()
        self._looking = Task()
        self._kind = ImportKind.SHIPMENTS
        self._path = Path()
        self._plan = ImportPlan()
        self.dialog: MappingDialog | None = None
        self.report: ImportReport | None = None

    def choose(self) -> None:
        """Ask for the file."""
        self._choice.open(_("Import a table"), f"{_('Tables')} {PATTERNS};;{_('All files')} (*)")

    def take(self, files: tuple[Path, ...]) -> None:
        """Look at these files, one after the other."""
        self._waiting += files
        self._next()

    # looking

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        self._path, self._waiting = self._waiting[0], self._waiting[1:]
        if self._path.suffix.lower() == MAIL:
            self._take_mail()
        else:
            self._look(None, "", "")

    def _take_mail(self) -> None:
        """A carrier's notice has no columns to be mapped: it is taken in at once."""
        path, office, runners = self._path, self._bench.office, self._bench.runners
        self._strip.start(_("Importing {file}").format(file=one_line(path.name)), Task())

        def act() -> NoticeReport:
            return office.exchange.import_notice(office.operator, path, write=runners.write)

        runners.run("work", act, self._on_mail_taken, self._on_failed)

    def _on_mail_taken(self, report: NoticeReport) -> None:
        self._strip.finish()
        number = grouped(report.tracking_number)
        told = notice_text(number, report.status, added=report.added, stranger=report.stranger)
        self._bench.notices.tell(told, "move" if report.added else "warn")
        self._bench.routes.shipments_changed.emit((report.shipment_id,))
        self._busy = False
        self._next()

    def _look(self, kind: ImportKind | None, encoding: str, sheet: str) -> None:
        path, office, strip = self._path, self._bench.office, self._strip
        # A task of the lane that is stopped before its turn would never answer, so what is stopped is another one.
        self._looking, lane = Task(), Task()
        strip.start(_("Looking at {file}").format(file=one_line(path.name)), self._looking)

        def act() -> Preview:
            return office.exchange.preview(office.operator, path, kind, encoding=encoding, sheet=sheet)

        self._bench.runners.run("work", act, self._on_looked, self._on_failed, lane)

    def _on_looked(self, preview: Preview) -> None:
        self._strip.finish()
        if self._looking.cancelled():
            self._bench.notices.tell(_("Import stopped. Nothing of it was kept."), "move")
            self._on_rejected()
            return
        dialog = MappingDialog(self._page.window(), preview)
        self.dialog = dialog
        dialog.plan_changed.connect(self._on_plan_changed)
        dialog.look_wanted.connect(self._on_look_wanted)
        dialog.trial_wanted.connect(self._on_trial_wanted)
        dialog.trial_unwanted.connect(self._on_trial_unwanted)
        dialog.show_refused.clicked.connect(self._on_show_refused)
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.rejected.connect(self._on_rejected)
        dialog.open()
        if not dialog.model.missing():
            self._on_plan_changed(dialog.plan)

    def _on_look_wanted(self, kind: ImportKind, encoding: str, sheet: str) -> None:
        """The same file otherwise: another dialog takes the place of this one."""
        self._close_dialog()
        self._look(kind, encoding, sheet)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self._trial.cancel()
            self.dialog.rejected.disconnect(self._on_rejected)
            self.dialog.reject()
            self.dialog = None

    def _on_plan_changed(self, plan: ImportPlan) -> None:
        if self.dialog is None:
            return
        self._asked += 1
        asked, preview, office = self._asked, self.dialog.preview, self._bench.office

        def act() -> tuple[int, tuple[Judgement, ...]]:
            return asked, office.exchange.judge(office.operator, preview, plan)

        self._bench.runners.run("reader", act, self._on_judged, self._on_not_judged)

    def _on_judged(self, answer: tuple[int, tuple[Judgement, ...]]) -> None:
        asked, judgements = answer
        if self.dialog is not None and asked == self._asked:
            self.dialog.judged(judgements)

    def _on_not_judged(self, error: BaseException) -> None:
        if self.dialog is not None and isinstance(error, MailroomError):
            self.dialog.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_trial_wanted(self, plan: ImportPlan) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        path, office = self._path, self._bench.office
        self._trial = stop = Task()
        act_on = self._act(dialog.preview.kind)

        def act() -> ImportReport:
            return act_on(office.operator, path, plan, dry_run=True, progress=dialog.report, cancelled=stop.cancelled)

        self._bench.runners.run("work", act, self._on_tried, self._on_not_judged)

    def _on_trial_unwanted(self) -> None:
        self._trial.cancel()

    def _on_tried(self, report: ImportReport) -> None:
        if self.dialog is not None:
            self.dialog.tried(report)

    def _on_show_refused(self) -> None:
        if self.dialog is not None and self.dialog.trial is not None:
            ImportSheet(self._page.window(), self.dialog.trial).open()

    def _on_rejected(self) -> None:
        self._trial.cancel()
        self.dialog = None
        self._busy = False
        self._next()

    # taking in

    def _on_import_wanted(self, plan: ImportPlan, name: str) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._kind = dialog.preview.kind
        self._run(plan, name)

    def _act(self, kind: ImportKind) -> Callable[..., ImportReport]:
        exchange = self._bench.office.exchange
        return exchange.import_shipments if kind is ImportKind.SHIPMENTS else exchange.import_events

    def _run(self, plan: ImportPlan, name: str = "", order: DateOrder | None = None) -> None:
        self._plan = plan
        path, kind = self._path, self._kind
        office, strip, runners = self._bench.office, self._strip, self._bench.runners
        stop, lane = Task(), Task()
        strip.start(_("Importing {file}").format(file=one_line(path.name)), stop)
        act_on = self._act(kind)

        def act() -> ImportReport:
            if name:
                runners.write(lambda: office.exchange.save_mapping(office.operator, kind, plan, name))
            return act_on(
                office.operator,
                path,
                plan,
                order=order,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
                write=runners.write,
            )

        runners.run("work", act, self._on_done, self._on_failed, lane)

    def _on_done(self, report: ImportReport) -> None:
        self._strip.finish()
        self.report = report
        if report.cancelled:
            self._bench.notices.tell(_("Import stopped. Nothing of it was kept."), "move")
        else:
            family = "warn" if report.refused else "move"
            self._bench.notices.tell(import_sentence(report), family, _("Show the report"), self.show_report)
        self._busy = False
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        self._busy = False
        try:
            self._bench.notices.show(error)
        finally:
            self._next()

    def show_report(self) -> None:
        """Show what the last import did."""
        if self.report is None:
            return
        sheet = ImportSheet(self._page.window(), self.report)
        sheet.undo_wanted.connect(self._on_undo)
        sheet.order_given.connect(self._on_order)
        sheet.open()

    def _on_order(self, order: DateOrder) -> None:
        if not self._busy:
            self._busy = True
            self._run(self._plan, order=order)

    def _on_undo(self, report: ImportReport) -> None:
        office, runners = self._bench.office, self._bench.runners
        self._strip.start(_("Taking back {file}").format(file=one_line(report.file_name)), Task())

        def act() -> int:
            return office.exchange.undo_import(office.operator, report.import_id, write=runners.write)

        runners.run("work", act, self._on_undone, self._on_failed)

    def _on_undone(self, withdrawn: int) -> None:
        self._strip.finish()
        report, self.report = self.report, None
        if report is not None and report.kind is ImportKind.SHIPMENTS:
            text = plural("{n} shipment taken back", "{n} shipments taken back", withdrawn)
        else:
            text = plural("{n} event taken back", "{n} events taken back", withdrawn)
        self._bench.notices.tell(text)
