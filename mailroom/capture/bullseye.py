"""Finding MaxiCodes on a clean, upright page: zxing-cpp reads one only where nothing else is in the picture.

The centre of a MaxiCode is a bull's eye of three dark rings (ISO/IEC 16023). A line through it meets eleven runs,
dark and light in turn, of one width but for a wider middle and for the outermost, which may touch a module. Such runs
in a row and in the column that crosses it give centre and size; the symbol around it is cut out and decoded alone.
"""

from typing import TYPE_CHECKING

import numpy as np

from mailroom.capture.decoder import Barcode, read_image, unique

if TYPE_CHECKING:
    from PIL.Image import Image

_INNER = np.array([1, 1, 1, 1, 1.55, 1, 1, 1, 1])  # gap, ring, gap, ring, centre and back again
_WHOLE = (_INNER.sum() + 2) / _INNER.sum()  # the bull's eye's diameter in widths of the inner nine runs
_TOLERANCE = 0.5  # of one ring's width, for each run
_ROW_STEP = 3  # pixels between the rows that are looked at: the middle is higher at any size that can be read
_SMALLEST, _LARGEST = 24, 600  # pixels across the bull's eye: below, a module is under one and a half pixels
# Width and height of the whole symbol in bull's eye diameters: 28.14 mm and 26.91 mm by 7.74 mm in the standard;
# generators and printers differ, so that a few sizes are tried.
_SIZES = ((3.64, 3.48), (3.5, 3.35), (3.8, 3.62), (4.0, 3.8))
_MOST = 4  # bull's eyes on one page


def read_maxicodes(image: "Image") -> tuple[Barcode, ...]:
    """The MaxiCodes of a page in grey, in any of the four upright positions."""
    gray = np.asarray(image)
    dark = gray < _threshold(gray)
    codes: list[Barcode] = []
    for x, y, across in _bullseyes(dark)[:_MOST]:
        codes += _read_around(image, x, y, across)
    return unique(codes)


def _threshold(gray: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]") -> int:
    low, high = np.percentile(gray[::8, ::8], (1, 90)) if gray.size > 64 else (0, 255)
    return int((low + high) / 2)


def _read_around(image: "Image", x: float, y: float, across: float) -> tuple[Barcode, ...]:
    for width, height in _SIZES:
        for turn in (0, 180, 90, 270):
            half_x, half_y = (width, height) if turn in (0, 180) else (height, width)
            box = (x - half_x * across / 2, y - half_y * across / 2, x + half_x * across / 2, y + half_y * across / 2)
            crop = image.crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
            codes = read_image(crop.rotate(turn, expand=True) if turn else crop, pure_maxicode=True)
            if codes:
                return codes
    return ()


def _bullseyes(dark: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> list[tuple[float, float, float]]:
    """Centres and diameters in pixels, the likeliest first."""
    rows = dark[::_ROW_STEP]
    found: list[tuple[float, float, float]] = []
    for row, start, across in _targets(rows):
        x, y = start + across / 2, row * _ROW_STEP
        if any(abs(x - a) < across / 2 and abs(y - b) < across / 2 for a, b, _ in found):
            continue
        reach = round(across)
        top = max(0, y - reach)
        column = dark[top : y + reach, min(round(x), dark.shape[1] - 1)][None, :]
        for _, low, high in _targets(column):
            if abs(top + low + high / 2 - y) < across / 3 and 0.75 < high / across < 1.33:
                found.append((x, top + low + high / 2, float(max(across, high) * _WHOLE)))
                break
    return found


def _targets(rows: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> list[tuple[int, int, int]]:
    """Where the inner nine runs of a bull's eye lie: row, first pixel, width; the widest first."""
    count, width = rows.shape
    framed = np.zeros((count, width + 2), dtype=np.bool_)
    framed[:, 1:-1] = rows
    edges = np.flatnonzero(framed.ravel()[1:] != framed.ravel()[:-1])  # dark begins at even places, ends at odd ones
    if len(edges) < 12:
        return []
    runs = np.lib.stride_tricks.sliding_window_view(np.diff(edges), 11)[::2]
    inner = runs[:, 1:-1].sum(axis=1)
    unit = inner / _INNER.sum()
    fits = (np.abs(runs[:, 1:-1] - _INNER * unit[:, None]) < _TOLERANCE * unit[:, None]).all(axis=1)
    fits &= (runs[:, (0, -1)] > _TOLERANCE * unit[:, None]).all(axis=1)
    fits &= (inner >= _SMALLEST) & (inner <= _LARGEST)
    hits = np.flatnonzero(fits)
    # A window that runs over the end of a row is no bull's eye.
    starts, ends = edges[2 * hits], edges[2 * hits + 11]
    hits = hits[starts // (width + 2) == ends // (width + 2)]
    hits = hits[np.argsort(-inner[hits], kind="stable")]
    first = edges[2 * hits + 1]
    return [
        (int(at // (width + 2)), int(at % (width + 2)), int(size)) for at, size in zip(first, inner[hits], strict=True)
    ]
