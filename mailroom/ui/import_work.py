"""Importing tables: a file is chosen or dropped, looked at, mapped in a dialog, taken in, and reported on."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mailroom.domain.past_import import PastImport
from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.preview import Judgement, Preview
from mailroom.services.exchange.report import ImportReport
from mailroom.ui.dropped import refusals, usable
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.import_report import ImportSheet, import_sentence
from mailroom.ui.imports_sheet import ImportsSheet
from mailroom.ui.mail_work import MailWork
from mailroom.ui.mapping_dialog import MappingDialog
from mailroom.ui.page import Bench
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line

MAIL = ".eml"
_REPORTS_KEPT = 30  # of a session
PATTERNS = "(*.eml *.csv *.tsv *.tab *.txt *.xlsx *.xlsm *.xlsb *.xls *.ods)"


@dataclass(frozen=True, slots=True)
class _Done:
    """A file with the way in which it is, or was, taken in."""

    path: Path
    kind: ImportKind
    plan: ImportPlan
    report: ImportReport | None = None  # once it is on record


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
        self._path = Path()
        self._reports: dict[str, _Done] = {}  # by the id of the import, the oldest first
        self._past: ImportsSheet | None = None
        self.dialog: MappingDialog | None = None
        self._mails = MailWork(bench, page, strip)
        self._mails.finished.connect(self._on_mails_taken)

    def choose(self) -> None:
        """Ask for the file."""
        self._choice.open(_("Import a table"), f"{_('Tables')} {PATTERNS};;{_('All files')} (*)")

    def take(self, files: tuple[Path, ...]) -> None:
        """Look at these files, one after the other."""
        for refusal in refusals(files):
            self._bench.notices.show(refusal)
        self._waiting += usable(files)
        self._next()

    # looking

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        self._path, self._waiting = self._waiting[0], self._waiting[1:]
        if self._path.suffix.lower() == MAIL:
            self._take_mails()
        else:
            self._look(None, "", "")

    def _take_mails(self) -> None:
        """Carriers' notices have no columns to be mapped: those that came together are taken in at once."""
        mails = [self._path]
        while self._waiting and self._waiting[0].suffix.lower() == MAIL:
            mails.append(self._waiting[0])
            self._waiting = self._waiting[1:]
        self._mails.take(mails)

    def _on_mails_taken(self) -> None:
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
        self._run(_Done(self._path, dialog.preview.kind, plan), name)

    def _act(self, kind: ImportKind) -> Callable[..., ImportReport]:
        exchange = self._bench.office.exchange
        return exchange.import_shipments if kind is ImportKind.SHIPMENTS else exchange.import_events

    def _run(self, done: _Done, name: str = "", order: DateOrder | None = None) -> None:
        """Take a file in; `name` keeps its plan, `order` says how its dates are meant."""
        office, strip, runners = self._bench.office, self._strip, self._bench.runners
        stop, lane = Task(), Task()
        strip.start(_("Importing {file}").format(file=one_line(done.path.name)), stop)
        act_on = self._act(done.kind)

        def act() -> _Done:
            if name:
                runners.write(lambda: office.exchange.save_mapping(office.operator, done.kind, done.plan, name))
            report = act_on(
                office.operator,
                done.path,
                done.plan,
                order=order,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
                write=runners.write,
            )
            return dataclasses.replace(done, report=report)

        runners.run("work", act, self._on_done, self._on_failed, lane)

    def _on_done(self, done: _Done) -> None:
        self._strip.finish()
        report = done.report
        assert report is not None
        if report.cancelled:
            self._bench.notices.tell(_("Import stopped. Nothing of it was kept."), "move")
        else:
            self._keep(report.import_id, done)
            family = "warn" if report.refused else "move"
            show = partial(self.show_report, report.import_id)
            self._bench.notices.tell(import_sentence(report), family, _("Show the report"), show)
        self._busy = False
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        self._busy = False
        try:
            self._bench.notices.show(error)
        finally:
            self._next()

    # what was taken in

    def _keep(self, import_id: str, done: _Done) -> None:
        """For this session: a report names every refused row, the record counts them only."""
        self._reports[import_id] = done
        for old in list(self._reports)[:-_REPORTS_KEPT]:
            del self._reports[old]

    def show_report(self, import_id: str) -> None:
        """Show what one import of this session did."""
        done = self._reports.get(import_id)
        if done is None or done.report is None:  # taken back since, or long ago: the list says so
            self.ask_past()
            return
        sheet = ImportSheet(self._page.window(), done.report)
        sheet.undo_wanted.connect(self._on_undo)
        sheet.order_given.connect(partial(self._on_order, done))
        sheet.open()

    def ask_past(self) -> None:
        """Read which files were taken in, then show them."""
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.exchange.imports(office.operator), self._on_past, self._bench.notices.show
        )

    def _on_past(self, imports: tuple[PastImport, ...]) -> None:
        if self._past is not None:
            return
        self._past = sheet = ImportsSheet(self._page.window(), imports, self._bench.zone, self._reports)
        sheet.undo_wanted.connect(self._on_undo)
        sheet.report_wanted.connect(self.show_report)
        sheet.finished.connect(self._on_past_closed)
        sheet.open()

    def _on_past_closed(self) -> None:
        self._past = None

    def _on_order(self, done: _Done, order: DateOrder) -> None:
        if self._wait():
            return
        self._busy = True
        self._run(done, order=order)

    def _wait(self) -> bool:
        """Whether something is under way; then that is said."""
        if self._strip.busy or self._busy:
            self._bench.notices.tell(_("Wait for the work under way, then try it again under Past imports."), "move")
        return self._strip.busy or self._busy

    def _on_undo(self, import_id: str, kind: str) -> None:
        if self._wait():
            return
        office, runners = self._bench.office, self._bench.runners
        self._strip.start(_("Taking the import back"), Task())

        def act() -> tuple[str, str, int]:
            return import_id, kind, office.exchange.undo_import(office.operator, import_id, write=runners.write)

        runners.run("work", act, self._on_undone, self._on_failed)

    def _on_undone(self, undone: tuple[str, str, int]) -> None:
        self._strip.finish()
        import_id, kind, withdrawn = undone
        self._reports.pop(import_id, None)
        if kind == ImportKind.SHIPMENTS.value:
            text = plural("{n} shipment taken back", "{n} shipments taken back", withdrawn)
        else:
            text = plural("{n} event taken back", "{n} events taken back", withdrawn)
        self._bench.notices.tell(text)
        self._next()
