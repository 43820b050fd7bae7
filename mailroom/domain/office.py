"""What an office keeps lists of: departments and accounts, meters, mail runs, and its own address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailroom.domain.money import Money


@dataclass(frozen=True, slots=True)
class Account:
    """A node of the tree of accounts; the first level (no parent) is a department."""

    id: str
    name: str
    parent_id: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A franking machine as the office calls it, with its maker's serial."""

    id: str
    name: str
    serial: str = ""
    maker: str = ""


@dataclass(frozen=True, slots=True)
class MeterReading:
    """A meter's registers at a moment: used (ascending), available (descending), pieces."""

    id: str
    meter_id: str
    read_at: datetime
    used: Money
    available: Money
    pieces: int


class RunState(StrEnum):
    """Where a mail run stands."""

    OPEN = "open"
    PAUSED = "paused"  # nothing is put into it until it is taken up again
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class MailRun:
    """What is handed over together, such as the afternoon pick-up."""

    id: str
    name: str
    state: RunState
    opened_at: datetime
    carrier: str = ""
    closed_at: datetime | None = None


class Signed(StrEnum):
    """How a hand-over was signed for."""

    NOT = ""
    DRAWN = "drawn"  # on the screen
    PAPER = "paper"  # and scanned back


@dataclass(frozen=True, slots=True)
class HandOver:
    """What a carrier took out of a run: when, who, how many, and what was signed."""

    id: str
    handed_at: datetime  # aware UTC
    pieces: int
    carrier: str = ""
    driver: str = ""
    signed: Signed = Signed.NOT
    signature: str = ""  # SHA-256 of the picture or the scanned paper
    note: str = ""
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """A run and what is in it: pieces by carrier, service and department, the most first."""

    run: MailRun
    pieces: int
    by_carrier: tuple[tuple[str, int], ...] = ()
    by_service: tuple[tuple[str, int], ...] = ()  # the carrier's words; empty for none
    by_department: tuple[tuple[str, int], ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    asked: int = 0  # readings since it was opened that are still to decide


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Settings of the office, kept as commands with history; empty text means not given yet."""

    name: str = ""
    address: tuple[str, ...] = ()
    contact: str = ""  # telephone and e-mail as printed in the head of a paper
    country: str = "US"
    zone: str = ""  # IANA name; empty: the computer's own
    currency: str = "USD"
    carriers: tuple[str, ...] = ()  # enabled carriers; empty: those that serve the office's country
    page_size: str = "Letter"  # or A4
    language: str = "en"
