"""Drawing bar codes with zxing-cpp's writer, for sample labels and command cards."""

from typing import TYPE_CHECKING, cast

import zxingcpp

from mailroom.domain.reading import Symbology
from mailroom.errors import MailroomError

if TYPE_CHECKING:
    from PIL.Image import Image

_F = zxingcpp.BarcodeFormat
_FORMATS = {
    Symbology.CODE128: _F.Code128,
    Symbology.CODE39: _F.Code39,
    Symbology.CODE93: _F.Code93,
    Symbology.ITF: _F.ITF,
    Symbology.EAN13: _F.EAN13,
    Symbology.EAN8: _F.EAN8,
    Symbology.UPCA: _F.UPCA,
    Symbology.QR: _F.QRCode,
    Symbology.DATA_MATRIX: _F.DataMatrix,
    Symbology.PDF417: _F.PDF417,
    Symbology.AZTEC: _F.Aztec,
    Symbology.MAXICODE: _F.MaxiCode,
}
_MAXICODE_SCALE = 4  # its hexagons are drawn true to shape from here on


def draw(symbology: str, payload: str) -> "Image":
    """The symbol in black on white, one pixel a module (MaxiCode: about 20), without a quiet zone.

    A linear symbol is one pixel high: stretch it to the height that is wanted. For GS1-128 give Code128 and a payload
    in square brackets, `[420]94103[92]…`. `symbol_not_drawn` where the payload does not fit the symbology.
    """
    try:
        kind = Symbology(symbology)
        gs1 = kind in (Symbology.CODE128, Symbology.DATA_MATRIX) and payload.startswith("[")
        code = zxingcpp.create_barcode(payload, _FORMATS[kind], **({"gs1": True} if gs1 else {}))
    except (ValueError, KeyError) as refused:
        raise MailroomError("symbol_not_drawn", symbology=symbology, payload=payload) from refused
    image = _picture(code, _MAXICODE_SCALE if kind is Symbology.MAXICODE else 1)
    if kind in _LINEAR:
        image = image.crop((0, 0, image.width, 1))
    return image


_LINEAR = {
    Symbology.CODE128,
    Symbology.CODE39,
    Symbology.CODE93,
    Symbology.ITF,
    Symbology.EAN13,
    Symbology.EAN8,
    Symbology.UPCA,
}


def _picture(code: zxingcpp.Barcode, scale: int) -> "Image":
    from PIL import Image

    drawn = memoryview(cast(bytes, code.to_image(scale=scale, add_quiet_zones=False)))  # it has the buffer protocol
    height, width = drawn.shape or (0, 0)
    return Image.frombytes("L", (width, height), drawn.tobytes())
