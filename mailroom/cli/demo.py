"""`demo`: the whole job on sample labels, in a throw-away profile. All that it prints comes to be in this run."""

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, Place
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from datetime import datetime

    from mailroom.capture.files import PageReading
    from mailroom.domain.register import ShipmentRow
    from mailroom.domain.shipment import PieceFields
    from mailroom.sandbox import Sandbox
    from mailroom.services.office import Office
    from mailroom.services.papers import IssuedPaper
    from mailroom.services.samples import SampleFile, SamplePage

Json = dict[str, Any]

SELLER = "Larkfield & Moss Stationers"
_OPERATOR = "Dana Whitlock"
_ZONE = "America/New_York"  # where the sample labels are sent from
_POSTAGE = {"usps": 7_640, "ups": 12_350, "fedex": 18_900, "s10": 21_480}  # mills
_GOODS = 184_500  # mills: what the claimed piece held
_DEPARTMENTS = ("Legal", "Accounts", "Sales")


@dataclass(slots=True)
class Job:
    """One run: its office, where its files go, what was read and recorded so far, and what did not hold."""

    call: Call
    office: "Office"
    out: Path
    rows: "list[tuple[SamplePage, ShipmentRow]]" = field(default_factory=list)
    faults: int = 0

    def tell(self, step: str, line: str, **facts: object) -> None:
        """Print one result."""
        self.call.output.result({"step": step, **facts}, lambda _record: [line])

    def fault(self, sentence: str) -> None:
        """Say what did not hold; the run goes on and ends with 1."""
        self.faults += 1
        self.call.output.say(sentence)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the files go, and the seed of further labels."""
    parser.add_argument(
        "--out", metavar="DIR", default="", help=_("folder for papers and pictures; else a new temporary one")
    )
    parser.add_argument("--seed", metavar="N", type=int, help=_("draw further labels, with other numbers for each N"))


def run(call: Call) -> int:
    """Read, record, import, print, check, take pictures. 0 only when everything held."""
    import tempfile

    out = _folder(call.options.out)
    with tempfile.TemporaryDirectory(prefix="mailroom-profile-", ignore_cleanup_errors=True) as profile:
        place = Place(Path(profile), None, call.place.operator or _OPERATOR)
        _furnish(call, place)
        office = call.wiring.open_office(place)
        try:
            job = Job(call, office, out)
            _do(job)
        finally:
            call.wiring.close_office(office)
    held = _("Everything held. The files are in {folder}") if not job.faults else _("Not everything held: {folder}")
    job.tell("end", held.format(folder=out), folder=str(out), held=not job.faults)
    return Exit.SOME_FAILED if job.faults else Exit.DONE


def _do(job: Job) -> None:
    from mailroom.capture.writer import draw
    from mailroom.services.samples import drawn_samples, shipped_samples

    sets = [shipped_samples()]
    if job.call.options.seed is not None:
        labels = job.out / "labels"
        labels.mkdir(exist_ok=True)
        sets.append(drawn_samples(job.call.options.seed, draw, labels))
    for number, samples in enumerate(sets, 1):
        start = len(job.rows)
        _record_all(job, samples)
        _import_week(job, start, "week.csv" if number == 1 else f"week-{number}.csv")
        _print_papers(job, start)
    _check(job)
    for picture in job.call.wiring.screenshots(job.office, job.out):
        job.tell("picture", str(picture), file=str(picture))


def _folder(name: str) -> Path:
    import tempfile

    try:
        if not name:
            return Path(tempfile.mkdtemp(prefix="mailroom-demo-"))
        folder = Path(name).absolute()
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise MailroomError("output_unwritable", path=name, why=trouble.strerror or "") from trouble
    return folder


def _furnish(call: Call, place: Place) -> None:
    """Give the office its name and zone; the zone counts from the next opening on."""
    office = call.wiring.open_office(place)
    try:
        office.settings.change_office(
            office.operator,
            name=SELLER,
            address=("210 Mill Yard", "Dayton OH 45402"),
            contact="+1 937 555 0142",
            zone=_ZONE,
        )
    finally:
        call.wiring.close_office(office)


# --- reading and recording ---------------------------------------------------------------------------------------


def _record_all(job: Job, samples: "tuple[SampleFile, ...]") -> None:
    from mailroom.capture.files import file_sandbox

    with file_sandbox() as sandbox:
        for sample in samples:
            _record_file(job, sample, sandbox)


def _record_file(job: Job, sample: "SampleFile", sandbox: "Sandbox") -> None:
    from mailroom.capture.files import read_pages
    from mailroom.cli.read import accepts

    accept_page = accepts(lambda readings: job.office.intake.recognise(job.office.operator, readings))
    pages = iter(sample.pages)
    for page in read_pages(sample.path, accept_page=accept_page, sandbox=sandbox):
        _record_page(job, sample, page, next(pages))


def _record_page(job: Job, sample: "SampleFile", page: "PageReading", printed: "SamplePage") -> None:
    where = _("{file}, page {page}").format(file=sample.path, page=page.page)
    facts: Json = {"file": str(sample.path), "page": page.page}
    if not page.readings:
        job.tell("label", _("{where}: no bar code").format(where=where), **facts, tracking_number=None)
        if printed.tracking_number:
            job.fault(_("{where}: {number} was not read.").format(where=where, number=printed.tracking_number))
        return
    taken = job.office.intake.record(job.office.operator, page.readings, _fields(printed, len(job.rows)))
    number = taken.row.shipment.tracking_number if taken.row else None
    line = f"{where}: {taken.outcome.value} {number or ''}".rstrip()
    job.tell("label", line, **facts, tracking_number=number, outcome=taken.outcome.value, ms=page.ms)
    if number != printed.tracking_number:
        job.fault(
            _("{where}: {number} was printed, but {read} was read.").format(
                where=where, number=printed.tracking_number, read=number or _("no number")
            )
        )
    if taken.row is not None:
        job.rows.append((printed, taken.row))


def _fields(page: "SamplePage", count: int) -> "PieceFields":
    """What a clerk types beside the label: no bar code says it."""
    from mailroom.domain.money import Money
    from mailroom.domain.shipment import Party, PieceFields

    return PieceFields(
        recipient=Party(
            page.recipient,
            page.company,
            (page.street,),
            page.postal_code,
            page.country,
            city=page.city,
            region=page.state,
        ),
        order=page.order,
        department=_DEPARTMENTS[count % len(_DEPARTMENTS)],
        run=_("Afternoon pick-up"),
        postage=Money(_POSTAGE.get(page.carrier, 9_850)),
        contents=_("Printing supplies"),
        invoice_amount=Money(_GOODS),
    )


# --- events and papers -------------------------------------------------------------------------------------------


def _import_week(job: Job, start: int, name: str) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mailroom.cli.files import target
    from mailroom.services.samples import week_of_events

    today = datetime.now(ZoneInfo(job.office.zone)).date()
    read = [(page, row.shipment.tracking_number) for page, row in job.rows[start:]]
    path = job.out / name
    with target(str(path)) as place:
        place.write(week_of_events(read, today))
    report = job.office.exchange.import_events(job.office.operator, path)
    for refused in report.refused:
        job.faults += 1
        job.call.output.trouble(refused.reason, about=_("row {row}").format(row=refused.row))
    line = _("{file}: {added} events").format(file=path, added=report.added)
    job.tell("events", line, file=str(path), rows=report.rows, added=report.added)


def _print_papers(job: Job, start: int) -> None:
    """A report for each delivered piece, a claim for the one that has not moved for longest."""
    from mailroom.domain.status import Status

    office = job.office
    stalled: list[tuple[datetime, SamplePage, ShipmentRow]] = []
    for page, row in job.rows[start:]:
        shipment = office.shipments.get(office.operator, row.shipment.id).row.shipment
        if shipment.status is Status.DELIVERED:
            purpose = _("Proof for the sender's file")
            _hand_over(
                job, office.papers.issue_proof_of_delivery(office.operator, (shipment.id,), purpose=purpose), page
            )
        elif shipment.status_at is not None and not shipment.final:
            stalled.append((shipment.status_at.local, page, row))
    if stalled:
        _moment, page, row = min(stalled, key=lambda one: one[0])
        _claim(job, page, row)


def _claim(job: Job, page: "SamplePage", row: "ShipmentRow") -> None:
    """Attach an invoice and a picture of the label, then make the packet."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from mailroom.cli.files import target
    from mailroom.domain.claims import ClaimKind
    from mailroom.domain.documents import AttachmentRole
    from mailroom.domain.money import Money
    from mailroom.services.papers import ClaimDraft
    from mailroom.services.samples import sample_invoice

    office, shipment = job.office, row.shipment
    issued = datetime.now(ZoneInfo(office.zone)).date() - timedelta(days=14)
    invoice = job.out / f"invoice-{page.order}.pdf"
    with target(str(invoice)) as place:
        place.write(sample_invoice(page, SELLER, issued, Money(_GOODS)))
    office.attachments.attach(office.operator, shipment.id, invoice, role=AttachmentRole.PROOF_OF_VALUE)
    job.tell("exhibit", str(invoice), file=str(invoice), tracking_number=shipment.tracking_number)
    draft = ClaimDraft(
        ClaimKind.LOSS,
        Money(_GOODS) + shipment.postage,
        statement=_("The parcel has not moved since the last scan and did not arrive."),
    )
    _hand_over(job, office.papers.issue_claim_packet(office.operator, shipment.id, draft), page)


