"""Lines of postage and sums of money as lists show them."""

from mailroom.domain.money import Money
from mailroom.domain.shipment import LineKind
from mailroom.wording import _, mark

LINE_WORDS: dict[LineKind, str] = {
    LineKind.POSTAGE: mark("Postage"),
    LineKind.FEE: mark("Fee"),
    LineKind.SURCHARGE: mark("Surcharge"),
    LineKind.CORRECTION: mark("Correction"),
}


def line_word(kind: LineKind) -> str:
    """What a line of postage is."""
    return _(LINE_WORDS[kind])


def money_text(money: Money) -> str:
    """`7.64 USD`: two decimals where that is exact, three where there are mills; a true minus sign."""
    amount = money.amount[:-1] if money.mills % 10 == 0 else money.amount
    return f"{amount.replace('-', '−')} {money.currency}"
