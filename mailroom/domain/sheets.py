"""Data sheets: what is typed into somebody else's form, and what a day of the desk came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailroom.domain.documents import Attachment
from mailroom.domain.money import Money
from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.domain.register import ShipmentRow
from mailroom.domain.timeline import TimelineEvent


class SheetKind(StrEnum):
    """Whose form the data is for."""

    SEARCH = "search_sheet"  # a search for a missing piece, as carriers ask for it
    CUSTOMS = "customs_sheet"  # a customs declaration


@dataclass(frozen=True, slots=True)
class ShipmentSheet:
    """Everything that a data sheet about one shipment prints."""

    head: PaperHead
    office: OfficeHead
    kind: SheetKind
    row: ShipmentRow
    events: tuple[TimelineEvent, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class ProofWanted(StrEnum):
    """What a carrier is asked for when the proof of a delivery is not on file."""

    TIME = "time"
    SIGNATURE = "signature"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """Everything that a request to a carrier prints; purpose, who asks and until when stand in the head."""

    head: PaperHead
    office: OfficeHead
    row: ShipmentRow
    wanted: tuple[ProofWanted, ...]
    account: str = ""  # the office's number with the carrier
    events: tuple[TimelineEvent, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class RunManifest:
    """Everything that the manifest of a run prints, its pieces in the order they were put on record."""

    head: PaperHead
    office: OfficeHead
    run: str
    day: date
    rows: tuple[ShipmentRow, ...]
    handed_to: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """Pieces of one group, such as a carrier or a department, and their postage by currency."""

    name: str
    pieces: int
    postage: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of one desk's log: whoever keeps this can tell later whether the log was cut or written anew."""

    desk: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class DayEnd:
    """What was put on record on one day of the office's zone, and where the log stood when this was printed."""

    head: PaperHead
    office: OfficeHead
    day: date
    by_carrier: tuple[DayLine, ...]
    by_department: tuple[DayLine, ...]
    by_run: tuple[DayLine, ...]
    by_meter: tuple[DayLine, ...]
    total: DayLine
    without_postage: int
    chain: tuple[ChainHead, ...]
    unused: tuple[str, ...] = ()  # numbers of papers that were given out and not issued


def grouped_lines(pairs: Iterable[tuple[str, Money]]) -> tuple[DayLine, ...]:
    """Pieces and postage by name; the group without a name comes last."""
    groups: dict[str, list[Money]] = {}
    for name, postage in pairs:
        groups.setdefault(name, []).append(postage)
    ordered = sorted(groups.items(), key=lambda one: (not one[0], one[0].casefold()))
    return tuple(DayLine(name, len(amounts), summed(amounts)) for name, amounts in ordered)


def summed(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """The sums by currency, without those that are nothing."""
    sums: dict[str, int] = {}
    for one in amounts:
        sums[one.currency] = sums.get(one.currency, 0) + one.mills
    return tuple(Money(mills, currency) for currency, mills in sorted(sums.items()) if mills)
