"""Papers from the page: from the dialog to the PDF on the printer."""

import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.money import Money
from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui.card_row import FaceCard
from mailroom.ui.claim_dialog import ClaimDialog
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, LineEdit
from mailroom.ui.proof_dialog import ProofDialog
from mailroom.ui.shipments_page import ShipmentsPage

SECONDS = 60_000
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
    assert (
        dialog.cap.text() == "Covered up to 120.00 USD. More is demanded; the packet is made all the same and says so."
    )
    assert dialog.clock.isVisible()
    # files are attached from here, and another kind has another clock
    more = tmp_path / "value.png"
    Image.new("RGB", (600, 400), "grey").save(more)
    named(dialog, Button, "Attach files …").click()
    chooser = page.window().findChild(QFileDialog)
    chooser.close()
    office.attachments.attach(office.operator, shipment, more, role=AttachmentRole.OTHER)
    dialog.kind.choose(1)
    dialog.kind.chosen.emit(1)
    page.bench.routes.shipments_changed.emit((shipment,))
    wait_for(qtbot, lambda: "1 file attached" in _words(dialog, "Photographs"))
    dialog.kind.choose(0)
    dialog.kind.chosen.emit(0)
    amount.setText("1,2")
    named(dialog, Button, "Make the packet").click()
    assert is_open(page, ClaimDialog)
    assert amount.accessibleDescription()
    amount.setText("129.15")
    wait_for(qtbot, lambda: not page.bench.runners.busy)
    # an insurer has another clock, and does not answer for what was declared to the carrier
    dialog.insurer.choose("u_pic")
    dialog.insurer.chosen.emit()
    wait_for(qtbot, lambda: dialog.cap.text() == "No cover is on record for this service.")
    wait_for(qtbot, lambda: dialog.clock.face is not None and "insurer" in dialog.clock.face.rule)
    assert dialog.draft().insurer == "u_pic"
    dialog.insurer.choose("")
    dialog.insurer.chosen.emit()
    wait_for(qtbot, lambda: dialog.cap.text().startswith("Covered up to 120.00 USD."))
    wait_for(qtbot, lambda: not page.bench.runners.busy)
    wait_for(
        qtbot,
        lambda: any(
            one.accessibleName() == "Why Proof of value is missing" and one.isVisibleTo(dialog)
            for one in dialog.findChildren(LineEdit)
        ),
    )
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


def _texts(dialog: QWidget) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def _words(dialog: QWidget, document: str) -> str:
    """What stands beside a document in the claim's sheet."""
    texts = _texts(dialog)
    return texts[texts.index(document) + 1] if document in texts else ""
