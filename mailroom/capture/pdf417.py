"""PDF417 symbols seen from the side: no library reads one that is turned by more than a few degrees.

The patch is turned upright, its bars made parallel and its rows level. Start and stop pattern, the same in every row,
give columns; a row's cluster, which is that of its number, gives rows. Every codeword is then the one whose blurred
shape fits best. The symbol is drawn anew from these, and the clean drawing goes to the decoder, whose error
correction says whether all was right.
"""

import math
from functools import cache
from itertools import pairwise
from typing import cast

import cv2
import numpy as np

from mailroom.capture.alphabets import Alphabet, Widths
from mailroom.capture.arrays import Bytes, Doubles, Floats, Gray, Numbers, product_of
from mailroom.capture.barends import Guess, guesses
from mailroom.capture.decoder import PDF417, Barcode, placed_codes
from mailroom.capture.patience import Over, never
from mailroom.capture.regions import Region
from mailroom.capture.strips import DOUBLE, cut, level, profile
from mailroom.capture.templates import bank, mean_template, stop_bank
from mailroom.domain.reading import Symbology

# ISO/IEC 15438: start and stop patterns; codewords of 17 modules, four bars and four spaces of one to six.
_START = (8.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 3.0)
_STOP = (7.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 2.0, 1.0)
_MODULES = 17
_CLUSTERS = (0, 3, 6)
_LONGER, _HIGHER = 1.12, 12  # of the patch's region, whose ends are bars and no mixed texture; pixels
_LIKELY = 1.7  # of 2: both ends look like start and stop
_GUESSES = 2
_SAMPLES = 3  # a module
_BLUR = 0.6  # modules
_SHIFT = 5  # samples that a column may lie beside its place
_SOME = 7  # columns that tell a row's cluster
_GIST = 17  # directions
_FILL = 3  # of its height: how much taller the plain look's picture is
_ROW, _WIDE = 6, 2  # pixels of a row and of a module when drawn anew
_LEAST_ROWS = 3
_BESIDE = 0.6  # of 1: how much each line's ends look like start and stop
_LEAST_LINES = 12


