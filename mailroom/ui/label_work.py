"""Has the label of a piece with a number of ours drawn and shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mailroom.domain.labels import LabelSheet
from mailroom.errors import MailroomError
from mailroom.ui.page import Bench

if TYPE_CHECKING:
    from mailroom.ui.label_preview import LabelPreview


class LabelWork(QObject):
    """Has labels drawn in the work thread and shows them over the window."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._shipment_id = self._number = ""
        self.preview: LabelPreview | None = None

    def show(self, shipment_id: str, number: str) -> None:
        """Show the label of one piece."""
        self._shipment_id, self._number = shipment_id, number
        self._draw(LabelSheet.ROLL_4X6, 1)

    def _draw(self, sheet: LabelSheet, first: int) -> None:
        office, shipment_id = self._bench.office, self._shipment_id
        self._bench.runners.run(
            "work",
            lambda: office.labels.internal(office.operator, (shipment_id,), sheet, first=first),
            self._on_drawn,
            self._on_failed,
        )

    def _on_drawn(self, pdf: bytes) -> None:
        if self.preview is not None:
            self.preview.load(pdf)
            return
        from mailroom.ui.label_preview import LabelPreview  # loads the PDF viewer: with the first label only

        self.preview = LabelPreview(self._bench, self._page.window(), self._number, pdf)
        self.preview.wanted.connect(self._draw)
        self.preview.finished.connect(self._on_closed)
        self.preview.open()

    def _on_closed(self) -> None:
        self.preview = None

    def _on_failed(self, error: BaseException) -> None:
        if self.preview is not None and isinstance(error, MailroomError):
            self.preview.refuse(error)
        else:
            self._bench.notices.show(error)
