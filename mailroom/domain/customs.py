"""What a customs form says of the contents: one line an article."""

import re
from dataclasses import dataclass

from mailroom.domain.money import Money
from mailroom.domain.weights import Weight

# Six digits are the world's own code; countries add up to four (rule of the US Postal Service since 2025-09-01).
_HS_CODE = re.compile(r"[0-9]{6,10}")


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """One article: `hs_code` is digits without points, `origin` the country it was made in (ISO 3166 alpha-2)."""

    description: str
    quantity: int = 1
    value: Money | None = None  # of all pieces of this line together
    weight: Weight | None = None  # net, of all pieces together
    hs_code: str = ""
    origin: str = ""


def is_hs_code(text: str) -> bool:
    """Whether a text is a tariff code of six to ten digits; points and blanks between them do not count."""
    return bool(_HS_CODE.fullmatch(plain_hs_code(text)))


def plain_hs_code(text: str) -> str:
    """The code without the points and blanks that people write into it."""
    return text.replace(".", "").replace(" ", "")
