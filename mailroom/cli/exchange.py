"""`import` and `export`: shipments and tracking events from table files and into them."""

import argparse
import dataclasses
import sys
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _, plural
from mailroom.wording.errors import error_text

if TYPE_CHECKING:
    from mailroom.services.exchange.fields import ImportKind
    from mailroom.services.exchange.plan import ImportPlan
    from mailroom.services.exchange.report import ImportReport
    from mailroom.services.office import Office

Json = dict[str, Any]

_STEP = 5000  # rows between two signs of life on a terminal


def import_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how its columns, dates and amounts are to be taken."""
    parser.add_argument(
        "file", metavar="FILE", help=_("CSV or workbook (XLSX, XLS, ODS) with one row each; events: also a mail (.eml)")
    )
    parser.add_argument("--mapping", metavar="NAME", default="", help=_("a saved mapping; else columns go by titles"))
    parser.add_argument(
        "--column", metavar="FIELD=TITLE", action="append", default=[], help=_("which column it is; may be repeated")
    )
    parser.add_argument("--save-mapping", metavar="NAME", default="", help=_("keep how the columns were taken"))
    parser.add_argument("--dry-run", action="store_true", help=_("write nothing, say what would be done"))
    parser.add_argument(
        "--order",
        "--date-order",
        dest="order",
        choices=("mdy", "dmy"),
        help=_("which comes first in 03/04/2026; it is never guessed"),
    )
    parser.add_argument("--decimal-comma", action="store_true", help=_("amounts and weights are written 7,64"))
    parser.add_argument("--sheet", metavar="NAME", default="", help=_("sheet of a workbook; else the first"))
    parser.add_argument("--encoding", metavar="NAME", default="", help=_("such as cp1250; else it is found"))


def shipment_arguments(parser: argparse.ArgumentParser) -> None:
    """As for events, and what decides about numbers."""
    import_arguments(parser)
    parser.add_argument("--carrier", metavar="CARRIER", default="", help=_("for rows that name none"))
    parser.add_argument(
        "--keep-bad-check", action="store_true", help=_("record numbers although their check digit does not hold")
    )


def undo_arguments(parser: argparse.ArgumentParser) -> None:
    """Which import."""
    parser.add_argument("import_id", metavar="IMPORT-ID", help=_("as the import printed it"))


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--limit", metavar="N", type=int, default=50, help=_("how many at most; 0 for all"))


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and of which shipments."""
    parser.add_argument("--out", metavar="FILE", required=True, help=_("CSV, or XLSX by its ending"))
    parser.add_argument("--search", metavar="TEXT", default="", help=_("any part of a number, name, order or note"))
    parser.add_argument(
        "--status", metavar="STATUS", action="append", default=[], help=_("such as delivered; may be repeated")
    )


def run_shipments(call: Call) -> int:
    """Import pieces; what is on record already is known and stays as it is."""
    from mailroom.services.exchange.fields import ImportKind

    return _run(call, ImportKind.SHIPMENTS)


def run_events(call: Call) -> int:
    """Import tracking events; a repeat adds nothing. A file that ends in `.eml` is a carrier's notice."""
    if call.options.file.lower().endswith(".eml"):
        return _run_notice(call)
    from mailroom.services.exchange.fields import ImportKind

    return _run(call, ImportKind.EVENTS)


def run_undo(call: Call) -> int:
    """Take an import back."""
    with opened(call) as office:
        withdrawn = office.exchange.undo_import(office.operator, call.options.import_id)
    record = {"import_id": call.options.import_id, "withdrawn": withdrawn}
    call.output.result(record, lambda one: [plural("{n} row taken back", "{n} rows taken back", one["withdrawn"])])
    return Exit.DONE


def run_list(call: Call) -> int:
    """The files that were taken in: those that were cut short first, then the newest."""
    from dataclasses import asdict

    from mailroom.domain.command import utc_text
    from mailroom.wording.exchange import import_counts, import_state_word

    with opened(call) as office:
        for one in office.exchange.imports(office.operator, max(0, call.options.limit)):
            record = {**asdict(one), "opened_at": utc_text(one.opened_at)}
            line = f"{one.id}  {import_state_word(one.state)}: {one.file_name}, {import_counts(one)}"
            call.output.result(record, lambda _record, line=line: [line])  # type: ignore[misc]
    return Exit.DONE


def run_export_shipments(call: Call) -> int:
    """Write shipments, newest first."""
    return _export(call, events=False)


def run_export_events(call: Call) -> int:
    """Write the tracking events of shipments."""
    return _export(call, events=True)


