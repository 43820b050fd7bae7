"""The proof-of-delivery report: what the record holds about one delivery, and what it does not hold."""

from collections.abc import Mapping

from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak, Spacer

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.papers import ProofOfDelivery
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.delivery import Delivery
from mailroom.reports.elements import Anchor, facts, finding, heading, signature_lines
from mailroom.reports.exhibit_files import Blobs, Prepared, prepare
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.shipment_facts import (
    acceptance,
    addressee,
    mailed,
    other_numbers,
    reference,
    service,
    tracking_number,
    weight_and_postage,
    with_bars,
)
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _
from mailroom.wording.moments import short_day

SHOWN = frozenset({AttachmentRole.SIGNATURE_IMAGE, AttachmentRole.DELIVERY_PHOTO})
_MOST_OF_A_PAGE = 400  # points: more than page 1 has left below its facts, on Letter and on A4


def render(value: ProofOfDelivery, blobs: Blobs) -> RenderedPaper:
    """The report as PDF."""
    files = prepare((one for one in value.attachments if one.role in SHOWN), blobs)
    return produce("proof_of_delivery", value, lambda: titles(value), lambda *given: _story(value, *given), files)


def titles(value: ProofOfDelivery) -> Titles:
    """What a report is called."""
    shipment = value.row.shipment
    kind = _("Proof-of-delivery report")
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {shipment.shown_number or reference(shipment)}",
        footer=f"{value.head.number} · {reference(shipment)}",
        number=value.head.number,
    )


def _story(value: ProofOfDelivery, around: Surroundings, files: Mapping[str, Prepared]) -> list[Flowable]:
    anchor = Anchor("report", _("Proof-of-delivery report"))
    return report_story(value, around, files, anchor, Anchor("events", _("Events on record")))


def report_story(
    value: ProofOfDelivery,
    around: Surroundings,
    files: Mapping[str, Prepared],
    anchor: Anchor,
    events: Anchor | None = None,
) -> list[Flowable]:
    """One report from its title to the certification; the anchors are for its beginning and its events."""
    width = around.sheet.text_width
    history = History(value.head, value.row.shipment, value.events, value.attachments)
    delivery = Delivery(value, history)
    statement, second = delivery.finding()
    story: list[Flowable] = [
        NextPageTemplate("later"),
        anchor,
        text(_("Proof-of-delivery report"), "title"),
        text(delivery.subtitle(), "subtitle"),
        Spacer(1, 7),
        finding(statement, second, width),
        *_purpose(value, width),
        *heading(_("The shipment")),
        *with_bars(_shipment(value, history), value.row.shipment.shown_number, width),
        *heading(_("Delivery")),
        facts(delivery.pairs(), width),
        *delivery.signature(around, files),
        *_break_before_events(history),
        *heading(_("Events on record, oldest first"), 90, events),
        *history.story(width, value.head.issued_at),
        *history.sources_story(width),
        about(around, value.head.purpose or _("None was given.")),
    ]
    if value.certification:
        story += _certification(value, width)
    return story


def _break_before_events(history: History) -> list[Flowable]:
    """Page 1 answers, the next pages prove; a signature box that page 1 had no room for leaves theirs to the events."""
    return [CondPageBreak(_MOST_OF_A_PAGE)] if history.events else []


def _purpose(value: ProofOfDelivery, width: float) -> list[Flowable]:
    head = value.head
    if not head.purpose:
        return []
    asked = [
        safe(unstopped(head.purpose)),
        fill(_("asked for by {name}"), name=unstopped(head.purpose_asked_by)) if head.purpose_asked_by else Markup(""),
        fill(_("needed by {day}"), day=unstopped(head.needed_by)) if head.needed_by else Markup(""),
    ]
    day = short_day(head.issued_at.date(), head.language)
    typed = italic(
        _("Typed by {name} on {day}; the carrier’s record does not hold it.").format(name=head.issued_by, day=day)
    )
    pair = (_("Purpose of this report"), joined([joined(asked, ", "), typed], ". "))
    return [Spacer(1, 8), facts([pair], width)]


def _shipment(value: ProofOfDelivery, history: History) -> list[tuple[str, str]]:
    shipment = value.row.shipment
    pairs: list[tuple[str, str]] = [
        (_("Tracking number"), tracking_number(shipment)),
        (_("Carrier, service"), service(shipment)),
        (_("Mailed"), mailed(value, history)),
        (_("Proof of mailing"), acceptance(value, short=True)),
        (_("Addressee"), addressee(shipment.fields.recipient)),
        (_("Weight, postage"), weight_and_postage(value)),
        (_("Our reference"), safe(shipment.fields.order) if shipment.fields.order else italic(_("None"))),
    ]
    return pairs + other_numbers(shipment)


def _certification(value: ProofOfDelivery, width: float) -> list[Flowable]:
    shipment = value.row.shipment
    concerns = fill(
        _("Concerns: document {document}, tracking number {number}, pages before this one."),
        document=bold(value.head.number),
        number=bold(shipment.tracking_number or _("none")),
    )
    unsigned = _(
        "Not signed when printed; Mailroom signs nothing. Let counsel read the wording before it is used in a court."
    )
    return [
        PageBreak(),
        Anchor("certification", _("Certification of records")),
        text(_("Certification of records"), "title"),
        text(_("For a keeper of the records to sign where a court asks for it."), "subtitle"),
        Spacer(1, 14),
        text(concerns, "letter"),
        Spacer(1, 8),
        *(part for words in value.certification.split("\n\n") for part in (text(words, "letter"), Spacer(1, 7))),
        Spacer(1, 40),
        signature_lines(
            (_("Signature"), _("Printed name and title"), _("Executed on (date)")), (0.42, 0.36, 0.22), width
        ),
        Spacer(1, 10),
        text(unsigned, "note"),
    ]
