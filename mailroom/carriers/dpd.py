"""DPD: the parcel number of 14 digits, alone with its check character or inside the routing code of 28 characters.

The long code is postal code (7), parcel number (14), service (3), country (3, numeric), check. Both check characters
are of ISO 7064's MOD 37,36, each over all that stands before it. The bar code of a label has a per cent sign before
the long code, which does not count, and leaves the check character to the printed line.
"""

from re import Match

from mailroom.domain.recognition import Destination, Reason
from mailroom.recognition.check_digits import mod37_36
from mailroom.recognition.countries import ALPHA2_OF
from mailroom.recognition.formats import LINEAR, Carrier, Example, Examples, NumberFormat

# How many of the seven places a postal code fills; the others are zeros before it.
_POSTAL_DIGITS = {**dict.fromkeys(("DE", "FR", "IT", "ES"), 5), **dict.fromkeys(("AT", "BE", "CH", "DK", "LU"), 4)}
_COUNTRIES = frozenset(
    {
        *("AT", "BE", "BG", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE"),
        *("IT", "LT", "LU", "LV", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
_RARE = Reason("rare_format")
_LONG = "(?P<zip>[0-9A-Z]{7})(?P<number>[0-9]{14})(?P<service>[0-9]{3})(?P<country>[0-9]{3})"
_SERVICES = {"101": "Classic", "102": "Classic, Hazardous Goods", "105": "Classic, Ex Works"}


def _service_name(code: str) -> str:
    return _SERVICES.get(code, "")


def _digits_doubt(found: Match[str]) -> Reason | None:
    """Without a letter it is any 15 digits: one of 36 of FedEx's numbers holds."""
    return _RARE if found["check"].isdigit() else None


def _country_doubt(found: Match[str]) -> Reason | None:
    """Nothing but the country tells such a code from others of its length."""
    return None if found["country"] in ALPHA2_OF else _RARE


def _destination(found: Match[str]) -> Destination:
    country = ALPHA2_OF.get(found["country"], "")
    digits = _POSTAL_DIGITS.get(country, 0)
    return Destination(found["zip"][-digits:] if digits else "", country)


CARRIER = Carrier(
    id="dpd",
    name="DPD",
    formats=(
        NumberFormat(
            id="dpd_28",
            pattern=f"%?(?P<body>{_LONG})(?P<check>[0-9A-Z])",
            lengths=(28, 29),
            check=mod37_36,
            service_name=_service_name,
            destination=_destination,
        ),
        NumberFormat(
            id="dpd_label",
            pattern="%" + _LONG,
            lengths=(28,),
            prefix="%",
            service_name=_service_name,
            destination=_destination,
            doubt=_country_doubt,
        ),
        NumberFormat(
            id="dpd_14",
            pattern="(?P<number>(?P<body>[0-9]{14}))(?P<check>[0-9A-Z])",
            lengths=(15,),
            check=mod37_36,
            must_hold=True,
            own_shape=False,
            doubt=_digits_doubt,
            symbologies=LINEAR,
        ),
    ),
    countries=_COUNTRIES,
    tracking_url="https://www.dpdgroup.com/nl/mydpd/my-parcels/track?parcelNumber={number}",
    examples=Examples(
        valid=(
            Example("00 81827 0998 0000 0200 33 350 276 C", "09980000020033", postal_code="81827"),
            Example("09 9800 0002 0033 F", "09980000020033"),
            Example("%008182709980000020033350276", "09980000020033", postal_code="81827"),
            Example("%008182709980000020033350276C", "09980000020033", postal_code="81827"),
            Example("0998 0000 0200 34D", "09980000020034"),
        ),
        invalid=("008182709980000020033350276A", "09980000020033D", "008182709980000020033350276"),
    ),
)
