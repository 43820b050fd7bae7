"""`lanes`: how long pieces took, and how good the estimates made of it are."""

import argparse
from typing import Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Figures, or the test of the estimates."""
    parser.add_argument("--back-test", action="store_true", help=_("how the estimates would have done"))


def run(call: Call) -> int:
    """One lane a line: carrier, service, region, pieces, days of the middle one and of nine in ten."""
    with opened(call) as office:
        if call.options.back_test:
            done = office.lanes.back_test(office.operator)
            record = {
                "tried": done.tried,
                "too_few": done.too_few,
                "covered": round(done.covered, 3),
                "error_days": round(done.error, 2),
            }
            call.output.result(record, _tested)
            return Exit.DONE
        figures = office.lanes.figures(office.operator)
    for one in figures:
        found = {
            "carrier": one.carrier,
            "service": one.service or None,
            "region": one.region,
            "pieces": one.pieces,
            "middle_days": one.middle,
            "late_days": one.late,
        }
        call.output.result(found, _lane)
    if not figures:
        call.output.say(_("No lane has ten delivered pieces yet."))
    return Exit.DONE


def _tested(one: Json) -> list[str]:
    if not one["tried"]:
        return [_("Too few delivered pieces to say.")]
    text = _("{tried} pieces: {covered:.0%} came within the days that were given, {error_days:.1f} days off on average")
    return [text.format(**one), _("{too_few} pieces with too few like them before").format(**one)]


def _lane(one: Json) -> list[str]:
    text = _("{carrier} {service} to {region}: {pieces} pieces, {middle_days} days, nine in ten within {late_days}")
    return [text.format(**(one | {"service": one["service"] or ""}))]
