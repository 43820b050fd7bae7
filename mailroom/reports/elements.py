"""The parts that papers are made of: finding, facts, tables, marks, boxes, signature lines, anchors."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Table, TableStyle

from mailroom.reports.fonts import REGULAR
from mailroom.reports.style import ACCENT, GREY, HAIR, INK, PAD, TINT, WHITE, style
from mailroom.reports.text import italic, one_line, safe

Cell = Any  # a flowable, a list of flowables, or plain text
_SHORT = 400  # characters of markup whose lines are kept
_MOST_KEPT = 6_000  # paragraphs
_lines: dict[tuple[str, str, float], tuple[Any, tuple[float, float], list[float]]] = {}
_LONG = 240  # characters: a cell shorter than this never fills a page, whatever its column


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph that breaks its lines once for a width: a table asks for its height several times.

    Short ones come again in every report, so their lines are kept by `key`: markup and role.
    """

    frags: Sequence[Any]
    key: tuple[str, str] | None = None  # none for a long one, and for a part split off over two pages

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size at this width."""
        # A part split off over two pages is a copy without its lines: those must be broken again.
        if getattr(self, "broken_at", None) != width or not hasattr(self, "blPara"):
            self.size: tuple[float, float] = self._broken(width, height)
            self.broken_at = width
        return self.size

    def draw(self) -> None:
        """Its strokes; those of the same words at the same width were made before in this file."""
        drawn: dict[tuple[str, str, float], tuple[str, ...]] | None = getattr(self.canv, "drawn", None)
        if self.key is None or drawn is None:
            super().draw()
            return
        place = (*self.key, self.broken_at)
        strokes = drawn.get(place)
        if strokes is None:
            before = len(self.canv._code)
            super().draw()
            if len(drawn) < _MOST_KEPT:
                drawn[place] = tuple(self.canv._code[before:])
        else:
            self.canv._code.extend(strokes)

    def _broken(self, width: float, height: float) -> tuple[float, float]:
        known = _lines.get((*self.key, width)) if self.key is not None else None
        if known is not None:
            self.blPara, size, self._wrapWidths = known
            self.width, self.height = width, size[1]
            return size
        if self.key is not None:
            self.frags = [one.clone() for one in _parsed(*self.key)]  # breaking long words changes them
        fresh: tuple[float, float] = super().wrap(width, height)
        if self.key is not None and len(_lines) < _MOST_KEPT:
            _lines[(*self.key, width)] = (self.blPara, fresh, self._wrapWidths)
        return fresh


@lru_cache(maxsize=_MOST_KEPT)
def _parsed(markup: str, role: str) -> tuple[Any, ...]:
    return tuple(Paragraph(markup, style(role)).frags)


def text(markup: str, role: str) -> Paragraph:
    """A paragraph in the type of a role; a plain `str` is escaped."""
    safely = safe(markup)
    if len(safely) <= _SHORT:
        paragraph = Words("", style(role), frags=_parsed(safely, role))
        paragraph.key = (safely, role)
    else:
        paragraph = Words(safely, style(role))
    paragraph.length = len(safely) + 40 * safely.count("<br/>")  # a guess at its height, cheaper than laying it out
    return paragraph


class Anchor(Flowable):  # type: ignore[misc]
    """A place that links and page numbers point to; with a title it is a bookmark too."""

    def __init__(self, key: str, title: str = "", level: int = 0) -> None:
        super().__init__()
        self.key, self.title, self.level = key, one_line(title), level
        self.width = self.height = 0

    def draw(self) -> None:
        """Nothing is drawn; the page is remembered."""
        self.canv.mark(self.key, self.title, self.level)


def heading(title: str, follows: float = 60.0, anchor: Anchor | None = None) -> list[Flowable]:
    """A section heading that never stands alone at a page foot: `follows` is what must fit under it, in points.

    Its anchor comes after the words, so that it is on their page.
    """
    return [CondPageBreak(31 + follows), text(title, "heading"), *([anchor] if anchor is not None else [])]


class PageNumber(Flowable):  # type: ignore[misc]
    """The page of an anchor, which links there."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """One line of a table cell."""
        return 18.0, 11.5

    def draw(self) -> None:
        """The number as a form, the link over it."""
        self.canv.number_of(self.key, 0, 3.2)
        self.canv.linkRect("", self.key, (-2, -2, 26, 13), relative=1, thickness=0, Border="[0 0 0]")


class Mark(Flowable):  # type: ignore[misc]
    """A drawn mark (tick, cross, dash, empty); a word always stands beside it."""

    def __init__(self, kind: str, size: float = 8.0) -> None:
        super().__init__()
        self.kind, self.size = kind, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """A square on the line of a cell."""
        return self.size, 11.5

    def draw(self) -> None:
        """By paths: the fonts have no such signs."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.setLineCap(1)
        canvas.translate(0, 1.2)
        s = self.size
        if self.kind == "dash":
            canvas.line(s * 0.15, s / 2, s * 0.85, s / 2)
        else:
            canvas.rect(0, 0, s, s)
        if self.kind == "tick":
            canvas.setLineWidth(1.3)
            canvas.line(s * 0.22, s * 0.5, s * 0.42, s * 0.26)
            canvas.line(s * 0.42, s * 0.26, s * 0.8, s * 0.78)
        elif self.kind == "cross":
            canvas.setLineWidth(1.2)
            canvas.line(s * 0.25, s * 0.25, s * 0.75, s * 0.75)
            canvas.line(s * 0.25, s * 0.75, s * 0.75, s * 0.25)
        canvas.restoreState()


