"""Reading a still with patience: the plain look first, then copies that are larger, upright or turned.

zxing-cpp sees rows and columns only, so a code that is turned further than its height over its width is lost to it.
The looks come in steps, the likeliest first; the caller stops when it has a tracking code.
"""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from mailroom.capture.bullseye import read_maxicodes
from mailroom.capture.decoder import Barcode, read_image, read_zbar, unique
from mailroom.capture.turning import bar_angles
from mailroom.domain.reading import Symbology

if TYPE_CHECKING:
    from PIL.Image import Image

PLAIN_PIXELS = 12_000_000  # a photo is looked at in this size first: a label that fills it has bars to spare
TURNED_PIXELS = 4_000_000
SWEEP_PIXELS = 2_500_000
ENLARGE_BELOW = 3_000_000
SWEEP_ANGLES = (20, 70, 10, 80, 30, 60, 40, 50)  # degrees; the quarter turns are the decoder's own
LINEAR = {Symbology.CODE128, Symbology.CODE39, Symbology.CODE93, Symbology.CODABAR, Symbology.ITF}
TRACKING_LENGTH = 8  # characters: no carrier's number is shorter

Look = Callable[[float], tuple[Barcode, ...]]  # takes the moment (monotonic seconds) after which it should give up


def may_be_tracking(codes: tuple[Barcode, ...]) -> bool:
    """Is there a linear code as long as a tracking number?"""
    return any(code.symbology in LINEAR and len(code.payload) >= TRACKING_LENGTH for code in codes)


def looks(image: "Image", larger: "Callable[[], Image] | None" = None) -> tuple[Look, ...]:
    """The steps for one upright picture in grey; `larger` gives a finer rendering where one can be had."""
    plain = shrunk(image, PLAIN_PIXELS)

    def first(_end: float) -> tuple[Barcode, ...]:
        return unique((*read_image(plain), *read_maxicodes(plain)))

    def finer(_end: float) -> tuple[Barcode, ...]:
        if larger is not None:
            page = larger()
            return unique((*read_image(page), *read_maxicodes(page)))
        if plain is not image:
            return read_image(image)
        return read_image(enlarged(image)) if image.width * image.height <= ENLARGE_BELOW else ()

    return first, finer, lambda end: _upright(image, end), lambda _: read_zbar(plain), lambda end: _sweep(image, end)


def read_step(steps: tuple[Look, ...], number: int, seconds: float) -> tuple[tuple[Barcode, ...], int | None]:
    """Take the steps from `number` on until one gives a code that may be a tracking number or time is up.

    Gives all codes seen and the next step, or none where no step is left.
    """
    codes: tuple[Barcode, ...] = ()
    end = monotonic() + seconds
    for index in range(number, len(steps)):
        codes = unique((*codes, *steps[index](end)))
        following = index + 1 if index + 1 < len(steps) else None
        if may_be_tracking(codes) or index == 0:
            return codes, following
        if monotonic() > end:
            return codes, None
    return codes, None


def shrunk(image: "Image", pixels: int) -> "Image":
    """The picture itself, or a copy of at most that many pixels."""
    size = image.width * image.height
    if size <= pixels:
        return image
    share = (pixels / size) ** 0.5
    return image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))), reducing_gap=2.0)


def enlarged(image: "Image") -> "Image":
    """A copy of twice the width and height, cubic."""
    return image.resize((image.width * 2, image.height * 2))


def _upright(image: "Image", end: float) -> tuple[Barcode, ...]:
    """Read in copies turned so that the bars which the picture shows stand upright."""
    work = shrunk(image, TURNED_PIXELS)
    codes: tuple[Barcode, ...] = ()
    for angle in bar_angles(work):
        turned = _turned(work, angle)
        codes = unique((*codes, *read_image(turned), *read_maxicodes(turned)))
        if may_be_tracking(codes) or monotonic() > end:
            break
    return codes


def _sweep(image: "Image", end: float) -> tuple[Barcode, ...]:
    """Read the linear codes in turned copies, one angle after the other."""
    work = shrunk(image, SWEEP_PIXELS)
    for angle in SWEEP_ANGLES:
        codes = read_image(_turned(work, angle), linear_only=True)
        if may_be_tracking(codes) or monotonic() > end:
            return codes
    return ()


def _turned(image: "Image", angle: float) -> "Image":
    from PIL.Image import Resampling

    return image.rotate(angle, resample=Resampling.BILINEAR, expand=True, fillcolor=255)
