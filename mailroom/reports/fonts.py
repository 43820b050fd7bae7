"""The fonts of papers, embedded always: Noto Sans of `resources/fonts/`, read when first needed."""

from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mailroom import resources
from mailroom.reports.quick import install

rl_config.useA85 = 0  # streams as bytes, not as text: a tenth smaller

REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
MONO = "NotoSansMono-Regular"
NARROW = "NotoSans-SemiCondensed"
NARROW_BOLD = "NotoSans-SemiCondensedBold"
_KEPT = 6_000  # texts of one file whose splitting is kept


class VisibleFont(TTFont):  # type: ignore[misc]
    """A font that refuses a character it has no glyph for, where its parent prints an empty space.

    Text is made visible before it comes here (`mailroom.reports.text`), so this is a guard against a forgotten path.
    """

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename)
        self._width_of = lru_cache(maxsize=20_000)(self._thousandths)
        self._split: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()

    def _thousandths(self, shown: str) -> float:
        widths, usual = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(char), usual) for char in shown))

    def stringWidth(self, text: Any, size: float, encoding: str = "utf-8") -> float:  # noqa: N802, ANN401 - as above
        """Width in points; words come again and again, so their widths are kept."""
        shown = text if isinstance(text, str) else text.decode(encoding)
        return 0.001 * size * self._width_of(shown)

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: N802, ANN401 - reportlab's name
        """The parent's splitting, after a look whether every character can be shown."""
        shown = text if isinstance(text, str) else text.decode("utf-8")
        kept = self._split.get(doc)
        if kept is None:
            kept = self._split[doc] = {}
        found = kept.get(shown)
        if found is not None:  # a character keeps its place in the subset for the whole file
            return found
        known = self.face.charToGlyph
        missing = {char for char in shown if ord(char) not in known and char != "\u00a0"}
        if missing:
            raise ValueError(f"{self.fontName} has no glyph for {sorted(hex(ord(char)) for char in missing)}")
        found = super().splitString(shown, doc, encoding)
        if len(kept) < _KEPT:
            kept[shown] = found
        return found


@cache
def register() -> None:
    """Make the fonts known to reportlab, bold and italic by markup too."""
    install()
    for name in (REGULAR, BOLD, ITALIC, MONO, NARROW, NARROW_BOLD):
        pdfmetrics.registerFont(VisibleFont(name, str(resources.file(f"fonts/{name}.ttf"))))
    for is_bold, is_italic, name in ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, BOLD)):
        addMapping(REGULAR, is_bold, is_italic, name)
        addMapping(BOLD, is_bold, is_italic, BOLD)
        addMapping(ITALIC, is_bold, is_italic, BOLD if is_bold else ITALIC)
        addMapping(MONO, is_bold, is_italic, MONO)


@cache
def glyphs() -> frozenset[int]:
    """The code points that the text fonts can all show."""
    register()
    faces = (pdfmetrics.getFont(name).face.charToGlyph for name in (REGULAR, BOLD, ITALIC, NARROW))
    return frozenset.intersection(*(frozenset(face) for face in faces)) | {0xA0}


def width(text: str, font: str, size: float) -> float:
    """How wide a text runs, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def shortened(text: str, font: str, size: float, room: float) -> str:
    """A text that fits its room, cut at the end with an ellipsis where it does not."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "\u2026", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "\u2026"
