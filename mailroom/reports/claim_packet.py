"""The claim packet: letter, summary, exhibit index, statement of amount, exhibits, declaration, about."""

from collections.abc import Mapping

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak

from mailroom.domain.exhibits import sorted_attachments
from mailroom.domain.papers import ClaimPacket
from mailroom.reports import RenderedPaper
from mailroom.reports.about import about
from mailroom.reports.claim_case import Case
from mailroom.reports.claim_declaration import declaration
from mailroom.reports.claim_exhibits import exhibits
from mailroom.reports.claim_index import index
from mailroom.reports.claim_letter import letter
from mailroom.reports.claim_statement import statement
from mailroom.reports.claim_summary import summary
from mailroom.reports.claim_words import kind_word
from mailroom.reports.exhibit_files import Blobs, Prepared, prepare
from mailroom.reports.page import Surroundings
from mailroom.reports.produce import Titles, produce
from mailroom.reports.shipment_facts import reference
from mailroom.wording import _
from mailroom.wording.carriers import carrier_and_service, carrier_name


def render(value: ClaimPacket, blobs: Blobs, fineness: float = 1.0) -> RenderedPaper:
    """The packet as PDF; `fineness` 1 shows pictures at 200 dots an inch."""
    files = prepare(sorted_attachments(value.attachments), blobs, fineness=fineness)
    return produce("claim_packet", value, lambda: _titles(value), lambda *given: _story(value, *given), files)


def _titles(value: ClaimPacket) -> Titles:
    claim, shipment = value.claim, value.row.shipment
    number = shipment.shown_number or reference(shipment)
    kind = _("Claim for {kind}").format(kind=kind_word(claim.kind))
    footer = _("Claim {claim} · {reference}").format(claim=claim.number, reference=reference(shipment))
    if claim.carrier_case_number:
        footer = _("{footer} · Carrier’s case {case}").format(footer=footer, case=claim.carrier_case_number)
    return Titles(
        title=f"{kind} {value.head.number}",  # a packet issued again has a count behind the claim's number
        later=" · ".join(part for part in (kind, carrier_and_service(shipment), number) if part),
        footer=footer,
        number=value.head.number,
    )


def _story(value: ClaimPacket, around: Surroundings, files: Mapping[str, Prepared]) -> list[Flowable]:
    case = Case(value, around, files)
    purpose = value.head.purpose or _("Claim for {kind} to be filed with {carrier}.").format(
        kind=kind_word(value.claim.kind), carrier=carrier_name(value.row.shipment.carrier) or _("the carrier")
    )
    return [
        NextPageTemplate("later"),
        *letter(case),
        PageBreak(),
        *summary(case),
        PageBreak(),
        *index(case),
        PageBreak(),
        *statement(case),
        *exhibits(case),
        NextPageTemplate("later"),
        PageBreak(),
        *(declaration(case) if value.claim.declaration else []),
        about(around, purpose),
    ]
