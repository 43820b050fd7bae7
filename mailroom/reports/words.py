"""Paragraphs. Short ones come again in every report: their parts, lines and strokes are made once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.platypus import Paragraph

from mailroom.reports.canvas import MOST_KEPT
from mailroom.reports.quick import number_text
from mailroom.reports.style import style
from mailroom.reports.text import safe

_SHORT = 400  # characters of markup whose lines are kept
_lines: dict[tuple[str, str, float], tuple[Any, tuple[float, float], list[float]]] = {}


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph that breaks its lines once for a width: a table asks for its height several times.

    Short ones come again in every report, so their lines are kept by `key`: markup and role.
    """

    frags: Sequence[Any]
    key: tuple[str, str] | None = None  # none for a long one, and for a part split off over two pages
    broken_at: float | None = None
    size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size at this width."""
        # A part split off over two pages is a copy without its lines: those must be broken again.
        if self.broken_at != width or not hasattr(self, "blPara"):
            self.size = self._broken(width, height)
            self.broken_at = width
        return self.size

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's, as are those below
        """That of its role."""
        before: float = self.style.spaceBefore
        return before

    def getSpaceAfter(self) -> float:  # noqa: N802
        """That of its role."""
        after: float = self.style.spaceAfter
        return after

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: ANN401, N802, N803
        """Draw at a place; strokes that were made before need no more than to be moved there."""
        drawn = getattr(canvas, "drawn", None)
        strokes = drawn.get((*self.key, self.broken_at)) if drawn is not None and self.key is not None else None
        if strokes is None:
            super().drawOn(canvas, x, y, _sW)
            return
        moved = f"{number_text(1, 0, 0, 1, self._hAlignAdjust(x, _sW), y)} cm"
        canvas._code += ("q", moved, *strokes, "Q")

    def draw(self) -> None:
        """Its strokes; those of the same words at the same width were made before in this file."""
        drawn: dict[tuple[Any, ...], tuple[str, ...]] | None = getattr(self.canv, "drawn", None)
        if self.key is None or drawn is None:
            super().draw()
            return
        place = (*self.key, self.broken_at)
        strokes = drawn.get(place)
        if strokes is None:
            before = len(self.canv._code)
            super().draw()
            if len(drawn) < MOST_KEPT:
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
        if self.key is not None and len(_lines) < MOST_KEPT:
            _lines[(*self.key, width)] = (self.blPara, fresh, self._wrapWidths)
        return fresh


@lru_cache(maxsize=MOST_KEPT)
def _parsed(markup: str, role: str) -> tuple[Any, ...]:
    if _is_plain(markup):
        return (_plain(role).clone(text=markup),)
    return tuple(Paragraph(markup, style(role)).frags)


def _is_plain(markup: str) -> bool:
    """Words in which the parser would find nothing but themselves, at twenty times the cost."""
    marked = "<" in markup or "&" in markup or "  " in markup
    return not marked and markup.isprintable() and bool(markup) and markup == markup.strip()


@lru_cache(maxsize=256)
def _plain(role: str) -> Any:  # noqa: ANN401 - reportlab's
    return Paragraph("x", style(role)).frags[0]


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
