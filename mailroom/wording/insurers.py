"""How insurers are called, and which one a person means."""

from mailroom.domain.folding import fold
from mailroom.domain.insurers import INSURERS
from mailroom.wording.carriers import carrier_name

_NAMES = {
    "u_pic": "U-PIC",
    "parcelguard": "ParcelGuard",
    "pb_parcel_protection": "PB Parcel Protection",
}
_OTHER_WORDS = {
    "pitneybowesparcelprotection": "pb_parcel_protection",
    "parcelprotection": "pb_parcel_protection",
    "pb": "pb_parcel_protection",
}


def insurer_name(insurer: str) -> str:
    """The insurer's name for people; an unknown id as it stands."""
    return _NAMES.get(insurer, insurer)


def answering_name(id_: str) -> str:
    """The name of a carrier or an insurer."""
    return insurer_name(id_) if id_ in INSURERS else carrier_name(id_)


def insurer_of(text: str) -> str | None:
    """The insurer that a person names, by id or name, whatever the blanks, dashes and case; none where it is none."""
    plain = _plain(text)
    known = {_plain(one): one for one in INSURERS} | {_plain(_NAMES[one]): one for one in INSURERS} | _OTHER_WORDS
    return known.get(plain)


def _plain(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
