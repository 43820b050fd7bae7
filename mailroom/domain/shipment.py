"""The outgoing item on record and what belongs to it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mailroom.domain.customs import CustomsLine
from mailroom.domain.indicium import Indicium
from mailroom.domain.money import Money
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.status import FINAL, Status
from mailroom.domain.times import CarrierTime
from mailroom.domain.weights import Weight

REUSE_DAYS = 45  # after these the same number on a final shipment is a new piece: carriers reuse numbers


class NumberRole(StrEnum):
    """What a number of a shipment is for."""

    PRIMARY = "primary"
    PARTNER = "partner"
    RETURN_RECEIPT = "return_receipt"
    CUSTOMER = "customer"
    INTERNAL = "internal"
    IMPRINT = "imprint"  # what tells one imprint of a franking machine from every other


@dataclass(frozen=True, slots=True)
class ShipmentNumber:
    """One number of a shipment in its carrier's own form, and the check it passed."""

    number: str
    carrier: str
    role: NumberRole
    check: Check


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or recipient. `address` holds the lines below the name as given; country is ISO 3166 alpha-2.

    Where `city` is given, `address` holds the street lines alone; `region` is the state or province, as written.
    """

    name: str = ""
    company: str = ""
    address: tuple[str, ...] = ()
    postal_code: str = ""
    country: str = ""
    contact: str = ""  # telephone or e-mail, for a redelivery
    city: str = ""
    region: str = ""


class LineKind(StrEnum):
    """What a line of postage is; a correction is a line too, never an edit."""

    POSTAGE = "postage"
    FEE = "fee"
    SURCHARGE = "surcharge"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class PostageLine:
    """One line of money of a shipment. Their sum is its postage."""

    id: str
    kind: LineKind
    money: Money
    recorded_at: datetime
    meter_id: str = ""
    account_id: str = ""
    indicium: str = ""
    note: str = ""


SAME_PIECE_DAYS = 45  # after its record; a number that is read again later is taken for a new piece's


class PromiseBasis(StrEnum):
    """Who says when it should arrive; one never silently replaces the other."""

    CARRIER = "carrier"  # its own interface
    FILE = "file"  # an imported file that says so
    RULE = "rule"
    USER = "user"


class PostageProof(StrEnum):
    """What shows that postage was paid."""

    METER = "meter"
    STAMP = "stamp"
    ONLINE = "online"
    DIGITAL = "digital"


@dataclass(frozen=True, slots=True)
class PieceFields:
    """What a clerk adds to a piece, all optional; texts are kept as typed, money and weight are exact.

    `department`, `run` and `meter` are names as a person uses them; an unknown one is added to its list.
    """

    recipient: Party = Party()
    sender: Party = Party()
    order: str = ""
    department: str = ""
    account: str = ""
    run: str = ""
    meter: str = ""
    service: str = ""  # what the clerk chose, when it is not to come from the label
    carrier: str = ""  # decides between candidates that share a number format
    postage: Money | None = None
    declared_value: Money | None = None
    insured_value: Money | None = None
    invoice_amount: Money | None = None
    weight: Weight | None = None
    dimensions: tuple[Decimal, Decimal, Decimal] | None = None
    dimension_unit: str = ""  # in or cm
    mailed_on: date | None = None
    promised_on: date | None = None  # by the user; a carrier's own date comes with its events
    deadline: CarrierTime | None = None
    deadline_note: str = ""  # what is at stake
    classification: str = ""  # perishable, fragile …
    contents: str = ""
    hs_code: str = ""
    proof_of_postage: PostageProof | None = None
    note: str = ""
    contact_id: str = ""  # the entry of the address book that the recipient was taken from
    requester: str = ""  # who asked for it to be sent
    requester_email: str = ""
    requester_opt_out: bool = False  # wants no message about it
    customs: tuple[CustomsLine, ...] = ()
    imprint: Indicium | None = None  # as read from the label; never typed
    from_imprint: tuple[str, ...] = ()  # which of these fields the imprint filled, such as `postage`


@dataclass(frozen=True, slots=True)
class Shipment:
    """The head of a shipment as it stands now; rebuilt from its commands at any time."""

    id: str
    version: int
    carrier: str
    tracking_number: str  # the primary number in the carrier's own form; empty for none
    check: Check
    service: str
    service_code: str
    status: Status
    status_at: CarrierTime | None
    recorded_at: datetime
    recorded_by: str  # the operator's name
    recorded_by_id: str
    desk: str
    destination: Destination
    fields: PieceFields
    postage: Money
    numbers: tuple[ShipmentNumber, ...] = ()
    promised_on: date | None = None  # the date to go by, see promise_basis
    promise_basis: PromiseBasis | None = None
    revised_on: date | None = None
    delay_reason: str = ""
    last_event_text: str = ""
    last_event_place: str = ""
    last_event_at: CarrierTime | None = None
    number_reused: bool = False
    withdrawn: bool = False  # undone: kept on record, in no list and no figure
    unsure: bool = False  # only an e-mail tells the status, and anybody can write one

    @property
    def shown_number(self) -> str:
        """What it goes by: its tracking number, else the number of our own label."""
        own = (one.number for one in self.numbers if one.role is NumberRole.INTERNAL)
        return self.tracking_number or next(own, "")

    @property
    def final(self) -> bool:
        """Whether nothing more is expected of it."""
        return self.status in FINAL