def _run(call: Call, kind: "ImportKind") -> int:
    """1 when rows were refused, each with its sentence on stderr."""
    from pathlib import Path

    from mailroom.domain.times import DateOrder
    from mailroom.services.exchange.fields import ImportKind

    options = call.options
    with opened(call) as office:
        plan = _plan(office, call, kind)
        act = office.exchange.import_shipments if kind is ImportKind.SHIPMENTS else office.exchange.import_events
        report = act(
            office.operator,
            Path(options.file),
            plan,
            order=DateOrder(options.order) if options.order else None,
            dry_run=options.dry_run,
            progress=_Progress().show,
        )
        if options.save_mapping:
            office.exchange.save_mapping(office.operator, kind, plan, options.save_mapping)
    if report.ignored_columns:
        call.output.say(_("Columns that are not used: {names}").format(names=", ".join(report.ignored_columns)))
    if report.renamed:
        text = _("{file} is read as {format}, whatever its name says.")
        call.output.say(text.format(file=report.file_name, format=report.format.upper()))
    for refused in report.refused:
        call.output.trouble(refused.reason, about=_("row {row}").format(row=refused.row))
    call.output.result(import_object(options.file, report), _lines)
    return Exit.SOME_FAILED if report.refused else Exit.DONE


def _run_notice(call: Call) -> int:
    from pathlib import Path

    from mailroom.wording.exchange import notice_text

    with opened(call) as office:
        report = office.exchange.import_notice(office.operator, Path(call.options.file))
    record = {
        "file": call.options.file,
        "kind": "notice",
        "rows": 1,
        "added": int(report.added),
        "known": int(not report.added),
        "refused": 0,
        "tracking_number": report.tracking_number,
        "status": report.status.value,
        "happened_at": str(report.happened),
        "certain": False,
        "from_carrier": not report.stranger,
    }
    line = notice_text(report.tracking_number, report.status, added=report.added, stranger=report.stranger)
    call.output.result(record, lambda _record: [line])
    return Exit.DONE


def _plan(office: "Office", call: Call, kind: "ImportKind") -> "ImportPlan":
    """The saved or proposed plan with what the options say; `--column FIELD=` leaves a field out."""
    from pathlib import Path

    options = call.options
    exchange, who = office.exchange, office.operator
    look = exchange.preview(who, Path(options.file), kind, encoding=options.encoding, sheet=options.sheet)
    plan = exchange.mapping(who, kind, options.mapping) if options.mapping else look.plan
    columns = dict(plan.columns)
    for one in options.column:
        field, sign, title = one.partition("=")
        if not sign:
            raise MailroomError("column_option_bad", text=one)
        columns[field.strip()] = title.strip()
    return dataclasses.replace(
        plan,
        columns=tuple((field, title) for field, title in columns.items() if title),
        decimal_comma=plan.decimal_comma or options.decimal_comma,
        carrier=_carrier(getattr(options, "carrier", "")) or plan.carrier,
        keep_bad_check=plan.keep_bad_check or getattr(options, "keep_bad_check", False),
        sheet=options.sheet,
        encoding=options.encoding,
    )


def _carrier(name: str) -> str:
    from mailroom.wording.carriers import NAMES

    if name and name not in NAMES:
        raise MailroomError("carrier_unknown", name=name, known=", ".join(NAMES))
    return name


def import_object(file: str, report: "ImportReport") -> Json:
    """What an import did, with the reason for every refused row."""
    return {
        "file": file,
        "kind": report.kind.value,
        "import_id": report.import_id or None,
        "dry_run": report.dry_run,
        "rows": report.rows,
        "added": report.added,
        "known": report.known,
        "refused": len(report.refused),
        "refusals": [
            {"row": one.row, "code": one.reason.code, "message": error_text(one.reason)} for one in report.refused
        ],
        "ignored_columns": list(report.ignored_columns),
        "mapping": report.mapping or None,
        "format": report.format,
        "sheet": report.sheet or None,
        "encoding": report.encoding or None,
        "cancelled": report.cancelled,
    }


def _lines(record: Json) -> list[str]:
    if record["dry_run"]:
        text = _("Tried only. Rows: {rows}, to be added: {added}, known already: {known}, refused: {refused}")
    elif record["kind"] == "shipments":
        text = _("Rows: {rows}, shipments added: {added}, known already: {known}, refused: {refused}")
    else:
        text = _("Rows: {rows}, events added: {added}, known already: {known}, refused: {refused}")
    lines = [text.format(**{name: record[name] for name in ("rows", "added", "known", "refused")})]
    if record["added"] and record["import_id"]:
        lines.append(_("To take it back: mailroom import undo {id}").format(id=record["import_id"]))
    return lines


def _export(call: Call, *, events: bool) -> int:
    from pathlib import Path

    from mailroom.cli.register import status_of
    from mailroom.domain.register import ShipmentFilter

    options = call.options
    wanted = ShipmentFilter(text=options.search, statuses=tuple(status_of(one) for one in options.status))
    with opened(call) as office:
        act = office.exchange.export_events if events else office.exchange.export_shipments
        report = act(office.operator, Path(options.out), wanted, progress=_Progress().show)
    record = {"file": options.out, "kind": "events" if events else "shipments", "rows": report.rows}
    call.output.result(record, lambda one: [_("{file}: {rows} rows").format(file=one["file"], rows=one["rows"])])
    return Exit.DONE


class _Progress:
    """How far it is, on a terminal only: what is piped or written to a file gets no such lines."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._last = 0

    def show(self, done: int, total: int) -> None:
        """Write over the line before."""
        if not self._shown or (done - self._last < _STEP and done < total):
            return
        self._last = done
        end = "\n" if done >= total else ""
        text = _("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)
