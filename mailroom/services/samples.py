"""Sample labels for a demonstration: the shipped ones, further ones drawn in this run, and the week they live through.

What is printed on a label (`SamplePage`) is only compared with what the decoder read, never put in its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mailroom import resources
from mailroom.domain.money import Money
from mailroom.reports.sample_week import SamplePage, sample_pages, week_csv

__all__ = ["SampleFile", "SamplePage", "drawn_samples", "sample_invoice", "shipped_samples", "week_of_events"]

if TYPE_CHECKING:
    from mailroom.reports.sample_faces import Barcode


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample label as a file, with what is on its pages."""

    path: Path
    pages: tuple[SamplePage, ...]


def shipped_samples() -> tuple[SampleFile, ...]:
    """The sample labels that come with the program, in the order of their list."""
    files = {one.stem: one for one in resources.folder("samples").iterdir() if one.suffix != ".csv"}
    pages: dict[str, list[SamplePage]] = {}
    for page in sample_pages():
        pages.setdefault(page.sample, []).append(page)
    return tuple(SampleFile(files[name], tuple(found)) for name, found in pages.items())


def drawn_samples(seed: int, barcode: "Barcode", folder: Path) -> tuple[SampleFile, ...]:
    """Further labels drawn now into `folder`, with other valid numbers; the same seed gives the same numbers.

    `barcode` draws a symbology and a payload, as `mailroom.capture.writer.draw` does.
    """
    from mailroom.reports.sample_labels import draw_labels, pages_of

    made = []
    for label in draw_labels(seed, barcode):
        path = folder / label.file_name
        path.write_bytes(label.data)
        made.append(SampleFile(path, tuple(pages_of(label))))
    return tuple(made)


def week_of_events(read: Iterable[tuple[SamplePage, str]], today: date) -> bytes:
    """A CSV file of the carriers' events of the last days, for each page under the number that was read from it."""
    return week_csv([replace(page, tracking_number=number) for page, number in read], today).encode()


def sample_invoice(page: SamplePage, seller: str, issued: date, total: Money) -> bytes:
    """A made-up invoice of two pages for what is in a sample piece, as PDF."""
    from mailroom.reports.sample_invoice import render_sample_invoice

    return render_sample_invoice(page, seller, issued, total)
