"""Rows of one shipment brought together, whatever order a file has: each command then concerns few shipments.

A file in the order of time names each shipment again and again, far apart; taken as it stands, every row would cost
the reading and the writing of a whole shipment. Rows of one shipment keep the order of the file.
"""

import marshal
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter, ne
from typing import Any, BinaryIO, Final

from mailroom.store.blobs import Blobs

WINDOW: Final = 10_000  # rows looked at, and sorted, at once
_APART = 4  # rows of a shipment in a window, under which the rest of them is looked for in all of the file
_FRAME = 50  # rows written and read at once
_RANGE = 20_000  # about as many rows come back at once
_MOST = 3 * _RANGE  # of one shipment there may be more

Row = list[Any]  # texts and whole numbers
_Frame = tuple[str, str, int, int]  # first and last key, place and length in the file
Steps = Iterator[list[Row]]  # rows that are ready, mostly none: a step is a short piece of work


def in_chunks(steps: Steps, size: Callable[[], int], ahead: int = WINDOW) -> Iterator[list[Row]]:
    """The rows so many at a time: one chunk after each step, so that others get their turn between, too.

    More than `ahead` rows never wait.
    """
    rows: list[Row] = []
    at = 0
    for ready in steps:
        if ready:
            rows, at = rows[at:] + ready, 0
        while len(rows) - at >= (count := size()):
            yield rows[at : at + count]
            at += count
            if len(rows) - at <= ahead:
                break
    while at < len(rows):
        count = size()
        yield rows[at : at + count]
        at += count


def gathered(parts: Iterable[list[Row]], key_at: int, blobs: Blobs) -> Steps:
    """The rows of all parts, sorted by the text at `key_at` as far as it pays; `blobs` tell where there is room.

    A window is sorted by itself while it brings rows together or the file has them together; from the first that does
    not, all further ones go to the disk and come back sorted.
    """
    key = itemgetter(key_at)
    window: list[Row] = []
    given = iter(parts)
    for part in given:
        window += part
        if len(window) < WINDOW:
            yield []
            continue
        if _scattered(list(map(key, window))):
            yield from _sorted(given, window, key, blobs)
            return
        window.sort(key=key)
        yield window
        window = []
    window.sort(key=key)
    yield window


def _scattered(keys: Sequence[str]) -> bool:
    pieces, runs = len(set(keys)), 1 + sum(map(ne, keys, keys[1:]))
    together = runs * 10 <= pieces * 11 and pieces * 3 <= len(keys) * 2
    return pieces * _APART > len(keys) and not together


def _sorted(given: Iterator[list[Row]], window: list[Row], key: Callable[[Row], str], blobs: Blobs) -> Steps:
    with blobs.scratch() as file:
        frames: list[_Frame] = []
        more, place = True, 0
        while more or window:
            part = next(given, None) if more else None
            more = part is not None
            window += part or ()
            if len(window) >= WINDOW or not more:
                window.sort(key=key)
                for start in range(0, len(window), _FRAME):
                    frame = window[start : start + _FRAME]
                    data = marshal.dumps(frame)
                    frames.append((key(frame[0]), key(frame[-1]), place, len(data)))
                    place += len(data)
                    with blobs.told():
                        file.write(data)
                window = []
            yield []
        with blobs.told():
            file.flush()
        yield from _again(file, frames, key)


def _again(file: BinaryIO, frames: Sequence[_Frame], key: Callable[[Row], str]) -> Steps:
    """Range after range of keys; in each, windows come in the order in which they were written."""
    firsts = sorted(frame[0] for frame in frames)
    cuts = [*dict.fromkeys(firsts[:: _RANGE // _FRAME]), ""]
    for low, high in pairwise(cuts):
        rows: list[Row] = []
        for count, (first, last, place, size) in enumerate(
            frame for frame in frames if frame[1] >= low and (frame[0] < high or not high)
        ):
            file.seek(place)
            frame = marshal.loads(file.read(size))  # noqa: S302 - written by ourselves a moment ago
            start = bisect_left(frame, low, key=key) if first < low else 0
            rows += frame[start : bisect_left(frame, high, key=key) if high and last >= high else None]
            if len(rows) >= _MOST:  # too many to be held: what is left of them follows, in its order
                rows.sort(key=key)
                yield rows
                rows = []
            elif count % 10 == 0:
                yield []
        rows.sort(key=key)
        yield rows
