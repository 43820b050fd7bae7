"""What a cell of a table looks like, as one frozen value: handed out whole, and painted rows are kept by it."""

import functools
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from mailroom.domain.status import Status
from mailroom.ui import theme
from mailroom.ui.parts.chip import STATUS_LOOKS, chip_size
from mailroom.ui.table_roles import Role

PADDING: Final = 8  # px at both sides of a cell
ICON: Final = 16  # px at 100 %, before the text
_SAME_WIDTH: Final = str.maketrans("123456789", "0" * 9)  # tabular figures: one measure serves all numbers of a shape
AT_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
AT_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class CellLook:
    """Everything that a cell shows but the ground of its row; texts are whole, cut only where they are drawn."""

    text: str = ""
    second: str = ""  # second line
    status: Status | None = None  # the text is drawn as its chip
    tone: str = ""  # colour token of the first line, empty for the usual one
    icon: str = ""  # before the text
    number: bool = False  # tracking number: tabular with slashed zero, never cut
    strong: bool = False  # medium weight
    align: int = AT_LEFT


def look_of(index: Index) -> CellLook:
    """How a cell looks: in one question where the model has a value for it, else put together from the roles."""
    look = index.data(Role.LOOK)
    if isinstance(look, CellLook):
        return look
    status = index.data(Role.STATUS)
    return CellLook(
        text=str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
        second=str(index.data(Role.SECOND) or ""),
        status=Status(status) if status else None,  # Qt hands an enum of text back as plain text
        tone=str(index.data(Role.TONE) or ""),
        icon=str(index.data(Role.ICON) or ""),
        number=bool(index.data(Role.NUMBER)),
        strong=bool(index.data(Role.STRONG)),
        align=int(index.data(Qt.ItemDataRole.TextAlignmentRole) or AT_LEFT),
    )


def look_width(look: CellLook) -> int:
    """How wide a cell's content is without being cut, in px, padding included."""
    if look.status is not None:
        return chip_size(look.text, STATUS_LOOKS[look.status][1]).width() + 2 * PADDING
    scale = theme.px(100)
    text = look.text.translate(_SAME_WIDTH) if look.number else look.text
    first = _advance(text, 13, 500 if look.number else 400, look.number, scale)
    below = _advance(look.second, 12, 400, False, scale) if look.second else 0
    return max(first + (theme.px(ICON) + 6 if look.icon else 0), below) + 2 * PADDING + 2


@functools.lru_cache(maxsize=4096)
def _advance(text: str, size: int, weight: int, number: bool, scale: int) -> int:
    """The width of a text in px; `scale` keeps answers of another text size apart."""
    return theme.metrics(size, weight, tabular=number, slashed=number).horizontalAdvance(text)
