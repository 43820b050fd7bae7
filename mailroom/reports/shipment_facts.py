"""The facts of a shipment as every paper prints them: numbers, service, mailing, addressee, weight and postage."""

from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from mailroom.domain.mailing_book import acceptance_proof
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimPacket, ProofOfDelivery
from mailroom.domain.sheets import ProofRequest
from mailroom.domain.shipment import NumberRole, Party, PostageProof, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.reports import barcode
from mailroom.reports.elements import facts
from mailroom.reports.fonts import REGULAR
from mailroom.reports.history import History, whose
from mailroom.reports.text import Markup, bold, fill, glued, italic, joined, safe
from mailroom.wording import _, mark
from mailroom.wording.attachments import acceptance_text, acceptance_word
from mailroom.wording.carriers import carrier_name
from mailroom.wording.moments import money, office_time, short_day

Paper = ProofOfDelivery | ClaimPacket | ProofRequest
Pairs = list[tuple[str, str]]

_ROLES = {
    NumberRole.PARTNER: mark("Partner’s number"),
    NumberRole.RETURN_RECEIPT: mark("Return receipt number"),
    NumberRole.CUSTOMER: mark("Customer’s number"),
    NumberRole.INTERNAL: mark("Our label number"),
    NumberRole.IMPRINT: mark("Number of the imprint"),
}
_PROOFS = {
    PostageProof.METER: mark("meter imprint, which does not prove acceptance"),
    PostageProof.STAMP: mark("stamps, which do not prove acceptance"),
    PostageProof.ONLINE: mark("online label record"),
    PostageProof.DIGITAL: mark("digital receipt"),
}
_LONG_FACT = 600  # characters: never beside the bars
_SIGNATURE_WORDS = ("signature", "certified", "registered", "return receipt", "restricted", "adult", "express")


def zone_of(paper: Paper) -> ZoneInfo:
    """The office's zone."""
    return ZoneInfo(paper.head.zone)


def reference(shipment: Shipment) -> str:
    """What head and footer call the shipment by: its tracking number, else the number of our own label."""
    if shipment.tracking_number:
        return _("Tracking {number}").format(number=shipment.tracking_number)
    if shipment.shown_number:
        return _("Our label number {number}").format(number=shipment.shown_number)
    return _("No tracking number")


def tracking_number(shipment: Shipment) -> Markup:
    """The number unbroken and bold, or that there is none."""
    return bold(shipment.tracking_number) if shipment.tracking_number else italic(_("No tracking number on record"))


def service(shipment: Shipment) -> Markup:
    """Carrier and service; `not given` where the label told none."""
    name = shipment.service or _("service not on record")
    return fill(_("{carrier} {service}") if shipment.service else _("{carrier}, {service}"), **_named(shipment, name))


def _named(shipment: Shipment, name: str) -> dict[str, str]:
    return {"carrier": carrier_name(shipment.carrier) or _("Carrier not on record"), "service": name}


def names_signature(shipment: Shipment) -> bool:
    """Whether the service on record may include a signature."""
    words = shipment.service.casefold()
    return any(word in words for word in _SIGNATURE_WORDS)


def addressee(party: Party, *, inline: bool = False) -> Markup:
    """Name in bold, then company and address; glued where a line must not break."""
    if party == Party():
        return italic(_("Not on record"))
    lines = [line for line in (party.company, *party.address) if line]
    written = " ".join(party.address)
    tail = glued(" ".join(part for part in (party.region, party.postal_code) if part and part not in written))
    place = [part for part in (party.city, tail, party.country) if part and part not in written]
    if place:
        lines.append(", ".join(place))
    name = bold(party.name) if party.name else Markup("")
    if inline:
        return joined([name, *(safe(line) for line in lines)], ", ")
    return joined([name, *(safe(line) for line in lines)], "<br/>")


