"""Head, footer and frames of every page, and the document that a story is poured into."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from reportlab.lib.utils import simpleSplit
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from mailroom.domain.papers import OfficeHead, PaperHead
from mailroom.reports import style
from mailroom.reports.canvas import TOTAL, PaperCanvas
from mailroom.reports.fonts import BOLD, REGULAR, shortened, width
from mailroom.reports.record import in_fours
from mailroom.reports.style import ACCENT, GREY, HAIR, INK, LEFT, TOP, Sheet
from mailroom.reports.text import clean, one_line
from mailroom.wording import _
from mailroom.wording.moments import office_time_exact

_HEAD_SHARE = 0.58  # of the text width, for the sender; the rest is the document's
_HEAD_DEPTH = 43.0  # points above the rule under the first page's head


@dataclass(slots=True)
class ExhibitHead:
    """What stands above an exhibit: title, lines below it, and its label such as `C-1`; none: counted page by page."""

    title: str
    lines: tuple[str, ...]
    letter: str
    label: str = ""
    pages: int = 0  # drawn so far


@dataclass(slots=True)
class Placement:
    """Where another party's page or picture goes when the file is finished, in points from the lower left."""

    page: int
    x: float
    y: float
    width: float
    height: float
    source: str  # SHA-256 of the original
    index: int = 0  # page of the source
    turned: bool = False  # by a quarter, clockwise


@dataclass(slots=True)
class Surroundings:
    """What head and footer print, and what pages leave behind for the finishing."""

    head: PaperHead
    office: OfficeHead
    sheet: Sheet
    record_sha256: str
    later: str  # at the left of later pages
    footer: str  # first line of the footer
    number: str  # as printed in the head
    part: str = ""  # below the page number, such as `Report 2 of 3`
    exhibit: ExhibitHead | None = None
    counts: dict[str, int] = field(default_factory=dict)  # pages of exhibits that number themselves
    placements: list[Placement] = field(default_factory=list)


class PaperDocument(BaseDocTemplate):  # type: ignore[misc]
    """Pages of three kinds: `first`, `later`, `exhibit`."""

    def __init__(self, target: object, around: Surroundings, **options: Any) -> None:  # noqa: ANN401 - reportlab's
        self.around = around
        page = around.sheet
        super().__init__(target, pagesize=(page.width, page.height), invariant=1, **options)
        kinds: tuple[tuple[str, float, Callable[[Any, Surroundings], None]], ...] = (
            ("first", style.FIRST_HEAD, _first_head),
            ("later", style.LATER_HEAD, _later_head),
            ("exhibit", style.EXHIBIT_HEAD, _exhibit_head),
        )
        self.addPageTemplates([self._template(*kind) for kind in kinds])

    def _template(self, name: str, zone: float, draw: Callable[[Any, Surroundings], None]) -> PageTemplate:
        page = self.around.sheet
        bottom = style.BOTTOM + style.FOOTER
        frame = Frame(LEFT, bottom, page.text_width, page.text_height(zone), 0, 0, 0, 0, id=name)

        def on_page(canvas: Any, document: Any) -> None:  # noqa: ANN401 - reportlab's
            canvas.saveState()
            draw(canvas, self.around)
            _footer(canvas, self.around)
            canvas.restoreState()

        return PageTemplate(name, [frame], onPage=on_page)

    def begin(self) -> None:
        """Open the first page; `pour` may then be called as often as there is more to print."""
        self._startBuild(canvasmaker=PaperCanvas)

    def pour(self, story: list[Flowable]) -> None:
        """Lay flowables out after those before; the list is used up, and what is drawn is not kept."""
        self.canv._doctemplate = self
        try:
            while story:
                self.clean_hanging()
                self.handle_flowable(story)
        finally:
            del self.canv._doctemplate

    def end(self) -> None:
        """Close the last page and write the file."""
        self._endBuild()


def set_exhibit(head: ExhibitHead) -> Flowable:
    """A step in the story, before the page break, that changes what stands above the exhibits that follow."""

    def act(around: Surroundings) -> None:
        around.exhibit = head

    return change(act)


def change(act: Callable[[Surroundings], None]) -> Flowable:
    """A step in the story, before a page break, that changes what head and footer of the next pages print."""
    return _Change(act)


class _Change(ActionFlowable):  # type: ignore[misc]
    def __init__(self, act: Callable[[Surroundings], None]) -> None:
        super().__init__(())
        self.act = act

    def apply(self, document: Any) -> None:  # noqa: ANN401 - reportlab's
        self.act(document.around)


