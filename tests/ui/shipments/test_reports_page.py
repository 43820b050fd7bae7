"""The Reports page: papers are found and shown again, and a dropped PDF is told apart."""

import email
import email.policy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFrame, QTableView, QWidget
from pytestqt.qtbot import QtBot
from shown_words import cut

from mailroom.services.issuing import is_signed
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.main_window import MainWindow
from mailroom.ui.page import Bench
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.papers_model import Column
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.reports_page import ReportsPage

SECONDS = 60_000
NUMBER = "1Z999AA10123456784"


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(bench)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def drop(page: ReportsPage, path: Path) -> bool:
    """Drop a file on the check; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(page.check, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(page.check, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none))
    return True


@pytest.mark.parametrize(("width", "shown"), [(1280, 7), (820, 5)])
def test_the_purpose_has_room_in_a_narrow_window_too(page: ReportsPage, qtbot: QtBot, width: int, shown: int) -> None:
    page.resize(width, 700)
    page._whole.setCurrentIndex(0)
    heads = page.table.horizontalHeader()
    wait_for(qtbot, lambda: heads.count() - heads.hiddenSectionCount() == shown)
    wait_for(qtbot, lambda: heads.length() == page.table.viewport().width())
    assert heads.sectionSize(Column.PURPOSE) >= 140


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("width", "height", "size"), [(1280, 800, 100), (1120, 700, 100), (1120, 700, 130)])
def test_the_empty_page_cuts_nothing_in_a_small_window(
    bench: Bench, qtbot: QtBot, look: str, width: int, height: int, size: int
) -> None:
    # GIVEN no paper, in a window of this size with a rail and the page's head, and a large text
    theme.change(look, size)
    window = MainWindow(bench)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    # WHEN the page is opened
    window.show_page("reports")
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    wait_for(qtbot, lambda: page._whole.currentIndex() == 1 and not bench.runners.busy)
    QApplication.processEvents()
    # THEN everything that it says is whole
    assert cut(page) == []
    for card in page.findChildren(QFrame, "card"):
        inside = [one.geometry().bottom() for one in card.findChildren(QWidget) if one.isVisible()]
        assert max(inside) < card.height()
        assert card.mapTo(page, card.rect().bottomRight()).y() < page.height()
    theme.change("light", 100)


def test_papers_are_found_and_shown_as_they_were_issued(
    office: Office, clerk: Any, page: ReportsPage, qtbot: QtBot, named: Any
) -> None:
    # GIVEN an empty record, then two papers
    page.entered()
    wait_for(qtbot, lambda: page._whole.currentIndex() == 1)
    shipment = clerk.record(NUMBER, "Ada Byron")
    first = office.papers.issue_proof_of_delivery(office.operator, [shipment], purpose="Court file 7")
    office.papers.issue_proof_of_delivery(office.operator, [shipment])
    page.entered()
    wait_for(qtbot, lambda: page.model.rowCount() == 2)
    # WHEN one is looked for by its purpose
    named(page, LineEdit, "Search papers").setText("court FILE")
    assert page.model.rowCount() == 1
    table = named(page, QTableView, "Papers issued")
    told = [table.model().index(0, column).data() for column in range(table.model().columnCount())]
    assert told[0] == first.document.number
    assert "Court file 7" in told
    # THEN it opens as it was issued
    table.activated.emit(table.model().index(0, 0))
    wait_for(qtbot, lambda: page.paper_work.preview is not None)
    preview = page.window().findChild(PaperPreview)
    assert preview.pdf == first.pdf
    preview.accept()
    named(page, LineEdit, "Search papers").setText("nothing like it")
    assert page._whole.currentIndex() == 2


def test_a_dropped_paper_is_told_apart(
    office: Office, clerk: Any, page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    paper = office.papers.issue_proof_of_delivery(office.operator, [clerk.record(NUMBER)])
    seen: list[Any] = []
    page.check.checked.connect(seen.append)
    for at, (data, words) in enumerate(
        (
            (paper.pdf, f"is {paper.document.number}, as it was issued here by D. Ohara"),
            (paper.pdf + b"\n% more", "something was added to it"),
            (paper.pdf.replace(b"Mailroom", b"Mailr00m", 1), "it was changed"),
        )
    ):
        file = tmp_path / f"paper{at}.pdf"
        file.write_bytes(data)
        assert drop(page, file)
        wait_for(qtbot, lambda at=at: len(seen) == at + 1)
        assert words in page.check.line.text()
        assert f"paper{at}.pdf" in page.check.line.text()
    (tmp_path / "words.pdf").write_text("no pdf")
    assert drop(page, tmp_path / "words.pdf")
    wait_for(qtbot, lambda: "words.pdf” is not a PDF" in page.check.line.text())
    (tmp_path / "week.csv").write_text("a,b")
    assert not drop(page, tmp_path / "week.csv")


def test_a_paper_is_searched_printed_in_part_and_put_into_an_e_mail(
    office: Office,
    clerk: Any,
    page: ReportsPage,
    qtbot: QtBot,
    named: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN a paper of several pages, open
    first = clerk.record(NUMBER, "Grażyna Żółtowska")
    second = clerk.record("1Z6R44100366174260", "Сергей Кузнецов")
    paper = office.papers.issue_proof_of_delivery(office.operator, [first, second], purpose="Docket 26-118")
    page.paper_work.reprint(paper.document)
    wait_for(qtbot, lambda: page.paper_work.preview is not None)
    preview = page.paper_work.preview
    assert preview is not None
    # WHEN a name is looked for
    search = named(preview, LineEdit, "Find in these pages")
    search.setText("Żółtowska")
    wait_for(qtbot, lambda: preview.hits.text() == "2 places")
    search.returnPressed.emit()
    assert preview.hits.text() == "1 of 2"
    search.returnPressed.emit()
    search.returnPressed.emit()
    assert preview.hits.text() == "1 of 2"
    # AND only its second page is printed
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    preview.print_to(printer)
    wait_for(qtbot, lambda: preview.note.text() == "1 page sent to the printer")
    printer.setFromTo(90, 91)
    preview.print_to(printer)
    wait_for(qtbot, lambda: "There are no pages 90 to 91" in preview.note.text())
    # THEN a draft of an e-mail has the file on record attached
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", open_url)
    named(preview, Button, "E-mail …").click()
    wait_for(qtbot, lambda: bool(opened))
    draft = email.message_from_bytes(Path(opened[0]).read_bytes(), policy=email.policy.default)
    assert draft["X-Unsent"] == "1"
    assert str(draft["Subject"]).startswith(f"POD report {paper.document.number}: ")
    [attached] = draft.iter_attachments()
    assert attached.get_content() == paper.pdf
    assert attached.get_filename() == f"{paper.document.number}.pdf"
    assert "Purpose: Docket 26-118" in draft.get_body().get_content()
    # AND once a key is at hand, the paper is issued again, signed, in its place
    named(preview, Button, "Issue this paper again, signed").click()
    wait_for(qtbot, lambda: "no signing key yet" in preview.note.text())
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", "eight words or so")
    named(preview, Button, "Issue this paper again, signed").click()
    wait_for(qtbot, lambda: preview.note.text().startswith("Issued again as "))
    assert preview.number != paper.document.number
    assert preview.heading.text() == f"POD report {preview.number}"
    assert is_signed(preview.pdf)
    assert not preview.sign.isVisible()
    preview.accept()
