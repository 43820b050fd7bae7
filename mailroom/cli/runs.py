"""`run open|pause|resume|close|list`: mail runs, counted and handed over."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from mailroom.domain.office import RunCounts
    from mailroom.services.office import Office

Json = dict[str, Any]


def open_arguments(parser: argparse.ArgumentParser) -> None:
    """The run's name and carrier."""
    parser.add_argument("name", metavar="NAME", nargs="?", default="", help=_("date and time where it is not given"))
    parser.add_argument("--carrier", metavar="CARRIER", default="", help=_("who it is for"))


def name_arguments(parser: argparse.ArgumentParser) -> None:
    """The run's name."""
    parser.add_argument("name", metavar="NAME", help=_("name of the mail run"))


def close_arguments(parser: argparse.ArgumentParser) -> None:
    """The run's name, and what is known of the hand-over."""
    name_arguments(parser)
    parser.add_argument("--carrier", metavar="CARRIER", default="", help=_("who took it"))
    parser.add_argument("--driver", metavar="NAME", default="", help=_("the driver"))
    parser.add_argument("--count", metavar="N", type=int, help=_("pieces the driver counted; those on record if not"))
    parser.add_argument("--paper", metavar="FILE", help=_("the signed paper as a picture or PDF"))
    parser.add_argument(
        "--keep", metavar="NUMBER", action="append", default=[], help=_("a piece that was not handed over")
    )
    parser.add_argument("--next", metavar="NAME", default="", help=_("the run that takes the pieces kept"))
    parser.add_argument("--anyway", action="store_true", help=_("although something is still to decide"))


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """How many."""
    parser.add_argument("--limit", metavar="N", type=int, default=50, help=_("how many at most; 0 for all"))


def run_open(call: Call) -> int:
    """Open a run."""
    with opened(call) as office:
        run = office.runs.open(office.operator, call.options.name, call.options.carrier)
        _tell(call, office.runs.counts(office.operator, run.id))
    return Exit.DONE


def run_pause(call: Call) -> int:
    """Put a run aside."""
    with opened(call) as office:
        run = office.runs.by_name(office.operator, call.options.name)
        office.runs.pause(office.operator, run.id)
        _tell(call, office.runs.counts(office.operator, run.id))
    return Exit.DONE


def run_resume(call: Call) -> int:
    """Take a paused run up again."""
    with opened(call) as office:
        run = office.runs.by_name(office.operator, call.options.name)
        office.runs.resume(office.operator, run.id)
        _tell(call, office.runs.counts(office.operator, run.id))
    return Exit.DONE


def run_close(call: Call) -> int:
    """Close a run with its hand-over; 1 where something is still to decide and it was left open."""
    from mailroom.cli.payloads import argument_text

    options = call.options
    with opened(call) as office:
        run = office.runs.by_name(office.operator, options.name)
        asked = office.runs.counts(office.operator, run.id).asked
        if asked and not options.anyway:
            words = plural("{n} reading is still to decide", "{n} readings are still to decide", asked)
            call.output.say(_("{readings}; the run stays open. Use --anyway to close it.").format(readings=words))
            return Exit.SOME_FAILED
        who = office.operator
        kept = [office.shipments.by_number(who, argument_text(one)).row.shipment.id for one in options.keep]
        closed = office.runs.close(who, run.id, _given(office, call), kept=kept, next_name=options.next)
        _tell(call, closed)
    return Exit.DONE


def run_list(call: Call) -> int:
    """The newest runs with their counts."""
    with opened(call) as office:
        for one in office.runs.list(office.operator, call.options.limit):
            _tell(call, one)
    return Exit.DONE


def _given(office: "Office", call: Call) -> Any:  # noqa: ANN401 - loaded late
    from pathlib import Path

    from mailroom.domain.office import Signed
    from mailroom.errors import MailroomError
    from mailroom.services.runs import MOST_PAPER, Given

    options, paper = call.options, b""
    if options.paper:
        try:
            path = Path(options.paper)
            if path.stat().st_size > MOST_PAPER:
                raise MailroomError("file_too_large", name=options.paper)
            paper = path.read_bytes()
        except OSError as trouble:
            raise MailroomError("file_not_readable", name=options.paper) from trouble
    return Given(options.carrier, options.driver, options.count, Signed.PAPER if paper else Signed.NOT, paper)


def _tell(call: Call, one: "RunCounts") -> None:
    call.output.result(run_object(one), _lines)


def run_object(one: "RunCounts") -> Json:
    """A run as JSON; moments in UTC, groups from the most to the fewest."""
    from mailroom.domain.command import utc_text

    run = one.run
    return {
        "id": run.id,
        "run": run.name,
        "state": run.state.value,
        "carrier": run.carrier,
        "opened_at": utc_text(run.opened_at),
        "closed_at": None if run.closed_at is None else utc_text(run.closed_at),
        "pieces": one.pieces,
        "by_carrier": dict(one.by_carrier),
        "by_service": dict(one.by_service),
        "by_department": dict(one.by_department),
        "asked": one.asked,
        "hand_overs": [
            {
                "carrier": each.carrier,
                "driver": each.driver,
                "pieces": each.pieces,
                "handed_at": utc_text(each.handed_at),
                "signed": each.signed.value or None,
                "signature": each.signature or None,
                "note": each.note,
                "recorded_by": each.recorded_by,
            }
            for each in one.hand_overs
        ],
    }


def _lines(record: Json) -> list[str]:
    from mailroom.wording.carriers import carrier_name

    states = {"open": _("open"), "paused": _("paused"), "closed": _("closed")}
    pieces = plural("{n} piece", "{n} pieces", record["pieces"])
    carriers = ", ".join(f"{carrier_name(name)} {count}" for name, count in record["by_carrier"].items())
    head = "  ".join(part for part in (record["run"], states[record["state"]], pieces, carriers) if part)
    lines = [head]
    for over in record["hand_overs"]:
        who = " · ".join(part for part in (over["carrier"] and carrier_name(over["carrier"]), over["driver"]) if part)
        handed = plural("{n} piece handed over", "{n} pieces handed over", over["pieces"])
        lines.append("  " + " · ".join(part for part in (handed, who, over["handed_at"]) if part))
    return lines
