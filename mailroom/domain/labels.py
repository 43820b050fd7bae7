"""Labels of our own for pieces without a carrier's number: what stands on one, and the sheets they are printed on."""

from dataclasses import dataclass
from enum import StrEnum


class LabelSheet(StrEnum):
    """What labels are printed on: 4 by 6 inches from a roll, or sheets by the maker's number of their kind."""

    ROLL_4X6 = "4x6"
    AVERY_5160 = "5160"  # Letter, 30 of 1 by 2 5/8 inches
    AVERY_5163 = "5163"  # Letter, 10 of 2 by 4 inches
    AVERY_L7160 = "L7160"  # A4, 21 of 38.1 by 63.5 mm
    AVERY_L7163 = "L7163"  # A4, 14 of 38.1 by 99.1 mm


@dataclass(frozen=True, slots=True)
class InternalLabel:
    """One label. Texts are ready to print but for cleaning; an empty one is left out."""

    number: str  # with its dashes: MR-2026-A0007-K
    to_lines: tuple[str, ...] = ()
    from_lines: tuple[str, ...] = ()
    department: str = ""
    order: str = ""
    recorded: str = ""  # the day, in the office's zone, ISO
    requester: str = ""
    contents: str = ""
    handling: str = ""  # perishable, fragile …
    imprint: str = ""  # meter and amount as far as they are certain
