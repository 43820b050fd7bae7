"""The carriers that an office uses: they decide where two carriers' numbers look alike."""

from collections.abc import Collection
from typing import Final

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import CheckBox
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.carriers import NAMES, carrier_name

_COLUMNS: Final = 3


class OfficeCarriers(QWidget):
    """A box for each carrier, and a button for those that serve the office's country."""

    def __init__(self) -> None:
        super().__init__()
        self._usual: frozenset[str] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Text(_("Carriers that this office uses"), 13, 600))
        head.addStretch(1)
        self.usual = Button(_("As usual in the country"), small=True)
        self.usual.clicked.connect(self._on_usual)
        head.addWidget(self.usual)
        column.addLayout(head)
        why = _("They decide where the numbers of two carriers look alike. A number of another one may be asked about.")
        column.addWidget(Text(why, 12, 400, "text2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        names = sorted(NAMES, key=lambda one: carrier_name(one).casefold())
        self.boxes = {name: CheckBox(carrier_name(name)) for name in names}
        rows = -(-len(names) // _COLUMNS)
        for at, box in enumerate(self.boxes.values()):
            grid.addWidget(box, at % rows, at // rows)
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)

    def fill(self, chosen: Collection[str], usual: Collection[str]) -> None:
        """Tick the carriers of the office; none chosen means the usual ones of its country."""
        self._usual = frozenset(usual)
        for name, box in self.boxes.items():
            box.setChecked(name in (chosen or usual))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids ticked; empty where they are the usual ones, which follow the country."""
        ticked = tuple(sorted(name for name, box in self.boxes.items() if box.isChecked()))
        return () if frozenset(ticked) == self._usual else ticked

    def _on_usual(self) -> None:
        for name, box in self.boxes.items():
            box.setChecked(name in self._usual)