def marked(kind: str, words: str) -> Table:
    """A mark and its word."""
    table = Table([[Mark(kind), text(words, "cell")]], colWidths=[13, None], hAlign="LEFT")
    table.setStyle(TableStyle([_FONT, *_paddings(0, 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


_FONT = ("FONT", (0, 0), (-1, -1), REGULAR, 8.5)


def _paddings(vertical: float, right: float) -> list[tuple[Any, ...]]:
    whole = (0, 0), (-1, -1)
    return [
        ("LEFTPADDING", *whole, 0),
        ("RIGHTPADDING", *whole, right),
        ("TOPPADDING", *whole, vertical),
        ("BOTTOMPADDING", *whole, vertical),
    ]


def _length(cell: Cell) -> int:
    if isinstance(cell, list):
        return sum(_length(one) for one in cell)
    return getattr(cell, "length", 0)


def cut(cell: Cell, width: float, limit: float) -> list[list[Flowable]]:
    """A cell's content cut into stacks no higher than `limit`."""
    stacks: list[list[Flowable]] = [[]]
    used = 0.0
    todo = list(cell) if isinstance(cell, list) else [cell]
    while todo:
        part = todo.pop(0)
        if isinstance(part, str):
            stacks[-1].append(text(part, "cell"))
            continue
        _, height = part.wrap(width, 100_000)
        if used + height <= limit:
            stacks[-1].append(part)
            used += height
            continue
        halves = part.split(width, limit - used) if used < limit else []
        if len(halves) == 2:
            stacks[-1].append(halves[0])
            todo.insert(0, halves[1])
        elif used == 0:
            stacks[-1].append(part)  # one piece that cannot be cut: the caller made it fit
        else:
            todo.insert(0, part)
        stacks.append([])
        used = 0.0
    return [stack for stack in stacks if stack] or [[]]


def _fitted(rows: Sequence[Sequence[Cell]], widths: Sequence[float], limit: float) -> tuple[list[list[Any]], list[int]]:
    """Rows no higher than `limit` points, a taller one going on in further rows; and where each row begins."""
    fitted: list[list[Any]] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(fitted))
        if all(_length(cell) < _LONG for cell in row):
            fitted.append([text(cell, "cell") if isinstance(cell, str) else cell for cell in row])
            continue
        columns = [cut(cell, width - 6, limit) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(len(column) for column in columns)):
            fitted.append([column[at] if at < len(column) else "" for column in columns])
    return fitted, starts


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    right: Sequence[int] = (),
    tinted: Sequence[int] = (),
    strong: Sequence[int] = (),
    shaded: Sequence[int] = (),
    empty: str = "",
    pad: float = PAD,
    limit: float = 420.0,
) -> Table:
    """A ruled table that goes on over pages with its head; without rows it keeps the head and says `empty`.

    `right` are columns set flush right; `tinted` rows span the table, `strong` rows have a rule above, `shaded` ones
    are tinted cell by cell (all counted without the head).
    """
    unfilled = not rows
    if unfilled:
        rows = [[text(italic(empty), "cell"), *[""] * (len(widths) - 1)]]
        tinted = []
    cells, starts = _fitted(rows, widths, limit)
    top = [text(word, "head_right" if at in right else "head") for at, word in enumerate(head)]
    commands: list[tuple[Any, ...]] = [
        _FONT,
        *_paddings(pad, 6),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, INK),
        ("LINEBELOW", (0, 1), (-1, -2), 0.4, HAIR),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK),
    ]
    commands += [("RIGHTPADDING", (column, 0), (column, -1), 0) for column in right]
    for row in set(range(len(cells))) - set(starts):
        commands.append(("LINEABOVE", (0, row + 1), (-1, row + 1), 0.6, WHITE))  # goes on from the row above
    for row in tinted:
        at = starts[row] + 1
        commands += [("SPAN", (0, at), (-1, at)), ("BACKGROUND", (0, at), (-1, at), TINT)]
    for row in shaded:
        commands.append(("BACKGROUND", (0, starts[row] + 1), (-1, starts[row] + 1), TINT))
    for row in strong:
        at = starts[row] + 1
        commands.append(("LINEABOVE", (0, at), (-1, at), 0.9, INK))
    if unfilled:
        commands.append(("SPAN", (0, 1), (-1, 1)))
    return Table([top, *cells], colWidths=list(widths), style=TableStyle(commands), repeatRows=1, splitInRow=0)


