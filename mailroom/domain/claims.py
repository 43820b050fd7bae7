"""A demand for money, the documents behind it, the carrier's rule and the days in which it can be filed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailroom.domain.money import Money, total

CLOSING_DAYS = 14  # a window counts as closing with fewer days left than these: its last fourteen, the last included


class ClaimKind(StrEnum):
    """What happened to the goods: not arrived, arrived damaged, arrived with contents missing."""

    LOSS = "loss"
    DAMAGE = "damage"
    MISSING = "missing"


class ClaimLineKind(StrEnum):
    """What a line of the amount is for; discount and depreciation are negative lines."""

    CONTENTS = "contents"
    DISCOUNT = "discount"
    DEPRECIATION = "depreciation"
    REPAIR = "repair"
    POSTAGE = "postage"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the statement of amount; `amount` is what counts, with its sign, `proof` names exhibits."""

    text: str
    amount: Money
    kind: ClaimLineKind = ClaimLineKind.CONTENTS
    quantity: int | None = None
    unit_price: Money | None = None
    less: Money | None = None
    proof: str = ""


class ExhibitTitle(StrEnum):
    """The kinds of document behind a claim, in the order of their letters A to I."""

    PROOF_OF_MAILING = "proof_of_mailing"
    PROOF_OF_INSURANCE = "proof_of_insurance"
    PROOF_OF_VALUE = "proof_of_value"
    TRACKING_HISTORY = "tracking_history"
    PHOTOGRAPHS = "photographs"
    CONTACT_LOG = "contact_log"
    RECIPIENT_STATEMENT = "recipient_statement"
    CUSTOMS_PAPERS = "customs_papers"
    OTHER_PAPERS = "other_papers"


LETTERS: dict[ExhibitTitle, str] = dict(zip(ExhibitTitle, "ABCDEFGHI", strict=True))


class ExhibitStatus(StrEnum):
    """Whether a document is there; a missing one always says why."""

    PRESENT = "present"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A kind of document with its letter; `missing_because` is as typed, empty when nobody typed a reason."""

    letter: str
    title: ExhibitTitle
    status: ExhibitStatus
    missing_because: str = ""
    attachment_ids: tuple[str, ...] = ()
    required: bool = False  # by the rule, or by the kind of claim where no rule is on record


class RuleDocument(StrEnum):
    """What a carrier's rule asks for, by code."""

    CLAIM_FORM = "claim_form"
    PROOF_OF_MAILING = "proof_of_mailing"
    PROOF_OF_INSURANCE = "proof_of_insurance"
    PROOF_OF_VALUE = "proof_of_value"
    TRACKING_HISTORY = "tracking_history"
    PHOTOGRAPHS = "photographs"
    REPAIR_ESTIMATE = "repair_estimate"
    CONTACT_LOG = "contact_log"
    RECIPIENT_STATEMENT = "recipient_statement"
    CUSTOMS_PAPERS = "customs_papers"
    GOODS_DESCRIPTION = "goods_description"
    SERIAL_NUMBERS = "serial_numbers"
    KEEP_GOODS = "keep_goods"


class Clock(StrEnum):
    """Which day counts as day 0."""

    MAILING = "mailing"
    DELIVERY = "delivery"
    EXPECTED = "expected"


class Confidence(StrEnum):
    """How sure a rule is; shown inside the office only, never in what a carrier gets."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One rule of a carrier. Days count from the clock date (day 0); none means no such bound is known.

    `services` are alternatives, each a set of words that must all occur; `without` are words that must not.
    """

    id: str
    carrier: str
    title: str  # what it covers, in the carrier's terms
    services: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    kind: ClaimKind
    clock: Clock
    earliest_day: int | None
    latest_day: int | None
    appeal_days: int | None
    included_cover: Money | None  # without paying more; zero: the service has no cover of its own
    documents: tuple[RuleDocument, ...]
    source: str
    appeal_source: str
    confidence: Confidence
    effective_from: date | None
    effective_to: date | None
    checked_on: date

    @property
    def as_of(self) -> date:
        """The day that stands beside its deadlines: from which it holds, else on which it was looked up."""
        return self.effective_from or self.checked_on

    @property
    def no_cover(self) -> bool:
        """Whether the service pays nothing of its own."""
        return self.included_cover is not None and self.included_cover.mills == 0


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change of a rule by the office; `rule` is none where it went back to what ships with the program."""

    rule_id: str
    rule: ClaimRule | None
    note: str
    changed_at: datetime  # aware UTC
    changed_by: str  # the operator's name


class WindowState(StrEnum):
    """Where a day lies in the filing window."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSING = "closing"
    MISSED = "missed"


