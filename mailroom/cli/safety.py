"""`check` and `audit verify`: is everything still there and as it was written?"""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.domain.register import Fault

Json = dict[str, Any]


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """These take the options of every command and no others."""


def run_check(call: Call) -> int:
    """Check database, log, counters and files; 1 when something does not hold."""
    with opened(call) as office:
        faults = office.safety.check(office.operator)
    return _report(call, faults, _("The record is sound."))


def run_audit(call: Call) -> int:
    """Check that the log of all changes is what was written; 1 when it is not."""
    with opened(call) as office:
        faults = office.safety.verify_chain(office.operator)
    return _report(call, faults, _("The log is as it was written."))


def _report(call: Call, faults: "Sequence[Fault]", sound: str) -> int:
    from mailroom.cli.shapes import coded_object, fault_text

    found = [coded_object(one, fault_text(one)) for one in faults]
    for one in found:
        call.output.say(one["message"])
    record: Json = {"holds": not faults, "faults": found}
    call.output.result(record, lambda _record: [sound] if not faults else [one["message"] for one in found])
    return Exit.SOME_FAILED if faults else Exit.DONE
