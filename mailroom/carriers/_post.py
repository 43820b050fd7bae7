"""UPU standard S10: two letters, eight digits, check digit, country of the issuing post. Shared by all posts."""

from collections.abc import Callable

from mailroom.recognition.check_digits import s10
from mailroom.recognition.formats import NumberFormat

S10_LENGTH = (13,)

# First letter of the service indicator (S10-12); a post may use more.
SERVICES = {
    "C": "Parcel",
    "E": "Express Mail (EMS)",
    "H": "E-commerce parcel",
    "L": "Letter packet",
    "M": "M-bag",
    "Q": "International business reply",
    "R": "Registered Mail",
    "U": "Letter",
    "V": "Insured letter",
}


def service_name(indicator: str) -> str:
    """The kind of item that the two letters before the digits tell; empty where the standard does not say."""
    return SERVICES.get(indicator[:1], "")


def post_format(
    name: str, countries: str, services: Callable[[str], str] = service_name, rank: int = 0
) -> NumberFormat:
    """The S10 format of the posts of some countries; `countries` is a pattern such as `US`."""
    return NumberFormat(
        id=name,
        pattern=rf"(?P<number>(?P<service>[A-Z]{{2}})(?P<body>[0-9]{{8}})(?P<check>[0-9])(?:{countries}))",
        lengths=S10_LENGTH,
        check=s10,
        service_name=services,
        piece="s10:",
        rank=rank,
    )
