"""What the parts of an address are called, by the country's own kinds of region and postal code."""

from mailroom.wording import _, mark

_REGIONS = {
    "state": mark("State"),
    "province": mark("Province"),
    "county": mark("County"),
    "prefecture": mark("Prefecture"),
    "department": mark("Department"),
    "district": mark("District"),
    "emirate": mark("Emirate"),
    "island": mark("Island"),
    "oblast": mark("Oblast"),
    "parish": mark("Parish"),
    "area": mark("Area"),
}
_CODES = {"zip": mark("ZIP code"), "pin": mark("PIN code"), "eircode": mark("Eircode"), "postal": mark("Postal code")}


def region_word(kind: str) -> str:
    """The name of a region of this kind, such as `State`."""
    return _(_REGIONS.get(kind, mark("Region")))


def code_word(kind: str) -> str:
    """The name of a postal code of this kind, such as `ZIP code`."""
    return _(_CODES.get(kind, mark("Postal code")))
