"""The roles through which a model tells the table delegate how to draw a cell."""

from enum import IntEnum

from PySide6.QtCore import Qt

_FIRST = int(Qt.ItemDataRole.UserRole)


class Role(IntEnum):
    """What a cell may hold beside `DisplayRole` (its full text) and `AccessibleTextRole`."""

    SECOND = _FIRST + 1  # str: second line
    STATUS = _FIRST + 2  # Status: the text is drawn as its chip
    TONE = _FIRST + 3  # str: colour token of the first line
    NUMBER = _FIRST + 4  # bool: tracking number, tabular with slashed zero, never elided
    ICON = _FIRST + 5  # str: icon before the text
    FRESH = _FIRST + 6  # float: 1 for a new row, fading to 0
    STRONG = _FIRST + 7  # bool: medium weight
    ROW_ID = _FIRST + 8  # str: id of what the row shows
    LOOK = _FIRST + 9  # CellLook: all of the above but FRESH, in one question
