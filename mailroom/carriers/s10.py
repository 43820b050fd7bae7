"""Postal items of any country by UPU standard S10. Where the issuing post has an id of its own, that one leads."""

from mailroom.carriers._post import post_format
from mailroom.recognition.countries import POSTAL_COUNTRIES
from mailroom.recognition.formats import Carrier, Example, Examples

CARRIER = Carrier(
    id="s10",
    name="Postal item",
    formats=(post_format("s10", "|".join(sorted(POSTAL_COUNTRIES)), rank=1),),
    examples=Examples(
        valid=(
            Example("RB123456785GB", service="Registered Mail"),
            Example("RB 123 456 785 CV", "RB123456785CV", "Registered Mail"),
            Example("ee123456785de", "EE123456785DE", "Express Mail (EMS)"),
            Example("]C0CP123456785FR", "CP123456785FR", "Parcel"),
        ),
        invalid=("RB123456786GB", "RB123456785XX", "RB000000005DE", "RB12345678SDE", "R1123456785GB"),
    ),
)
