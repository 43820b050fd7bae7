"""Made-up tracking numbers with right check digits, and the payloads of the codes on their labels.

Nothing here is anybody's shipment: mailer, shipper and account numbers are drawn at random.
"""

from dataclasses import dataclass
from random import Random

_RS, _GS, _EOT = "\x1e", "\x1d", "\x04"


@dataclass(frozen=True, slots=True)
class Address:
    """Whom a sample label is for; `country` is ISO 3166 alpha-2."""

    name: str
    company: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str = "US"


def digits(dice: Random, count: int) -> str:
    """That many random digits, the first of them no zero."""
    return str(dice.randint(1, 9)) + "".join(str(dice.randint(0, 9)) for _ in range(count - 1))


def gs1_check(body: str) -> str:
    """Modulo 10 with weights 3, 1, 3 … from the right (GS1 General Specifications)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def impb(dice: Random, identifier: str, service_type: str, mailer: str) -> str:
    """A 22-digit USPS package number: application identifier, service type code, mailer, serial, check digit."""
    body = identifier + service_type + mailer
    body += digits(dice, 21 - len(body))
    return body + gs1_check(body)


def impb_symbol(number: str, postal_code: str) -> str:
    """The GS1-128 payload of a USPS label, for the writer: 420 with the ZIP code, then the number."""
    return f"[420]{postal_code.replace('-', '')}[{number[:2]}]{number[2:]}"


def s10(dice: Random, service: str, country: str) -> str:
    """A postal item's number by UPU standard S10: two letters, eight digits, check digit, country of the post."""
    body = digits(dice, 8)
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return f"{service}{body}{ {10: 0, 11: 5}.get(rest, rest) }{country}"


def ups(dice: Random, service: str) -> str:
    """A UPS number: 1Z, shipper of six, service of two, package of seven, check digit."""
    shipper = digits(dice, 1) + dice.choice("ABEFRWXY") + digits(dice, 2) + dice.choice("ABEFRWXY") + digits(dice, 1)
    body = shipper + service + digits(dice, 7)
    values = [int(one) if one.isdigit() else (ord(one) - 3) % 10 for one in body]
    return f"1Z{body}{-(sum(values[::2]) + 2 * sum(values[1::2])) % 10}"


def ups_maxicode(number: str, to: Address, dice: Random) -> str:
    """The envelope in a UPS MaxiCode: postcode, country, class, short number, shipper, day, street and town."""
    shipper, service, package = number[2:8], number[8:10], number[10:]
    fields = (
        "96" + to.postal_code.replace("-", "").ljust(9, "0"),
        "840",
        "0" + service,
        "1Z" + package,
        "UPSN",
        shipper,
        f"{dice.randint(1, 365):03d}",
        "",
        "1/1",
        str(dice.randint(1, 30)),
        "N",
        to.street.upper()[:10].rstrip(),  # a MaxiCode holds no more: 84 codewords beside the routing
        to.city.upper(),
        to.state,
    )
    return f"[)>{_RS}01{_GS}{_GS.join(fields)}{_RS}{_EOT}"


def fedex_express(dice: Random) -> str:
    """A 12-digit FedEx Express number: weights 3, 1, 7 …, modulo 11, then modulo 10."""
    body = "7" + digits(dice, 10)
    return body + str(sum(int(digit) * (3, 1, 7)[place % 3] for place, digit in enumerate(body)) % 11 % 10)


def fedex_express_symbol(number: str, postal_code: str, dice: Random) -> str:
    """The 34 digits of a FedEx Express bar code: fifteen for routing, ZIP code, two zeros, the number."""
    return f"1001{digits(dice, 11)}{postal_code[:5]}00{number}"


def fedex_envelope(number: str, to: Address, dice: Random) -> str:
    """The envelope in a FedEx PDF417: ZIP code, country, service, number with its form, account, day, address."""
    fields = (
        "02" + to.postal_code[:5],
        "840",
        "05",
        number + "0201",
        "FDE",
        digits(dice, 9),
        f"{dice.randint(1, 365):03d}",
        "",
        "1/1",
        f"{dice.randint(10, 90) / 10}LB",
        "N",
        to.street,
        to.city,
        to.state,
        to.name,
    )
    return f"[)>{_RS}01{_GS}{_GS.join(fields)}{_RS}{_EOT}"


def fedex_ground(dice: Random) -> str:
    """A 15-digit FedEx Ground number with its modulo 10 check digit."""
    body = digits(dice, 14)
    return body + gs1_check(body)


def fedex_ground_symbol(number: str) -> str:
    """The 22 digits of a FedEx Ground bar code: 96, seven for routing, the number."""
    return "9611020" + number