def read_pdf417(gray: Bytes, region: Region, over: Over = never) -> tuple[Barcode, Region] | None:
    """The PDF417 in a region of a frame (`angle` along its rows), and the region that it takes.

    No second guess is followed once it is `over`: the first is right as a rule.
    """
    larger = Region(region.x, region.y, region.length * _LONGER, region.height + _HIGHER, region.angle)
    image = level(cut(gray, larger, 1.0).image)
    middle = image[len(image) // 5 : len(image) - len(image) // 5]
    half, reach = image.shape[1] / 2, region.length * DOUBLE / 2
    for at, guess in enumerate(guesses(profile(middle), half - reach, half + reach, _ends(), _GUESSES)):
        if guess.score < _LIKELY or (at and over()):
            break
        upright = _framed(_columns(image, guess))
        if upright is None:
            continue
        code = _plain(upright) or _fitted(upright, guess.count)
        if code is not None:
            return code, larger
    return None


def prepare() -> None:
    """Draw how every codeword looks: a third of a second that no frame should have to wait for."""
    _gist()
    bank(_codewords()[0], _BLUR, _MODULES * _SAMPLES)
    mean_template(_codewords()[0], _BLUR, _MODULES * _SAMPLES)
    stop_bank(_ends(), _BLUR, round(sum(_STOP) * _SAMPLES))
    bank(_ends(), _BLUR, _MODULES * _SAMPLES)


@cache
def _ends() -> Alphabet:
    return Alphabet(Symbology.PDF417, (_START,), _MODULES, (0,), (0,), _STOP, 4, 33, "pdf417")


@cache
def _codewords() -> tuple[Alphabet, Numbers]:
    """All shapes of codewords, cluster after cluster, and where each cluster begins."""
    shapes = _sums(8, _MODULES)
    clusters = [[one for one in shapes if (one[0] - one[2] + one[4] - one[6]) % 9 == number] for number in _CLUSTERS]
    starts = np.cumsum([0, *(len(cluster) for cluster in clusters)])
    symbols = tuple(tuple(float(width) for width in one) for cluster in clusters for one in cluster)
    return Alphabet(Symbology.PDF417, symbols, _MODULES, (0,), (0,), _STOP, 4, 33, "codewords"), starts


def _sums(parts: int, total: int) -> list[tuple[int, ...]]:
    """All rows of so many widths of one to six with this sum."""
    if parts == 1:
        return [(total,)] if 1 <= total <= 6 else []
    return [(width, *rest) for width in range(1, 7) for rest in _sums(parts - 1, total - width) if total > width]


def _columns(image: Bytes, guess: Guess) -> Bytes:
    """The picture scaled to _SAMPLES a module from start to stop, in reading direction."""
    length = _MODULES * guess.count + sum(_STOP)
    bend = (1 / math.sqrt(guess.growth) - 1) / length
    module = (guess.last - guess.first) * (1 + bend * length) / length
    at = (np.arange(round((length + 4) * _SAMPLES)) + 0.5) / _SAMPLES - 2
    place = (guess.first + module * at / (1 + bend * at) - 0.5).astype(np.float32)
    across = np.repeat(place[None], len(image), axis=0)
    down = np.repeat(np.arange(len(image), dtype=np.float32)[:, None], len(place), axis=1)
    seen = cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(seen[::-1, ::-1] if guess.backwards else seen, dtype=np.uint8)


def _framed(upright: Bytes) -> Bytes | None:
    """The symbol from its first to its last line, level between start and stop; none where either is not there."""
    width, ends = _MODULES * _SAMPLES, stop_bank(_ends(), _BLUR, round(sum(_STOP) * _SAMPLES))
    dark = -upright.astype(np.float32)
    begin = 2 * _SAMPLES
    finish = dark.shape[1] - begin - len(ends)
    left = _run(_likeness(dark[:, begin : begin + width], bank(_ends(), _BLUR, width)[:, 0]))
    right = _run(_likeness(dark[:, finish : finish + len(ends)], ends[:, 0]))
    if left is None or right is None or not 0.6 < (left[1] - left[0]) / (right[1] - right[0]) < 1.67:
        return None
    share = np.clip((np.arange(dark.shape[1]) - width / 2) / (dark.shape[1] - width), -0.1, 1.1)[None]
    count = round(max(left[1] - left[0], right[1] - right[0])) + 4
    row = (np.arange(count, dtype=np.float32)[:, None] - 1.5) / (count - 4)
    top, bottom = (one + (other - one) * share for one, other in zip(left, right, strict=True))
    down = (top + (bottom - top) * row).astype(np.float32)
    across = np.repeat(np.arange(dark.shape[1], dtype=np.float32)[None], count, axis=0)
    return cast(Bytes, cv2.remap(upright, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _run(alike: Floats) -> tuple[float, float] | None:
    """First line and the one after the last of the longest run that looks like an end of the symbol."""
    smooth = cv2.blur(alike[:, None], (1, 5))[:, 0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], smooth > _BESIDE, [0]]).astype(np.int8)))
    if len(edges) == 0:
        return None
    longest = int((edges[1::2] - edges[::2]).argmax())
    first, last = int(edges[2 * longest]), int(edges[2 * longest + 1])
    return (float(first), float(last)) if last - first >= _LEAST_LINES else None


def _likeness(stretch: Floats, shape: Floats) -> Floats:
    seen = stretch - stretch.mean(axis=1, keepdims=True)
    alike = (seen * shape).sum(axis=1) / (np.sqrt((seen * seen).sum(axis=1)) + 1e-3)
    return cast(Floats, alike.astype(np.float32))


def _plain(upright: Bytes) -> Barcode | None:
    tall = cv2.resize(upright, None, fx=1, fy=_FILL, interpolation=cv2.INTER_CUBIC)
    return _decoded(cast(Bytes, tall))


def _decoded(image: Bytes) -> Barcode | None:
    found = placed_codes(cast(Gray, image), (PDF417,), rotated=False)
    return found[0][0] if found else None


def _fitted(upright: Bytes, count: int) -> Barcode | None:
    """The symbol drawn anew from the codewords that fit best, decoded."""
    dark = -upright.astype(np.float32)
    places = _column_places(dark.mean(axis=0), count)
    lines = _stretches(dark, places)
    rows = _row_places(_cluster_scores(lines))
    if len(rows) < _LEAST_ROWS:
        return None
    alphabet, starts = _codewords()
    templates = bank(alphabet, _BLUR, _MODULES * _SAMPLES)
    drawing: list[list[Widths]] = []
    means = np.stack([lines[top:bottom].mean(axis=0) for (top, bottom), _ in rows])
    for row, (_, cluster) in zip(means, rows, strict=True):
        begin, end = starts[cluster], starts[cluster + 1]
        best = product_of(row, templates[:, begin:end]).argmax(axis=1) + begin
        drawing.append([alphabet.symbols[one] for one in best.tolist()])
    return _decoded(_drawn(drawing))