def _first_head(canvas: Any, around: Surroundings) -> None:  # noqa: ANN401
    page, head = around.sheet, around.head
    top = page.height - TOP
    name = one_line(around.office.name) or _("Sender’s name not given")
    address = one_line(", ".join(line for line in around.office.address if line))
    left = head_block((name,), (address, one_line(around.office.contact)), 10.5, page.text_width * _HEAD_SHARE)
    issued = _("Issued {moment}").format(moment=office_time_exact(head.issued_at, head.zone, head.language))
    who = one_line(_("by {name}, {role}").format(name=head.issued_by, role=head.role) if head.role else head.issued_by)
    right = head_block((one_line(around.number),), (clean(issued), who), 9.5, page.text_width * (0.98 - _HEAD_SHARE))
    for rows, draw, x in ((left, canvas.drawString, LEFT), (right, canvas.drawRightString, page.right)):
        for words, font, size, down in rows:
            canvas.setFillColor(INK if font == BOLD else GREY)
            canvas.setFont(font, size)
            draw(x, top - down, words)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.6)
    canvas.line(LEFT, top - 46.5, page.right, top - 46.5)


@lru_cache(maxsize=256)
def head_block(
    strong: tuple[str, ...], plain: tuple[str, ...], size: float, room: float, depth: float = _HEAD_DEPTH
) -> list[tuple[str, str, float, float]]:
    """Lines of the head with font, size and their place below its top: broken where they are long, and set smaller
    where they are many; only what no size has room for is cut, with an ellipsis."""
    rows: list[tuple[str, str, float, float]] = []
    for share in (1.0, 0.93, 0.86, 0.76):
        rows, down = [], 0.0
        for texts, font, usual in ((strong, BOLD, size), (plain, REGULAR, 7.9)):
            set_at = max(usual * share, 6.8)
            for words in filter(None, texts):
                for line in simpleSplit(words, font, set_at, room):
                    down += (set_at + 0.5 if font == BOLD else set_at + 2.2) if rows else 9.5
                    rows.append((shortened(line, font, set_at, room), font, set_at, down))
        if down <= depth:
            return rows
    kept = [row for row in rows if row[3] <= depth]
    words, font, set_at, down = kept[-1]
    return [*kept[:-1], (shortened(f"{words} …", font, set_at, room), font, set_at, down)]


def _later_head(canvas: Any, around: Surroundings) -> None:  # noqa: ANN401
    page = around.sheet
    top = page.height - TOP
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7.9)
    number = one_line(around.number)
    canvas.drawRightString(page.right, top - 7.5, number)
    room = page.text_width - width(number, REGULAR, 7.9) - 12
    canvas.drawString(LEFT, top - 7.5, shortened(one_line(around.later), REGULAR, 7.9, room))
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, top - 14, page.right, top - 14)


def _exhibit_head(canvas: Any, around: Surroundings) -> None:  # noqa: ANN401
    page, exhibit = around.sheet, around.exhibit
    assert exhibit is not None
    exhibit.pages += 1
    label = exhibit.label
    if not label:
        around.counts[exhibit.letter] = around.counts.get(exhibit.letter, 0) + 1
        label = f"{exhibit.letter}-{around.counts[exhibit.letter]}"
    again = exhibit.pages > 1
    top = page.height - TOP
    stamp = max(66.0, width(label, BOLD, 16) + 18)
    room = page.text_width - stamp - 12
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 10.5)
    title = _("{title}, continued").format(title=exhibit.title) if again else exhibit.title
    canvas.drawString(LEFT, top - 10.5, shortened(one_line(title), BOLD, 10.5, room))
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7.5)
    for at, line in enumerate(exhibit.lines[:2]):
        canvas.drawString(LEFT, top - 21.5 - 10 * at, shortened(one_line(line), REGULAR, 7.5, room))
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.3)
    canvas.rect(page.right - stamp + 0.65, top - 33.5, stamp - 1.3, 33)
    canvas.setFillColor(INK)
    canvas.setFont(REGULAR, 6.6)
    canvas.drawCentredString(page.right - stamp / 2, top - 9, _("EXHIBIT"))
    canvas.setFont(BOLD, 16)
    canvas.drawCentredString(page.right - stamp / 2, top - 27, label)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, top - 42.5, page.right, top - 42.5)


def _footer(canvas: Any, around: Surroundings) -> None:  # noqa: ANN401
    page = around.sheet
    base = style.BOTTOM + 3.5
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, base + 10.5, page.right, base + 10.5)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7.4)
    room = page.text_width - 90
    canvas.drawString(LEFT, base, shortened(one_line(around.footer), REGULAR, 7.4, room))
    check = _("Record SHA-256 {digest} · check: mailroom verify FILE.pdf").format(digest=in_fours(around.record_sha256))
    if not around.head.signed_with:
        check = _("{check} · file not signed").format(check=check)
    canvas.drawString(LEFT, base - 9.6, check)
    # The last number is not known yet: set flush left where three digits would end at the margin.
    before = _("Page {page} of").format(page=canvas.getPageNumber())
    at = page.right - width("000", REGULAR, 7.4)
    canvas.drawRightString(at - 2, base, before)
    canvas.number_of(TOTAL, at, base, "f")
    if around.part:
        canvas.drawRightString(page.right, base - 9.6, around.part)
