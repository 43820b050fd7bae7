"""A claim on record from its opening to its end: what is claimed, where it stands, what may come next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.money import Money, total

MOST_APPEALS = 2


class ClaimState(StrEnum):
    """Where a claim stands, in the order of its life."""

    PREPARING = "preparing"
    READY = "ready"
    FILED = "filed"
    DOCUMENTS_ASKED = "documents_asked"
    APPROVED = "approved"
    PART = "part"  # approved in part
    DENIED = "denied"
    APPEAL_1 = "appeal_1"
    APPEAL_2 = "appeal_2"
    PAID = "paid"
    CLOSED = "closed"


BEFORE_FILING = frozenset({ClaimState.PREPARING, ClaimState.READY})
DECIDED = frozenset({ClaimState.APPROVED, ClaimState.PART, ClaimState.DENIED})
APPEALS = {ClaimState.APPEAL_1: 1, ClaimState.APPEAL_2: 2}
ENDED = frozenset({ClaimState.PAID, ClaimState.CLOSED})

_DECISIONS = (ClaimState.APPROVED, ClaimState.PART, ClaimState.DENIED)
_NEXT: dict[ClaimState, tuple[ClaimState, ...]] = {
    ClaimState.PREPARING: (ClaimState.READY, ClaimState.FILED, ClaimState.CLOSED),
    ClaimState.READY: (ClaimState.FILED, ClaimState.PREPARING, ClaimState.CLOSED),
    ClaimState.FILED: (ClaimState.DOCUMENTS_ASKED, *_DECISIONS, ClaimState.CLOSED),
    ClaimState.DOCUMENTS_ASKED: (ClaimState.FILED, *_DECISIONS, ClaimState.CLOSED),
    ClaimState.APPROVED: (ClaimState.PAID, ClaimState.CLOSED),
    ClaimState.PART: (ClaimState.PAID, ClaimState.CLOSED),
    ClaimState.DENIED: (ClaimState.CLOSED,),
    ClaimState.APPEAL_1: (*_DECISIONS, ClaimState.CLOSED),
    ClaimState.APPEAL_2: (*_DECISIONS, ClaimState.CLOSED),
    ClaimState.PAID: (ClaimState.CLOSED,),
    ClaimState.CLOSED: (),
}
_MAY_BE_APPEALED = frozenset({ClaimState.PART, ClaimState.DENIED})


class Remedy(StrEnum):
    """What is asked of the carrier."""

    PAY = "pay"
    REFUND = "refund"  # of the postage
    RESHIP = "reship"


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One kind of goods; `less` is its depreciation or discount, `repair` what mending costs instead of replacing."""

    description: str
    quantity: int
    unit_value: Money
    less: Money | None = None
    repair: Money | None = None

    @property
    def value(self) -> Money:
        """Quantity by unit value, less depreciation."""
        whole = Money(self.unit_value.mills * self.quantity, self.unit_value.currency)
        return whole if self.less is None else whole + -self.less

    @property
    def amount(self) -> Money:
        """What counts: the repair where it is given, else the value."""
        return self.value if self.repair is None else self.repair


class Answer(StrEnum):
    """What a person says of a document on the checklist that is no file of an exhibit's."""

    DONE = "done"
    MISSING = "missing"  # with the reason why
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """A person's answer for one document that the rule asks for; `because` is as typed."""

    document: RuleDocument
    answer: Answer
    because: str = ""


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What a person enters of a claim. `amount` is what is demanded where it is not what the items add up to.

    `photos` pairs a shot of the carrier's photo plan with the id of the attached file that shows it.
    """

    kind: ClaimKind
    items: tuple[ClaimItem, ...] = ()
    postage: Money | None = None
    amount: Money | None = None
    remedy: Remedy = Remedy.PAY
    remedy_note: str = ""  # in a person's own words, printed instead of the remedy's name
    payee: str = ""  # empty: the office
    insurer: str = ""  # id of who covers the goods in the carrier's place; empty: the carrier
    statement: str = ""  # what happened, as typed
    left_out: str = ""
    statement_on: date | None = None  # the day that the recipient's statement bears
    declaration: bool = True
    answers: tuple[ChecklistAnswer, ...] = ()
    photos: tuple[tuple[str, str], ...] = ()

    @property
    def demanded(self) -> Money | None:
        """What is demanded: the amount as given, else the sum of items and postage; none while nothing is entered."""
        return self.amount if self.amount is not None else self.added

    @property
    def added(self) -> Money | None:
        """The sum of items and postage; none while nothing is entered."""
        parts = [one.amount for one in self.items]
        if self.postage is not None and self.postage.mills:
            parts.append(self.postage)
        return total(parts) if parts else None

    def answer_for(self, document: RuleDocument) -> ChecklistAnswer | None:
        """What was said of a document, if anything."""
        return next((one for one in self.answers if one.document is document), None)


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """One step of a claim. `on` is the day it happened (of the office), `made_at` when it was put on record."""

    state: ClaimState
    before: ClaimState
    on: date
    made_at: datetime
    made_by: str  # the operator's name
    reference: str = ""
    note: str = ""
    money: Money | None = None  # approved at a decision, received at a payment


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim as it stands. `expected` is what the carrier granted, else what is demanded; `received` is paid."""

    id: str
    number: str  # such as CLM-2026-A0007
    shipment_id: str
    version: int
    state: ClaimState
    terms: ClaimTerms
    demanded: Money | None
    expected: Money | None
    received: Money | None
    reference: str  # the carrier's own number
    filed_on: date | None
    decided_on: date | None
    appeals: int
    reason: str  # the carrier's, at its last decision
    opened_at: datetime
    opened_by: str
    changed_at: datetime

    @property
    def ended(self) -> bool:
        """Whether nothing more is to come."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as lists show it, with what they need of its shipment."""

    claim: OpenClaim
    carrier: str
    service: str
    tracking_number: str
    recipient: str
    department_id: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims: all given conditions hold; empty ones do not restrict. Newest opened first."""

    states: tuple[ClaimState, ...] = ()
    shipment_id: str = ""
    carriers: tuple[str, ...] = ()
    text: str = ""  # part of a claim's number, a tracking number, a reference or a recipient
    department_ids: tuple[str, ...] = ()


def next_states(state: ClaimState, appeals: int, *, referenced: bool = False) -> tuple[ClaimState, ...]:
    """What may follow a state after so many appeals; a closed claim goes back to where its reference puts it."""
    if state is ClaimState.CLOSED:
        return (ClaimState.FILED if referenced else ClaimState.PREPARING,)
    following = _NEXT[state]
    if state in _MAY_BE_APPEALED and appeals < MOST_APPEALS:
        return (ClaimState.APPEAL_1 if appeals == 0 else ClaimState.APPEAL_2, *following)
    return following


STEPS: Mapping[ClaimState, int] = {
    ClaimState.PREPARING: 0,
    ClaimState.READY: 1,
    ClaimState.FILED: 2,
    ClaimState.DOCUMENTS_ASKED: 3,
    ClaimState.APPROVED: 4,
    ClaimState.PART: 4,
    ClaimState.DENIED: 4,
    ClaimState.APPEAL_1: 5,
    ClaimState.APPEAL_2: 5,
    ClaimState.PAID: 6,
    ClaimState.CLOSED: 6,
}
