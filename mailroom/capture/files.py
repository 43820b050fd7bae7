"""Label files: pictures and PDFs read page by page in a child process with limits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mailroom.capture.decoder import Barcode, may_be_tracking, unique
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.sandbox import Sandbox

_CHILD = "mailroom.capture.reading_child"
MEMORY = 1 << 30  # bytes of address space: a picture of 50 megapixels in colour and its copies fit
CPU_SECONDS = 15  # for one page
WALL_SECONDS = 30.0

AcceptPage = Callable[[tuple[Reading, ...]], bool]


@dataclass(frozen=True, slots=True)
class PageReading:
    """The codes of one page (from 1) of a file with `pages` pages; all of them are one label. `ms` is the time taken.

    `width` and `height` are pixels as read: a PDF page is drawn at 200 dots an inch.
    """

    page: int
    barcodes: tuple[Barcode, ...]
    readings: tuple[Reading, ...]
    ms: int
    width: int
    height: int
    pages: int = 1


def file_sandbox() -> Sandbox:
    """A child for a batch of label files; close it, or use it in a `with`."""
    return Sandbox(memory=MEMORY, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS)


def read_file(
    path: str | Path, *, accept_page: AcceptPage | None = None, sandbox: Sandbox | None = None
) -> tuple[PageReading, ...]:
    """Every page of a picture or PDF, in order.

    `accept_page` says whether a page's readings hold a tracking code; until it does, turned and enlarged copies
    are tried for about a second. Without it any long linear code will do.
    Errors: `file_missing`, `file_not_regular`, `file_not_readable`, `file_empty`, `file_too_large`,
    `file_not_a_picture`, `file_damaged`, `file_encrypted`, `image_too_large`, `too_many_pages`,
    `file_too_costly`, `file_unreadable`.
    """
    return tuple(read_pages(path, accept_page=accept_page, sandbox=sandbox))


def read_pages(
    path: str | Path, *, accept_page: AcceptPage | None = None, sandbox: Sandbox | None = None
) -> Iterator[PageReading]:
    """As `read_file`, each page as soon as it is read: for progress, and to stop between pages."""
    if sandbox is not None:
        yield from _pages(Path(path), accept_page, sandbox)
        return
    with file_sandbox() as own:
        yield from _pages(Path(path), accept_page, own)


def _pages(path: Path, accept_page: AcceptPage | None, sandbox: Sandbox) -> Iterator[PageReading]:
    where = str(path.absolute())
    pages: int = sandbox.call(f"{_CHILD}:count_pages", where, name=path.name)
    for number in range(1, pages + 1):
        yield _page(path, number, pages, accept_page, sandbox)


def _page(path: Path, number: int, pages: int, accept_page: AcceptPage | None, sandbox: Sandbox) -> PageReading:
    codes: tuple[Barcode, ...] = ()
    readings: tuple[Reading, ...] = ()
    step: int | None = 0
    spent = width = height = 0
    while step is not None:
        seen, step, width, height, ms = sandbox.call(
            f"{_CHILD}:read_page", str(path.absolute()), number, step, name=path.name
        )
        spent += ms
        codes = unique((*codes, *(Barcode(Symbology(kind), *rest) for kind, *rest in seen)))
        readings = tuple(_reading(code, path.name) for code in codes)
        if accept_page(readings) if accept_page is not None else may_be_tracking(codes):
            break
    return PageReading(number, codes, readings, spent, width, height, pages)


def _reading(code: Barcode, device: str) -> Reading:
    return Reading(code.payload, ReadingSource.FILE, datetime.now(UTC), code.symbology, device, code.engine, code.poor)
