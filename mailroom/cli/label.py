"""`label`: print labels of our own for pieces without a carrier's number."""

import argparse
from typing import Any

from mailroom.cli.files import target
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """The pieces, the sheet and where the file goes."""
    from mailroom.domain.labels import LabelSheet

    parser.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("such as MR-2026-A0007-K"))
    parser.add_argument(
        "--sheet", choices=tuple(LabelSheet), default="4x6", help=_("4x6 inches, or a sheet by its maker's number")
    )
    parser.add_argument("--first", metavar="PLACE", type=int, default=1, help=_("first free label of a sheet, from 1"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))


def run(call: Call) -> int:
    """Print the labels to a file; nothing is put on record."""
    from mailroom.cli.payloads import argument_text
    from mailroom.domain.labels import LabelSheet

    options = call.options
    with target(options.out) as place, opened(call) as office:
        found = [
            office.shipments.by_number(office.operator, argument_text(one)).row.shipment for one in options.numbers
        ]
        pdf = office.labels.internal(
            office.operator, [one.id for one in found], LabelSheet(options.sheet), first=options.first
        )
        place.write(pdf)
    record = {"file": options.out, "sheet": options.sheet, "numbers": [one.shown_number for one in found]}
    call.output.result(record, _lines)
    return Exit.DONE


def _lines(record: dict[str, Any]) -> list[str]:
    return [f"{number}  {record['file']}" for number in record["numbers"]]
