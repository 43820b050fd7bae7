"""Amazon Logistics: TBA, TBC and TBM numbers, and the short international ones. No check digits."""

from mailroom.recognition.formats import Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="amazon",
    name="Amazon",
    formats=(
        NumberFormat(id="amazon_tb", pattern="(?P<number>TB[ACM][0-9]{12})", lengths=(15,), prefix="TB"),
        NumberFormat(id="amazon_short", pattern="(?P<number>[ACF][0-9]{10})", lengths=(11,), own_shape=False),
    ),
    examples=Examples(
        valid=(
            Example("TBA010000000000"),
            Example("tbc 502887274000", "TBC502887274000"),
            Example("TBM502887274000"),
            Example("C1004444443", weak=True),
        ),
        invalid=("TBB000000000000", "TBA50288727400A", "D1234567890", "TBA5028872740001"),
    ),
)
