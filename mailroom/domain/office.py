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
