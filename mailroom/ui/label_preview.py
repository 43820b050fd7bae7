"""The label of a piece with a number of ours: on a roll or on a sheet, looked at and printed."""

from PySide6.QtCore import Signal
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget

from mailroom.domain.labels import LabelSheet
from mailroom.errors import MailroomError
from mailroom.ui import theme
from mailroom.ui.forms import side_by_side
from mailroom.ui.page import Bench
from mailroom.ui.paper_preview import PdfPreview
from mailroom.ui.parts.fields import Choice, Field
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text

_MOST_PLACES = 30
_NAMES = {
    LabelSheet.ROLL_4X6: "4 × 6 in",
    LabelSheet.AVERY_5160: "Avery 5160, Letter, 30",
    LabelSheet.AVERY_5163: "Avery 5163, Letter, 10",
    LabelSheet.AVERY_L7160: "Avery L7160, A4, 21",
    LabelSheet.AVERY_L7163: "Avery L7163, A4, 14",
}


class LabelPreview(PdfPreview):
    """`wanted` carries the sheet and the place on it whenever one of them is chosen anew."""

    wanted = Signal(object, int)

    def __init__(self, bench: Bench, window: QWidget, number: str, pdf: bytes) -> None:
        super().__init__(bench, window, _("Label {number}").format(number=number), "", number, pdf)
        self.sheet = Choice(tuple(_NAMES.values()))
        self.place = Choice(tuple(str(at) for at in range(1, _MOST_PLACES + 1)))
        self.place_field = Field(_("First free label of the sheet"), self.place)
        self.place_field.setEnabled(False)
        self.body.addLayout(side_by_side((Field(_("Printed on"), self.sheet), 1), (self.place_field, 1)))
        self._lay_out((), window.height() - theme.px(70))
        self._colour_ground()
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.sheet.currentIndexChanged.connect(self._on_chosen)
        self.place.currentIndexChanged.connect(self._on_chosen)

    def refuse(self, error: MailroomError) -> None:
        """Say why there is no such label."""
        self.place_field.refuse(f"{error_text(error)} {error_remedy(error)}".strip())

    def _on_chosen(self) -> None:
        sheet = tuple(_NAMES)[self.sheet.currentIndex()]
        self.place_field.setEnabled(sheet is not LabelSheet.ROLL_4X6)
        self.place_field.accept()
        self.wanted.emit(sheet, 1 if sheet is LabelSheet.ROLL_4X6 else self.place.currentIndex() + 1)
