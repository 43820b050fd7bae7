"""The filing window drawn to scale: day 0, the days in which a claim can be filed, and the day of this one."""

from datetime import date
from typing import Any

from reportlab.platypus import Flowable

from mailroom.domain.claims import ClaimWindow
from mailroom.reports.claim_words import day_zero_word
from mailroom.reports.fonts import BOLD, REGULAR, shortened, width
from mailroom.reports.style import BAR, GREY, INK, TINT
from mailroom.wording import _
from mailroom.wording.moments import month_day

_INSET = 30.0  # the scale begins and ends this far from the text's edges, so that labels have room
_BAR = 12.0


class WindowDrawing(Flowable):  # type: ignore[misc]
    """A bar in days: open days darker, edges labelled below, the claim's day marked above."""

    def __init__(self, window: ClaimWindow, today: date, language: str, room: float) -> None:
        super().__init__()
        self.window, self.today, self.language = window, today, language
        self.width = room
        days = [0, window.day_number(today)]
        days += [window.day_number(day) for day in (window.opens_on, window.last_on) if day is not None]
        self.first, last = min(days), max(days)
        self.last = last + max(2, (last - self.first) // 5)
        self.edges = [(0, day_zero_word(window.basis), window.starts_on)]
        for day in (window.opens_on, window.last_on):
            if day is not None and day != window.starts_on:
                number = window.day_number(day)
                self.edges.append((number, _("day {number}").format(number=number), day))
        self.levels = self._stacked()
        self.base = 20.0 if max(self.levels) == 0 else 14.0 + 10.0 * max(self.levels)
        self.height = self.base + _BAR + 20.0

    def _x(self, day: int) -> float:
        return _INSET + (self.width - 2 * _INSET) * (day - self.first) / (self.last - self.first)

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """From the left to the right, days to scale."""
        canvas: Any = self.canv
        window = self.window
        opens = 0 if window.opens_on is None else window.day_number(window.opens_on)
        closes = self.last if window.last_on is None else window.day_number(window.last_on)
        base = self.base
        canvas.saveState()
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.6)
        canvas.setFillColor(TINT)
        canvas.rect(self._x(0), base, self._x(self.last) - self._x(0), _BAR, fill=1)
        canvas.setFillColor(BAR)
        canvas.rect(self._x(opens), base, self._x(closes) - self._x(opens), _BAR, fill=1)
        self._inside(canvas, opens, closes, base)
        self._edges(canvas, base)
        self._today(canvas, base + _BAR)
        canvas.restoreState()

    def _inside(self, canvas: Any, opens: int, closes: int, base: float) -> None:  # noqa: ANN401 - reportlab's
        words = _("window open")
        room = self._x(closes) - self._x(opens)
        if width(words, BOLD, 7.6) + 8 < room:
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 7.6)
            canvas.drawCentredString(self._x(opens) + room / 2, base + 3.4, words)

    def _stacked(self) -> list[int]:
        """The row of each label: one close to the next goes deeper, so that no line crosses it."""
        levels = [0] * len(self.edges)
        for at in range(len(self.edges) - 2, -1, -1):
            close = self._x(self.edges[at + 1][0]) - self._x(self.edges[at][0]) < 62
            levels[at] = levels[at + 1] + 1 if close else 0
        return levels

    def _edges(self, canvas: Any, base: float) -> None:  # noqa: ANN401
        canvas.setStrokeColor(INK)
        for (number, word, day), level in zip(self.edges, self.levels, strict=True):
            x, drop = self._x(number), 3 + 10.0 * level
            told = month_day(day, self.language)
            canvas.line(x, base + _BAR, x, base - drop)
            canvas.setFillColor(GREY)
            canvas.setFont(REGULAR, 7.2)
            if max(self.levels):
                canvas.drawString(x - 4 if level == 0 else x, base - drop - 7, f"{word}, {told}")
            else:
                canvas.drawCentredString(x, base - drop - 7, shortened(word, REGULAR, 7.2, 60))
                canvas.drawCentredString(x, base - drop - 15.5, told)

    def _today(self, canvas: Any, top: float) -> None:  # noqa: ANN401
        number = self.window.day_number(self.today)
        x = self._x(number)
        canvas.setFillColor(INK)
        path = canvas.beginPath()
        path.moveTo(x, top + 1)
        path.lineTo(x - 4, top + 8)
        path.lineTo(x + 4, top + 8)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        words = _("this claim, day {number}").format(number=number)
        half = width(words, BOLD, 7.6) / 2
        canvas.setFont(BOLD, 7.6)
        canvas.drawCentredString(min(max(x, half), self.width - half), top + 11.5, words)
