"""From a value to a finished paper: record, story, pages, attachment. The same value gives the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

from reportlab.platypus import Flowable

from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.reports import RenderedPaper
from mailroom.reports.archival import Properties
from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.finish import finish
from mailroom.reports.page import PaperDocument, Surroundings
from mailroom.reports.record import record_bytes, sha256
from mailroom.reports.style import sheet
from mailroom.reports.text import one_line
from mailroom.wording import in_language


@dataclass(frozen=True, slots=True)
class Titles:
    """What a paper is called: in the file's properties, at the left of later pages, in the footer, in the head."""

    title: str
    later: str
    footer: str
    number: str


class Value(Protocol):
    """What a paper is made from: a dataclass that knows its head and its office."""

    @property
    def head(self) -> PaperHead:
        """Number, moment, maker."""

    @property
    def office(self) -> OfficeHead:
        """Whose paper it is."""


Story = Callable[[Surroundings, Mapping[str, Prepared]], list[Flowable]]


class Press:
    """A paper under way: stories in, pages out, the finished file at the end. Use it in the paper's language."""

    def __init__(self, record: bytes, head: PaperHead, office: OfficeHead, names: Titles) -> None:
        self.record = record
        self.target = BytesIO()
        self.around = Surroundings(
            head=head,
            office=office,
            sheet=sheet(head.page_size),
            record_sha256=sha256(record),
            later=names.later,
            footer=names.footer,
            number=names.number,
        )
        self.document = PaperDocument(self.target, self.around)
        self._about = Properties(
            one_line(names.title), one_line(office.name), one_line(names.later), head.issued_at, head.language
        )
        self.document.begin()

    def pour(self, story: list[Flowable]) -> None:
        """Print more."""
        self.document.pour(story)

    def finish(self, files: Mapping[str, Prepared]) -> RenderedPaper:
        """Close the document, place others' pages, attach the record."""
        self.document.end()
        pdf, pages = finish(self.target.getvalue(), self.record, self._about, self.around.placements, files)
        return RenderedPaper(pdf, sha256(pdf), self.around.record_sha256, pages)


def produce(
    kind: str,
    value: Value,
    titles: Callable[[], Titles],
    story: Story,
    files: Mapping[str, Prepared],
) -> RenderedPaper:
    """Render a value in the language of its head."""
    record = record_bytes(kind, value.head.number, value)
    with in_language(value.head.language):
        press = Press(record, value.head, value.office, titles())
        press.pour(story(press.around, files))
        return press.finish(files)
