"""Palette, style sheet, fonts and text size of the window, all from the tokens; follows the system's light and dark."""

import functools
import gc
import re
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mailroom import resources
from mailroom.ui import app_filters, tokens
from mailroom.ui.stylesheet import SHEET

DISPLAY_FROM: Final = 24  # px; larger text takes the display cut
_DISPLAY_SPACING: Final = 97.5  # per cent: large text is set tighter
_FIELD = re.compile(r"\{(\w+)\}")
_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold, 700: QFont.Weight.Bold}
_FONT_PROPERTY = "mailroomFont"

_text_size = 100  # per cent
_choice = "system"
_families: frozenset[str] = frozenset()


class _Herald(QObject):
    """Tells that colours or sizes changed, and hears the system's own change of scheme."""

    changed = Signal()

    def _on_scheme_changed(self) -> None:
        if _choice == "system":
            apply()

    def follow(self) -> None:
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)


_herald: _Herald | None = None


def install(choice: str = "system", text_size: int = 100) -> None:
    """Set up the application's style once: Fusion, fonts, palette, sheet. `choice` is system, light or dark."""
    global _families, _herald
    if not _families:  # a style set again restyles every widget there is
        QApplication.setStyle("Fusion")
        _families = _load_fonts()
    if _herald is None:
        _herald = _Herald()
        _herald.follow()
    change(choice, text_size)


def change(choice: str, text_size: int) -> None:
    """Take another theme or text size (per cent) and show it at once."""
    global _choice, _text_size
    _choice, _text_size = choice, text_size
    apply()


def apply() -> None:
    """Fill palette and style sheet from the tokens again and restyle every widget that asks for it."""
    dark = _choice == "dark"
    if _choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    tokens.use(tokens.DARK if dark else tokens.LIGHT)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    with app_filters.lifted():
        QApplication.setFont(font(13))
        QApplication.setPalette(_palette(tokens.current()))
        sheet = _filled_sheet()
        if sheet != app.styleSheet():  # the same sheet would be worked through for every widget again
            app.setStyleSheet(sheet)
        for widget in every_widget():
            _refont(widget)
            restyle = getattr(widget, "restyle", None)
            if restyle is not None:
                restyle()
            widget.update()
    if _herald is not None:
        _herald.changed.emit()


def every_widget() -> list[QWidget]:
    """Every widget there is. No garbage is collected meanwhile.

    PySide takes Qt's list of pointers one by one, each may start a collection, and one that takes a window without a
    parent (a closed one, in a cycle with its own parts) leaves dangling pointers in the rest of the list.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return QApplication.allWidgets()
    finally:
        if collects:
            gc.enable()


def px(size: float) -> int:
    """A length at 100 % in px at the chosen text size."""
    return round(size * _text_size / 100)


def font(size: int, weight: int = 400, *, tabular: bool = False, slashed: bool = False) -> QFont:
    """The window's font: `size` px at 100 %, `weight` 400 to 700, tabular figures, slashed zero.

    Where Inter is not there the system's font stands in. The same font is handed out again: copy it to change it.
    """
    return _made_font(size, weight, tabular, slashed, _text_size, bool(_families))


def metrics(size: int, weight: int = 400, *, tabular: bool = False, slashed: bool = False) -> QFontMetrics:
    """How wide and high texts are in such a font."""
    return _measured_font(size, weight, tabular, slashed, _text_size, bool(_families))


@functools.lru_cache(maxsize=256)
def _made_font(size: int, weight: int, tabular: bool, slashed: bool, _at: int, loaded: bool) -> QFont:
    """A font takes longer to make than a line to paint; `_at` keeps those of another text size apart."""
    family = "Inter Display" if size >= DISPLAY_FROM and weight >= 600 else "Inter"
    chosen = QFont(family if family in _families else "Inter") if loaded else QFont()
    chosen.setPixelSize(px(size))
    chosen.setWeight(_WEIGHTS[weight])
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if family == "Inter Display" and not tabular:
        chosen.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _DISPLAY_SPACING)
    if tabular or slashed:
        chosen.setFeature(QFont.Tag("tnum"), 1)
    if slashed:
        chosen.setFeature(QFont.Tag("zero"), 1)
    return chosen


@functools.lru_cache(maxsize=256)
def _measured_font(size: int, weight: int, tabular: bool, slashed: bool, at: int, loaded: bool) -> QFontMetrics:
    return QFontMetrics(_made_font(size, weight, tabular, slashed, at, loaded))


def set_font(widget: QWidget, size: int, weight: int = 400, *, tabular: bool = False, slashed: bool = False) -> None:
    """Give a widget a font that follows the text-size setting."""
    widget.setProperty(_FONT_PROPERTY, [size, weight, tabular, slashed])
    _refont(widget)


def polish(widget: QWidget) -> None:
    """Let the style sheet see a property that changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _refont(widget: QWidget) -> None:
    asked = widget.property(_FONT_PROPERTY)
    if asked:
        size, weight, tabular, slashed = asked
        widget.setFont(font(int(size), int(weight), tabular=bool(tabular), slashed=bool(slashed)))


def _load_fonts() -> frozenset[str]:
    found: set[str] = set()
    for path in sorted(resources.folder("fonts").glob("Inter*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        found.update(QFontDatabase.applicationFontFamilies(number))
    return frozenset(found)


def _filled_sheet() -> str:
    colours = tokens.codes(tokens.current())

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        return f"{px(int(name[:-2]))}px" if name.endswith("px") and name[:-2].isdigit() else colours[name]

    return _FIELD.sub(fill, SHEET)


def _palette(theme: tokens.Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    everywhere = {
        role.Window: theme.canvas,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.sunken,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.surface,
        role.PlaceholderText: theme.text3,
        role.Highlight: theme.soft if theme.dark else theme.accent,
        role.HighlightedText: theme.soft_text if theme.dark else theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.line2,
        role.Dark: theme.line2,
        role.Shadow: theme.line,
        role.Accent: theme.accent,
    }
    for which, colour in everywhere.items():
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, theme.text3)
    return palette
