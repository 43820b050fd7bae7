"""Reading bar codes in one picture with zxing-cpp. Pure functions without state: safe on any thread.

zxing-cpp lets go of the interpreter's lock while it looks, so a decoding thread does not hold up the window.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TYPE_CHECKING, Protocol

import zxingcpp

from mailroom.capture.fineness import too_fine
from mailroom.capture.sightings import Corners
from mailroom.domain.reading import MAX_PAYLOAD, Symbology

if TYPE_CHECKING:
    from PIL.Image import Image

    from mailroom.capture.arrays import Gray

_F = zxingcpp.BarcodeFormat
LINEAR = (_F.Code128, _F.Code39, _F.ITF)  # what tracking numbers come in
PDF417 = _F.PDF417
SQUARE = (_F.QRCode, _F.DataMatrix, _F.Aztec)
MATRIX = (*SQUARE, PDF417, _F.MaxiCode)
FRAME = (*LINEAR, *MATRIX)  # each more costs milliseconds a frame
STILL = (*FRAME, _F.Code93, _F.Codabar, _F.EAN13, _F.EAN8, _F.UPCA)

# Every false text that zxing-cpp was seen to give was a short ITF cut out of a longer one. These are the lengths
# in use: 14 on cartons (ITF-14) and DHL's routing code, 16 to 22 on older parcel labels.
ITF_LENGTHS = frozenset({14, 16, 18, 20, 22})
SHORTEST_LINEAR = 4  # Code 39 and Codabar have no check character of their own: shorter ones are texture, not codes

_LARGEST = 65_535  # pixels of a side that zxing-cpp takes

ZXING = "zxing"
ZBAR = "zbar"


@dataclass(frozen=True, slots=True)
class Barcode:
    """One code on a page: symbology, payload (control characters kept, bytes as Latin-1), the decoder that read it.

    `poor` says that it was hard to read; it makes no other code of it.
    """

    symbology: Symbology
    payload: str
    engine: str = ZXING
    poor: bool = field(default=False, compare=False)


Codes = tuple[Barcode, ...]
TRACKING_LENGTH = 8  # characters: no carrier's number is shorter
BARS = {Symbology.CODE128, Symbology.CODE39, Symbology.CODE93, Symbology.CODABAR, Symbology.ITF}
_ROUTING = re.compile(r"420\d{5}(\d{4})?")  # GS1 application identifier 420: the postal code alone


class _Found(Protocol):
    """What zxing-cpp says of one code, as far as it is used here."""

    @property
    def text(self) -> str: ...
    @property
    def bytes(self) -> bytes: ...
    @property
    def format(self) -> zxingcpp.BarcodeFormat: ...
    @property
    def symbology(self) -> zxingcpp.BarcodeFormat: ...
    @property
    def position(self) -> zxingcpp.Position: ...


def read_frame(gray: "Gray") -> list[tuple[str, str]]:
    """The codes in one camera frame (2-D uint8, rows may be strided) as (symbology, text); one thread, no state.

    `TypeError` for anything but a two-dimensional array of bytes.
    """
    from mailroom.capture.frames import frame_codes

    return [(one.symbology.value, one.text) for one in frame_codes(gray) if one.sure]


def read_image(image: "Image | Gray", *, linear_only: bool = False, pure_maxicode: bool = False) -> tuple[Barcode, ...]:
    """Every code of an upright still in one pass; `pure_maxicode`: a crop that holds one MaxiCode and nothing else."""
    if pure_maxicode:
        return _decode(image, (_F.MaxiCode,), is_pure=True)
    return _decode(image, LINEAR if linear_only else STILL)


def _decode(
    image: "Image | Gray",
    formats: Sequence[zxingcpp.BarcodeFormat],
    *,
    is_pure: bool = False,
    rotated: bool = True,
) -> tuple[Barcode, ...]:
    return unique(code for code, _ in placed_codes(image, formats, is_pure=is_pure, rotated=rotated))


def placed_codes(
    image: "Image | Gray",
    formats: Sequence[zxingcpp.BarcodeFormat],
    *,
    is_pure: bool = False,
    rotated: bool = True,
) -> list[tuple[Barcode, Corners]]:
    """Every code and its corners; `rotated`: quarter turns and smaller copies are looked at too."""
    if max(image.shape if hasattr(image, "shape") else image.size, default=0) > _LARGEST:
        return []
    found = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormats(formats),
        try_invert=False,  # light bars on dark are on no label, and looking for them costs a third more
        text_mode=zxingcpp.TextMode.Plain,  # the default prints a GS1 separator as parentheses
        is_pure=is_pure,
        try_rotate=rotated,
        try_downscale=rotated,  # a strip is neither turned nor large
    )
    codes = ((_barcode(one), _corners(one.position)) for one in found)
    return [(code, corners) for code, corners in codes if code is not None]


def _corners(where: zxingcpp.Position) -> Corners:
    around = (where.top_left, where.top_right, where.bottom_right, where.bottom_left)
    first, second, third, fourth = ((float(point.x), float(point.y)) for point in around)
    return first, second, third, fourth


def unique(codes: Iterable[Barcode]) -> tuple[Barcode, ...]:
    """The codes in order without repeats; which decoder read a code does not make it another."""
    first: dict[tuple[Symbology, str], Barcode] = {}
    for code in codes:
        first.setdefault((code.symbology, code.payload), code)
    return tuple(first.values())


def _barcode(found: _Found) -> Barcode | None:
    code = checked(_symbology(found), _payload(found), ZXING)
    if code is None or not too_fine(code.symbology, code.payload, _width(found)):
        return code
    return replace(code, poor=True)


def _width(found: _Found) -> float:
    """Pixels from the first bar to the last, however the code is turned."""
    where = found.position
    corner, one, other = where.top_left, where.top_right, where.bottom_left
    return max(hypot(end.x - corner.x, end.y - corner.y) for end in (one, other))


def checked(symbology: Symbology | None, payload: str, engine: str) -> Barcode | None:
    """The code, or none where length and symbology say that it was cut out of another or of a texture."""
    if symbology is None or not 0 < len(payload) <= MAX_PAYLOAD:
        return None
    if symbology is Symbology.ITF and len(payload) not in ITF_LENGTHS:
        return None
    if symbology in (Symbology.CODE39, Symbology.CODABAR) and len(payload) < SHORTEST_LINEAR:
        return None
    if symbology is Symbology.EAN13 and payload.startswith("0"):
        return Barcode(Symbology.UPCA, payload[1:], engine)  # a UPC-A is an EAN-13 with a leading zero
    return Barcode(symbology, payload, engine)


_SYMBOLOGIES: dict[zxingcpp.BarcodeFormat, Symbology] = {
    _F.Code128: Symbology.CODE128,
    _F.Code39: Symbology.CODE39,
    _F.Code93: Symbology.CODE93,
    _F.Codabar: Symbology.CODABAR,
    _F.ITF: Symbology.ITF,
    _F.EAN13: Symbology.EAN13,
    _F.EAN8: Symbology.EAN8,
    _F.UPCA: Symbology.UPCA,
    _F.QRCode: Symbology.QR,
    _F.DataMatrix: Symbology.DATA_MATRIX,
    _F.PDF417: Symbology.PDF417,
    _F.Aztec: Symbology.AZTEC,
    _F.MaxiCode: Symbology.MAXICODE,
}


def _symbology(found: _Found) -> Symbology | None:
    # `format` may be a variant (Code 39 Extended, ITF-14), `symbology` a family (EAN/UPC).
    return _SYMBOLOGIES.get(found.format) or _SYMBOLOGIES.get(found.symbology)


def _payload(found: _Found) -> str:
    """The text as decoded. Only a QR code is ever anything but Latin-1: an indicium's bytes are not letters."""
    return found.text if _symbology(found) is Symbology.QR else found.bytes.decode("latin-1")


def may_be_tracking(codes: Codes) -> bool:
    """Is there a linear code as long as a tracking number that is more than a postal code for sorting?"""
    return any(
        code.symbology in BARS and len(code.payload) >= TRACKING_LENGTH and not _ROUTING.fullmatch(code.payload)
        for code in codes
    )


def read_zbar(image: "Image") -> tuple[Barcode, ...]:
    """The linear codes as a second, independent decoder sees them; nothing where its library is not installed."""
    decode = _zbar()
    return () if decode is None else unique(decode(image))


def _zbar() -> "Callable[[Image], list[Barcode]] | None":
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):  # the wrapper raises either where libzbar is missing
        return None
    names = {"CODE128": Symbology.CODE128, "CODE39": Symbology.CODE39, "I25": Symbology.ITF}
    wanted = [pyzbar.ZBarSymbol[name] for name in names]

    def decode(image: "Image") -> list[Barcode]:
        found = pyzbar.decode(image, symbols=wanted)
        codes = (checked(names.get(one.type), one.data.decode("latin-1"), ZBAR) for one in found)
        return [code for code in codes if code is not None]

    return decode
