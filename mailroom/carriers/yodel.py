"""Yodel: JD or JJD and 16 digits, without check digit."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="yodel",
    name="Yodel",
    formats=(NumberFormat(id="yodel_jd", pattern="(?P<number>JJ?D[0-9]{16})", lengths=(18, 19), prefix="JD, JJD"),),
    countries=frozenset({"GB"}),
    tracking_url="https://www.yodel.co.uk/tracking/{number}",
    examples=Examples(
        valid=(Example("JJD0002257639032011"), Example("JD0002242617644732")),
        invalid=("JD000225440506099", "JC0002254405060992"),
    ),
)
