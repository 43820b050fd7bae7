"""Old Dominion Freight Line: PRO numbers of eleven digits in the ranges it uses, with Luhn's check digit."""

from mailroom.recognition.check_digits import luhn
from mailroom.recognition.formats import LINEAR, Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="old_dominion",
    name="Old Dominion",
    formats=(
        NumberFormat(
            id="old_dominion_pro",
            pattern="(?P<number>(?P<body>(?:77[78]|072|780)[0-9]{7})(?P<check>[0-9]))",
            lengths=(11,),
            check=luhn,
            own_shape=False,
            symbologies=LINEAR,
        ),
        NumberFormat(
            id="old_dominion_guaranteed",
            pattern="(?P<number>(?P<body>80[0-9]{8})(?P<check>[0-9]))",
            lengths=(11,),
            check=luhn,
            own_shape=False,
            service="Guaranteed",
            symbologies=LINEAR,
        ),
    ),
    countries=frozenset({"US"}),
    tracking_url="https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers={number}",
    examples=Examples(
        valid=(
            Example("07209562763"),
            Example("777 6755 3207", "77767553207"),
            Example("80003280379", service="Guaranteed"),
        ),
        invalid=("07209562773", "79927398713", "10000000000", "80003280389"),
    ),
)