def facts(
    pairs: Sequence[tuple[str, str]], width: float, label: float = 112.0, role: str = "value", *, goes_on: bool = False
) -> Table:
    """Labels and values with hairlines between them; a value may be markup. `goes_on`: from facts above."""
    rows = [[text(name, "label"), text(value, role)] for name, value in pairs]
    cells, _ = _fitted(rows, (label, width - label), 420.0)
    commands: list[tuple[Any, ...]] = [
        _FONT,
        *_paddings(2.4, 6),
        ("TOPPADDING", (0, 0), (0, -1), 2.4 + (1.2 if role == "value" else 0.4)),  # on one base line
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, HAIR),
        *([("LINEABOVE", (0, 0), (-1, 0), 0.4, HAIR)] if goes_on else []),
    ]
    return Table(cells, colWidths=[label, width - label], style=TableStyle(commands), splitInRow=0)


def checklist(lines: Sequence[str], width: float, empty: str) -> Table:
    """Things to do, each with an empty box to tick; without any it says `empty`."""
    rows = [[Mark("empty"), text(line, "cell")] for line in lines] or [["", text(italic(empty), "cell")]]
    cells, _ = _fitted(rows, (20, width - 20), 420.0)
    commands: list[tuple[Any, ...]] = [
        _FONT,
        *_paddings(PAD, 6),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, HAIR),
        ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK),
    ]
    return Table(cells, colWidths=[20, width - 20], style=TableStyle(commands), splitInRow=0)


def finding(statement: str, second: str, width: float) -> Table:
    """The answer of the page: one bold sentence, and what must be said with it."""
    rows = [[text(statement, "finding")]] + ([[text(second, "second")]] if second else [])
    cells, _ = _fitted(rows, (width - 26,), 300.0)
    commands: list[tuple[Any, ...]] = [
        _FONT,
        ("BACKGROUND", (0, 0), (-1, -1), TINT),
        ("LINEBEFORE", (0, 0), (0, -1), 4, ACCENT, "butt"),
        ("LEFTPADDING", (0, 0), (-1, -1), 16),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, 0), 8),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 9),
    ]
    return Table(cells, colWidths=[width], style=TableStyle(commands), splitInRow=0)


def boxed(content: list[Flowable], width: float) -> Table:
    """A framed statement."""
    cells, _ = _fitted([[content]], (width - 20,), 300.0)
    commands: list[tuple[Any, ...]] = [
        _FONT,
        ("BOX", (0, 0), (-1, -1), 0.8, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return Table(cells, colWidths=[width], style=TableStyle(commands), splitInRow=0)


def signature_lines(labels: Sequence[str], shares: Sequence[float], width: float) -> Table:
    """Lines to sign on, printed empty; `shares` of the width, with gaps of 12 between them."""
    gaps = 12.0 * (len(labels) - 1)
    widths: list[float] = []
    cells: list[Any] = []
    commands: list[tuple[Any, ...]] = [_FONT, *_paddings(1, 0), ("TOPPADDING", (0, 0), (-1, -1), 2)]
    for at, (label, share) in enumerate(zip(labels, shares, strict=True)):
        if at:
            widths.append(12.0)
            cells.append("")
        commands.append(("LINEABOVE", (len(cells), 0), (len(cells), 0), 0.7, GREY))
        widths.append((width - gaps) * share)
        cells.append(text(label, "note"))
    return Table([cells], colWidths=widths, style=TableStyle(commands), hAlign="LEFT")


def together(*parts: Flowable | list[Flowable]) -> KeepTogether:
    """Parts that stay on one page."""
    flat: list[Flowable] = []
    for part in parts:
        flat += part if isinstance(part, list) else [part]
    return KeepTogether(flat)
