"""`import events`: tracking events from a file."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _
from mailroom.wording.errors import error_text

if TYPE_CHECKING:
    from mailroom.services.exchange.report import ImportReport

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how its columns and dates are to be taken."""
    parser.add_argument("file", metavar="FILE", help=_("CSV with one event a row"))
    parser.add_argument("--mapping", metavar="NAME", default="", help=_("how the columns are called in this file"))
    parser.add_argument(
        "--date-order", choices=("mdy", "dmy"), help=_("which comes first in 03/04/2026; it is never guessed")
    )


def run(call: Call) -> int:
    """Import the rows; a repeat adds nothing. 1 when rows were refused, each with its sentence on stderr."""
    from pathlib import Path

    from mailroom.domain.times import DateOrder

    options = call.options
    order = DateOrder(options.date_order) if options.date_order else None
    with opened(call) as office:
        report = office.exchange.import_events(
            office.operator, Path(options.file), mapping=options.mapping, order=order
        )
    if report.ignored_columns:
        call.output.say(_("Columns that are not used: {names}").format(names=", ".join(report.ignored_columns)))
    for refused in report.refused:
        call.output.trouble(refused.reason, about=_("row {row}").format(row=refused.row))
    call.output.result(import_object(options.file, report), _lines)
    return Exit.SOME_FAILED if report.refused else Exit.DONE


def import_object(file: str, report: "ImportReport") -> Json:
    """What an import did, with the reason for every refused row."""
    return {
        "file": file,
        "import_id": report.import_id,
        "rows": report.rows,
        "added": report.added,
        "known": report.known,
        "refused": len(report.refused),
        "refusals": [
            {"row": one.row, "code": one.reason.code, "message": error_text(one.reason)} for one in report.refused
        ],
        "ignored_columns": list(report.ignored_columns),
        "cancelled": report.cancelled,
    }


def _lines(record: Json) -> list[str]:
    text = _("Rows: {rows}, events added: {added}, known already: {known}, refused: {refused}")
    return [text.format(**{name: record[name] for name in ("rows", "added", "known", "refused")})]
