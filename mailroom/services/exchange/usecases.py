"""Files in and out, as window and command line ask for them."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailroom.domain.folding import fold
from mailroom.domain.operator import Operator
from mailroom.domain.past_import import PastImport
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.desk import Desk
from mailroom.services.exchange import exporting, importing, notices
from mailroom.services.exchange import preview as previews
from mailroom.services.exchange.exporting import ExportReport
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.importing import Import, Way
from mailroom.services.exchange.notices import NoticeReport
from mailroom.services.exchange.plan import ImportPlan, checked, clean_plan_name, plan_from, plan_json
from mailroom.services.exchange.preview import Judgement, Preview
from mailroom.services.exchange.report import ImportReport
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, ignore_progress, never_cancelled
from mailroom.store import imports as stored

Mapping = ImportPlan | str | None  # a plan, the name of a saved one, or whatever fits the file


@dataclass(frozen=True, slots=True)
class Exchange:
    """Use cases of files in and out."""

    desk: Desk

    def preview(
        self, who: Operator, path: Path, kind: ImportKind | None = None, *, encoding: str = "", sheet: str = ""
    ) -> Preview:
        """Look at a file: columns, first rows, the plan proposed for it. Its titles tell the kind where none is given.

        Raises `file_missing`, `file_not_regular`, `file_not_readable`, `file_empty`, `file_too_large`,
        `file_not_table`, `encoding_wrong`, `sheet_missing`, `workbook_bomb`, `workbook_doctype`, `file_encrypted`,
        `file_damaged`, `file_too_costly`.
        """
        demand(who, "exchange.preview")
        kind = kind or previews.kind_of(path, encoding=encoding, sheet=sheet)
        return previews.look_at(path, kind, self._saved(kind), encoding, sheet)

    def judge(self, who: Operator, preview: Preview, plan: ImportPlan) -> tuple[Judgement, ...]:
        """What would become of each row that a preview shows. Raises `columns_missing`, `column_unknown`."""
        demand(who, "exchange.judge")
        return previews.judge(self.desk, who, preview, plan)

    def import_shipments(
        self,
        who: Operator,
        path: Path,
        mapping: Mapping = None,
        *,
        order: DateOrder | None = None,
        dry_run: bool = False,
        keep_bad_check: bool = False,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
        write: Write = at_once,
    ) -> ImportReport:
        """Put the pieces of a file on record; what is there already is known and stays as it is.

        `dry_run` writes nothing. A cancel takes all of it back. Raises what `preview` does, and `columns_missing`,
        `column_unknown`, `mapping_unknown`, `file_changed`.
        """
        demand(who, "exchange.import_shipments")
        one = self._import(who, path, ImportKind.SHIPMENTS, mapping, order, keep_bad_check=keep_bad_check)
        way = Way(progress, cancelled, write)
        return one.try_out(way) if dry_run else one.run(way)

    def import_events(
        self,
        who: Operator,
        path: Path,
        mapping: Mapping = None,
        *,
        order: DateOrder | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
        write: Write = at_once,
    ) -> ImportReport:
        """Put the events of a file on record; all else as `import_shipments`."""
        demand(who, "exchange.import_events")
        one = self._import(who, path, ImportKind.EVENTS, mapping, order)
        way = Way(progress, cancelled, write)
        return one.try_out(way) if dry_run else one.run(way)

    def import_notice(self, who: Operator, path: Path, *, write: Write = at_once) -> NoticeReport:
        """Put what a carrier's e-mail (`.eml`) says on record: marked as not certain, a repeat adds nothing.

        Raises `notice_not_mail`, `notice_without_number`, `notice_several_pieces`, `notice_without_date`,
        `event_in_future`, `file_missing`, `file_not_regular`, `file_empty`, `file_too_large`, `file_too_costly`.
        """
        demand(who, "exchange.import_notice")
        return notices.import_notice(self.desk, who, path, write)

    def undo_import(self, who: Operator, import_id: str, *, write: Write = at_once) -> int:
        """Take a whole import back; how many events or shipments were withdrawn.

        Raises `import_unknown`, `already_undone`.
        """
        demand(who, "exchange.undo_import")
        return importing.undo(self.desk, who, import_id, write)

    def imports(self, who: Operator, limit: int = 50) -> tuple[PastImport, ...]:
        """The files that were taken in, those that were never finished first, then the newest; `limit` 0: all."""
        demand(who, "exchange.imports")
        with self.desk.store.read() as connection:
            return stored.past_imports(connection, limit)

    def mappings(self, who: Operator, kind: ImportKind) -> tuple[ImportPlan, ...]:
        """The saved mappings of a kind, by name."""
        demand(who, "exchange.mappings")
        return self._saved(kind)

    def mapping(self, who: Operator, kind: ImportKind, name: str) -> ImportPlan:
        """The mapping saved under a name, whatever its case and accents. Raises `mapping_unknown`."""
        demand(who, "exchange.mapping")
        return self._named(kind, name)

    def save_mapping(self, who: Operator, kind: ImportKind, plan: ImportPlan, name: str) -> ImportPlan:
        """Keep a mapping under a name, in place of one of the same name. Raises `name_empty`."""
        demand(who, "exchange.save_mapping")
        value = plan_json(dataclasses.replace(plan, name=clean_plan_name(name)))
        changes = {stored.mapping_key(kind.value, value["name"]): value}
        self.desk.accept(who, "office_changed", "office", {"changes": changes})
        return plan_from(kind, value)

    def remove_mapping(self, who: Operator, kind: ImportKind, name: str) -> None:
        """Forget a saved mapping. Raises `mapping_unknown`."""
        demand(who, "exchange.remove_mapping")
        kept = self._named(kind, name)
        changes = {stored.mapping_key(kind.value, kept.name): None}
        self.desk.accept(who, "office_changed", "office", {"changes": changes})

    def export_shipments(
        self,
        who: Operator,
        target: Path,
        wanted: ShipmentFilter,
        *,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> ExportReport:
        """Write the shipments of a filter to a file: XLSX by its ending, else CSV; the whole file or none.

        Raises `output_unwritable`, `output_is_folder`, `too_many_rows`.
        """
        demand(who, "exchange.export_shipments")
        return exporting.export(self.desk, who, target, wanted, exporting.SHIPMENTS, progress, cancelled)

    def export_events(
        self,
        who: Operator,
        target: Path,
        wanted: ShipmentFilter,
        *,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> ExportReport:
        """Write the tracking events of the shipments of a filter; all else as `export_shipments`."""
        demand(who, "exchange.export_events")
        return exporting.export(self.desk, who, target, wanted, exporting.EVENTS, progress, cancelled)

    def _import(
        self,
        who: Operator,
        path: Path,
        kind: ImportKind,
        mapping: Mapping,
        order: DateOrder | None,
        *,
        keep_bad_check: bool = False,
    ) -> Import:
        given = self._named(kind, mapping) if isinstance(mapping, str) and mapping else mapping or None
        encoding, sheet = (given.encoding, given.sheet) if isinstance(given, ImportPlan) else ("", "")
        grid = previews.opened_grid(path, kind, encoding=encoding, sheet=sheet)
        plan = given if isinstance(given, ImportPlan) else previews.chosen_plan(grid, kind, self._saved(kind))
        plan = dataclasses.replace(
            checked(plan, kind, grid.titles, grid.source.name),
            order=order or plan.order,
            keep_bad_check=keep_bad_check or plan.keep_bad_check,
        )
        return Import(self.desk, who, kind, grid, plan)

    def _saved(self, kind: ImportKind) -> tuple[ImportPlan, ...]:
        with self.desk.store.read() as connection:
            return tuple(plan_from(kind, value) for value in stored.saved_mappings(connection, kind.value))

    def _named(self, kind: ImportKind, name: str) -> ImportPlan:
        saved = self._saved(kind)
        for plan in saved:
            if fold(plan.name) == fold(name):
                return plan
        known = ", ".join(plan.name for plan in saved)
        raise MailroomError("mapping_unknown", name=name, known=known or "-")
