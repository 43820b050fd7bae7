"""What a carrier is to recognition: number formats, a way to read its 2-D messages, examples that test both.

Patterns are matched whole against the compact text of `scanner_text`: upper case, without blanks, dashes and
parentheses, the group separator kept where the scanner sent one. Named groups:

`number` (needed)  the carrier's own number          `body`, `check`  what the check digit is reckoned over, and it
`postal_code`      where the piece goes               `service`       the carrier's code for the service
"""

from collections.abc import Callable
from dataclasses import dataclass
from re import Match

from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Candidate, Destination, Reason

SEPARATOR = "\x1d"  # GS, which a scanner sends for FNC1 between the parts of a GS1 code
LINEAR = frozenset({Symbology.CODE128, Symbology.CODE39, Symbology.CODABAR, Symbology.ITF})


def _no_name(_code: str) -> str:
    return ""


def _no_doubt(_found: Match[str]) -> Reason | None:
    return None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One form of a carrier's numbers, and what is known of a number that has it."""

    id: str
    pattern: str  # digits as [0-9]: `\\d` would take the digits of other scripts
    lengths: tuple[int, ...]  # of the text without separators
    check: Callable[[str], str] | None = None  # body -> every check character that is right
    must_hold: bool = False  # with a wrong check digit it is not even offered: too many other things look like it
    own_shape: bool = True  # nothing else at a mail desk looks like it; without this and a check digit it is weak
    prefix: str = ""  # what it begins with, for people
    service_name: Callable[[str], str] = _no_name  # service code -> the carrier's name for it, empty if unknown
    service: str = ""  # the service where every number of this format has the same
    country: str = ""  # ISO 3166 alpha-2, of the postal code in the format
    destination: Callable[[Match[str]], Destination] | None = None  # where the groups alone do not tell it
    last_mile: str = ""  # the carrier that delivers: its number on the same label is of the same piece
    doubt: Callable[[Match[str]], Reason | None] = _no_doubt  # why a number that fits is still not recorded unasked
    number_prefix: str = ""  # digits of the number that are not printed in this form
    piece: str = ""  # what stands before the number in `Candidate.piece`; the carrier and a colon unless given
    symbologies: frozenset[Symbology] = frozenset()  # the codes it comes in; in others it is weak; empty: any
    rank: int = 0  # lower leads among candidates that are equally good
    role: str = "primary"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message of ISO/IEC 15434 (`[)>`), as MaxiCode and PDF417 labels carry it: format header and its fields."""

    header: str  # two digits: 01 is transport
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnvelopeContent:
    """What a carrier reads out of an envelope. `partial`: the end of the number, where the whole is not certain."""

    candidate: Candidate | None
    destination: Destination
    partial: str = ""


def _no_envelope(_envelope: Envelope) -> EnvelopeContent | None:
    return None


@dataclass(frozen=True, slots=True)
class Example:
    """A payload and what must come of it. `number` is the payload itself unless given."""

    payload: str
    number: str = ""
    service: str = ""
    postal_code: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Examples:
    """Payloads that are good (or as marked) candidates of the carrier, and payloads that never are."""

    valid: tuple[Example, ...]
    invalid: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Carrier:
    """One carrier: its formats are tried in the order given. Compared by identity, so that indexes can be kept."""

    id: str
    name: str
    formats: tuple[NumberFormat, ...]
    examples: Examples
    countries: frozenset[str] = frozenset()  # ISO 3166 alpha-2 where it collects; empty: anywhere
    tracking_url: str = ""  # a public page, with {number} in it; empty where the carrier has none
    read_envelope: Callable[[Envelope], EnvelopeContent | None] = _no_envelope

    def tracking_link(self, number: str) -> str:
        """The carrier's public page for a number; empty where it has none."""
        return self.tracking_url.format(number=number) if self.tracking_url else ""
