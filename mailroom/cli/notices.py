"""`notices`: mails to those who had something mailed. `digest`: the work list of the day as a paper or a mail."""

import argparse
from pathlib import Path

from mailroom.cli.files import target
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _, plural


def notice_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do about the mails that are due; without an option they are only listed."""
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--send", action="store_true", help=_("send them by the office's mail server"))
    act.add_argument("--drafts", metavar="DIR", default="", help=_("write them as .eml files for a mail program"))
    act.add_argument("--opt-out", metavar="ADDRESS", default="", help=_("this address wants none any more"))
    act.add_argument("--opt-in", metavar="ADDRESS", default="", help=_("this address wants them again"))


def run_notices(call: Call) -> int:
    """1 where the server refused one."""
    options = call.options
    with opened(call) as office:
        mails, who = office.requesters, office.operator
        if address := options.opt_out or options.opt_in:
            settings = mails.opt_out(who, address, out=bool(options.opt_out))
            call.output.result({"opted_out": list(settings.opted_out)}, lambda one: one["opted_out"])
            return Exit.DONE
        if options.drafts:
            folder = Path(options.drafts)
            folder.mkdir(parents=True, exist_ok=True)

            def save(name: str, data: bytes) -> None:
                with target(str(folder / name)) as place:
                    place.write(data)
                call.output.result({"file": str(folder / name)}, lambda one: [one["file"]])

            mails.take_drafts(who, save)
            return Exit.DONE
        if options.send:
            done = mails.send_due(who)
            for trouble in done.refused:
                call.output.trouble(trouble)
            record = {"sent": done.sent, "refused": len(done.refused)}
            call.output.result(record, lambda one: [plural("{n} mail sent", "{n} mails sent", one["sent"])])
            return Exit.SOME_FAILED if done.refused else Exit.DONE
        for notice in mails.due(who):
            listed: dict[str, object] = {"to": notice.to, "subject": notice.subject, "pieces": len(notice.pieces)}
            call.output.result(listed, lambda one: [f"{one['to']}  {one['subject']}"])
    return Exit.DONE


def digest_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    act = parser.add_mutually_exclusive_group(required=True)
    act.add_argument("--out", metavar="FILE", default="", help=_("a PDF, or a mail draft by the ending .eml"))
    act.add_argument("--send", action="store_true", help=_("mail it to the address set for it"))


def run_digest(call: Call) -> int:
    """Make the digest of today."""
    from mailroom.services.digest import Form

    options = call.options
    with opened(call) as office:
        office.attention.refresh(office.operator)
        if options.send:
            digest = office.digest.send(office.operator)
        else:
            form = Form.MAIL if options.out.lower().endswith(".eml") else Form.PDF
            with target(options.out) as place:
                digest = office.digest.make(office.operator, form)
                place.write(digest.data)
    record = {"file": options.out or None, "alerts": digest.alerts, "to": digest.to or None}
    call.output.result(record, lambda one: [plural("{n} alert", "{n} alerts", one["alerts"])])
    return Exit.DONE
