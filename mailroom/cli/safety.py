"""`check`, `audit verify`, `backup`, `restore`: is everything there and as it was written, and a copy of it all."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from pathlib import Path

    from mailroom.domain.register import Fault
    from mailroom.services.safety import BackupFacts

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


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", metavar="FILE", help=_("the file to write: database, papers, pictures, settings"))


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", metavar="FILE", help=_("a file that backup wrote; the profile must have no record yet"))


def run_backup(call: Call) -> int:
    """Write the whole record to one file, while others go on recording."""
    with opened(call) as office:
        facts = office.safety.back_up(office.operator, _path(call))
    assert facts is not None  # nobody cancels here
    call.output.result(_facts(facts), lambda _record: [_line(facts)])
    return Exit.DONE


def run_restore(call: Call) -> int:
    """Put a backup into a profile without a record, then check it; 1 when something does not hold."""
    from mailroom import config
    from mailroom.services.safety import restore_profile

    profile = config.open_profile(call.place.profile)
    facts = restore_profile(_path(call), profile.folder)
    assert facts is not None
    with opened(call) as office:
        faults = office.safety.check(office.operator)
    for one in faults:
        call.output.say(_fault_text(one))
    record = _facts(facts) | {"profile": str(profile.folder), "holds": not faults}
    call.output.result(record, lambda record: [_line(facts), _("Put back into {profile}.").format(**record)])
    return Exit.SOME_FAILED if faults else Exit.DONE


def _path(call: Call) -> "Path":
    from pathlib import Path

    return Path(call.options.file)


def _fault_text(fault: "Fault") -> str:
    from mailroom.cli.shapes import fault_text

    return fault_text(fault)


def _facts(facts: "BackupFacts") -> Json:
    return {
        "file": str(facts.path),
        "bytes": facts.size,
        "files": facts.files,
        "commands": facts.commands,
        "shipments": facts.shipments,
        "made_at": facts.made_at,
    }


def _line(facts: "BackupFacts") -> str:
    shipments = plural("{n} shipment", "{n} shipments", facts.shipments)
    text = _("{file}: {shipments} as of {made_at}, {bytes} bytes.")
    return text.format(file=facts.path, shipments=shipments, made_at=facts.made_at, bytes=f"{facts.size:,}")


def _report(call: Call, faults: "Sequence[Fault]", sound: str) -> int:
    from mailroom.cli.shapes import coded_object, fault_text

    found = [coded_object(one, fault_text(one)) for one in faults]
    for one in found:
        call.output.say(one["message"])
    record: Json = {"holds": not faults, "faults": found}
    call.output.result(record, lambda _record: [sound] if not faults else [one["message"] for one in found])
    return Exit.SOME_FAILED if faults else Exit.DONE
