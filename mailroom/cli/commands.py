"""The table of commands. A command is one row here and one function in the file of its group."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from mailroom.cli import (
    alerts,
    book,
    demo,
    deriving,
    exchange,
    gui,
    identify,
    label,
    lanes,
    notices,
    papers,
    read,
    record,
    register,
    runs,
    safety,
    sheets,
    track,
    verify,
)
from mailroom.cli.wiring import Call
from mailroom.wording import mark

Arguments = Callable[[argparse.ArgumentParser], None]
Run = Callable[[Call], int]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """One command: its name (two words: a group and its member), help, arguments and what runs it.

    `many` names the argument that takes any number of values; those may stand between options.
    """

    name: str
    help: str
    arguments: Arguments
    run: Run
    many: str = ""


COMMANDS: tuple[CommandLine, ...] = (
    CommandLine("gui", mark("open the window (also without any command)"), gui.arguments, gui.run),
    CommandLine(
        "identify", mark("say what payloads are, without a record"), identify.arguments, identify.run, "payloads"
    ),
    CommandLine("read", mark("read the bar codes of label images and PDFs"), read.arguments, read.run, "files"),
    CommandLine("record", mark("put labels on record"), record.arguments, record.run, "items"),
    CommandLine("list", mark("list shipments, newest first"), register.list_arguments, register.run_list),
    CommandLine("show", mark("show a shipment and its timeline"), register.show_arguments, register.run_show),
    CommandLine("alerts", mark("list what needs a person, the most urgent first"), alerts.arguments, alerts.run),
    CommandLine("track", mark("ask carriers where pieces are"), track.track_arguments, track.run_track, "numbers"),
    CommandLine("parse", mark("read a carrier's stored answer"), track.parse_arguments, track.run_parse),
    CommandLine(
        "import shipments",
        mark("import shipments from a table"),
        exchange.shipment_arguments,
        exchange.run_shipments,
    ),
    CommandLine(
        "import events",
        mark("import tracking events from a table"),
        exchange.import_arguments,
        exchange.run_events,
    ),
    CommandLine("import list", mark("the files that were taken in"), exchange.list_arguments, exchange.run_list),
    CommandLine("import undo", mark("take an import back"), exchange.undo_arguments, exchange.run_undo),
    CommandLine(
        "export shipments",
        mark("write shipments to a table"),
        exchange.export_arguments,
        exchange.run_export_shipments,
    ),
    CommandLine(
        "export events",
        mark("write tracking events to a table"),
        exchange.export_arguments,
        exchange.run_export_events,
    ),
    CommandLine("pod", mark("print a proof-of-delivery report"), papers.pod_arguments, papers.run_pod, "numbers"),
    CommandLine("claim", mark("print a claim packet"), papers.claim_arguments, papers.run_claim),
    CommandLine("label", mark("print labels of our own"), label.arguments, label.run, "numbers"),
    CommandLine("book", mark("print the mailing book of a run, or take its sheets back"), book.arguments, book.run),
    CommandLine("run open", mark("open a mail run"), runs.open_arguments, runs.run_open),
    CommandLine("run pause", mark("put a mail run aside"), runs.name_arguments, runs.run_pause),
    CommandLine("run resume", mark("take a paused mail run up again"), runs.name_arguments, runs.run_resume),
    CommandLine("run close", mark("close a mail run and note who took it"), runs.close_arguments, runs.run_close),
    CommandLine("run list", mark("list mail runs with their counts"), runs.list_arguments, runs.run_list),
    CommandLine(
        "sheet", mark("print data for a form, command bar codes, badges"), sheets.sheet_arguments, sheets.run_sheet
    ),
    CommandLine("day-end", mark("print what a day came to"), sheets.day_arguments, sheets.run_day),
    CommandLine("sign", mark("issue a report again, signed"), papers.sign_arguments, papers.run_sign),
    CommandLine("verify", mark("check that a paper is what was issued"), verify.arguments, verify.run),
    CommandLine(
        "certificate",
        mark("hand out the certificate that papers are checked with"),
        verify.certificate_arguments,
        verify.run_certificate,
    ),
    CommandLine("backup", mark("write the whole record to one file"), safety.backup_arguments, safety.run_backup),
    CommandLine("restore", mark("put a backup into an empty profile"), safety.restore_arguments, safety.run_restore),
    CommandLine(
        "notices",
        mark("mail those who had pieces mailed how it went"),
        notices.notice_arguments,
        notices.run_notices,
    ),
    CommandLine("digest", mark("make the digest of what needs a person"), notices.digest_arguments, notices.run_digest),
    CommandLine("lanes", mark("say how long pieces took, by lane"), lanes.arguments, lanes.run),
    CommandLine("derive", mark("derive statuses again from codes and words"), deriving.no_arguments, deriving.run),
    CommandLine("check", mark("check that the record is sound"), safety.no_arguments, safety.run_check),
    CommandLine("audit verify", mark("check that the log is as written"), safety.no_arguments, safety.run_audit),
    CommandLine("demo", mark("run the whole job on sample labels"), demo.arguments, demo.run),
)

GROUPS: dict[str, str] = {
    "import": mark("import from a file"),
    "export": mark("export to a file"),
    "run": mark("mail runs: what is handed over together"),
    "audit": mark("the log of all changes"),
}
