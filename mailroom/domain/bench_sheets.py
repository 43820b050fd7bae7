"""What the sheets of the bench print: command bar codes, badges."""

from dataclasses import dataclass
from datetime import date

from mailroom.domain.bench_codes import BenchKind
from mailroom.domain.papers import OfficeHead


@dataclass(frozen=True, slots=True)
class BenchSign:
    """One command on the sheet: what it does, the name it does it with, its payload."""

    kind: BenchKind
    name: str
    payload: str


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """The sheet of an office's command bar codes; `page_size` is Letter or A4."""

    office: OfficeHead
    signs: tuple[BenchSign, ...]
    printed_on: date
    page_size: str
    language: str


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """A badge: whose it is, and its payload."""

    name: str
    payload: str
