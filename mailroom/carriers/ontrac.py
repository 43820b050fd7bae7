"""OnTrac: C or D with 14 digits; in the check digit the letter counts as 4 or 5."""

from mailroom.recognition.check_digits import alternating
from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat


def _check_c(body: str) -> str:
    return alternating("4" + body)


def _check_d(body: str) -> str:
    return alternating("5" + body)


CARRIER = Carrier(
    id="ontrac",
    name="OnTrac",
    formats=tuple(
        NumberFormat(
            id=f"ontrac_{letter.lower()}",
            pattern=f"(?P<number>{letter}(?P<body>[0-9]{{13}})(?P<check>[0-9]))",
            lengths=(15,),
            check=check,
            own_shape=False,
        )
        for letter, check in (("C", _check_c), ("D", _check_d))
    ),
    countries=frozenset({"US"}),
    tracking_url="https://www.ontrac.com/tracking/?number={number}",
    examples=Examples(
        valid=(
            Example("C11031500001879"),
            Example("D 100 113 459 830 10", "D10011345983010"),
            Example("D10011354453707"),
        ),
        invalid=("C10000000000000", "C11031500001889", "D10011345983012"),
    ),
)
