"""A camera's brightness and colour differences as a small picture for eyes: some milliseconds, beside the decoder."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from mailroom.capture.arrays import Bytes, Doubles


def small_picture(bright: Bytes, blue: Bytes, red: Bytes, width: int, colours: Doubles) -> Bytes:
    """A picture so many pixels wide (0: as it is), in rows of four bytes a pixel: blue, green, red and 255.

    The colour differences may have fewer pixels than the brightness. `colours`: what each of blue, green and red takes
    of brightness, blueness, redness, and of one.
    """
    height, whole = bright.shape
    size = (whole, height)
    if width and width < whole:
        size = (width, max(1, round(height * width / whole)))
    planes = [_resized(one, size) for one in (bright, blue, red)]
    mixed = cv2.transform(cv2.merge(planes), colours)
    return cast(Bytes, cv2.cvtColor(mixed, cv2.COLOR_BGR2BGRA))


def _resized(plane: Bytes, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Halved as often as that leaves enough, each pixel the mean of four, and then to its size between the pixels."""
    if (plane.shape[1], plane.shape[0]) == size:
        return np.ascontiguousarray(plane)
    while plane.shape[1] >= 2 * size[0] and plane.shape[0] >= 2 * size[1]:
        half = (plane.shape[1] // 2, plane.shape[0] // 2)
        plane = cast(Bytes, cv2.resize(plane, half, interpolation=cv2.INTER_AREA))
    return cast(Bytes, cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR))
