"""Spee-Dee Delivery: SP and 18 digits, without check digit."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="speedee",
    name="Spee-Dee",
    formats=(NumberFormat(id="speedee_20", pattern="(?P<number>SP[0-9]{18})", lengths=(20,), prefix="SP"),),
    countries=frozenset({"US"}),
    tracking_url="https://www.speedeedelivery.com/track/?tracking={number}",
    examples=Examples(
        valid=(Example("SP029692510000920746"), Example("sp 0296 9245 0001 6076 39", "SP029692450001607639")),
        invalid=("029692510000920746", "SX029692510000920746", "SP02969251000092074"),
    ),
)
