"""Who covers the goods of a claim: the carrier, or an insurer whose rules are on record."""

from PySide6.QtCore import Signal

from mailroom.domain.insurers import INSURERS
from mailroom.ui.parts.fields import Choice, Field
from mailroom.wording import _
from mailroom.wording.insurers import insurer_name


class InsurerChoice(Field):
    """A drop-down of the carrier and the insurers; `chosen` when a person took another one."""

    chosen = Signal()

    def __init__(self) -> None:
        self._box = Choice((_("The carrier"), *(insurer_name(one) for one in INSURERS)))
        super().__init__(_("Goods covered by"), self._box)
        self._box.activated.connect(self._on_activated)

    @property
    def insurer(self) -> str:
        """Id of the insurer; empty for the carrier."""
        return ("", *INSURERS)[self._box.currentIndex()]

    def choose(self, insurer: str) -> None:
        """Show the one on record."""
        self._box.setCurrentIndex(("", *INSURERS).index(insurer) if insurer in INSURERS else 0)

    def _on_activated(self) -> None:
        self.chosen.emit()
