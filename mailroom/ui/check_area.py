"""Checking a paper in the window: a PDF is dropped or chosen, and one sentence says what it is."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.command import utc_text
from mailroom.errors import MailroomError
from mailroom.services.attachments import read_regular_file
from mailroom.services.papers import PaperVerdict
from mailroom.ui import theme
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.plain import one_line
from mailroom.wording.verdicts import verdict_text

_LOOKS = {
    "issued": ("shield-check", "good"),
    "signed": ("shield-check", "good"),
    "appended": ("alert-triangle", "warn"),
    "changed": ("alert-octagon", "bad"),
    "unsigned": ("alert-triangle", "warn"),
    "unknown": ("alert-circle", "move"),
}


def pdfs(event: QDragEnterEvent | QDropEvent) -> tuple[Path, ...]:
    """The PDF files that are dragged; none where anything else is among them."""
    files = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return files if files and all(one.suffix.casefold() == ".pdf" for one in files) else ()


class CheckArea(QFrame):
    """A place to drop a paper on; below it stands what was found."""

    checked = Signal(object)  # PaperVerdict

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._name = ""
        self.setObjectName("drop")
        self.setAccessibleName(_("Check a paper"))
        self.setAcceptDrops(True)
        self._choice = FileChoice(bench.desk, self, self._on_files)
        self._symbol = Symbol("shield", 20)
        self.line = Text(_("Drop a PDF here to see whether it is what was issued."), 13, 500, wrap=True)
        self.detail = Text(
            _("It is compared with the record, byte for byte; nothing is kept."), 12, 400, "text2", wrap=True
        )
        self.button = Button(_("Check a paper …"), "file-check", tiny=True)
        self.button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.line)
        words.addWidget(self.detail)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def choose(self) -> None:
        """Ask for a file."""
        self._choice.open(_("Choose a paper to check"), _("PDF files (*.pdf)"))

    def check(self, path: Path) -> None:
        """Look at one file in the work thread."""
        office = self._bench.office
        self._name = one_line(path.name)
        self.line.setText(_("Looking at {file} …").format(file=self._name))
        self.detail.setText("")

        def look() -> PaperVerdict:
            return office.papers.verify(office.operator, read_regular_file(path), path.name)

        self._bench.runners.run("work", look, self._on_verdict, self._on_failed)

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One PDF may be dropped."""
        if len(pdfs(event)) == 1:
            event.acceptProposedAction()
            self.setProperty("over", True)
            theme.polish(self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes elsewhere."""
        self._cool()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check what was dropped."""
        self._cool()
        files = pdfs(event)
        if files:
            event.acceptProposedAction()
            self.check(files[0])

    # within

    def _cool(self) -> None:
        self.setProperty("over", False)
        theme.polish(self)

    def _on_files(self, files: tuple[Path, ...]) -> None:
        self.check(files[0])

    def _on_verdict(self, verdict: PaperVerdict) -> None:
        document, signature = verdict.document, verdict.signature
        sentence = verdict_text(
            verdict.state.value,
            file=self._name,
            number=document.number if document else verdict.number,
            by=document.issued_by if document else signature.by if signature else "",
            when=utc_text(document.issued_at) if document else signature.signed_at if signature else "",
        )
        self._show(sentence, f"SHA-256 {verdict.sha256}", *_LOOKS[verdict.state.value])
        self.checked.emit(verdict)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            raise error
        self._show(error_text(error), error_remedy(error), "alert-octagon", "bad")

    def _show(self, sentence: str, below: str, icon: str, tone: str) -> None:
        self._symbol.set_icon(icon, tone)
        self.line.setText(sentence)
        self.line.set_tone(tone)
        self.detail.setText(below)
        announce(self, sentence)
