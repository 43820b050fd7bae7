"""Canada Post: domestic parcels of 16 digits, and postal items of UPU standard S10 that end in CA."""

from mailroom.carriers._post import post_format
from mailroom.recognition.check_digits import gs1
from mailroom.recognition.formats import LINEAR, Carrier, Example, Examples, NumberFormat

CARRIER = Carrier(
    id="canada_post",
    name="Canada Post",
    formats=(
        NumberFormat(
            id="canada_post_16",
            pattern="(?P<number>(?P<body>[0-9]{15})(?P<check>[0-9]))",
            lengths=(16,),
            check=gs1,
            own_shape=False,
            symbologies=LINEAR,
        ),
        post_format("canada_post_s10", "CA"),
    ),
    countries=frozenset({"CA"}),
    tracking_url="https://www.canadapost-postescanada.ca/track-reperage/en#/details/{number}",
    examples=Examples(
        valid=(
            Example("0073938000549297"),
            Example("7035 1144 7713 8472", "7035114477138472"),
            Example("4002847016405018"),
            Example("RB123456785CA", service="Registered Mail"),
        ),
        invalid=("0073938000549292", "7035114477138471", "5002847016405018", "RB123456786CA"),
    ),
)