def _column_places(line: Floats, count: int) -> Numbers:
    """First sample of every codeword: where the mean of all rows looks most like the mean of all codewords."""
    alphabet, _ = _codewords()
    shape = mean_template(alphabet, _BLUR, _MODULES * _SAMPLES)
    base = (2 + _MODULES * np.arange(1, count)) * _SAMPLES
    shifts = np.arange(-_SHIFT, _SHIFT + 1)
    at = np.clip(base[:, None] + shifts[None], 0, len(line) - len(shape))
    seen = line[at[..., None] + np.arange(len(shape))]
    seen = seen - seen.mean(axis=-1, keepdims=True)
    alike = (seen * shape).sum(axis=-1) / (np.sqrt((seen * seen).sum(axis=-1)) + 1e-6)
    # Neighbours lie alike: paper bends slowly.
    smooth = cv2.GaussianBlur(alike.astype(np.float32), (1, 9), 1.6) - 0.004 * (shifts * shifts)[None]
    return cast(Numbers, base + shifts[smooth.argmax(axis=1)])


def _stretches(dark: Floats, places: Numbers) -> Floats:
    """For every line of pixels and every codeword its stretch, of zero mean and unit size."""
    width = _MODULES * _SAMPLES
    at = np.clip(places[:, None] + np.arange(width)[None], 0, dark.shape[1] - 1)
    seen = dark[:, at]
    seen = seen - seen.mean(axis=-1, keepdims=True)
    return cast(Floats, seen / (np.sqrt((seen * seen).sum(axis=-1, keepdims=True)) + 1e-3))


def _cluster_scores(lines: Floats) -> Doubles:
    """For every line of pixels and each cluster: how well its codewords explain the line, the mean taken away.

    A few columns are enough, and so is the gist of the shapes.
    """
    _, starts = _codewords()
    gist, shapes = _gist()
    some = lines[:, np.unique(np.linspace(0, lines.shape[1] - 1, _SOME).astype(np.int32))]
    alike = product_of(product_of(some.reshape(-1, some.shape[-1]), gist), shapes)
    best = np.stack([alike[:, begin:end].max(axis=1) for begin, end in pairwise(starts.tolist())], axis=1)
    scores = np.square(best).reshape(*some.shape[:2], len(_CLUSTERS)).sum(axis=1).astype(np.float64)
    return cast(Doubles, scores - scores.mean(axis=1, keepdims=True))


@cache
def _gist() -> tuple[Floats, Floats]:
    """The directions in which codewords differ most, a column each, and every codeword seen along these."""
    alphabet, _ = _codewords()
    templates = bank(alphabet, _BLUR, _MODULES * _SAMPLES)
    directions = np.linalg.svd(templates, full_matrices=False)[0][:, :_GIST]
    gist = np.ascontiguousarray(directions, dtype=np.float32)
    return gist, product_of(gist.T, templates)


def _row_places(scores: Doubles) -> list[tuple[tuple[int, int], int]]:
    """First and last line and the cluster of every row: the cheapest way through lines whose clusters take turns."""
    count = len(scores)
    total = np.concatenate([np.zeros((1, 3)), np.cumsum(scores, axis=0)])
    best = np.full((count + 1, 3), -1e9)  # best[v, c]: rows end before line v, the last of cluster c
    before = np.zeros((count + 1, 3), np.int32)
    spans = np.arange(2, 19)
    for end in range(2, count + 1):
        heights = spans[spans <= end]
        tops = end - heights
        for cluster in range(3):
            gain = total[end, cluster] - total[tops, cluster]
            value = np.maximum(best[tops, cluster - 1], 0.0) + gain
            at = int(value.argmax())
            best[end, cluster], before[end, cluster] = value[at], tops[at]
    end, cluster = (int(one) for one in np.unravel_index(int(best.argmax()), best.shape))
    rows: list[tuple[tuple[int, int], int]] = []
    value = best[end, cluster]
    while end > 0 and value > 0:
        top = int(before[end, cluster])
        value -= total[end, cluster] - total[top, cluster]
        rows.append(((top, end), cluster))
        end, cluster = top, (cluster - 1) % 3
        value = best[end, cluster] if value > 1e-9 else 0.0
    return rows[::-1]


def _drawn(rows: list[list[Widths]]) -> Bytes:
    lines = []
    for row in rows:
        line: list[int] = []
        for shape in (_START, *row, _STOP):
            for at, width in enumerate(shape):
                line += [0 if at % 2 == 0 else 255] * (int(width) * _WIDE)
        lines.append(line)
    picture = np.repeat(np.array(lines, np.uint8), _ROW, axis=0)
    return np.pad(picture, 12, constant_values=255)
