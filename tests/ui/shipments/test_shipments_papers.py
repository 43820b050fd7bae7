"""Papers and imports from the page: from the dialog to the PDF on the printer, and from a dropped file to its undo."""

import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QListView, QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.money import Money
from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui.card_row import FaceCard
from mailroom.ui.claim_dialog import ClaimDialog
from mailroom.ui.import_work import ImportSheet
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, LineEdit
from mailroom.ui.proof_dialog import ProofDialog
from mailroom.ui.shipments_page import ShipmentsPage

SECONDS = 30_000
NUMBER = "1Z999AA10123456784"
Opening = Callable[..., ShipmentsPage]
Naming = Callable[..., Any]


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def open_one(page: ShipmentsPage, kind: type[QWidget]) -> Any:
    """The open dialog of a kind."""
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def is_open(page: ShipmentsPage, kind: type[QWidget]) -> bool:
    return any(one.isVisible() for one in page.window().findChildren(kind))


def text_of(pdf: Path) -> str:
    """The words of a PDF, as poppler reads them."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_a_claim_packet_from_dialog_to_preview_file_and_printer(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN a piece that stalled, with a receipt attached
    shipment = clerk.record(NUMBER, "Harlow Instruments", declared_value=Money(120_000), postage=Money(9_150))
    clerk.event(shipment, Status.ACCEPTED, 9, "Origin scan", place="Cedar Rapids IA")
    clerk.event(shipment, Status.EXCEPTION, 6, "Missent", place="Salt Lake UT")
    receipt = tmp_path / "receipt.png"
    Image.new("RGB", (600, 400), "white").save(receipt)
    office.attachments.attach(office.operator, shipment, receipt, role=AttachmentRole.RECEIPT)
    page = open_page()
    # WHEN a packet is asked for, first with an amount that is none
    named(page.detail, Button, "Claim packet").click()
    dialog = open_one(page, ClaimDialog)
    amount = named(dialog, LineEdit, "Amount demanded")
    assert amount.text() == "129.15"
    amount.setText("1,2")
    named(dialog, Button, "Make the packet").click()
    assert is_open(page, ClaimDialog)
    assert amount.accessibleDescription()
    amount.setText("129.15")
    named(dialog, LineEdit, "Why Proof of value is missing").setText("The invoice follows by post.")
    named(dialog, Button, "Make the packet").click()
    # THEN it is made in the background and shown in the window
    wait_for(qtbot, lambda: is_open(page, PaperPreview))
    preview = open_one(page, PaperPreview)
    document = preview.document
    assert document.kind is DocumentKind.CLAIM_PACKET
    view = named(preview, QPdfView, f"Pages of {document.number}")
    assert view.document().pageCount() == document.pages
    assert not page.strip.busy
    # WHEN it is saved
    named(preview, Button, "Save as …").click()
    target = tmp_path / "out" / f"{document.number}.pdf"
    target.parent.mkdir()
    chooser = page.window().findChild(QFileDialog)
    assert chooser.selectedFiles()[0].endswith(f"{document.number}.pdf")
    chooser.filesSelected.emit([str(target)])
    chooser.close()
    wait_for(qtbot, lambda: preview.note.text().startswith("Saved as"))
    # THEN the file is the one on record, whole, with number, events and reason
    assert target.read_bytes() == office.papers.pdf(office.operator, document.id)
    assert [one.name for one in target.parent.iterdir()] == [target.name]
    assert page.bench.desk.settings.last_folder == str(target.parent)
    told = text_of(target)
    for part in (NUMBER, "Missent", "$129.15", "The invoice follows by post."):
        assert part in re.sub(r"\s+", " ", told)
    # WHEN it is printed
    printed = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    preview.print_to(printer)
    wait_for(qtbot, lambda: "sent to the printer" in preview.note.text())
    # THEN as many pages of the same size came out, and they are not blank
    told = subprocess.run(["pdfinfo", str(printed)], capture_output=True, check=True, text=True).stdout
    assert f"Pages:           {document.pages}\n" in told
    assert "612 x 792" in told
    stem = tmp_path / "page"
    subprocess.run(["pdftoppm", "-r", "30", "-l", "1", "-gray", str(printed), str(stem)], check=True)
    picture = next(tmp_path.glob("page-*.pgm"))
    assert min(Image.open(picture).tobytes()) < 128
    # WHEN the preview is closed
    named(preview, Button, "Done").click()
    # THEN the paper stands with the shipment, and its reprint is the same file
    wait_for(qtbot, lambda: len(page.detail.papers.cards) == 1)
    page.detail.segments.chosen.emit(1)
    named(page.detail, FaceCard, document.number).click()
    wait_for(qtbot, lambda: is_open(page, PaperPreview))
    assert open_one(page, PaperPreview).pdf == target.read_bytes()


def test_a_report_of_delivery_prints_its_purpose(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    shipment = clerk.record(NUMBER, "Harlow Instruments")
    clerk.event(shipment, Status.DELIVERED, 1, "Left with individual", name_given="D. HAYES")
    page = open_page()
    proof = named(page.detail, Button, "POD report")
    assert proof.property("kind") == "primary"
    proof.click()
    dialog = open_one(page, ProofDialog)
    named(dialog, Choice, "Purpose, as it is to be printed").setEditText("Hearing of 3 May")
    named(dialog, Button, "Make the report").click()
    wait_for(qtbot, lambda: is_open(page, PaperPreview))
    preview = open_one(page, PaperPreview)
    saved = tmp_path / "pod.pdf"
    saved.write_bytes(preview.pdf)
    told = re.sub(r"\s+", " ", text_of(saved))
    assert "Hearing of 3 May" in told
    assert "D. HAYES" in told
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    wait_for(qtbot, lambda: not is_open(page, PaperPreview))


def test_stopping_before_the_paper_is_on_record_leaves_none(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming
) -> None:
    # GIVEN a work thread that is busy, so that the stop comes first
    clerk.record(NUMBER, "Harlow")
    page = open_page()
    gate = threading.Event()
    page.bench.runners.run("work", gate.wait)
    named(page.detail, Button, "POD report").click()
    named(open_one(page, ProofDialog), Button, "Make the report").click()
    assert page.strip.busy
    # WHEN it is stopped
    named(page, Button, "Cancel the work under way").click()
    gate.set()
    # THEN no paper was put on record, and the line is gone
    wait_for(qtbot, lambda: not page.strip.busy)
    assert office.papers.documents(office.operator) == ()
    assert not is_open(page, PaperPreview)


def test_a_table_dropped_on_the_page_is_imported_reported_and_taken_back(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN a file with a good row, a repeat, an unknown number, a bad date and one with two readings
    shipment = clerk.record(NUMBER, "Harlow")
    page = open_page()
    table = tmp_path / "week.csv"
    rows = (
        f"{NUMBER},delivered,2026-11-20T10:02:00-06:00,Tulsa,Front desk",
        f"{NUMBER},delivered,2026-11-20T10:02:00-06:00,Tulsa,Front desk",
        "1Z999AA10123456710,delivered,2026-11-20,Tulsa,x",
        f"{NUMBER},in_transit,2026-13-40,Tulsa,x",
        f"{NUMBER},in_transit,03/04/2026,Tulsa,Sorted",
    )
    table.write_text("tracking_number,status,happened_at,place,text\n" + "\n".join(rows))
    # WHEN it is dropped on the page
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(table))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(40, 40), actions, data, buttons, keys)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(40, 40), actions, data, buttons, keys))
    # THEN the notice says what came of it, and its report says why rows were refused
    wait_for(qtbot, lambda: any("week.csv" in text for text in page.bench.notices.texts))
    assert page.bench.notices.texts[0] == "week.csv: 1 event added, 1 known already, 3 rows refused."
    named(page.bench.notices.bar, Button, "Show the report").click()
    sheet = open_one(page, ImportSheet)
    view = named(sheet, QListView, "Refused rows")
    reasons = [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]
    assert [reason.split(":")[0] for reason in reasons] == ["Row 4", "Row 5", "Row 6"]
    # WHEN the order of its dates is told
    named(sheet, Button, "the month").click()
    wait_for(qtbot, lambda: any("1 event added, 2 known already" in text for text in page.bench.notices.texts))
    texts = {one.text for one in office.shipments.get(office.operator, shipment).events}
    assert {"Front desk", "Sorted"} <= texts
    # WHEN that import is taken back
    page.import_work.show_report()
    named(open_one(page, ImportSheet), Button, "Take this import back").click()
    wait_for(qtbot, lambda: any("taken back" in text for text in page.bench.notices.texts))
    texts = {one.text for one in office.shipments.get(office.operator, shipment).events}
    assert "Sorted" not in texts
    assert "Front desk" in texts


def test_a_file_that_is_no_table_is_told_in_one_sentence(
    clerk: Any, open_page: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk.record(NUMBER)
    page = open_page()
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(b"%PDF-1.7 no table")
    page.import_work.choose()
    chooser = page.window().findChild(QFileDialog)
    chooser.filesSelected.emit([str(wrong)])
    chooser.close()
    wait_for(qtbot, lambda: any("wrong.csv" in text for text in page.bench.notices.texts))
    assert not page.strip.busy


def test_stopping_an_import_keeps_nothing_of_it(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN an import that waits for its turn
    shipment = clerk.record(NUMBER)
    page = open_page()
    gate = threading.Event()
    page.bench.runners.run("work", gate.wait)
    table = tmp_path / "week.csv"
    table.write_text(f"tracking_number,status,happened_at\n{NUMBER},delivered,2026-11-20\n")
    page.import_work.take((table,))
    # WHEN it is stopped
    named(page, Button, "Cancel the work under way").click()
    gate.set()
    # THEN it says so, and nothing of it is on record
    wait_for(qtbot, lambda: "Import stopped. Nothing of it was kept." in page.bench.notices.texts)
    assert office.shipments.get(office.operator, shipment).row.shipment.status is not Status.DELIVERED
    assert not page.strip.busy
