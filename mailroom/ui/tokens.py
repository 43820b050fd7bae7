"""The colours of the window by what they are for, light and dark. Nothing else in the window names a colour."""

import dataclasses
from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Family:
    """The three colours of a state: text and icon, tinted ground, and a stronger line for rings and bars."""

    text: QColor
    ground: QColor
    line: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Text on its own ground has a contrast of 4.5 or better, meaning-bearing shapes 3 or better."""

    canvas: QColor  # window and rail
    surface: QColor  # panes, cards, tables, inputs
    sunken: QColor  # table headers, inset boxes
    raised: QColor  # menus, chosen segment, ready band
    hover: QColor
    line: QColor  # hairlines, decoration only
    line2: QColor  # borders of inputs and buttons
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    soft: QColor  # selected row, rail item, chosen filter
    soft_text: QColor
    focus: QColor
    neutral: QColor
    neutral_bg: QColor
    neutral_line: QColor
    move: QColor
    move_bg: QColor
    move_line: QColor
    good: QColor
    good_bg: QColor
    good_line: QColor
    warn: QColor
    warn_bg: QColor
    warn_line: QColor
    bad: QColor
    bad_bg: QColor
    bad_line: QColor
    back: QColor
    back_bg: QColor
    back_line: QColor
    band_ok: QColor
    on_band_ok: QColor
    band_ask: QColor
    on_band_ask: QColor
    band_no: QColor
    on_band_no: QColor
    c1: QColor
    c2: QColor
    c3: QColor
    c4: QColor
    mark: QColor  # the ground of the rail's mark
    dark: bool

    def family(self, name: str) -> Family:
        """The colours of `neutral`, `move`, `good`, `warn`, `bad` or `back`."""
        return Family(getattr(self, name), getattr(self, f"{name}_bg"), getattr(self, f"{name}_line"))


_LIGHT = """
canvas F4F3F0 surface FFFFFF sunken FAF9F7 raised FFFFFF hover F3F1ED line E4E1DB line2 888278
text 1B1E23 text2 50565E text3 656A72 accent 1D4E9E accent_hover 163E80 on_accent FFFFFF
soft E8EEF8 soft_text 1D4E9E focus 2563EB neutral 4A5058 neutral_bg ECEAE6 neutral_line 888278
move 1F5089 move_bg E4EDF7 move_line 4279BC good 176336 good_bg E0F1E5 good_line 278A4C
warn 7D4A00 warn_bg FBEDCF warn_line B57108 bad A01D18 bad_bg FBE4E1 bad_line C4302A
back 663A94 back_bg F0E8F8 back_line 8A5FB8 band_ok 13743B on_band_ok FFFFFF band_ask F6B51E
on_band_ask 221700 band_no B3201A on_band_no FFFFFF c1 1F4F9C c2 5F8FD0 c3 928B7E c4 B57108 mark 1D4E9E
"""
_DARK = """
canvas 131517 surface 1B1E21 sunken 181A1D raised 24282C hover 24282C line 2E3338 line2 757D85
text ECEDEF text2 B7BCC3 text3 98A0A8 accent 8DB4FA accent_hover A9C6FC on_accent 0B1A33
soft 1F2E48 soft_text A9C6FC focus 7FB0FF neutral C5CAD0 neutral_bg 2B3035 neutral_line 757D85
move 9DC3F5 move_bg 1B2C43 move_line 5B8FD0 good 86DBA6 good_bg 17321F good_line 3FA868
warn F5C763 warn_bg 38290B warn_line D99A2B bad FFA198 bad_bg 411C19 bad_line E5564C
back CFB6F4 back_bg 2D2241 back_line 9A7CC9 band_ok 147A3E on_band_ok FFFFFF band_ask EFAE1B
on_band_ask 221700 band_no B92821 on_band_no FFFFFF c1 86B0F7 c2 4F7AC0 c3 747B83 c4 D99A2B mark 1D4E9E
"""


def _read(table: str, *, dark: bool) -> Tokens:
    words = table.split()
    return Tokens(**{name: QColor(f"#{code}") for name, code in zip(words[::2], words[1::2], strict=True)}, dark=dark)


LIGHT = _read(_LIGHT, dark=False)
DARK = _read(_DARK, dark=True)

_current = LIGHT


def current() -> Tokens:
    """The theme in use. Painted widgets ask in `paintEvent` and keep no colour."""
    return _current


def use(theme: Tokens) -> None:
    """Make `theme` the one in use; `theme.apply` calls this and repaints."""
    global _current
    _current = theme


def codes(theme: Tokens) -> dict[str, str]:
    """The colours as `#rrggbb` by name, for the style sheet."""
    return {one.name: getattr(theme, one.name).name() for one in dataclasses.fields(Tokens) if one.name != "dark"}
