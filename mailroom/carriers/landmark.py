"""Landmark Global: LTN, eight digits, N1; without check digit."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="landmark",
    name="Landmark Global",
    formats=(NumberFormat(id="landmark_ltn", pattern="(?P<number>LTN[0-9]{8}N1)", lengths=(13,), prefix="LTN"),),
    tracking_url="https://track.landmarkglobal.com/?search={number}",
    examples=Examples(valid=(Example("LTN74207623N1"),), invalid=("LSN74209518N1", "LTN74209518N2")),
)
