"""What lists and pages of the record hand out: frozen answers to queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailroom.domain.documents import Attachment, Document
from mailroom.domain.shipment import PostageLine, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import TimelineEvent


@dataclass(frozen=True, slots=True)
class ShipmentFilter:
    """Which shipments: all given conditions hold; empty ones do not restrict. Newest recorded first."""

    text: str = ""  # any part of a number, name, order, department or note; one or two characters by prefix
    statuses: tuple[Status, ...] = ()
    carriers: tuple[str, ...] = ()
    department_ids: tuple[str, ...] = ()
    run_id: str = ""
    recorded_from: datetime | None = None  # aware UTC, inclusive
    recorded_to: datetime | None = None  # aware UTC, exclusive


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A shipment as lists show it, with the names of what it belongs to."""

    shipment: Shipment
    department: str = ""
    run: str = ""
    meter: str = ""
    department_id: str = ""
    accepted_on: date | None = None  # of the first event that says the carrier took it
    first_event_on: date | None = None  # of its first tracking event


@dataclass(frozen=True, slots=True)
class ShipmentPage:
    """A stretch of a list; `after` is the key to ask for the next one with, empty at the end."""

    rows: tuple[ShipmentRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentDetail:
    """Everything on record about one shipment; events newest first."""

    row: ShipmentRow
    events: tuple[TimelineEvent, ...]
    postage_lines: tuple[PostageLine, ...]
    attachments: tuple[Attachment, ...]
    documents: tuple[Document, ...]
    older_ids: tuple[str, ...] = ()  # other shipments with the same number, newest first


@dataclass(frozen=True, slots=True)
class Counts:
    """Shipments on record (withdrawn ones are not counted), by status and by carrier."""

    total: int
    by_status: Mapping[Status, int]
    by_carrier: Mapping[str, int]
    capped: bool = False  # counting stopped: there are at least these


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One line of today's readings: what was read, what became of it."""

    command_id: str
    read_at: datetime  # aware UTC
    outcome: str  # recorded, repeated, asked, refused, undone
    raw: str
    reason_code: str
    reason_facts: tuple[tuple[str, str], ...]
    row: ShipmentRow | None  # the shipment it belongs to


@dataclass(frozen=True, slots=True)
class Undoable:
    """One act that can be taken back."""

    command_id: str
    kind: str
    made_at: datetime
    shipment_id: str
    tracking_number: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a check found wrong: a code with facts that wording makes a sentence of."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()
