"""`pod`, `claim`, `sign`: papers made from the record, each into a file."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.files import Target, target
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailroom.domain.claim_life import OpenClaim
    from mailroom.domain.claims import RefusedFile
    from mailroom.domain.documents import AttachmentRole
    from mailroom.domain.money import Money
    from mailroom.services.books import MadeBook
    from mailroom.services.office import Office
    from mailroom.services.papers import IssuedPaper

Json = dict[str, Any]

_NOT_THE_FILES = frozenset({"not_allowed", "disk_full", "profile_unusable"})  # trouble that no other file would mend


def pod_arguments(parser: argparse.ArgumentParser) -> None:
    """The shipments, what the paper is for, where it goes."""
    parser.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("any number of a shipment"))
    purpose_arguments(parser)
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))
    parser.add_argument(
        "--separate", metavar="DIR", help=_("write a file for each shipment into this folder; --out is their list")
    )


def purpose_arguments(parser: argparse.ArgumentParser) -> None:
    """The purpose note: printed on the paper and noted with the shipments."""
    parser.add_argument("--purpose", metavar="TEXT", default="", help=_("what the paper is for; printed on it"))
    parser.add_argument("--asked-by", metavar="TEXT", default="", help=_("who asked for it, such as a court"))
    parser.add_argument("--needed-by", metavar="TEXT", default="", help=_("until when it is needed"))


def purpose_note(call: Call) -> dict[str, str]:
    """The purpose note as it was given."""
    from mailroom.cli.payloads import argument_text

    return {name: argument_text(getattr(call.options, name)) for name in ("purpose", "asked_by", "needed_by")}


def run_pod(call: Call) -> int:
    """Issue a proof-of-delivery report and write it to a file; for several numbers one paper with contents.

    Of several numbers, one that is not on record is left out, which the paper and stderr say.
    """
    from mailroom.cli.payloads import argument_text
    from mailroom.wording.errors import error_text

    numbers = tuple(dict.fromkeys(argument_text(one) for one in call.options.numbers))
    with target(call.options.out) as place, opened(call) as office:
        ids: list[str] = []
        left_out: list[tuple[str, str]] = []
        for number in numbers:
            try:
                ids.append(_shipment_id(call, office, number))
            except MailroomError as unknown:
                if len(numbers) == 1:
                    raise
                left_out.append((number, error_text(unknown)))
                call.output.say(f"{number}: {error_text(unknown)}")
        options: Json = {
            **purpose_note(call),
            "chosen": _("By the numbers that {name} gave").format(name=office.operator.name),
            "left_out": left_out,
        }
        if call.options.separate:
            _hand_over_each(call, place, office.papers.issue_proofs_separately(office.operator, ids, **options))
        else:
            hand_over(call, place, office.papers.issue_proof_of_delivery(office.operator, ids, **options))
    return Exit.SOME_FAILED if left_out else Exit.DONE


def sign_arguments(parser: argparse.ArgumentParser) -> None:
    """The paper, and where the new issue goes."""
    parser.add_argument("number", metavar="NUMBER", help=_("number of a report, such as POD-2026-A0007"))
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))


def run_sign(call: Call) -> int:
    """Issue a report again from its own record, signed: the first issue stays as it is."""
    from mailroom.cli.payloads import argument_text

    with target(call.options.out) as place, opened(call) as office:
        paper = office.papers.issue_again(office.operator, argument_text(call.options.number))
        hand_over(call, place, paper)
    if not paper.signed:
        call.output.say(_("{number} is not signed: no signing key is at hand.").format(number=paper.document.number))
    return Exit.DONE if paper.signed else Exit.SOME_FAILED


def claim_arguments(parser: argparse.ArgumentParser) -> None:
    """The shipment, what is demanded and why, the files behind it, where the packet goes."""
    parser.add_argument("number", metavar="NUMBER", help=_("any number of the shipment"))
    parser.add_argument("--kind", choices=("loss", "damage", "missing"), required=True, help=_("what happened"))
    parser.add_argument("--amount", metavar="AMOUNT", required=True, help=_("amount demanded, such as 120.00"))
    parser.add_argument(
        "--attach",
        metavar="[ROLE=]FILE",
        action="append",
        default=[],
        help=_("PDF or photograph to add, such as proof_of_value=invoice.pdf; may be repeated"),
    )
    parser.add_argument("--statement", metavar="TEXT", default="", help=_("what happened, in your words"))
    parser.add_argument(
        "--insurer", metavar="NAME", help=_("who covers the goods in the carrier's place, such as U-PIC; or carrier")
    )
    parser.add_argument("--out", metavar="FILE.pdf", required=True, help=_("file to write"))


def run_claim(call: Call) -> int:
    """Make a claim and its packet, whatever is missing or late; what a carrier may object to is said."""
    from mailroom.cli.payloads import argument_text
    from mailroom.domain.claims import ClaimKind
    from mailroom.domain.money import parse_money
    from mailroom.services.papers import ClaimDraft

    options = call.options
    with target(options.out) as place, opened(call) as office:
        currency = office.settings.office(office.operator).currency
        amount, told = parse_money(options.amount, currency), argument_text(options.statement)
        insurer = None if options.insurer is None else _insurer(argument_text(options.insurer))
        shipment_id = _shipment_id(call, office, argument_text(options.number))
        no_use = attach_new(office, shipment_id, options.attach)
        refused = [one for _given, one in no_use]
        for one in refused:
            call.output.trouble(one)
        named = tuple(_refused_file(given, one) for given, one in no_use)
        draft = ClaimDraft(ClaimKind(options.kind), amount, statement=told, refused=named, insurer=insurer)
        paper = office.papers.issue_claim_packet(office.operator, shipment_id, draft)
        if paper.went_on is not None:
            call.output.say(_went_on(paper.went_on, amount))
        hand_over(call, place, paper, refused, amount=options.amount.strip(), currency=currency)
    return Exit.SOME_FAILED if refused else Exit.DONE


def _insurer(name: str) -> str:
    """The insurer that is meant; empty for the carrier itself. Raises `insurer_unknown`."""
    from mailroom.domain.insurers import INSURERS
    from mailroom.wording.insurers import insurer_name, insurer_of

    if name.strip().casefold() == "carrier":
        return ""
    insurer = insurer_of(name)
    if insurer is None:
        known = ", ".join((*map(insurer_name, INSURERS), "carrier"))
        raise MailroomError("insurer_unknown", name=name, known=known)
    return insurer


def _went_on(claim: "OpenClaim", amount: "Money") -> str:
    """That a claim was open already, and what it demanded before."""
    from mailroom.wording.postage import money_text

    told = _("Claim {number} is open for this piece already; its packet is issued again.").format(number=claim.number)
    if claim.demanded is None or claim.demanded == amount:
        return told
    more = _("It now demands {amount}, before {before}.")
    return f"{told} {more.format(amount=money_text(amount), before=money_text(claim.demanded))}"


def attach_new(office: "Office", shipment_id: str, given: "Sequence[str]") -> list[tuple[str, MailroomError]]:
    """Keep files with a shipment, each `FILE` or `ROLE=FILE`; one that is there already is not kept twice.

    All are looked at before the first is put on record. Gives what was left out and why: a packet is made without it.
    """
    import hashlib
    from pathlib import Path

    from mailroom.sandbox import Sandbox
    from mailroom.services.attachments import read_regular_file

    there = {one.sha256 for one in office.shipments.get(office.operator, shipment_id).attachments}
    acts: list[Callable[[], object]] = []
    refused: list[tuple[str, MailroomError]] = []

    def later(act: "Callable[[], Any]", /) -> Any:  # noqa: ANN401 - what the act gives is not used
        acts.append(act)

    with Sandbox() as box:  # one child process looks at them all
        for one in given:
            role, name = _role_and_file(one)
            try:
                digest = hashlib.sha256(read_regular_file(Path(name), links=False)).hexdigest()
                if digest not in there:
                    path = Path(name)
                    office.attachments.attach(office.operator, shipment_id, path, role=role, write=later, kept=box)
                    there.add(digest)
            except MailroomError as trouble:
                if trouble.code in _NOT_THE_FILES:
                    raise
                refused.append((one, trouble))
    for act in acts:
        act()
    return refused


def _refused_file(given: str, trouble: MailroomError) -> "RefusedFile":
    """A file that is no use, as the packet names it: without its folders."""
    from pathlib import Path

    from mailroom.domain.claims import LETTERS, RefusedFile
    from mailroom.domain.documents import AttachmentRole
    from mailroom.domain.exhibits import TITLE_OF_ROLE
    from mailroom.services.attachments import clean_name

    role, path = _role_and_file(given)
    name = clean_name(Path(path).name)
    facts = {key: str(fact) for key, fact in trouble.facts.items()}
    facts |= {key: name for key in ("name", "path") if key in facts}
    letter = "" if role is AttachmentRole.OTHER else LETTERS[TITLE_OF_ROLE[role]]
    return RefusedFile(name, letter, trouble.code, tuple(facts.items()))


def _role_and_file(given: str) -> "tuple[AttachmentRole, str]":
    from mailroom.domain.documents import AttachmentRole

    word, equals, name = given.partition("=")
    if equals and word in set(AttachmentRole):
        return AttachmentRole(word), name
    return AttachmentRole.OTHER, given


def _shipment_id(call: Call, office: "Office", number: str) -> str:
    from mailroom.cli.register import say_older

    detail = office.shipments.by_number(office.operator, number)
    say_older(call, detail.row.shipment.tracking_number, len(detail.older_ids))
    return detail.row.shipment.id


def _hand_over_each(call: Call, place: Target, papers: "Iterator[IssuedPaper]") -> None:
    """A file for each paper, named by its number; the last one is the list."""
    from pathlib import Path

    folder = Path(call.options.separate)
    if not folder.is_dir():
        raise MailroomError("output_no_folder", path=str(folder))
    before: IssuedPaper | None = None
    for paper in papers:
        if before is not None:
            file = folder / f"{before.document.number}.pdf"
            with target(str(file)) as own:
                hand_over(call, own, before, file=str(file))
        before = paper
    assert before is not None
    hand_over(call, place, before)


def hand_over(
    call: Call, place: Target, paper: "IssuedPaper | MadeBook", refused: "Sequence[MailroomError]" = (), **more: str
) -> None:
    """Write the file, then print what it is; a paper that could not be written is on record all the same, and said."""
    from mailroom.cli.shapes import coded_object
    from mailroom.wording.errors import error_text
    from mailroom.wording.reasons import reason_text

    document = paper.document
    try:
        place.write(paper.pdf)
    except MailroomError:
        call.output.say(_("{number} is on record, but its file was not written.").format(number=document.number))
        raise
    gaps = [coded_object(one, reason_text(one)) for one in paper.gaps]
    for one in gaps:
        call.output.say(f"{document.number}: {one['message']}.")
    gaps += [
        {"code": one.code, "message": error_text(one), "facts": {k: str(v) for k, v in one.facts.items()}}
        for one in refused
    ]
    record: Json = {
        "file": call.options.out,
        "number": document.number,
        "sha256": document.sha256,
        "pages": document.pages,
        "signed": paper.signed,
        **more,
        "tracking_numbers": list(document.tracking_numbers),
        "gaps": gaps,
    }
    call.output.result(record, _paper_lines)


def _paper_lines(record: Json) -> list[str]:
    amount = f"  {record['amount']} {record['currency']}" if "amount" in record else ""
    return [f"{record['number']}  {record['file']}{amount}"]
