"""A landscape sheet drawn line by line: what books and manifests share, head, footer, boxes, all at fixed places."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mailroom.domain.papers import PaperHead
from mailroom.reports.barcode import modules
from mailroom.reports.canvas import PaperCanvas
from mailroom.reports.fonts import BOLD, MONO, REGULAR, shortened, width
from mailroom.reports.style import GREY, HAIR, INK, Sheet, sheet
from mailroom.reports.text import one_line
from mailroom.wording import _
from mailroom.wording.moments import office_time_exact
from mailroom.wording.numbers import grouped

SIDE, TOP, BOTTOM = 48.0, 58.0, 28.0  # margins; the binding edge is the upper one
LEAST_MODULE = 0.65  # points: what decodes from a sheet scanned at 200 dots an inch


class Ledger:
    """A canvas of landscape sheets; y counts up from the lower edge, in points."""

    def __init__(self, page_size: str) -> None:
        upright = sheet(page_size)
        self.page = Sheet(upright.height, upright.width)
        self.target = BytesIO()
        self.canvas: Any = PaperCanvas(self.target, pagesize=(self.page.width, self.page.height), invariant=1)
        self.left, self.right = SIDE, self.page.width - SIDE
        self.top = self.page.height - TOP

    def at(self, share: float) -> float:
        """A place across the sheet: 0 at the left margin, 1 at the right one."""
        return self.left + (self.right - self.left) * share

    def say(
        self,
        x: float,
        y: float,
        words: str,
        font: str = REGULAR,
        size: float = 8.0,
        *,
        room: float = 0.0,
        grey: bool = False,
        flush: str = "left",
    ) -> None:
        """One line of text, cut to `room` where that is given; `flush` is left, right or centre."""
        shown = one_line(words)
        if room:
            shown = shortened(shown, font, size, room)
        self.canvas.setFillColor(GREY if grey else INK)
        self.canvas.setFont(font, size)
        draw = {"left": "drawString", "right": "drawRightString", "centre": "drawCentredString"}[flush]
        getattr(self.canvas, draw)(x, y, shown)

    def wrapped(
        self, x: float, y: float, words: str, font: str, size: float, room: float, lines: int, *, grey: bool = False
    ) -> int:
        """Text in up to `lines` lines downwards from y, the last one cut; how many it took."""
        rows = broken(one_line(words), font, size, room)
        rows[lines - 1 :] = [" ".join(rows[lines - 1 :])] if len(rows) > lines else rows[lines - 1 :]
        for at, row in enumerate(rows):
            self.say(x, y - at * size * 1.22, row, font, size, grey=grey, room=room)
        return len(rows)

    def rule(self, y: float, thick: float = 0.5, start: float | None = None, *, dark: bool = True) -> None:
        """A line across the sheet."""
        self.canvas.setStrokeColor(INK if dark else HAIR)
        self.canvas.setLineWidth(thick)
        self.canvas.line(self.left if start is None else start, y, self.right, y)

    def rule_between(self, start: float, end: float, y: float) -> None:
        """A line to write on."""
        self.canvas.setStrokeColor(GREY)
        self.canvas.setLineWidth(0.7)
        self.canvas.line(start, y, end, y)

    def bars(self, x: float, y: float, text: str, room: float, height: float, module: float = 0.72) -> bool:
        """Bars with their number below, within `room` points; none where they would be too fine to be read."""
        found = modules(text)
        fits = min(module, room / len(found)) if found else 0.0
        if fits < LEAST_MODULE:
            return False
        self.canvas.setFillColorRGB(0, 0, 0)
        at = 0
        for run in _runs(found):
            if run[0] == "1":
                self.canvas.rect(x + at * fits, y, len(run) * fits, height, stroke=0, fill=1)
            at += len(run)
        shown = grouped(text)
        size = min(7.2, 7.2 * room / width(shown, MONO, 7.2))
        self.say(x + at * fits / 2, y - 8, shown, MONO, size, flush="centre")
        return True

    def bars_at_right(self, right: float, y: float, text: str, height: float, module: float = 0.72) -> None:
        """Bars of a code of our own that end at `right`, the text below as it is."""
        found = modules(text)
        start, at = right - len(found) * module, 0
        self.canvas.setFillColorRGB(0, 0, 0)
        for run in _runs(found):
            if run[0] == "1":
                self.canvas.rect(start + at * module, y, len(run) * module, height, stroke=0, fill=1)
            at += len(run)
        self.say((start + right) / 2, y - 8, text, MONO, 7.2, flush="centre")

    def box(self, x: float, y: float, wide: float, tall: float, label: tuple[str, ...], number: str = "") -> None:
        """A framed box with a label in its upper corner and a number in its middle."""
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.7)
        self.canvas.rect(x, y, wide, tall)
        for at, line in enumerate(label):
            self.say(x + 4, y + tall - 9 - 8.4 * at, line, REGULAR, 7, grey=True, room=wide - 6)
        if number:
            self.say(x + wide / 2, y + tall / 2 - 9, number, BOLD, 13, flush="centre")

    def footer(self, head: PaperHead, first: str, record_sha256: str, page: int, pages: int) -> None:
        """Document and moment, the whole fingerprint, page x of y."""
        base = BOTTOM + 12
        self.rule(base + 11, 0.5, dark=False)
        moment = office_time_exact(head.issued_at, head.zone, head.language)
        by = f"{head.issued_by}, {head.role}" if head.role else head.issued_by
        printed = _("printed {moment} by {who}").format(moment=moment, who=by)
        room = self.right - self.left - 90
        self.say(self.left, base, f"{first} · {printed}", REGULAR, 7.4, grey=True, room=room)
        check = _("Record SHA-256 {digest} · check: mailroom verify FILE.pdf").format(digest=record_sha256)
        if not head.signed_with:
            check = _("{check} · file not signed").format(check=check)
        self.say(self.left, base - 9.6, check, REGULAR, 7.4, grey=True, room=room + 60)
        count = _("Page {page} of {pages}").format(page=page, pages=pages)
        self.say(self.right, base, count, REGULAR, 7.4, grey=True, flush="right")

    def bookmark(self, key: str, title: str) -> None:
        """A bookmark to the top of this sheet."""
        self.canvas.saveState()
        self.canvas.translate(0, self.page.height)
        self.canvas.mark(key, title, 0)
        self.canvas.restoreState()

    def next_sheet(self) -> None:
        """Close this sheet."""
        self.canvas.showPage()

    def close(self) -> bytes:
        """The file as drawn."""
        self.canvas.save()
        return self.target.getvalue()


def _runs(bars: str) -> list[str]:
    runs: list[str] = []
    for one in bars:
        if runs and runs[-1][0] == one:
            runs[-1] += one
        else:
            runs.append(one)
    return runs


def broken(words: str, font: str, size: float, room: float) -> list[str]:
    """One line of text broken at its blanks into rows of `room` points; a word longer than a row is broken, too."""
    rows: list[str] = []
    for word in _pieces(words, font, size, room):
        if rows and width(f"{rows[-1]} {word}", font, size) <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def _pieces(words: str, font: str, size: float, room: float) -> Iterator[str]:
    for word in words.split(" "):
        rest = word
        while width(rest, font, size) > room and len(rest) > 1:
            end = next(at for at in range(len(rest) - 1, 0, -1) if at == 1 or width(rest[:at], font, size) <= room)
            yield rest[:end]
            rest = rest[end:]
        yield rest
