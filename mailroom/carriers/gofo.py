"""GOFO Express, United States: GFUS and 14 digits, without check digit."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="gofo",
    name="GOFO",
    formats=(NumberFormat(id="gofo_us", pattern="(?P<number>GFUS[0-9]{14})", lengths=(18,), prefix="GFUS"),),
    countries=frozenset({"US"}),
    tracking_url="https://www.gofoexpress.com/tracking.html?searchID={number}",
    examples=Examples(valid=(Example("GFUS01011884214464"),), invalid=("GFUS0101188421446", "GFCA01011884214464")),
)
