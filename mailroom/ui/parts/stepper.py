"""The steps of something that takes weeks: circles on a line, those behind with a tick, the one of now in blue."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.wording import _

_HEIGHT = 46  # px at 100 %
_RING = 9


class Stepper(QWidget):
    """Shows steps and which one it is; nothing here can be pressed. Words give way before rings do."""

    def __init__(self, name: str, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._words = words
        self._now = 0
        self._over = False
        self._skipped: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, now: int, word: str = "", *, over: bool = False, skipped: frozenset[int] = frozenset()) -> None:
        """The step of now, perhaps under another word; `over`: there is nothing after it; `skipped` never were."""
        self._now, self._over, self._skipped = now, over, skipped
        words = list(self._words)
        if word:
            words[now] = word
        self._shown = tuple(words)
        place = _("step {at} of {count}: {word}").format(at=now + 1, count=len(words), word=words[now])
        self.setAccessibleName(f"{self._name}, {place}")
        self.update()

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(420), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Rings and the word of now always fit."""
        return QSize(theme.px(260), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rings, words and the lines between them, spread over the width."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, gap = theme.px(_RING), theme.px(8)
        fonts = [theme.font(12, 600 if at == self._now else 500) for at in range(len(self._shown))]
        widths = [QFontMetrics(font).horizontalAdvance(word) for font, word in zip(fonts, self._shown, strict=True)]
        least = sum(2 * ring + gap + width for width in widths) + (len(widths) - 1) * theme.px(18)
        if least > self.width():  # only the word of now
            widths = [width if at == self._now else -gap for at, width in enumerate(widths)]
        taken = sum(2 * ring + gap + width for width in widths)
        line = max(theme.px(6), (self.width() - taken - 2) // max(1, len(widths) - 1) - 2 * gap)
        x = 1.0
        for at, width in enumerate(widths):
            x = self._paint_step(painter, x, at, fonts[at], width)
            if at < len(widths) - 1:
                colours = tokens.current()
                passed = at < self._now
                painter.fillRect(
                    QRect(round(x + gap), self.height() // 2, line, 2 if passed else 1),
                    colours.accent if passed else colours.line2,
                )
                x += line + 2 * gap

    def _paint_step(self, painter: QPainter, x: float, at: int, font: object, width: int) -> float:
        colours = tokens.current()
        ring, middle = theme.px(_RING), self.height() / 2
        now = at == self._now
        past = (at < self._now and at not in self._skipped) or (now and self._over)
        painter.setPen(QPen(colours.accent if now or past else colours.line2, 2))
        painter.setBrush(colours.accent if past else colours.surface)
        painter.drawEllipse(QPointF(x + ring, middle), ring - 1, ring - 1)
        if past:
            paint_icon(painter, "check", x + 3, middle - ring + 3, 2 * ring - 6, colours.on_accent)
        elif now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QPointF(x + ring, middle), ring / 2.2, ring / 2.2)
        if width > 0:
            painter.setFont(font)  # type: ignore[arg-type]
            painter.setPen(colours.accent if now else colours.text3 if at in self._skipped else colours.text2)
            box = QRect(round(x + 2 * ring + theme.px(8)), 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._shown[at])
        return x + 2 * ring + theme.px(8) + width
