"""A paper as it was issued, in the window: look, save, print. Its bytes are those on record."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from mailroom.domain.documents import Document
from mailroom.domain.recognition import Reason
from mailroom.errors import MailroomError
from mailroom.services.issuing import is_signed
from mailroom.services.papers import IssuedPaper
from mailroom.ui import theme, tokens
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.opened_copies import folder_for_copies
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Inset
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.printing import print_pdf
from mailroom.ui.runners import Task
from mailroom.ui.saving import write_whole
from mailroom.wording import _, plural
from mailroom.wording.attachments import paper_word
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.numbers import grouped
from mailroom.wording.reasons import reason_text
from mailroom.wording.short_times import size_text

_WIDTH = 860  # px at 100 %
_ZOOM = 1.25


class PdfPreview(Sheet):
    """Shows a PDF's pages with Save as and Print; `number` names it, `about` stands under the title."""

    words = ""  # above the pages

    def __init__(self, bench: Bench, window: QWidget, title: str, about: str, number: str, pdf: bytes) -> None:
        super().__init__(window, title, about, _WIDTH)
        self._bench = bench
        self.number = number
        self.pdf = pdf
        self._choice = FileChoice(bench.desk, self, self._on_target_chosen)
        self._printer: QPrinter | None = None
        self._saved: Path | None = None
        self._buffer = QBuffer(self)
        self.paper = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName(_("Pages of {number}").format(number=number))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.paper)
        self.found = QPdfSearchModel(self)
        self.found.setDocument(self.paper)
        self.view.setSearchModel(self.found)
        self.search = LineEdit(_("Find in these pages"), icon="search")
        self.search.setAccessibleName(_("Find in these pages"))
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_next)
        self.enter_presses(self.search, None)
        self.hits = Text("", 12, 400, "text2", tabular=True)
        self.found.countChanged.connect(self._show_hits)
        self._hit = -1
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search.setFocus)
        self.load(pdf)

    def load(self, pdf: bytes) -> None:
        """Show these pages."""
        self.pdf = pdf
        self.paper.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.paper.load(self._buffer)

    def _lay_out(self, gaps: tuple[Reason, ...], window_height: int) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(Text(self.words, 12, 400, "text2"))
        tools.addStretch(1)
        self.search.setMaximumWidth(theme.px(240))
        tools.addWidget(self.hits)
        tools.addSpacing(6)
        tools.addWidget(self.search)
        tools.addSpacing(6)
        for icon, name, act in (
            ("zoom-out", _("Smaller"), self._on_smaller),
            ("maximize", _("Fit the width"), self._on_fit),
            ("zoom-in", _("Larger"), self._on_larger),
        ):
            button = IconButton(icon, name, tiny=True)
            button.clicked.connect(act)
            tools.addWidget(button)
        self.body.addLayout(tools)
        if gaps:
            box = Inset()
            box.setAccessibleName(_("What the carrier may object to"))
            box.body.addWidget(Text(_("What the carrier may object to"), 12, 600, "warn"))
            for gap in gaps:
                box.body.addWidget(Text(reason_text(gap), 12, 400, "text2", wrap=True))
            self.body.addWidget(box)
        room = window_height - theme.px(250) - (theme.px(60) + 18 * len(gaps) if gaps else 0)
        self.view.setMinimumHeight(max(260, room))
        self.body.addWidget(self.view, 1)
        self.folder_button = self.add_button(Button(_("Open the folder"), "archive", "ghost"))
        self.folder_button.clicked.connect(self._on_folder)
        self.folder_button.hide()
        self._add_more()
        self.save = self.add_button(Button(_("Save as …"), "download"))
        self.save.clicked.connect(self._on_save)
        self.print_button = self.add_button(Button(_("Print …"), "printer"))
        self.print_button.clicked.connect(self._on_print)
        done = self.add_button(Button(_("Done"), kind="primary"))
        done.clicked.connect(self.accept)

    def _add_more(self) -> None:
        """Further buttons at the left of Save as."""

    def restyle(self) -> None:
        """The ground behind the pages, in the colour of now."""
        super().restyle()
        self._colour_ground()

    def _colour_ground(self) -> None:
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, tokens.current().canvas)
        self.view.setPalette(palette)
        self.view.viewport().setPalette(palette)

    # looking

    def _on_fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _on_larger(self) -> None:
        self._zoom(_ZOOM)

    def _on_smaller(self) -> None:
        self._zoom(1 / _ZOOM)

    def _zoom(self, factor: float) -> None:
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not QPdfView.ZoomMode.Custom:
            points = self.paper.pagePointSize(0).width() or 612.0
            now = self.view.viewport().width() / (points * self.view.logicalDpiX() / 72)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(6.0, max(0.25, now * factor)))

    # finding

    def _on_searched(self, text: str) -> None:
        self._hit = -1
        self.found.setSearchString(text.strip())
        self._show_hits()

    def _on_next(self) -> None:
        """The next place; after the last one the first again."""
        count = self.found.rowCount(self._root())
        if not count:
            return
        self._hit = (self._hit + 1) % count
        place = self.found.resultAtIndex(self._hit)
        self.view.setCurrentSearchResultIndex(self._hit)
        self.view.pageNavigator().jump(place.page(), place.location(), self.view.pageNavigator().currentZoom())
        self._show_hits()

    def _show_hits(self) -> None:
        count = self.found.rowCount(self._root())
        if not self.search.text().strip():
            self.hits.setText("")
        elif self._hit >= 0:
            self.hits.setText(_("{n} of {total}").format(n=self._hit + 1, total=count))
        else:
            self.hits.setText(plural("{n} place", "{n} places", count))

    def _root(self) -> QModelIndex:
        return QModelIndex()

    # saving

    def _on_save(self) -> None:
        self._choice.save(_("Save the paper"), _("PDF files (*.pdf)"), f"{self.number}.pdf")

    def _on_target_chosen(self, files: tuple[Path, ...]) -> None:
        target, pdf = files[0], self.pdf
        self._bench.runners.run("work", lambda: write_whole(target, pdf), self._on_saved, self._on_failed)

    def _on_folder(self) -> None:
        if self._saved is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent))):
            self._on_failed(MailroomError("open_failed", name=self._saved.parent.name))

    def _on_saved(self, target: Path) -> None:
        self._saved = target
        self.folder_button.show()
        self._tell(_("Saved as {file}").format(file=target.name))

    # printing

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.number)
        chosen = self._bench.desk.settings.printer
        if chosen:
            printer.setPrinterName(chosen)
        self._printer = printer
        dialog = QPrintDialog(printer, self.window())
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, max(1, self.paper.pageCount()))
        dialog.accepted.connect(self._on_printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own `open` wants a slot by name

    def _on_printer_chosen(self) -> None:
        if self._printer is not None:
            if self._printer.printerName():
                self._bench.desk.change(printer=self._printer.printerName())
            self.print_to(self._printer)

    def print_to(self, printer: QPrinter) -> None:
        """Print all pages; it says so at the foot when they are done."""
        self.print_button.setEnabled(False)
        self._printer = printer
        self._tell(_("Printing …"))
        pdf = self.pdf
        task = Task()

        def act() -> int:
            return print_pdf(pdf, printer, task.cancelled, _ignore)

        self._bench.runners.run("work", act, self._on_printed, self._on_failed, task)

    def _on_printed(self, pages: int) -> None:
        self.print_button.setEnabled(True)
        self._tell(plural("{n} page sent to the printer", "{n} pages sent to the printer", pages))

    # within

    def _on_failed(self, error: BaseException) -> None:
        self.print_button.setEnabled(True)
        if not isinstance(error, MailroomError):
            raise error
        self._tell(f"{error_text(error)} {error_remedy(error)}", "bad")

    def _tell(self, text: str, tone: str = "good") -> None:
        self.note.setText(text)
        self.note.set_tone(tone)
        announce(self, text)


class PaperPreview(PdfPreview):
    """A document as it was issued; `gaps` say what a carrier may object to."""

    def __init__(
        self, bench: Bench, window: QWidget, document: Document, pdf: bytes, gaps: tuple[Reason, ...] = ()
    ) -> None:
        super().__init__(bench, window, _title(document), _about(document, pdf), document.number, pdf)
        self.document = document
        self.words = _("As issued and kept by its hash; a reprint is the same file.")
        self._drafts = folder_for_copies(bench.desk.profile)
        self.draft: Path | None = None
        self._draft_choice = FileChoice(bench.desk, self, self._on_draft_target)
        self._lay_out(gaps, window.height())
        self._colour_ground()

    def _add_more(self) -> None:
        self.mail = self.add_button(Button(_("E-mail …"), "mail"))
        self.mail.clicked.connect(self._on_mail)
        self.sign = self.add_button(Button(_("Sign"), "signature"))
        self.sign.setAccessibleName(_("Issue this paper again, signed"))
        self.sign.setToolTip(_("Issue this paper again, signed"))
        self.sign.clicked.connect(self._on_sign)
        self.sign.setVisible(not is_signed(self.pdf))

    # a signature

    def _on_sign(self) -> None:
        office, number, write = self._bench.office, self.number, self._bench.runners.write

        def act() -> IssuedPaper:
            if not office.papers.certificate(office.operator):
                raise MailroomError("no_certificate")
            if not office.papers.key_state(office.operator).open:
                raise MailroomError("key_not_opened")
            return office.papers.issue_again(office.operator, number, write=write)

        self.sign.setEnabled(False)
        self._tell(_("Issuing it again, signed …"))
        self._bench.runners.run("work", act, self._on_signed, self._on_not_signed)

    def _on_signed(self, paper: IssuedPaper) -> None:
        """The new issue stands in the place of the unsigned one, which stays on record."""
        self.document, self.number = paper.document, paper.document.number
        self.heading.setText(_title(paper.document))
        self.about.setText(_about(paper.document, paper.pdf))
        self.load(paper.pdf)
        self.sign.hide()
        self._tell(_("Issued again as {number}, signed. The first issue stays as it is.").format(number=self.number))
        self._bench.routes.shipments_changed.emit(paper.document.shipment_ids)

    def _on_not_signed(self, error: BaseException) -> None:
        self.sign.setEnabled(True)
        self._on_failed(error)

    # an e-mail

    def _on_mail(self) -> None:
        office, id_ = self._bench.office, self.document.id
        target = Path(self._drafts.path()) / f"{self.number.replace('/', '-')}.eml"
        self._tell(_("Making a draft …"))
        self._bench.runners.run(
            "work",
            lambda: write_whole(target, office.papers.mail_draft(office.operator, id_)),
            self.open_draft,
            self._on_failed,
        )

    def open_draft(self, draft: Path) -> None:
        """Hand the draft to the mail program; without one it is kept beside where papers are saved."""
        self.draft = draft
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft))):
            self._tell(_("The draft is open in your mail program; add whom it goes to."))
            return
        self._draft_choice.save(_("Save the e-mail"), _("E-mails (*.eml)"), draft.name)

    def _on_draft_target(self, files: tuple[Path, ...]) -> None:
        draft, target = self.draft, files[0]
        if draft is not None:
            self._bench.runners.run(
                "work", lambda: write_whole(target, draft.read_bytes()), self._on_saved, self._on_failed
            )


def _title(document: Document) -> str:
    return _("{paper} {number}").format(paper=paper_word(document.kind), number=document.number)


def _about(document: Document, pdf: bytes) -> str:
    numbers = ", ".join(grouped(number) for number in document.tracking_numbers)
    pages = plural("{n} page", "{n} pages", document.pages)
    return " · ".join(part for part in (numbers, pages, size_text(len(pdf))) if part)


def _ignore(_done: int, _total: int) -> None:
    """Printing shows no bar of its own."""
