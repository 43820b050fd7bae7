"""Beside a claim: its packet as it would be made now, drawn again whenever something is put on record."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailroom.errors import MailroomError
from mailroom.ui import theme, tokens
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import IconButton
from mailroom.ui.parts.labels import Text, hairline
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

_LEAST = 340  # px at 100 %


class ClaimDraftView(QWidget):
    """Hidden until it is asked for; one draft in the making, the newest next."""

    closed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setAccessibleName(_("Preview of the packet"))
        self._bench = bench
        self._wanted = self._asked = ""
        self._again = False
        self._buffer = QBuffer(self)
        self.paper: QPdfDocument | None = None
        self.view: QPdfView | None = None
        self.words = Text(_("Preview"), 13, 600)
        self.note = Text("", 12, 400, "text2", wrap=True)
        cross = IconButton("x", _("Close the preview"), tiny=True)
        cross.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 10, 8)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.words)
        lines.addWidget(self.note)
        row.addLayout(lines, 1)
        row.addWidget(cross)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(row)
        self._column.addWidget(hairline())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Take the new text size and colours."""
        self.setMinimumWidth(theme.px(_LEAST))
        self._colour_ground()

    def look_at(self, claim_id: str) -> None:
        """Show the packet of a claim as it stands."""
        self._wanted = claim_id
        if self._asked:
            self._again = True
        elif claim_id:
            self._ask()

    def _ask(self) -> None:
        self._asked, self._again = self._wanted, False
        office, claim_id = self._bench.office, self._wanted
        self.note.setText(_("Drawing …"))
        self._bench.runners.run(
            "work", lambda: office.claim_papers.draft(office.operator, claim_id), self._on_drawn, self._on_failed
        )

    def _on_drawn(self, pdf: bytes) -> None:
        self._show(pdf)
        count = self.paper.pageCount() if self.paper is not None else 0
        pages = plural("{n} page", "{n} pages", count)
        self.note.setText(_("{pages}, as the packet would be made now. Not issued, not kept.").format(pages=pages))
        self._next()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            self._asked = ""
            raise error
        self._clear()
        self.note.setText(f"{error_text(error)} {error_remedy(error)}")
        self._next()

    def _next(self) -> None:
        asked, self._asked = self._asked, ""
        if self._wanted and (self._again or asked != self._wanted):
            self._ask()

    def _show(self, pdf: bytes) -> None:
        """QtPdf is loaded when the first draft is looked at."""
        if self.paper is None or self.view is None:
            from PySide6.QtPdf import QPdfDocument
            from PySide6.QtPdfWidgets import QPdfView

            self.paper, self.view = QPdfDocument(self), QPdfView(self)
            self.view.setAccessibleName(_("Pages of the packet"))
            self.view.setPageMode(QPdfView.PageMode.MultiPage)
            self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            self.view.setDocument(self.paper)
            self._column.addWidget(self.view, 1)
            self._colour_ground()
        place = self.view.verticalScrollBar().value()
        self._clear()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.paper.load(self._buffer)
        self.view.verticalScrollBar().setValue(place)

    def _clear(self) -> None:
        if self.paper is not None:
            self.paper.close()
        self._buffer.close()

    def _colour_ground(self) -> None:
        from PySide6.QtGui import QPalette

        if self.view is not None:
            palette = self.view.palette()
            palette.setColor(QPalette.ColorRole.Dark, tokens.current().canvas)
            self.view.setPalette(palette)
            self.view.viewport().setPalette(palette)
