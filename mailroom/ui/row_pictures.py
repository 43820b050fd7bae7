"""The rows of a table as they were painted last: a row that only moved is copied, not painted again."""

from collections.abc import Hashable

from PySide6.QtGui import QPixmap


class RowPictures:
    """Pictures by what they show, those used last kept longest; none outlives what it was made for."""

    def __init__(self) -> None:
        self._made_for: tuple[object, ...] = ()
        self._most = 0
        self._kept: dict[Hashable, QPixmap] = {}  # in the order of use

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def settle(self, made_for: tuple[object, ...], most: int) -> None:
        """Say what all pictures depend on (columns, colours, text size, pixel ratio) and how many are kept at most.

        Where something of it is another than before, none is kept.
        """
        if made_for != self._made_for:
            self._made_for = made_for
            self._kept.clear()
        self._most = most

    def find(self, key: Hashable) -> QPixmap | None:
        """The picture of a row that looks like this; none where it has to be painted."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def keep(self, key: Hashable, picture: QPixmap) -> None:
        """Keep a picture; the one that was not used for longest goes."""
        self._kept[key] = picture
        while len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
