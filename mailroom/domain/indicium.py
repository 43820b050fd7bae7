"""The imprint of a franking machine as its bar code tells it."""

from dataclasses import dataclass
from datetime import date

from mailroom.domain.money import Money


@dataclass(frozen=True, slots=True)
class Indicium:
    """One imprint. `unconfirmed` names what no published layout settles: with a value it is a guess, never relied on.

    An imprint of the format IBI-Lite has no date at all.
    """

    format: str  # `IBI-Lite`, `IBI` or `IMI`
    meter: str  # maker, model and serial number in one, as printed beside the code; leading zeros may be missing
    piece: int | None = None  # the meter's count of imprints
    postage: Money | None = None
    mailed_on: date | None = None
    unconfirmed: tuple[str, ...] = ()
    key: str = ""  # tells this imprint from every other one, in letters, digits and dashes

    def sure(self, name: str) -> bool:
        """Whether the imprint holds this (`meter`, `piece`, `postage`, `mailed_on`) beyond doubt."""
        return name not in self.unconfirmed and getattr(self, name) not in (None, "")
