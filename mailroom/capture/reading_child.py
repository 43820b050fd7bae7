"""What runs in the sandbox's child for a label file: open it, read one page a call. Keeps the last file open."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from mailroom.capture.pictures import Pages, open_pages
from mailroom.capture.stills import Still
from mailroom.sandbox import open_regular

Seen = tuple[str, str, str, bool]  # symbology, payload, engine, hard to read

PATIENCE = 1.0  # seconds that a page without a tracking code may take beyond the plain look


@dataclass(slots=True)
class _Open:
    path: str
    pages: Pages
    number: int = 0
    still: Still | None = None


_open: _Open | None = None


def count_pages(path: str) -> int:
    """Open the file anew and give its number of pages; errors are those of `open_regular` and `open_pages`."""
    return _reopened(path).pages.count


def read_page(path: str, number: int, step: int) -> tuple[tuple[Seen, ...], int | None, int, int, int]:
    """The codes of a page seen from look `step` on.

    With them: the next look or none, the page's width and height in pixels, and the milliseconds taken.
    """
    start = monotonic()
    file = _open if _open is not None and _open.path == path else _reopened(path)
    if file.number != number or file.still is None:
        file.number, file.still = number, Still(*file.pages.page(number))
    codes, following = file.still.read(step, PATIENCE)
    seen = tuple((code.symbology.value, code.payload, code.engine, code.poor) for code in codes)
    return seen, following, *file.still.size, round((monotonic() - start) * 1000)


def _reopened(path: str) -> _Open:
    global _open
    if _open is not None:
        with contextlib.suppress(Exception):  # a broken file may fail to close; it is gone either way
            _open.pages.close()
    _open = None
    file = open_regular(path)
    try:
        _open = _Open(path, open_pages(file, Path(path).name))
    except BaseException:
        file.close()
        raise
    return _open