class DayBasis(StrEnum):
    """What day 0 rests on."""

    ACCEPTANCE_EVENT = "acceptance_event"
    DELIVERY_EVENT = "delivery_event"
    EXPECTED_DATE = "expected_date"
    MAILING_DATE = "mailing_date"  # as entered by the sender
    FIRST_EVENT = "first_event"  # the oldest tracking event: the piece was put on record later
    RECORDED = "recorded"  # the day it was put on record: no mailing date is known


@dataclass(frozen=True, slots=True)
class ClaimWindow:
    """The days in which a claim can be filed, both included; `starts_on` is day 0 and `basis` what it rests on."""

    starts_on: date
    clock: Clock
    basis: DayBasis
    opens_on: date | None
    last_on: date | None

    def day_number(self, day: date) -> int:
        """Days after day 0."""
        return (day - self.starts_on).days

    def days_left(self, day: date) -> int | None:
        """Days from `day` to the last one, negative when it has passed; none without a last day."""
        return None if self.last_on is None else (self.last_on - day).days

    def state(self, day: date) -> WindowState:
        """Whether a claim can be filed on `day`."""
        if self.opens_on is not None and day < self.opens_on:
            return WindowState.NOT_OPEN
        left = self.days_left(day)
        if left is None:
            return WindowState.OPEN
        if left < 0:
            return WindowState.MISSED
        return WindowState.CLOSING if left < CLOSING_DAYS else WindowState.OPEN


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was handed in with a claim and is no use: its name, the exhibit it was for, and the error."""

    name: str
    letter: str  # empty: nobody said for which
    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is made. `amount` is what is demanded and printed as given, whatever the lines add up to."""

    number: str  # such as CLM-2026-A0007
    kind: ClaimKind
    amount: Money
    lines: tuple[ClaimLine, ...] = ()
    description: str = ""  # what happened, as typed by the claimant
    remedy: str = ""  # as typed; empty: payment of the amount
    payee: str = ""  # empty: the office
    insurer: str = ""  # id of who covers the goods in the carrier's place; empty: the carrier
    carrier_case_number: str = ""
    addressed_to: tuple[str, ...] = ()  # empty: the carrier's claims department
    reply_to: str = ""  # empty: who issued the packet, at the office's contact
    left_out: str = ""  # what is not claimed on purpose, as typed
    missing_because: tuple[tuple[str, str], ...] = ()  # (exhibit letter, reason as typed)
    not_applicable: tuple[str, ...] = ()  # letters of exhibits that a person said do not apply
    declaration: bool = True  # whether the page under penalty of perjury is in it
    refused: tuple[RefusedFile, ...] = ()

    def sum_of(self, *kinds: ClaimLineKind) -> Money:
        """The sum of the lines of these kinds; of all lines without kinds."""
        chosen = [line.amount for line in self.lines if not kinds or line.kind in kinds]
        return total(chosen, self.amount.currency)

    def why_missing(self, letter: str) -> str:
        """The typed reason for a missing exhibit, or nothing."""
        return dict(self.missing_because).get(letter, "")


GOODS_LINES = (
    ClaimLineKind.CONTENTS,
    ClaimLineKind.DISCOUNT,
    ClaimLineKind.DEPRECIATION,
    ClaimLineKind.REPAIR,
    ClaimLineKind.OTHER,
)
