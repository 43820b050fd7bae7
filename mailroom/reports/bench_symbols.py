"""Symbols of commands as a few strokes on a grid of 24, so that a sheet is read without its words, too."""

from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas

from mailroom.domain.bench_codes import BenchKind

_Stroke = tuple[tuple[float, float], ...]
# Strokes with y going up.
_STROKES: dict[BenchKind, tuple[_Stroke, ...]] = {
    BenchKind.NEW_RUN: (((12, 5), (12, 19)), ((5, 12), (19, 12))),
    BenchKind.CLOSE_RUN: (
        ((3, 20), (21, 20), (21, 15), (3, 15), (3, 20)),
        ((5, 15), (5, 4), (19, 4), (19, 15)),
        ((9, 10), (11, 8), (15, 12)),
    ),
    BenchKind.DEPARTMENT: (
        ((3, 3), (21, 3)),
        ((5, 3), (5, 20), (14, 20), (14, 3)),
        ((14, 14), (19, 14), (19, 3)),
        ((8, 16), (11, 16)),
        ((8, 12), (11, 12)),
        ((8, 8), (11, 8)),
    ),
    BenchKind.SERVICE: (
        ((2, 8), (2, 18), (14, 18), (14, 8), (2, 8)),
        ((14, 14), (19, 14), (22, 11), (22, 8), (14, 8)),
        ((5, 6), (7, 4), (9, 6)),
        ((16, 6), (18, 4), (20, 6)),
    ),
    BenchKind.METER: (
        ((4, 3), (20, 3)),
        ((4, 6), (20, 6), (20, 10), (14, 10), (14, 13), (15, 19), (9, 19), (10, 13), (10, 10), (4, 10), (4, 6)),
    ),
    BenchKind.UNDO: (((9, 20), (4, 15), (9, 10)), ((4, 15), (15, 15), (19, 13), (20, 9), (18, 6), (15, 5), (11, 5))),
    BenchKind.KEEP: (((12, 21), (2, 4), (22, 4), (12, 21)), ((8, 9), (11, 6.5), (16, 12))),
    BenchKind.REPEAT: (
        ((4, 13), (4, 16), (20, 16)),
        ((17, 20), (20, 16), (17, 13)),
        ((20, 11), (20, 8), (4, 8)),
        ((7, 11), (4, 8), (7, 4)),
    ),
    BenchKind.BADGE: (
        ((3, 4), (21, 4), (21, 20), (3, 20), (3, 4)),
        ((7, 8), (8, 10.5), (12, 10.5), (13, 8)),
        ((8.5, 14.5), (10, 16.5), (11.5, 14.5), (10, 12.5), (8.5, 14.5)),
        ((15, 15), (18, 15)),
        ((15, 11), (18, 11)),
    ),
}


def draw_symbol(canvas: Canvas, kind: BenchKind, x: float, y: float, size: float) -> None:
    """A symbol, its lower left corner at x, y, in points."""
    scale = size / 24
    canvas.saveState()
    canvas.setStrokeColor(black)
    canvas.setLineWidth(1.8 * scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in _STROKES[kind]:
        path = canvas.beginPath()
        for at, (right, up) in enumerate(stroke):
            go = path.lineTo if at else path.moveTo
            go(x + right * scale, y + up * scale)
        canvas.drawPath(path)
    canvas.restoreState()
