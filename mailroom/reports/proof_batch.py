"""Many proof-of-delivery reports in one paper: contents with totals, then the reports, laid out one after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.papers import ProofBatch, ProofOfDelivery
from mailroom.domain.timeline import EventSource
from mailroom.reports import RenderedPaper, proof
from mailroom.reports.about import about
from mailroom.reports.delivery import Delivery
from mailroom.reports.elements import Anchor, Cell, PageNumber, facts, finding, heading, table
from mailroom.reports.exhibit_files import Blobs, Prepared, prepare
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings, change
from mailroom.reports.produce import Press, Titles
from mailroom.reports.record import in_fours
from mailroom.reports.text import Markup, italic, safe
from mailroom.reports.words import text
from mailroom.sandbox import Sandbox
from mailroom.wording import _, in_language, mark, plural
from mailroom.wording.moments import given_of

_WHERE = {
    False: mark("Every report below names its sources."),
    True: mark("The reports are files of their own; each names its sources."),
}
TABLE_ROWS = 60  # a longer table of contents is made of several, since splitting one takes the square of its rows


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the contents."""

    number: str
    addressee: str
    delivered: str  # empty: no delivery on record
    proof: str
    typed: bool
    image: bool


class BatchPress:
    """A batch under way: contents first, then reports by `print_next` until all are printed, then `finish`."""

    def __init__(self, value: ProofBatch, record: bytes, blobs: Blobs) -> None:
        self.value, self._blobs = value, blobs
        self._files: dict[str, Prepared] = {}
        self._printed = 0
        self._box = Sandbox()  # one child process for all pictures
        with in_language(value.head.language):
            self._press = Press(record, value.head, value.office, _titles(value))
            self._press.pour(_contents(value, self._press.around))

    @property
    def to_print(self) -> int:
        """How many reports there are to print; none where they are files of their own."""
        return 0 if self.value.files else len(self.value.reports)

    @property
    def printed(self) -> int:
        """How many reports are done."""
        return self._printed

    def print_next(self, count: int) -> int:
        """Print up to `count` more reports; how many are done by then."""
        chosen = self.value.reports[self._printed : self._printed + count]
        shown = (one for report in chosen for one in report.attachments if one.role in proof.SHOWN)
        self._files |= prepare((one for one in shown if one.sha256 not in self._files), self._blobs, kept=self._box)
        with in_language(self.value.head.language):
            for report in chosen:
                self._printed += 1
                self._press.pour(self._report(report, self._printed))
        return self._printed

    def finish(self) -> RenderedPaper:
        """The finished paper."""
        self._box.close()
        with in_language(self.value.head.language):
            return self._press.finish(self._files)

    def _report(self, report: ProofOfDelivery, at: int) -> list[Flowable]:
        part = _("Report {n} of {total}").format(n=at, total=len(self.value.reports))

        def enter(around: Surroundings) -> None:
            names = proof.titles(report)
            around.head, around.part = report.head, part
            around.later, around.footer, around.number = names.later, names.footer, names.number

        shipment = report.row.shipment
        name = shipment.fields.recipient.name or shipment.fields.recipient.company
        words = (str(at), shipment.shown_number or _("No tracking number"), name)
        around = self._press.around
        enter(around)  # what the story prints of its own; the page that is still open has its head and footer already
        story = proof.report_story(report, around, self._files, Anchor(_key(at), " · ".join(filter(None, words))))
        return [change(enter), NextPageTemplate("first"), PageBreak(), *story]


def render(value: ProofBatch, record: bytes, blobs: Blobs) -> RenderedPaper:
    """The whole batch in one go."""
    press = BatchPress(value, record, blobs)
    press.print_next(press.to_print)
    return press.finish()


def _key(at: int) -> str:
    return f"r{at}"


def _titles(value: ProofBatch) -> Titles:
    kind = _("Proof-of-delivery reports")
    count = plural("{n} shipment", "{n} shipments", len(value.reports))
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {count}",
        footer=f"{value.head.number} · {count}",
        number=value.head.number,
    )


def _contents(value: ProofBatch, around: Surroundings) -> list[Flowable]:
    width = around.sheet.text_width
    lines = [_line(report) for report in value.reports]
    statement, second = _finding(lines)
    chosen = value.chosen or _("Chosen one by one by {name}").format(name=value.head.issued_by)
    return [
        NextPageTemplate("later"),
        Anchor("contents", _("Contents")),
        text(_("Proof-of-delivery reports"), "title"),
        text(f"{chosen}. {_(_WHERE[bool(value.files)])}", "subtitle"),
        Spacer(1, 7),
        finding(statement, second, width),
        *heading(_("Contents, in the order chosen"), 90),
        *_tables(lines, value.files, width),
        *heading(_("Totals"), 60),
        _at_left(facts(_totals(value, lines), width * 0.62, 190.0)),
        *_left_out(value.left_out, width),
        about(around, value.head.purpose or _("None was given.")),
    ]


def _at_left(part: Flowable) -> Flowable:
    part.hAlign = "LEFT"
    return part


