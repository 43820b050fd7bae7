"""Another party's page or picture on our page: shown whole, reduced, never written over."""

from typing import Any

from reportlab.platypus import Flowable

from mailroom.reports.exhibit_files import Prepared
from mailroom.reports.fonts import REGULAR, shortened
from mailroom.reports.page import Placement, Surroundings
from mailroom.reports.record import in_fours
from mailroom.reports.style import GREY, HAIR
from mailroom.wording import _, mark

TURN_BELOW = 0.55  # a landscape page is turned only where it would stand smaller than this
_TROUBLES = {
    "blob_missing": mark("The file is no longer in the store."),
    "file_changed": mark("The file in the store does not match its fingerprint."),
    "file_encrypted": mark("The file is protected by a password."),
    "file_damaged": mark("The file is damaged and cannot be shown."),
    "image_too_large": mark("The picture is too large to be shown."),
    "too_many_pages": mark("The file has more pages than can be shown."),
}


class PlacedFile(Flowable):  # type: ignore[misc]
    """Room for page `index` of a file within `width` x `height`; the page is placed when the file is finished."""

    def __init__(
        self,
        around: Surroundings,
        file: Prepared,
        index: int,
        width: float,
        height: float,
        *,
        framed: bool = True,
        enlarge: float = 1.0,
    ) -> None:
        super().__init__()
        self.around, self.file, self.index, self.framed = around, file, index, framed
        self.turned = False
        if file.trouble:
            self.scale, self.width, self.height = 1.0, width, min(height, 60.0)
            return
        wide, tall = file.sizes[index]
        self.scale = min(width / wide, height / tall, enlarge)
        if wide > tall and self.scale < TURN_BELOW and file.data:
            self.turned, wide, tall = True, tall, wide
            self.scale = min(width / wide, height / tall, enlarge)
        self.width, self.height = wide * self.scale, tall * self.scale

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """A thin frame, and a note of where it stands; or why the file is not shown."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        if self.framed or self.file.trouble:
            canvas.rect(0, 0, self.width, self.height)
        if self.file.trouble:
            canvas.setFillColor(GREY)
            canvas.setFont(REGULAR, 8.5)
            why = _(_TROUBLES.get(self.file.trouble, "The file could not be shown."))
            canvas.drawString(8, self.height - 16, shortened(why, REGULAR, 8.5, self.width - 16))
            canvas.drawString(8, self.height - 29, _("SHA-256 {digest} …").format(digest=in_fours(self.file.sha256)))
        canvas.restoreState()
        if self.file.trouble:
            return
        x, y = canvas.absolutePosition(0, 0)
        place = Placement(
            canvas.getPageNumber(), x, y, self.width, self.height, self.file.sha256, self.index, turned=self.turned
        )
        self.around.placements.append(place)
