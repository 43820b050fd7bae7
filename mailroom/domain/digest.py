"""The day's digest: what needs a person, in the order of the work list."""

from dataclasses import dataclass
from datetime import date, datetime

from mailroom.domain.attention import AlertRow
from mailroom.domain.papers import OfficeHead, PaperHead


@dataclass(frozen=True, slots=True)
class AttentionDigest:
    """Everything that the digest prints; `rows` are open alerts, the most urgent first."""

    head: PaperHead
    office: OfficeHead
    day: date
    judged_at: datetime  # aware, in the office's zone
    rows: tuple[AlertRow, ...]
    left_out: int = 0  # alerts beyond those printed
