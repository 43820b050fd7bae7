"""A letter that asks a carrier for the proof of a delivery that is not on file here."""

from collections.abc import Mapping

from reportlab.platypus import Flowable, NextPageTemplate, Spacer

from mailroom.domain.sheets import ProofRequest, ProofWanted
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.claim_words import legal_name
from mailroom.reports.elements import Anchor, facts, finding, heading, signature_lines, together
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.history import History
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.shipment_facts import (
    Pairs,
    acceptance,
    addressee,
    mailed,
    other_numbers,
    reference,
    service,
    tracking_number,
    with_bars,
)
from mailroom.reports.text import Markup, bold, fill, italic, joined, safe, unstopped
from mailroom.reports.words import text
from mailroom.wording import _, mark
from mailroom.wording.carriers import carrier_name
from mailroom.wording.moments import given_of

WANTED: dict[ProofWanted, str] = {
    ProofWanted.TIME: mark("date, time and place of the delivery"),
    ProofWanted.SIGNATURE: mark("image of the signature, with the name of the person who signed"),
    ProofWanted.PHOTO: mark("photograph of the delivery"),
}


def render(value: ProofRequest) -> RenderedPaper:
    """The letter as PDF."""
    return produce("proof_request", value, lambda: _titles(value), lambda *given_: _story(value, *given_), {})


def _titles(value: ProofRequest) -> Titles:
    kind, shipment = _("Request for proof of delivery"), value.row.shipment
    return Titles(
        title=f"{kind} {value.head.number}",
        later=f"{kind} · {shipment.shown_number or reference(shipment)}",
        footer=f"{value.head.number} · {reference(shipment)}",
        number=value.head.number,
    )


def _story(value: ProofRequest, around: Surroundings, _files: Mapping[str, Prepared]) -> list[Flowable]:
    width, shipment = around.sheet.text_width, value.row.shipment
    history = History(value.head, shipment, value.events, value.attachments)
    wanted = ", ".join(_(WANTED[one]) for one in value.wanted)
    title = _("Request for proof of delivery")
    to = legal_name(shipment.carrier) or _("the carrier")
    asked = fill(_("To {carrier}: please send us, for the piece below: {wanted}."), carrier=to, wanted=wanted)
    line = signature_lines(
        (_("Signature of the sender"), _("Printed name and title"), _("Date")), (0.45, 0.36, 0.19), width
    )
    return [
        NextPageTemplate("later"),
        Anchor("request", title),
        text(title, "title"),
        text(_("Data that carriers ask for with such a request. It is not a form of any carrier."), "subtitle"),
        Spacer(1, 7),
        finding(asked, _where_it_stands(value, history), width),
        *heading(_("The shipment")),
        *with_bars(_shipment(value, history), shipment.shown_number, width),
        *heading(_("What is asked for")),
        facts(_asked(value), width),
        together([Spacer(1, 26), line]),
        Spacer(1, 10),
        *heading(_("Events on record, oldest first"), 90),
        *history.story(width, value.head.issued_at),
        *history.sources_story(width),
        about(around, value.head.purpose or _("None was given.")),
    ]


def _where_it_stands(value: ProofRequest, history: History) -> Markup:
    event = history.delivery
    if event is None:
        return safe(_("No delivery is on record here."))
    return fill(
        _("Delivery on record: {when}, from {whose}. What is asked for is not on file."),
        when=given_of(event, value.head.language),
        whose=history.who_says(event),
    )


def _shipment(value: ProofRequest, history: History) -> Pairs:
    shipment, fields = value.row.shipment, value.row.shipment.fields
    account = value.account or ""
    return [
        (_("Tracking number"), tracking_number(shipment)),
        (_("Carrier, service"), service(shipment)),
        (_("Mailed"), mailed(value, history)),
        (_("Proof of mailing"), acceptance(value)),
        (_("Addressee"), addressee(fields.recipient)),
        (
            _("Account with {carrier}").format(carrier=carrier_name(shipment.carrier)),
            safe(account) if account else italic(_("Not given")),
        ),
        (_("Our reference"), safe(fields.order) if fields.order else italic(_("None"))),
        *other_numbers(shipment),
    ]


def _asked(value: ProofRequest) -> Pairs:
    head = value.head
    wanted = joined(
        [fill("{n}. {what}", n=str(at), what=_(WANTED[one])) for at, one in enumerate(value.wanted, 1)], "<br/>"
    )
    reply = ", ".join(part for part in (head.issued_by, head.role, value.office.contact) if part)
    purpose = [bold(unstopped(head.purpose))] if head.purpose else []
    if head.purpose_asked_by:
        purpose.append(fill(_("asked for by {name}"), name=unstopped(head.purpose_asked_by)))
    return [
        (_("Wanted"), wanted),
        (_("As"), safe(_("PDF or image files, by e-mail"))),
        (_("Reason"), joined(purpose, ", ") if purpose else italic(_("Not given"))),
        (_("Needed by"), safe(head.needed_by) if head.needed_by else italic(_("Not given"))),
        (_("Quote"), safe(head.number)),
        (_("Reply to"), safe(reply) if reply else italic(_("Not given"))),
    ]