def _hand_over(job: Job, paper: "IssuedPaper", page: "SamplePage") -> None:
    """Write the paper, then read it again: the record must know it, and its bar code must name the piece."""
    from mailroom.capture.files import file_sandbox, read_pages
    from mailroom.cli.files import target

    path = job.out / f"{paper.document.number}.pdf"
    with target(str(path)) as place:
        place.write(paper.pdf)
    number = paper.document.tracking_numbers[0]
    facts = {"number": paper.document.number, "sha256": paper.document.sha256, "pages": paper.document.pages}
    job.tell("paper", f"{path}: {number}", file=str(path), tracking_number=number, **facts)
    if job.office.papers.verify(job.office.operator, path.read_bytes()).state != "issued":
        job.fault(_("{file} is not what was issued.").format(file=path))
    with file_sandbox() as sandbox:
        sheets = read_pages(path, accept_page=lambda _found: True, sandbox=sandbox)
        carried = any(one.raw == number for sheet in sheets for one in sheet.readings)
    if not carried:
        job.fault(_("{file} does not carry {number} as a bar code.").format(file=path, number=number))


def _check(job: Job) -> None:
    from mailroom.cli.shapes import fault_text

    office = job.office
    faults = (*office.safety.check(office.operator), *office.safety.verify_chain(office.operator))
    for one in faults:
        job.fault(fault_text(one))
    line = _("The record does not hold.") if faults else _("The record is sound, and the log is as it was written.")
    job.tell("check", line, holds=not faults)
