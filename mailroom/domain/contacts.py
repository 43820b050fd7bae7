"""The address book: people and companies that mail is sent to, or that ask for it to be sent."""

from dataclasses import dataclass
from datetime import datetime

from mailroom.domain.folding import fold
from mailroom.domain.shipment import Party


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry. `used_at` is the moment (aware UTC) of the last piece that was sent to it, none for never."""

    id: str
    party: Party
    email: str = ""
    note: str = ""
    uses: int = 0
    used_at: datetime | None = None
    version: int = 1


def same_place(party: Party) -> str:
    """What two entries of one person at one place have in common: name, company and postal code, folded."""
    code = "".join(party.postal_code.split()).replace("-", "")[:5]
    return "\n".join((fold(party.name), fold(party.company), fold(code)))