def mailed(paper: Paper, history: History) -> Markup:
    """The day of mailing and what proves it; only a carrier's acceptance is called one."""
    shipment, language = paper.row.shipment, paper.head.language
    accepted = next((one for one in history.tracked if one.status is Status.ACCEPTED), None)
    if accepted is not None:
        day = short_day(accepted.happened.local.date(), language)
        if accepted.source is EventSource.CARRIER:
            return fill(_("{day} (acceptance event, {label})"), day=day, label=history.label(accepted))
        told = fill(
            _("{day} (acceptance according to {whose}, {label})"),
            day=day,
            whose=whose(accepted, shipment),
            label=history.label(accepted),
        )
        return told
    if shipment.fields.mailed_on is not None:
        day = short_day(shipment.fields.mailed_on, language)
        return fill(_("{day}, as entered by the sender; no acceptance event on record"), day=day)
    recorded = office_time(shipment.recorded_at, paper.head.zone, language)
    return fill(_("No mailing date on record; put on record {moment}"), moment=recorded)


def acceptance(paper: Paper, *, short: bool = False) -> Markup:
    """The grade of the proof that the carrier took the piece, and, unless `short`, what it is worth."""
    proof = acceptance_proof(paper.row.shipment, paper.attachments, paper.events)
    return safe(acceptance_word(proof) if short else acceptance_text(proof))


def weight_and_postage(paper: ProofOfDelivery | ClaimPacket) -> Markup:
    """Weight, postage with its meter, department; each said to be missing where it is."""
    shipment, language = paper.row.shipment, paper.head.language
    fields = shipment.fields
    parts = [str(fields.weight) if fields.weight is not None else _("weight not on record")]
    has_postage = bool(paper.postage_lines) or shipment.postage != Money(0, shipment.postage.currency)
    postage = money(shipment.postage, language) if has_postage else _("postage not on record")
    if has_postage and "postage" in fields.from_imprint:
        postage = _("{postage} as read from the imprint").format(postage=postage)
    parts.append(postage)
    if paper.row.meter:
        parts.append(_("meter {name}").format(name=paper.row.meter))
    if fields.proof_of_postage is not None:
        parts.append(_(_PROOFS[fields.proof_of_postage]))
    if paper.row.department:
        parts.append(_("department {name}").format(name=paper.row.department))
    return safe(" · ".join(parts))


def other_numbers(shipment: Shipment) -> Pairs:
    """The shipment's other numbers by what they are for."""
    return [
        (_(_ROLES[one.role]), fill("{number}, {carrier}", number=one.number, carrier=carrier_name(one.carrier)))
        for one in shipment.numbers
        if one.role in _ROLES and one.number != shipment.tracking_number
    ]


def with_bars(pairs: Pairs, number: str, width: float, beside_height: float = 250.0) -> list[Flowable]:
    """Facts with the bars beside them; what is longer than `beside_height` goes full width below."""
    bars = barcode.beside(number, width * 0.335)
    if bars is None:
        wide = barcode.below(number, width)
        return [facts(pairs, width), *([Spacer(1, 8), wide] if wide is not None else [])]
    narrow = width * 0.65
    first = next((at for at, pair in enumerate(pairs) if len(pair[1]) >= _LONG_FACT), len(pairs))
    left = facts(pairs[:first], narrow)
    beside = first
    if left.wrap(narrow, 10_000)[1] > beside_height:
        beside, room = 0, beside_height
        for pair in pairs[:first]:
            room -= facts([pair], narrow).wrap(narrow, 10_000)[1]
            if room < 0:
                break
            beside += 1
        left = facts(pairs[:beside], narrow)
    if beside == 0:
        return [bars, Spacer(1, 6), facts(pairs, width)]
    after = pairs[beside:]
    both = Table([[left, bars]], colWidths=[narrow, width - narrow])
    commands = [
        ("FONT", (0, 0), (-1, -1), REGULAR, 8.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("ALIGN", (1, 0), (1, 0), "RIGHT"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    both.setStyle(TableStyle(commands))
    return [both, *([facts(after, width, goes_on=True)] if after else [])]
