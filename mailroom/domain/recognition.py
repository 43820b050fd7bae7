"""What a reading may mean: ranked candidates, each with its check and a reason in a clerk's words."""

from dataclasses import dataclass, field
from enum import StrEnum

from mailroom.domain.indicium import Indicium
from mailroom.domain.reading import Reading


class Check(StrEnum):
    """Did the number's own check digit hold? `none`: its format has no check digit."""

    OK = "ok"
    NONE = "none"
    BAD = "bad"


class PayloadKind(StrEnum):
    """What a payload is, as the command line prints it."""

    TRACKING = "tracking"
    ROUTING = "routing"
    INDICIUM = "indicium"
    PRODUCT = "product"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a label says the piece goes; `country` is ISO 3166 alpha-2; either may be empty."""

    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate is offered or a payload is not a number: a code and facts that wording makes a sentence of."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One interpretation of a reading.

    `piece` is equal for candidates that name the same number of the same piece (an S10 number of the
    issuing post and of `s10`; the two carriers of Ground Economy): they count as one, and the first one leads.
    On a label with several codes a partner's number or the number of a return receipt card is such a candidate
    too, with its `role`.
    """

    carrier: str
    tracking_number: str  # the carrier's own number, in the carrier's own form, without blanks or dashes
    check: Check
    format: str  # id of the number format, such as `usps_impb`
    piece: str
    service: str = ""
    service_code: str = ""
    weak: bool = False  # nothing but its shape speaks for it, or something else speaks against it: `why` says what
    destination: Destination = Destination()
    why: Reason = Reason("format_fits")
    expected_check: str = ""  # the check character that would hold, where check is bad; two where two rules are in use
    role: str = "primary"  # what the number is for the piece: a value of `shipment.NumberRole`
    reading_index: int = 0  # which of the label's readings gave it

    @property
    def good(self) -> bool:
        """Sound enough to be recorded without a question: check ok, or no check digit but a prefix of its own."""
        return self.check is not Check.BAD and not self.weak


@dataclass(frozen=True, slots=True)
class Recognition:
    """The ranked candidates of one reading, or of all the codes of one label (best first)."""

    readings: tuple[Reading, ...]
    kind: PayloadKind
    candidates: tuple[Candidate, ...] = ()
    destination: Destination = Destination()  # also from a routing code beside the tracking code
    reason: Reason = Reason("not_a_tracking_number")  # why it is no tracking number, where it is none
    text: str = ""  # the payload as matched: cleaned of identifiers, separators and blanks
    indicium: Indicium | None = None  # the imprint of a franking machine on this label

    @property
    def best(self) -> Candidate | None:
        """The best good candidate, or none."""
        for one in self.candidates:
            if one.good:
                return one
        return None


class Verdict(StrEnum):
    """What the bench does with a recognition."""

    RECORD = "record"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict with its reason; `candidate` is the one to record, or the first one to ask about.

    ASK without a candidate: an imprint alone, which may be recorded with a number of our own.
    """

    verdict: Verdict
    reason: Reason
    candidate: Candidate | None = None
    choices: tuple[Candidate, ...] = field(default=())
