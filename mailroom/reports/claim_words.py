"""Words that every part of a claim packet shares: kinds, exhibits, rules, and whom a claim is addressed to."""

from mailroom.domain.claims import ClaimKind, ClaimLineKind, ClaimRule, ClaimWindow, Clock, DayBasis, ExhibitTitle
from mailroom.domain.insurers import INSURERS
from mailroom.domain.papers import ClaimPacket
from mailroom.wording import _, mark
from mailroom.wording.carriers import carrier_name
from mailroom.wording.insurers import insurer_name
from mailroom.wording.moments import long_day

_KINDS = {
    ClaimKind.LOSS: mark("loss"),
    ClaimKind.DAMAGE: mark("damage"),
    ClaimKind.MISSING: mark("missing contents"),
}
_EXHIBITS = {
    ExhibitTitle.PROOF_OF_MAILING: mark("Proof of mailing"),
    ExhibitTitle.PROOF_OF_INSURANCE: mark("Proof of insurance"),
    ExhibitTitle.PROOF_OF_VALUE: mark("Proof of value"),
    ExhibitTitle.TRACKING_HISTORY: mark("Tracking history"),
    ExhibitTitle.PHOTOGRAPHS: mark("Photographs"),
    ExhibitTitle.CONTACT_LOG: mark("Inquiry and contact log"),
    ExhibitTitle.RECIPIENT_STATEMENT: mark("Recipient’s statement"),
    ExhibitTitle.CUSTOMS_PAPERS: mark("Customs papers"),
    ExhibitTitle.OTHER_PAPERS: mark("Other papers"),
}
_LINES = {
    ClaimLineKind.CONTENTS: mark("Contents, not described on record"),
    ClaimLineKind.DISCOUNT: mark("Discount"),
    ClaimLineKind.DEPRECIATION: mark("Depreciation"),
    ClaimLineKind.REPAIR: mark("Repair"),
    ClaimLineKind.POSTAGE: mark("Postage"),
    ClaimLineKind.OTHER: mark("Other"),
}
_CLOCKS = {
    Clock.MAILING: mark("mailing"),
    Clock.DELIVERY: mark("delivery"),
    Clock.EXPECTED: mark("the expected delivery"),
}
_BASES = {
    DayBasis.ACCEPTANCE_EVENT: mark("acceptance event on record"),
    DayBasis.DELIVERY_EVENT: mark("delivery event on record"),
    DayBasis.EXPECTED_DATE: mark("expected date on record"),
    DayBasis.MAILING_DATE: mark("mailing date as entered by the sender"),
    DayBasis.FIRST_EVENT: mark("oldest tracking event; no mailing date on record"),
    DayBasis.RECORDED: mark("day it was put on record; no mailing date on record"),
}
_DAY_ZERO = {
    DayBasis.ACCEPTANCE_EVENT: mark("mailed"),
    DayBasis.DELIVERY_EVENT: mark("delivered"),
    DayBasis.EXPECTED_DATE: mark("expected"),
    DayBasis.MAILING_DATE: mark("mailed"),
    DayBasis.FIRST_EVENT: mark("first event"),
    DayBasis.RECORDED: mark("on record"),
}
_LEGAL_NAMES = {
    "canada_post": "Canada Post Corporation",
    "dhl": "DHL",
    "fedex": "Federal Express Corporation",
    "ups": "United Parcel Service",
    "usps": "United States Postal Service",
}
_PLACES = {
    "usps": mark("Filed at usps.com/help/claims.htm; this packet supports what is entered there"),
}


def kind_word(kind: ClaimKind) -> str:
    """`loss`, `damage`, `missing contents`."""
    return _(_KINDS[kind])


def exhibit_title(title: ExhibitTitle) -> str:
    """The name of a kind of document."""
    return _(_EXHIBITS[title])


def line_word(kind: ClaimLineKind) -> str:
    """What a line without a text of its own is called."""
    return _(_LINES[kind])


def clock_word(clock: Clock) -> str:
    """After what the days count."""
    return _(_CLOCKS[clock])


_STARTS = {
    DayBasis.ACCEPTANCE_EVENT: mark("mailing"),
    DayBasis.DELIVERY_EVENT: mark("delivery"),
    DayBasis.EXPECTED_DATE: mark("the expected delivery"),
    DayBasis.MAILING_DATE: mark("mailing"),
    DayBasis.FIRST_EVENT: mark("the oldest tracking event"),
    DayBasis.RECORDED: mark("the day it was put on record"),
}
_MILESTONES = {
    DayBasis.FIRST_EVENT: mark("Oldest event"),
    DayBasis.RECORDED: mark("Put on record"),
}


def start_word(window: ClaimWindow) -> str:
    """After what the days are counted here: what is on record, which need not be what the rule names."""
    return _(_STARTS[window.basis])


def start_note(window: ClaimWindow) -> str:
    """Why the days are not counted from what the rule names; empty where they are."""
    rests = {
        Clock.MAILING: (DayBasis.ACCEPTANCE_EVENT, DayBasis.MAILING_DATE),
        Clock.DELIVERY: (DayBasis.DELIVERY_EVENT,),
        Clock.EXPECTED: (DayBasis.EXPECTED_DATE, DayBasis.DELIVERY_EVENT),
    }
    if window.basis in rests[window.clock]:
        return ""
    return _("The rule counts from {clock}, which is not on record; the earlier day stands in.").format(
        clock=clock_word(window.clock)
    )


def mailed_word(basis: DayBasis) -> str:
    """What the first of the dates is called: only a day of mailing is called so."""
    return _(_MILESTONES.get(basis, mark("Mailed")))


def basis_text(basis: DayBasis) -> str:
    """What day 0 rests on."""
    return _(_BASES[basis])


def day_zero_word(basis: DayBasis) -> str:
    """Day 0 in a word or two, for the drawing."""
    return _(_DAY_ZERO[basis])


def legal_name(carrier: str) -> str:
    """The carrier as a letter addresses it."""
    return _LEGAL_NAMES.get(carrier, carrier_name(carrier)) or _("the carrier")


def addressed_to(packet: ClaimPacket) -> tuple[str, ...]:
    """The lines a claim is addressed to."""
    if packet.claim.addressed_to:
        return packet.claim.addressed_to
    if packet.claim.insurer:
        return insurer_name(packet.claim.insurer), _("Claims department")
    carrier = packet.row.shipment.carrier
    lines = (legal_name(carrier), _("Claims department"))
    return (*lines, _(_PLACES[carrier])) if carrier in _PLACES else lines


def rule_note(rule: ClaimRule, language: str, *, source: bool = False) -> str:
    """What stands beside every deadline: the date of the rule, and to ask the carrier or the insurer."""
    day = long_day(rule.as_of, language)
    if rule.carrier in INSURERS and source:
        return _("Rule as of {day} ({source}); confirm with the insurer.").format(day=day, source=rule.source)
    if rule.carrier in INSURERS:
        return _("Rule as of {day}; confirm with the insurer.").format(day=day)
    if source:
        return _("Rule as of {day} ({source}); confirm with the carrier.").format(day=day, source=rule.source)
    return _("Rule as of {day}; confirm with the carrier.").format(day=day)


def payee(packet: ClaimPacket) -> str:
    """Who is to be paid."""
    return packet.claim.payee or packet.office.name or _("the sender")
