"""A file that was taken in, as the list of imports shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PastImport:
    """A file that was taken in, as it is on record. `opened_at` is aware UTC."""

    id: str
    kind: str  # shipments or events
    file_name: str
    state: str  # open, closed, cancelled, undoing or undone
    rows: int  # in the file
    added: int
    known: int
    refused: int
    opened_at: datetime
    opened_by: str
