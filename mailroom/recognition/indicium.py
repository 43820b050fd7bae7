"""The imprint of a franking machine (US Postal Service): read from the bytes of its two-dimensional code.

IBI-Lite has 20 bytes: version 0, count of imprints 1-4, maker and model 5, serial 6-8, postage in mills 9-11,
service 12-13, signature 14-19; no date (US patent 7882036). IBI: maker and model in letters 6-9, serial 10-13,
mailing date 22-25. IMI: maker and model 1-4, serial 5-8, date 17-20. Numbers are little-endian, dates of the form
YYYYMMDD; which of the two it is, is told by where a date stands. The rest of IBI and IMI is not published: what is
said of postage in an IBI imprint (19-21) rests on the lengths of its fields alone and is marked unconfirmed.
"""

import hashlib
from datetime import date
from typing import NamedTuple

from mailroom.domain.indicium import Indicium
from mailroom.domain.money import Money
from mailroom.domain.reading import Symbology


class _Layout(NamedTuple):
    """Where an imprint with a date has what is known of it; `least` bytes it has at all."""

    format: str
    machine: slice
    serial: slice
    mailed: slice
    least: int
    postage: slice | None


_IBI = _Layout("IBI", slice(6, 10), slice(10, 14), slice(22, 26), 26, slice(19, 22))
_IMI = _Layout("IMI", slice(1, 5), slice(5, 9), slice(17, 21), 21, None)
_LITE_LENGTH = 20  # bytes
_LATEST_VERSION = 0x1F  # of IBI-Lite; the versions in use are below ten
_MOST_MILLS = 100_000  # 100 dollars: no letter or parcel that is franked with a small imprint costs more
_FIRST_YEAR, _LAST_YEAR = 1998, 2099  # the first information-based indicia were approved in 1998
_SYMBOLOGIES = (None, Symbology.DATA_MATRIX, Symbology.PDF417, Symbology.AZTEC, Symbology.QR)
_CURRENCY = "USD"


def read_indicium(raw: str, symbology: Symbology | None) -> Indicium | None:
    """The imprint in a payload (bytes as Latin-1), or none: other data never passes for one."""
    if symbology not in _SYMBOLOGIES or len(raw) < _LITE_LENGTH:
        return None
    try:
        data = raw.encode("latin-1")
    except UnicodeEncodeError:
        return None
    if raw.isprintable():
        return None
    return _dated(data, _IBI) or _dated(data, _IMI) or _lite(data)


def _dated(data: bytes, layout: _Layout) -> Indicium | None:
    machine = data[layout.machine]
    if len(data) < layout.least or not machine.isalnum():
        return None
    mailed_on = _day(_number(data[layout.mailed]))
    serial = _number(data[layout.serial])
    if mailed_on is None or not serial:
        return None
    meter = f"{machine.decode()}{serial}"
    mark = hashlib.sha256(data).hexdigest()[:12].upper()
    return Indicium(
        format=layout.format,
        meter=meter,
        postage=_money(_number(data[layout.postage])) if layout.postage else None,
        mailed_on=mailed_on,
        unconfirmed=("piece", "postage"),
        key=f"{layout.format}-{meter.upper()}-{mailed_on:%Y%m%d}-{mark}",
    )


def _lite(data: bytes) -> Indicium | None:
    """By its length, a version in use, a count and a serial above zero, and postage that a letter may cost."""
    if len(data) != _LITE_LENGTH or data[0] > _LATEST_VERSION:
        return None
    piece, serial, postage = _number(data[1:5]), _number(data[6:9]), _money(_number(data[9:12]))
    if not piece or not serial or postage is None:
        return None
    return Indicium(
        format="IBI-Lite",
        meter=str(serial),
        piece=piece,
        postage=postage,
        key=f"IBI-LITE-{data[5]:02X}-{serial}-{piece}",
    )


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _money(mills: int) -> Money | None:
    return Money(mills, _CURRENCY) if 0 < mills <= _MOST_MILLS else None


def _day(number: int) -> date | None:
    year, rest = divmod(number, 10_000)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, *divmod(rest, 100))
    except ValueError:
        return None
