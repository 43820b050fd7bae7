"""Money in mills (thousandths), because meters print three decimals. No floats, no guessed currency."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mailroom.errors import MailroomError

_LARGEST = 10**15  # mills; a larger amount is a typing error, and it must fit a 64-bit column


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in mills (1/1000 of the currency's unit) and its ISO 4217 code."""

    mills: int
    currency: str = "USD"

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MailroomError("currencies_differ", first=self.currency, second=other.currency)
        return Money(self.mills + other.mills, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.mills, self.currency)

    @property
    def amount(self) -> str:
        """The amount with three decimals and a point: `1.230`."""
        return f"{Decimal(self.mills) / 1000:.3f}"


def parse_money(text: str, currency: str = "USD") -> Money:
    """Read `120`, `120.00`, `7.640` (a point, at most three decimals, no grouping).

    Raises MailroomError `bad_amount` for anything else; a comma is never guessed to be one or the other.
    """
    cleaned = text.strip()
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise MailroomError("bad_amount", text=text) from None
    plain = cleaned.isascii() and cleaned.lstrip("+-").replace(".", "", 1).isdigit()
    if not plain or value * 1000 != int(value * 1000) or abs(value * 1000) > _LARGEST:
        raise MailroomError("bad_amount", text=text)
    return Money(int(value * 1000), currency)


def total(lines: "list[Money] | tuple[Money, ...]", currency: str = "USD") -> Money:
    """The sum of already rounded lines; `currency` names the zero of an empty list."""
    result = Money(0, lines[0].currency if lines else currency)
    for line in lines:
        result = result + line
    return result
