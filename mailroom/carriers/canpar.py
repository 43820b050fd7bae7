"""Canpar: a letter and 21 digits, without check digit; too loose to be recorded unasked."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="canpar",
    name="Canpar",
    formats=(NumberFormat(id="canpar_22", pattern="(?P<number>[CDKLSUXZ][0-9]{21})", lengths=(22,), own_shape=False),),
    countries=frozenset({"CA"}),
    tracking_url="https://www.canpar.com/en/tracking/track.htm?barcode={number}",
    examples=Examples(
        valid=(Example("D576002440000001718010", weak=True), Example("L576002440000000001004", weak=True)),
        invalid=("M576002440000002510003", "D57600244000000251000"),
    ),
)
