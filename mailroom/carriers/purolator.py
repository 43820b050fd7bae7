"""Purolator: twelve digits with Luhn's check digit, or three letters and nine digits without one."""

from mailroom.recognition.check_digits import luhn
from mailroom.recognition.formats import LINEAR, Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="purolator",
    name="Purolator",
    formats=(
        NumberFormat(
            id="purolator_12",
            pattern="(?P<number>(?P<body>[0-5][0-9]{10})(?P<check>[0-9]))",
            lengths=(12,),
            check=luhn,
            own_shape=False,
            symbologies=LINEAR,
        ),
        NumberFormat(id="purolator_letters", pattern="(?P<number>[A-Z]{3}[0-9]{9})", lengths=(12,), own_shape=False),
    ),
    countries=frozenset({"CA"}),
    tracking_url="https://www.purolator.com/en/shipping/tracker?pin={number}",
    examples=Examples(
        valid=(Example("320606146993"), Example("2878 0946 8872", "287809468872"), Example("KYV009956937", weak=True)),
        invalid=("320595463939", "287809468875", "KY009956937"),
    ),
)
