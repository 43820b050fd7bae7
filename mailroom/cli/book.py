"""`book`: the mailing book of a run, and its signed sheets scanned back."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.files import target
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from pathlib import Path

    from mailroom.services.books import TakenSheet

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The run and where its book goes; or the scan of signed sheets and what is seen on them."""
    parser.add_argument("--run", metavar="NAME", help=_("make the book of this run"))
    parser.add_argument("--out", metavar="FILE.pdf", help=_("file to write"))
    parser.add_argument("--handed-to", metavar="TEXT", default="", help=_("where the mail is handed in"))
    parser.add_argument("--manifest", action="store_true", help=_("a plain manifest of the run instead of the book"))
    parser.add_argument("--scanned", metavar="FILE", help=_("take signed sheets back: a scan, PDF or picture"))
    parser.add_argument(
        "--received",
        metavar="[SHEET=]COUNT",
        action="append",
        default=[],
        help=_("count received in ink, on each sheet or on one; may be repeated"),
    )
    parser.add_argument("--signed", action="store_true", help=_("the carrier's employee signed each sheet"))
    parser.add_argument("--stamped", action="store_true", help=_("each sheet has a dated stamp"))


def run(call: Call) -> int:
    """Make a book, or take its sheets back; 1 where a sheet proves nothing yet."""
    options = call.options
    if options.scanned:
        return _take_back(call)
    if not (options.run and options.out):
        raise MailroomError("book_what")
    return _make(call)


def _make(call: Call) -> int:
    from mailroom.cli.papers import hand_over
    from mailroom.cli.payloads import argument_text

    options = call.options
    with target(options.out) as place, opened(call) as office:
        issue = office.sheets.run_manifest if options.manifest else office.books.issue
        paper = issue(office.operator, argument_text(options.run), handed_to=argument_text(options.handed_to))
        hand_over(call, place, paper)
    return Exit.DONE


def _take_back(call: Call) -> int:
    from pathlib import Path

    from mailroom.domain.mailing_book import SheetSeen

    options, path = call.options, Path(call.options.scanned)
    counts = _counts(options.received)
    codes = _codes(path)
    with opened(call) as office:
        sheets = {number for texts in codes.values() for number in _numbers(texts)}
        seen = {
            number: SheetSeen(counts.get(number, counts.get(0)), options.signed, options.stamped) for number in sheets
        }
        taken = office.books.take_back(office.operator, path, codes, seen)
    for one in taken:
        _tell(call, one)
    return Exit.SOME_FAILED if any(one.gaps for one in taken) else Exit.DONE


def _numbers(texts: list[str]) -> list[int]:
    from mailroom.domain.mailing_book import page_from_code

    return [place[1] for place in map(page_from_code, texts) if place]


def _codes(path: "Path") -> dict[int, list[str]]:
    from mailroom.capture.files import read_pages

    pages = read_pages(path, accept_page=lambda readings: bool(_numbers([one.raw for one in readings])))
    return {page.page: [one.raw for one in page.readings] for page in pages}


def _counts(given: list[str]) -> dict[int, int]:
    """Counts by sheet; 0 is for every sheet without one of its own."""
    counts: dict[int, int] = {}
    for one in given:
        sheet, _equals, count = one.rpartition("=")
        if not (count.isdecimal() and (sheet.isdecimal() or not sheet)):
            raise MailroomError("bad_count", text=one)
        counts[int(sheet or 0)] = int(count)
    return counts


def _tell(call: Call, sheet: "TakenSheet") -> None:
    from mailroom.cli.shapes import coded_object
    from mailroom.wording.reasons import reason_text

    for one in sheet.gaps:
        call.output.say(f"{sheet.book}: {reason_text(one)}.")
    record: Json = {
        "file": sheet.file,
        "file_page": sheet.file_page,
        "book": sheet.book,
        "page": sheet.page,
        "shipments": len(sheet.shipment_ids),
        "complete": not sheet.gaps,
        "gaps": [coded_object(one, reason_text(one)) for one in sheet.gaps],
    }
    call.output.result(record, _lines)


def _lines(record: Json) -> list[str]:
    state = _("proof of mailing") if record["complete"] else _("not complete")
    linked = _("linked to {n}").format(n=record["shipments"])
    return [f"{record['book']}  {record['page']}  {linked}  {state}"]
