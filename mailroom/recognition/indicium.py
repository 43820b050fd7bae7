"""Tells the binary imprint of a franking machine from other data: it is no tracking number.

IBI: maker and model at bytes 6-9, mailing date at 22-25. IMI: maker and model at 1-4, date at 17-20; dates are
little-endian numbers of the form YYYYMMDD. IBI-Lite has 20 bytes and no date (US patent 7882036).
"""

from datetime import date

from mailroom.domain.reading import Symbology

_IBI = ("IBI", slice(6, 10), slice(22, 26), 49)
_IMI = ("IMI", slice(1, 5), slice(17, 21), 21)
_LITE_LENGTH = 20  # bytes
_FIRST_YEAR, _LAST_YEAR = 1998, 2099  # the first information-based indicia were approved in 1998
_SYMBOLOGIES = (None, Symbology.DATA_MATRIX, Symbology.PDF417, Symbology.AZTEC, Symbology.QR)


def indicium_format(raw: str, symbology: Symbology | None) -> str:
    """`IBI`, `IMI`, `IBI-Lite`, or empty for anything else. `raw` is the payload, bytes as Latin-1."""
    if symbology not in _SYMBOLOGIES or len(raw) < _LITE_LENGTH:
        return ""
    try:
        data = raw.encode("latin-1")
    except UnicodeEncodeError:
        return ""
    for name, machine, mailed, least in (_IBI, _IMI):
        if len(data) >= least and data[machine].isalnum() and _is_date(int.from_bytes(data[mailed], "little")):
            return name
    if len(data) == _LITE_LENGTH and symbology is Symbology.DATA_MATRIX and not raw.isprintable():
        return "IBI-Lite"
    return ""


def _is_date(number: int) -> bool:
    year, rest = divmod(number, 10_000)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return False
    try:
        date(year, *divmod(rest, 100))
    except ValueError:
        return False
    return True
