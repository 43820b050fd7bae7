"""From a value to a finished paper: record, story, pages, attachment. The same value gives the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from reportlab.platypus import Flowable

from mailroom.domain.papers import ClaimPacket, ProofOfDelivery
from mailroom.reports import RenderedPaper
from mailroom.reports.canvas import PaperCanvas
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


Story = Callable[[Surroundings, Mapping[str, Prepared]], list[Flowable]]


def produce(
    kind: str,
    value: ProofOfDelivery | ClaimPacket,
    titles: Callable[[], Titles],
    story: Story,
    files: Mapping[str, Prepared],
) -> RenderedPaper:
    """Render a value in the language of its head."""
    head = value.head
    record = record_bytes(kind, head.number, value)
    digest = sha256(record)
    with in_language(head.language):
        names = titles()
        around = Surroundings(
            head=head,
            office=value.office,
            sheet=sheet(head.page_size),
            record_sha256=digest,
            later=names.later,
            footer=names.footer,
            number=names.number,
        )
        target = BytesIO()
        document = PaperDocument(
            target,
            around,
            title=one_line(names.title),
            author=one_line(value.office.name),
            subject=one_line(names.later),
            lang=head.language,
        )
        document.build(story(around, files), canvasmaker=PaperCanvas)
    pdf, pages = finish(target.getvalue(), record, head.issued_at, head.language, around.placements, files)
    return RenderedPaper(pdf, sha256(pdf), digest, pages)
