"""The piece form: the address book under the recipient, hints, more fields, customs, pieces without a number."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mailroom.domain.labels import LabelSheet
from mailroom.domain.money import Money
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Party, PieceFields, Shipment
from mailroom.services.office import Office
from mailroom.ui.address_book_sheet import AddressBookSheet
from mailroom.ui.edit_dialog import EditDialog
from mailroom.ui.scan_answers import AnswerButton
from mailroom.ui.session import Session
from mailroom.ui.settings_page import SettingsPage

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
DULUTH = Party("Lakeshore Title Co.", "", ("318 W Michigan St", "Suite 4"), "55802", "US", "", "Duluth", "MN")


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def read(session: Session, qtbot: QtBot, payload: str) -> None:
    session.scan.flow.hear(payload)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    settle(session, qtbot)


def only(office: Office) -> Shipment:
    (row,) = office.shipments.find(office.operator, ShipmentFilter()).rows
    return row.shipment


def test_a_recipient_is_picked_while_its_name_is_typed_wrongly(session: Session, office: Office, qtbot: QtBot) -> None:
    contact = office.address_book.add(office.operator, DULUTH)
    piece = session.scan.piece
    piece.recipient.setFocus()
    # WHEN a name is misspelt, and the arrow and Enter take the entry
    qtbot.keyClicks(piece.recipient, "Lakshore Title", delay=60)
    qtbot.waitUntil(lambda: piece.pick.open, timeout=SECONDS)
    assert piece.pick.list is not None
    assert piece.pick.list.item(0).text() == "Lakeshore Title Co. · 318 W Michigan St · Suite 4 · Duluth MN 55802"
    qtbot.keyClick(piece.recipient, Qt.Key.Key_Down)
    qtbot.keyClick(piece.recipient, Qt.Key.Key_Return)
    # THEN all parts are filled, go with the reading, and the entry is known as used
    assert not piece.pick.open
    assert (piece.place.city.text(), piece.place.region.text()) == ("Duluth", "MN")
    read(session, qtbot, PRIORITY)
    fields = only(office).fields
    assert (fields.recipient, fields.contact_id) == (contact.party, contact.id)
    assert [one.id for one in office.address_book.find(office.operator, "")] == [contact.id]


def test_escape_closes_the_list_and_keeps_what_was_typed(session: Session, office: Office, qtbot: QtBot) -> None:
    office.address_book.add(office.operator, DULUTH)
    piece = session.scan.piece
    piece.recipient.setFocus()
    qtbot.keyClicks(piece.recipient, "lake")
    qtbot.waitUntil(lambda: piece.pick.open, timeout=SECONDS)
    qtbot.keyClick(piece.recipient, Qt.Key.Key_Escape)
    assert not piece.pick.open
    assert piece.recipient.text() == "lake"


def test_hints_tell_what_does_not_fit_and_hold_nothing_up(session: Session, office: Office, qtbot: QtBot) -> None:
    piece = session.scan.piece
    piece.recipient.setText("Halden Group")
    piece.address.setText("12 Harbor Plaza")
    piece.address.editingFinished.emit()
    piece.place.city.setText("Los Angeles")
    piece.place.region.setText("CA")
    piece.place.postal_code.setText("55802")
    qtbot.waitUntil(lambda: "does not lie in CA" in piece.hints.text(), timeout=SECONDS)
    assert "suite, floor or apartment" in piece.hints.text()
    assert "does not lie in CA" in piece.hints.accessibleName()
    read(session, qtbot, PRIORITY)
    assert only(office).fields.recipient.postal_code == "55802"


def test_a_town_typed_behind_the_street_finds_its_place(session: Session, qtbot: QtBot) -> None:
    piece = session.scan.piece
    piece.address.setText("318 W Michigan St; Duluth, MN 55802")
    piece.address.editingFinished.emit()
    place = piece.place
    assert (piece.address.text(), place.city.text(), place.region.text(), place.postal_code.text()) == (
        "318 W Michigan St",
        "Duluth",
        "MN",
        "55802",
    )


def test_labels_follow_the_country_and_a_foreign_one_asks_for_customs(
    session: Session, office: Office, qtbot: QtBot
) -> None:
    piece = session.scan.piece
    piece.place.country.setText("CA")
    qtbot.waitUntil(lambda: piece.place.region.accessibleName() == "Province", timeout=SECONDS)
    assert piece.place.postal_code.accessibleName() == "Postal code"
    assert piece.more.isVisible()
    piece.more.customs.add_button.click()
    (box,) = piece.more.customs.boxes
    box.description.setText("gift")
    box.hs_code.setText("6109.10")
    box.description.editingFinished.emit()
    piece.more.read(PieceFields())
    # THEN a word that says nothing is refused with an example, below its input
    assert "jigsaw" in box.description.accessibleDescription()
    box.description.setText("2 wool sweaters")
    box.value.setText("40.00")
    piece.more.requester.setText("M. Vega")
    piece.more.requester_email.setText("m.vega@halvorsen.example")
    piece.more.handling.setEditText("fragile")
    read(session, qtbot, PRIORITY)
    fields = only(office).fields
    (line,) = fields.customs
    assert (line.description, line.hs_code, line.value) == ("2 wool sweaters", "610910", Money(40_000))
    assert (fields.requester, fields.requester_email, fields.classification) == (
        "M. Vega",
        "m.vega@halvorsen.example",
        "fragile",
    )


def test_an_email_that_is_none_is_marked_and_holds_nothing_up(session: Session, office: Office, qtbot: QtBot) -> None:
    more = session.scan.piece.more
    more.requester_email.setText("m.vega at halvorsen")
    read(session, qtbot, PRIORITY)
    assert more.requester_email.property("refused") is True
    assert more.requester_email.text() == "m.vega at halvorsen"
    assert only(office).fields.requester_email == ""


def test_more_is_opened_with_the_keyboard(session: Session, qtbot: QtBot) -> None:
    piece = session.scan.piece
    assert not piece.more.isVisible()
    piece.expander.setFocus()
    qtbot.keyClick(piece.expander, Qt.Key.Key_Space)
    qtbot.waitUntil(piece.more.isVisible, timeout=SECONDS)
    assert piece.expander.accessibleName() == "Fewer fields of this piece"


def test_a_whole_address_is_remembered_once(session: Session, office: Office, qtbot: QtBot) -> None:
    piece = session.scan.piece
    piece.recipient.setText(DULUTH.name)
    piece.address.setText("; ".join(DULUTH.address))
    piece.place.show_party(DULUTH)
    read(session, qtbot, PRIORITY)
    read(session, qtbot, "1Z999AA10123456784")
    (kept,) = office.address_book.find(office.operator, "", 0)
    assert kept.party == DULUTH


def test_what_is_doubtful_is_told_with_what_to_do(session: Session, office: Office, qtbot: QtBot) -> None:
    piece = session.scan.piece
    piece.recipient.setText("Halden Group")
    piece.place.postal_code.setText("10001")
    read(session, qtbot, "420902109405511899223197428490")
    (said,) = session.notices.texts
    assert said == "The label goes to 90210; 10001 was typed. Compare the label with the recipient before it leaves."


def test_a_piece_without_a_number_gets_one_and_its_label(session: Session, office: Office, qtbot: QtBot) -> None:
    scan = session.scan
    scan.piece.recipient.setText("Halden Group")
    scan.entry.own.click()
    qtbot.waitUntil(lambda: scan.band.state.look == "recorded", timeout=SECONDS)
    shipment = only(office)
    assert shipment.tracking_number == ""
    assert scan.band.state.number == shipment.shown_number
    assert shipment.fields.recipient.name == "Halden Group"
    assert shipment.shown_number in session.notices.texts[0]
    # WHEN its label is looked at, on a roll and then on a sheet
    scan.flow.print_label()
    qtbot.waitUntil(lambda: scan.flow.label is not None and scan.flow.label.preview is not None, timeout=SECONDS)
    assert scan.flow.label is not None
    preview = scan.flow.label.preview
    assert preview is not None
    roll = preview.pdf
    assert shipment.shown_number in text_of(preview.paper)
    preview.sheet.setCurrentIndex(list(LabelSheet).index(LabelSheet.AVERY_5160))
    qtbot.waitUntil(lambda: preview.pdf != roll, timeout=SECONDS)
    assert preview.paper.pagePointSize(0).toSize().width() == 612
    preview.place.setCurrentIndex(29)
    settle(session, qtbot)
    preview.sheet.setCurrentIndex(list(LabelSheet).index(LabelSheet.AVERY_L7163))
    qtbot.waitUntil(lambda: bool(preview.place.accessibleDescription()), timeout=SECONDS)
    preview.reject()


def text_of(paper: QPdfDocument) -> str:
    return paper.getAllText(0).text()


def test_an_imprint_alone_is_recorded_with_n(session: Session, office: Office, qtbot: QtBot) -> None:
    imprint = b"\x01" + (4711).to_bytes(4, "little") + b"\x21" + (123456).to_bytes(3, "little")
    raw = (imprint + (690).to_bytes(3, "little")).decode("latin-1") + "\x15\x07\xa1\xb2\xc3\xd4\xe5\xf6"
    session.scan.recorder.take_code(Reading(raw, ReadingSource.CAMERA, datetime.now(UTC), Symbology.DATA_MATRIX))
    qtbot.waitUntil(lambda: session.scan.band.state.look == "ask" and not session.runners.busy, timeout=SECONDS)
    button = QApplication.focusWidget()
    assert isinstance(button, AnswerButton)
    qtbot.keyClick(button, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    assert only(office).postage == Money(690)


def open_book(session: Session, qtbot: QtBot) -> AddressBookSheet:
    session.window.show_page("settings")
    page = session.window.page("settings")
    assert isinstance(page, SettingsPage)
    page.book.click()
    qtbot.waitUntil(lambda: page.address_book is not None and not session.runners.busy, timeout=SECONDS)
    sheet = page.address_book
    assert sheet is not None
    return sheet


def test_the_address_book_is_searched_edited_and_filled(
    session: Session, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = open_book(session, qtbot)
    assert sheet.nothing.isVisible()
    # WHEN an entry is added, with an e-mail that is none at first
    sheet.add.click()
    dialog = sheet.dialog
    assert dialog is not None
    dialog.name.control.setText("Lakeshore Title Co.")  # type: ignore[attr-defined]
    dialog.email.control.setText("nobody")  # type: ignore[attr-defined]
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(dialog.email.control.accessibleDescription()), timeout=SECONDS)
    dialog.email.control.setText("desk@lakeshore.example")  # type: ignore[attr-defined]
    dialog.save.click()
    qtbot.waitUntil(lambda: sheet.dialog is None and sheet.list.count() == 1, timeout=SECONDS)
    # AND a table is imported
    table = tmp_path / "people.csv"
    table.write_text("Name,Street,City,State,ZIP,Country\nHalden Group,1 A St,Erie,PA,16501,US\nKarst,,,,,Nowhere\n")
    sheet.import_files((table,))
    qtbot.waitUntil(lambda: sheet.list.count() == 2 and not session.runners.busy, timeout=SECONDS)
    assert sheet.note.text() == "1 entry added, 1 line refused"
    # AND a search finds one, which is removed
    sheet.search.setText("halden")
    qtbot.waitUntil(lambda: sheet.list.count() == 1, timeout=SECONDS)
    sheet.remove.click()
    qtbot.waitUntil(lambda: sheet.list.count() == 0, timeout=SECONDS)
    (kept,) = office.address_book.find(office.operator, "", 0)
    assert (kept.party.name, kept.email) == ("Lakeshore Title Co.", "desk@lakeshore.example")
    sheet.reject()


def test_the_edit_dialog_asks_for_the_same(session: Session, office: Office, qtbot: QtBot) -> None:
    read(session, qtbot, PRIORITY)
    dialog = EditDialog(session.window, only(office), (), "", "USD")
    dialog.place.show_party(DULUTH)
    dialog.more.requester.setText("M. Vega")
    dialog.more.insured.setText("50")
    fields = dialog.fields()
    assert fields is not None
    assert (fields.recipient.city, fields.recipient.region, fields.recipient.country) == ("Duluth", "MN", "US")
    assert (fields.requester, fields.insured_value) == ("M. Vega", Money(50_000))
    dialog.more.requester_email.setText("nobody")
    assert dialog.fields() is None
    dialog.restyle()  # before it is open there is no size to fit into: Qt would warn
    dialog.deleteLater()
