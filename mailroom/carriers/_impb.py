"""The Intelligent Mail package barcode, which several carriers sell labels with: 420 + ZIP, then the package number.

The number is 22 or 26 digits: identifier 92-95, service type code, mailer, serial, check. The check digit is over
these only, never over 420 and ZIP (USPS Publication 199; Parcel Labeling Guide, appendix A).
"""

from collections.abc import Callable
from re import Match

from mailroom.domain.recognition import Reason
from mailroom.recognition.check_digits import gs1
from mailroom.recognition.formats import NumberFormat

PACKAGE = r"(?P<number>(?P<body>(?={lead})9[2-5](?P<service>[0-9]{{3}})[0-9]{{16}}(?:[0-9]{{4}})?)(?P<check>[0-9]))"
ZIP5 = r"420(?P<postal_code>[0-9]{5})\x1d?"
ZIP9 = r"420(?P<postal_code>[0-9]{9})\x1d?"
_MAILER = slice(5, 6)  # first digit of the mailer id: 9 where the id has nine digits, else it has six


def mailer_doubt(found: Match[str]) -> Reason | None:
    """Identifier 92 is for mailer ids of nine digits, 93 for those of six; other numbers are no package number."""
    number = found["number"]
    nine = number[_MAILER] == "9"
    if (number[:2] == "92" and not nine) or (number[:2] == "93" and nine):
        return Reason("mailer_unusual")
    return None


def impb_formats(
    name: str,
    lead: str,
    *,
    package: str = PACKAGE,
    check: Callable[[str], str] = gs1,
    service_name: Callable[[str], str] | None = None,
    service: str = "",
    piece: str = "usps:",
    rank: int = 0,
    role: str = "primary",
) -> tuple[NumberFormat, ...]:
    """The bare number, with 420 + ZIP and with 420 + ZIP+4 before it. `lead` is the pattern of its first digits."""
    forms = (("", "", (22, 26), ""), ("_zip5", ZIP5, (30, 34), "US"), ("_zip9", ZIP9, (34, 38), "US"))
    return tuple(
        NumberFormat(
            id=name + suffix,
            pattern=before + package.format(lead=lead),
            lengths=lengths,
            check=check,
            service_name=service_name or (lambda _code: ""),
            service=service,
            country=country,
            doubt=mailer_doubt if "?P<service>" in package else lambda _found: None,
            piece=piece,
            rank=rank,
            role=role,
        )
        for suffix, before, lengths, country in forms
    )
