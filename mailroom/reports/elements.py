"""The parts that papers are made of: finding, facts, tables, marks, boxes, signature lines, anchors."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table, TableStyle
from reportlab.platypus.tables import CellStyle

from mailroom.reports.fonts import REGULAR
from mailroom.reports.style import ACCENT, GREY, HAIR, INK, PAD, TINT, WHITE
from mailroom.reports.text import italic, one_line
from mailroom.reports.words import Words, text

Cell = Any  # a flowable, a list of flowables, or plain text
_LONG = 240  # characters: a cell shorter than this never fills a page, whatever its column


class Ruled(Table):  # type: ignore[misc]
    """A table whose cells begin with their type and paddings, and which asks a cell of plain words for its size once.

    reportlab gives each property to each cell by a command of its own, and asks each several times.
    """

    def __init__(
        self,
        cells: Sequence[Sequence[Cell]],
        *given: Any,  # noqa: ANN401 - handed through to reportlab, which makes parts of a table of its own
        faces: type[CellStyle] | None = None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        if faces is not None:
            more["cellStyles"] = [[faces("") for _cell in row] for row in cells]
        super().__init__(cells, *given, **more)

    def _listCellGeom(  # noqa: N802 - reportlab's
        self,
        V: Any,  # noqa: ANN401, N803
        w: float,
        s: CellStyle,
        W: list[float] | None = None,  # noqa: N803
        H: list[float] | None = None,  # noqa: N803
        aH: float = 72000,  # noqa: N803
    ) -> tuple[float, float]:
        if len(V) == 1 and type(V[0]) is Words:
            one = V[0]
            if one.broken_at == w - s.leftPadding - s.rightPadding and not (
                one.style.spaceBefore or one.style.spaceAfter
            ):
                wide, high = one.size
                if W is not None:
                    W.append(wide)
                if H is not None:
                    H.append(high)
                return max(0, wide), high
        size: tuple[float, float] = super()._listCellGeom(V, w, s, W, H, aH)
        return size


@lru_cache(maxsize=64)
def _faces(vertical: float, right: float) -> type[CellStyle]:
    """Cells in the usual type, with their words at the top and without room at the left."""
    size = 8.5
    faces = {
        "fontname": REGULAR,
        "fontsize": size,
        "leading": size * 1.2,
        "leftPadding": 0,
        "rightPadding": right,
        "topPadding": vertical,
        "bottomPadding": vertical,
        "valign": "TOP",
    }
    return type("Faces", (CellStyle,), faces)


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
    look = {"style": TableStyle(commands), "faces": _faces(pad, 6)}
    return Ruled([top, *cells], colWidths=list(widths), repeatRows=1, splitInRow=0, **look)


def facts(
    pairs: Sequence[tuple[str, str]], width: float, label: float = 112.0, role: str = "value", *, goes_on: bool = False
) -> Table:
    """Labels and values with hairlines between them; a value may be markup. `goes_on`: from facts above."""
    rows = [[text(name, "label"), text(value, role)] for name, value in pairs]
    cells, _ = _fitted(rows, (label, width - label), 420.0)
    commands: list[tuple[Any, ...]] = [
        ("TOPPADDING", (0, 0), (0, -1), 2.4 + (1.2 if role == "value" else 0.4)),  # on one base line
        ("LINEBELOW", (0, 0), (-1, -2), 0.4, HAIR),
        *([("LINEABOVE", (0, 0), (-1, 0), 0.4, HAIR)] if goes_on else []),
    ]
    look = {"style": TableStyle(commands), "faces": _faces(2.4, 6)}
    return Ruled(cells, colWidths=[label, width - label], splitInRow=0, **look)


def checklist(lines: Sequence[str], width: float, empty: str) -> Table:
    """Things to do, each with an empty box to tick; without any it says `empty`."""
    rows = [[Mark("empty"), text(line, "cell")] for line in lines] or [["", text(italic(empty), "cell")]]
    cells, _ = _fitted(rows, (20, width - 20), 420.0)
    commands = [("LINEBELOW", (0, 0), (-1, -2), 0.4, HAIR), ("LINEBELOW", (0, -1), (-1, -1), 0.9, INK)]
    look = {"style": TableStyle(commands), "faces": _faces(PAD, 6)}
    return Ruled(cells, colWidths=[20, width - 20], splitInRow=0, **look)


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
    return Ruled(cells, colWidths=[width], style=TableStyle(commands), splitInRow=0)


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
    return Ruled(cells, colWidths=[width], style=TableStyle(commands), splitInRow=0)


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