def _line(report: ProofOfDelivery) -> _Line:
    shipment = report.row.shipment
    history = History(report.head, shipment, report.events, report.attachments)
    delivery = Delivery(report, history)
    event = delivery.event
    to = shipment.fields.recipient
    place = ", ".join(part for part in (to.city, to.region) if part)
    return _Line(
        number=shipment.shown_number,
        addressee=", ".join(part for part in (to.name or to.company, place) if part),
        delivered="" if event is None else given_of(event, report.head.language),
        proof=_proof_held(report, delivery),
        typed=event is not None and event.source is EventSource.TYPED,
        image=bool(delivery.signatures),
    )


def _proof_held(report: ProofOfDelivery, delivery: Delivery) -> str:
    if delivery.event is None:
        return _("None yet")
    if delivery.signatures:
        return _("Signature image")
    photo = any(one.role is AttachmentRole.DELIVERY_PHOTO for one in report.attachments)
    if delivery.event.source is EventSource.TYPED:
        held = _("Typed entry")
    elif delivery.event.source is EventSource.CARRIER:
        held = _("Carrier’s report")
    else:
        held = _("Reported in a file or notice")
    return _("{report}; photograph, no signature" if photo else "{report}; no signature").format(report=held)


def _finding(lines: Sequence[_Line]) -> tuple[str, str]:
    delivered = sum(1 for one in lines if one.delivered)
    reports = plural("{n} report", "{n} reports", len(lines))
    on_record = plural(
        "a delivery is on record for {n} shipment", "a delivery is on record for {n} shipments", delivered
    )
    missing = len(lines) - delivered
    none = _("none for {n}").format(n=missing)
    statement = f"{reports}: {on_record}, {none}." if missing else f"{reports}: {on_record}."
    images = sum(1 for one in lines if one.image)
    said = [
        plural("A signature image is on file for {n} of them.", "A signature image is on file for {n} of them.", images)
    ]
    if len(lines) > images:
        said.append(_("No signature is on file for {n}.").format(n=len(lines) - images))
    typed = sum(1 for one in lines if one.typed)
    if typed:
        said.append(
            plural("{n} delivery was typed by a person only.", "{n} deliveries were typed by a person only.", typed)
        )
    return statement, " ".join(said)


def _tables(lines: Sequence[_Line], files: Sequence[tuple[str, str]], width: float) -> list[Flowable]:
    share = width / 492
    if files:
        return _tables_of_files(lines, files, share)
    widths = [26 * share, 124 * share, 136 * share, 84 * share, 92 * share, 30 * share]
    head = [
        _("No."),
        _("Tracking number"),
        _("Addressee"),
        _("Delivered (as its source tells it)"),
        _("Proof held"),
        _("Page"),
    ]
    story: list[Flowable] = []
    for first in range(0, len(lines), TABLE_ROWS):
        rows = [_row(at, line) for at, line in enumerate(lines[first : first + TABLE_ROWS], first + 1)]
        story.append(table(head, rows, widths))
    return story


def _tables_of_files(lines: Sequence[_Line], files: Sequence[tuple[str, str]], share: float) -> list[Flowable]:
    widths = [26 * share, 124 * share, 104 * share, 70 * share, 68 * share, 100 * share]
    delivered = _("Delivered (as its source tells it)")
    head = [_("No."), _("Tracking number"), _("Addressee"), delivered, _("Proof held"), _("File, SHA-256")]
    story: list[Flowable] = []
    for first in range(0, len(lines), TABLE_ROWS):
        rows = []
        for at, line in enumerate(lines[first : first + TABLE_ROWS], first):
            name, sha256 = files[at]
            file = [text(name, "cell"), text(in_fours(sha256), "cell_note")]
            rows.append([*_row(at + 1, line)[:-1], file])
        story.append(table(head, rows, widths))
    return story


def _row(at: int, line: _Line) -> list[Cell]:
    addressee: Markup = safe(line.addressee) if line.addressee else italic(_("Not on record"))
    return [
        text(str(at), "cell"),
        text(line.number, "mono") if line.number else text(italic(_("None")), "cell"),
        text(addressee, "cell"),
        text(line.delivered or _("Not on record"), "cell"),
        text(line.proof, "cell"),
        PageNumber(_key(at)),
    ]


def _totals(value: ProofBatch, lines: Sequence[_Line]) -> list[tuple[str, str]]:
    delivered = [one for one in lines if one.delivered]
    images = sum(1 for one in delivered if one.image)
    return [
        (_("Chosen"), str(len(lines) + len(value.left_out))),
        (_("Delivery on record"), str(len(delivered))),
        (_("\u00a0\u00a0with signature image"), str(images)),
        (_("\u00a0\u00a0no signature on file"), str(len(delivered) - images)),
        (_("No delivery on record"), str(len(lines) - len(delivered))),
        (_("Left out"), str(len(value.left_out))),
    ]


def _left_out(left_out: Sequence[tuple[str, str]], width: float) -> list[Flowable]:
    if not left_out:
        return []
    rows: list[list[Cell]] = [[text(number, "mono"), text(why, "cell")] for number, why in left_out]
    return [*heading(_("Left out")), table([_("Number asked for"), _("Why")], rows, [width * 0.4, width * 0.6])]
