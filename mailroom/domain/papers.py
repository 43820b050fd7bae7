"""What a paper is made of: the values that reports render. Their texts are the record's own."""

from dataclasses import dataclass
from datetime import date, datetime

from mailroom.domain.claim_clock import FirstStep
from mailroom.domain.claims import Claim, ClaimKind, ClaimRule, ClaimWindow
from mailroom.domain.documents import Attachment
from mailroom.domain.money import Money
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import PostageLine
from mailroom.domain.timeline import TimelineEvent


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """The office as the head of a paper prints it; empty text is "not given", and printed so."""

    name: str = ""
    address: tuple[str, ...] = ()
    contact: str = ""  # telephone and e-mail


@dataclass(frozen=True, slots=True)
class PaperHead:
    """Number, moment and maker of a paper; `issued_at` is aware UTC and shown in `zone` (an IANA name)."""

    number: str
    issued_at: datetime
    zone: str
    issued_by: str
    role: str  # of the person, in words as printed
    language: str = "en"
    page_size: str = "Letter"  # or A4
    purpose: str = ""  # typed by the person who issued it
    purpose_asked_by: str = ""
    needed_by: str = ""
    signed_with: str = ""  # SHA-256 of the certificate whose key signs the finished file; empty: it is not signed


@dataclass(frozen=True, slots=True)
class ProofOfDelivery:
    """Everything a proof-of-delivery report prints; events in any order, withdrawn ones left out."""

    head: PaperHead
    office: OfficeHead
    row: ShipmentRow
    events: tuple[TimelineEvent, ...] = ()
    postage_lines: tuple[PostageLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    certification: str = ""  # the office's own text for a keeper of records; empty: no such page


@dataclass(frozen=True, slots=True)
class ProofBatch:
    """Several proof-of-delivery reports in one paper, each with its own number (`…/2`), in the order printed."""

    head: PaperHead
    office: OfficeHead
    reports: tuple[ProofOfDelivery, ...]
    chosen: str = ""  # how the shipments were chosen, in words as printed
    left_out: tuple[tuple[str, str], ...] = ()  # number asked for, and why it has no report
    files: tuple[tuple[str, str], ...] = ()  # name and SHA-256 of each report where they are files of their own


@dataclass(frozen=True, slots=True)
class ClaimPacket:
    """Everything a claim packet prints; `today` is the office's date when it was made."""

    head: PaperHead
    office: OfficeHead
    row: ShipmentRow
    claim: Claim
    today: date
    events: tuple[TimelineEvent, ...] = ()
    postage_lines: tuple[PostageLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    rule: ClaimRule | None = None
    window: ClaimWindow | None = None
    office_country: str = "US"
    first: tuple[FirstStep, ...] = ()  # what the carrier wants before such a claim


@dataclass(frozen=True, slots=True)
class ClaimListLine:
    """One claim on a list: `state` is a code; money is what was demanded, granted and received."""

    number: str
    carrier: str
    service: str
    tracking_number: str
    recipient: str
    kind: ClaimKind
    state: str
    opened_on: date
    filed_on: date | None = None
    decided_on: date | None = None
    last_on: date | None = None  # to file
    rule_as_of: date | None = None
    reference: str = ""
    reason: str = ""
    claimed: Money | None = None
    granted: Money | None = None
    received: Money | None = None
    packet: str = ""  # number of its packet


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Claims in one paper: those sent together, or (`book`) all of a stretch of days, by carrier and month."""

    head: PaperHead
    office: OfficeHead
    lines: tuple[ClaimListLine, ...]
    book: bool = False
    first_on: date | None = None  # days in which they were opened, both included; none: no bound
    last_on: date | None = None
    note: str = ""  # why they are sent together, as typed
