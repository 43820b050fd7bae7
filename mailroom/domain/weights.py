"""Weight as given: an exact amount and its unit, never converted in the record."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mailroom.errors import MailroomError

_ONE_UNIT = re.compile(r"(\d{1,7}(?:\.\d{1,4})?)\s*(oz|lb|g|kg)", re.ASCII)
_POUNDS_OUNCES = re.compile(r"(\d{1,5})\s*lb\s+(\d{1,2}(?:\.\d{1,4})?)\s*oz", re.ASCII)


class WeightUnit(StrEnum):
    """Units a scale shows: ounce, pound, gram, kilogram."""

    OZ = "oz"
    LB = "lb"
    G = "g"
    KG = "kg"


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as it was given; `amount` is exact, `unit` is the one given."""

    amount: Decimal
    unit: WeightUnit

    def __str__(self) -> str:
        if self.unit is WeightUnit.OZ and self.amount >= 16:
            pounds = int(self.amount // 16)
            return f"{pounds} lb {_plain(self.amount - 16 * pounds)} oz"
        return f"{_plain(self.amount)} {self.unit}"


def parse_weight(text: str) -> Weight:
    """Read `1.4 oz`, `1 lb 6 oz`, `350 g`, `2.5 kg`. Raises `bad_weight`, for a number without a unit too."""
    cleaned = " ".join(text.lower().split())
    if both := _POUNDS_OUNCES.fullmatch(cleaned):
        ounces = Decimal(both[1]) * 16 + Decimal(both[2])
        weight = Weight(ounces, WeightUnit.OZ)
    elif one := _ONE_UNIT.fullmatch(cleaned):
        weight = Weight(Decimal(one[1]), WeightUnit(one[2]))
    else:
        raise MailroomError("bad_weight", text=text)
    if weight.amount <= 0:
        raise MailroomError("bad_weight", text=text)
    return weight


def _plain(amount: Decimal) -> str:
    text = f"{amount.normalize():f}"
    return text
