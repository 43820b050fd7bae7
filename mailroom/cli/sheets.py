"""`sheet` and `day-end`: data for somebody else's form, sheets of the bench, and the report that closes a day."""

import argparse
from typing import Any

from mailroom.cli.files import target
from mailroom.cli.papers import hand_over, purpose_arguments, purpose_note
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _


def sheet_arguments(parser: argparse.ArgumentParser) -> None:
    """The shipment, whose form, where the sheet goes."""
    about = _("any number of the shipment; or commands, badges, scanner: the sheets of the bench")
    parser.add_argument("number", metavar="NUMBER", help=about)
    form = _("whose form it is for; proof: a request to the carrier for what is not on file")
    parser.add_argument("--for", dest="form", choices=("search", "customs", "proof"), help=form)
    parser.add_argument(
        "--want",
        metavar="KIND",
        choices=("time", "signature", "photo"),
        action="append",
        default=[],
        help=_("what a proof is to show: time, signature or photo; may be repeated, all where it is not given"),
    )
    parser.add_argument("--account", metavar="TEXT", default="", help=_("the office's number with the carrier"))
    purpose_arguments(parser)
    parser.add_argument(
        "--person", metavar="NAME", action="append", default=[], help=_("whose badge; all if not given")
    )
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))


def run_sheet(call: Call) -> int:
    """Issue a data sheet, or print one of the bench's, and write it to a file."""
    if call.options.number in _BENCH:
        return _run_bench(call)
    if call.options.form is None:
        raise MailroomError("sheet_form_missing")
    from mailroom.cli.payloads import argument_text
    from mailroom.domain.sheets import ProofWanted, SheetKind

    options = call.options
    if options.form == "proof":
        wanted = tuple(map(ProofWanted, options.want)) or tuple(ProofWanted)
        with target(options.out) as place, opened(call) as office:
            detail = office.shipments.by_number(office.operator, argument_text(options.number))
            more: dict[str, Any] = {"account": argument_text(options.account), **purpose_note(call)}
            id_ = detail.row.shipment.id
            hand_over(call, place, office.sheets.ask_for_proof(office.operator, id_, wanted, **more))
        return Exit.DONE
    kind = SheetKind.SEARCH if call.options.form == "search" else SheetKind.CUSTOMS
    with target(call.options.out) as place, opened(call) as office:
        detail = office.shipments.by_number(office.operator, argument_text(call.options.number))
        hand_over(call, place, office.sheets.issue(office.operator, detail.row.shipment.id, kind))
    return Exit.DONE


_BENCH = ("commands", "badges", "scanner")


def _run_bench(call: Call) -> int:
    """The sheet of command bar codes, badges, or the set-up sheet of a scanner; none of them is kept on record."""
    options = call.options
    with target(options.out) as place, opened(call) as office:
        who, codes = office.operator, office.command_codes
        if options.number == "commands":
            pdf = codes.sheet(who)
        elif options.number == "badges":
            wanted = {one.casefold() for one in options.person}
            people = [one for one in codes.people(who) if not wanted or one.name.casefold() in wanted]
            if not people or len(people) < len(wanted):
                raise MailroomError("operator_unknown")
            pdf = codes.issue_badges(who, [one.id for one in people])
        else:
            from mailroom.capture.wedge_teaching import TEACHING

            pdf = codes.scanner_sheet(who, TEACHING)
        place.write(pdf)
    record = {"file": options.out, "sheet": options.number}
    call.output.result(record, lambda one: [one["file"]])
    return Exit.DONE


def day_arguments(parser: argparse.ArgumentParser) -> None:
    """The day, and where the report goes."""
    parser.add_argument("--date", metavar="DAY", help=_("such as 2026-11-23; today where it is not given"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))


def run_day(call: Call) -> int:
    """Issue the report of a day and write it to a file."""
    from datetime import date

    try:
        day = date.fromisoformat(call.options.date) if call.options.date else None
    except ValueError as wrong:
        raise MailroomError("bad_date", text=call.options.date) from wrong
    with target(call.options.out) as place, opened(call) as office:
        hand_over(call, place, office.sheets.day_end(office.operator, day))
    return Exit.DONE
