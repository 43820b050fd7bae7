"""Tables in and out of the page: dropped, mapped by keys, tried, taken in, taken back, written."""

import csv
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.register import ShipmentFilter
from mailroom.domain.status import Status
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.forms import choice_of
from mailroom.ui.import_report import ImportSheet
from mailroom.ui.imports_sheet import ImportsSheet
from mailroom.ui.mapping_dialog import MappingDialog
from mailroom.ui.mapping_fields import COLUMN
from mailroom.ui.mapping_preview import OUTCOME
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.fields import CheckBox, Choice, LineEdit
from mailroom.ui.shipments_page import ShipmentsPage

SECONDS = 60_000
NUMBER = "1Z999AA10123456784"
OTHER = "9400117947734440521950"
BAD = "1Z999AA10123456785"
HEADER = "tracking_number,status,happened_at,place,text\n"
Opening = Callable[..., ShipmentsPage]
Naming = Callable[..., Any]


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def open_one(page: ShipmentsPage, kind: type[QWidget]) -> Any:
    """The open dialog of a kind."""
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def mapping(page: ShipmentsPage, qtbot: QtBot) -> MappingDialog:
    """The mapping dialog, once its rows are judged."""

    def judged() -> bool:
        dialog = page.import_work.dialog
        return dialog is not None and bool(dialog.model.missing() or outcomes(dialog)[0])

    wait_for(qtbot, judged)
    dialog = page.import_work.dialog
    assert dialog is not None
    return dialog


def outcomes(dialog: MappingDialog) -> list[str]:
    """What would become of each row, as the table says it."""
    return [str(dialog.shown.index(row, OUTCOME).data() or "") for row in range(dialog.shown.rowCount())]


def fields(dialog: MappingDialog) -> dict[str, str]:
    """The table of fields: what each is read from, in words."""
    model = dialog.model
    return {str(model.index(row, 0).data()): str(model.index(row, COLUMN).data()) for row in range(model.rowCount())}


def drop(page: ShipmentsPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(40, 40), actions, data, buttons, keys)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(40, 40), actions, data, buttons, keys))


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
    table.write_text(HEADER + "\n".join(rows))
    # WHEN it is dropped on the page
    drop(page, table)
    dialog = mapping(page, qtbot)
    # THEN the dialog knows what it is and says of every row what would become of it
    assert dialog.preview.kind is ImportKind.EVENTS
    said = outcomes(dialog)
    assert said[:2] == ["will be added", "known already"]
    assert ["No shipment" in said[2], "2026-13-40" in said[3], "03/04/2026" in said[4]] == [True] * 3
    # WHEN it is imported
    named(dialog, Button, "Import").click()
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
    named(page.bench.notices.bar, Button, "Show the report").click()
    back = named(open_one(page, ImportSheet), Button, "Take this import back")
    back.click()  # asks in its place: there is no way back
    assert back.text() == "Press again: all of it goes"
    back.click()
    wait_for(qtbot, lambda: any("taken back" in text for text in page.bench.notices.texts))
    texts = {one.text for one in office.shipments.get(office.operator, shipment).events}
    assert "Sorted" not in texts
    assert "Front desk" in texts


def test_shipments_are_mapped_by_keys_tried_kept_under_a_name_and_taken_in(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN an export whose order column is called as no other program calls it
    clerk.record(NUMBER)
    page = open_page()
    table = tmp_path / "history.csv"
    rows = (f"{OTHER},Ada Byron,7.64,A-1", f"{NUMBER},Grace Hopper,1.00,A-2", f"{BAD},Alan,2.00,A-3")
    table.write_text("Tracking #,Recipient,Amount Paid,Blue slip\n" + "\n".join(rows))
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    assert fields(dialog)["Tracking number (required)"] == "Tracking #"
    assert fields(dialog)["Order or reference"] == "not imported"
    # WHEN the order's column is chosen by keys: down to its row, Enter, the last of the list
    rows_of = list(fields(dialog))
    dialog.fields.setFocus()
    dialog.fields.setCurrentIndex(dialog.model.index(0, COLUMN))
    for _step in range(rows_of.index("Order or reference")):
        QTest.keyClick(dialog.fields, Qt.Key.Key_Down)
    QTest.keyClick(dialog.fields, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: dialog.fields.findChild(Choice) is not None)
    choice = dialog.fields.findChild(Choice)
    assert choice.accessibleName() == "Column for: Order or reference"
    wait_for(qtbot, lambda: choice.view().isVisible())
    QTest.keyClick(choice.view(), Qt.Key.Key_End)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    wait_for(qtbot, lambda: fields(dialog)["Order or reference"] == "Blue slip")
    dialog = mapping(page, qtbot)
    assert outcomes(dialog)[:2] == ["will be added", "known already"]
    assert "check digit" in outcomes(dialog)[2]
    # WHEN it is tried
    named(dialog, Button, "Try it out").click()
    wait_for(qtbot, lambda: "Nothing was recorded." in dialog.outcome.text())
    # THEN it says so, shows the refused row, and nothing is on record
    assert "1 new shipment, 1 known already, 1 row refused" in dialog.outcome.text()
    named(dialog, Button, "Show the refused rows").click()
    sheet = open_one(page, ImportSheet)
    assert named(sheet, QListView, "Refused rows").model().rowCount() == 1
    named(sheet, Button, "Done").click()
    assert office.shipments.counts(office.operator, ShipmentFilter()).total == 1
    # WHEN wrong check digits are kept, and the choices under a name
    named(dialog, CheckBox, "Keep numbers whose check digit is wrong").click()
    wait_for(qtbot, lambda: outcomes(dialog)[2] == "will be added")
    named(dialog, LineEdit, "Keep these choices under a name").setText("PitneyShip")
    named(dialog, Button, "Import").click()
    wait_for(qtbot, lambda: "history.csv: 2 shipments added, 1 known already." in page.bench.notices.texts)
    # THEN the shipments have the order, and the next such file chooses the mapping by itself
    found = office.shipments.by_number(office.operator, OTHER).row.shipment
    assert (found.fields.order, found.fields.recipient.name, found.postage.amount) == ("A-1", "Ada Byron", "7.640")
    page.import_work.take((table,))
    again = mapping(page, qtbot)
    assert choice_of(again.saved).currentText() == "PitneyShip"
    assert fields(again)["Order or reference"] == "Blue slip"
    assert set(outcomes(again)) == {"known already"}
    QTest.keyClick(again, Qt.Key.Key_Escape)
    wait_for(qtbot, lambda: page.import_work.dialog is None)
    # WHEN the import is taken back
    named(page, Button, "Past imports").click()
    wait_for(qtbot, lambda: bool(page.window().findChildren(ImportsSheet)))
    back = named(open_one(page, ImportsSheet), Button, "Take the import of history.csv back")
    back.click()
    back.click()
    wait_for(qtbot, lambda: "2 shipments taken back" in page.bench.notices.texts)
    assert office.shipments.counts(office.operator, ShipmentFilter()).total == 1


def test_each_notice_opens_its_own_report_and_an_import_cut_short_is_named_and_taken_back(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN an import that a crash left open: whatever is written after its first rows never arrives
    clerk.record(NUMBER)
    cut_short = tmp_path / "cut.csv"
    cut_short.write_text(f"Tracking #,Recipient\n{OTHER},Ada\n")
    writes = 0

    def write(task: Callable[[], Any]) -> Any:
        nonlocal writes
        writes += 1
        if writes > 2:
            raise RuntimeError("the power went")
        return task()

    with pytest.raises(RuntimeError):
        office.exchange.import_shipments(office.operator, cut_short, write=write)
    page = open_page()
    # WHEN two tables are taken in one after the other
    for name, day in (("first.csv", "2026-11-20"), ("second.csv", "2026-11-21")):
        table = tmp_path / name
        table.write_text(f"{HEADER}{NUMBER},in_transit,{day},Tulsa,Sorted\n")
        page.import_work.take((table,))
        named(mapping(page, qtbot), Button, "Import").click()
        wait_for(qtbot, lambda name=name: f"{name}: 1 event added, 0 known already." in page.bench.notices.texts)  # type: ignore[misc]
    # THEN the older notice shows the older report, and takes that import back
    page.bench.notices.more.click()
    named(page.bench.notices.bar, Button, "Show the report").click()
    sheet = open_one(page, ImportSheet)
    assert sheet.accessibleName() == "Import of first.csv"
    back = named(sheet, Button, "Take this import back")
    back.click()
    back.click()
    wait_for(qtbot, lambda: "1 event taken back" in page.bench.notices.texts)
    # THEN the list names all three, the one cut short first, and it can be taken back
    named(page, Button, "Past imports").click()
    wait_for(qtbot, lambda: bool(page.window().findChildren(ImportsSheet)))
    past = open_one(page, ImportsSheet)
    assert [one.word for one in past.findChildren(Chip)] == ["Not finished", "Taken in", "Taken back"]
    assert (cut(past), nameless(past)) == ([], [])
    named(past, Button, "Show the report of second.csv")
    back = named(past, Button, "Take the import of cut.csv back")
    back.click()
    assert past.isVisible()  # it asks in its place
    back.click()
    wait_for(qtbot, lambda: "1 shipment taken back" in page.bench.notices.texts)
    assert office.shipments.counts(office.operator, ShipmentFilter()).total == 1
    states = {one.file_name: one.state for one in office.exchange.imports(office.operator)}
    assert states == {"cut.csv": "undone", "first.csv": "undone", "second.csv": "closed"}


def test_titles_that_nobody_knows_show_their_rows_and_the_kind_is_told_by_content(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN events under titles of nobody's, one without a date
    clerk.record(NUMBER)
    page = open_page(1120, 700)
    table = tmp_path / "odd.csv"
    table.write_text(
        f"eins,wann,wie\n{NUMBER},2026-11-20 10:02,delivered\n{NUMBER},2026-11-19,In transit\n{NUMBER},,x\n"
    )
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    # THEN they are taken for events, their rows are shown under the file's titles, and it is said what is missing
    assert dialog.preview.kind is ImportKind.EVENTS
    header = [str(dialog.shown.headerData(at, Qt.Orientation.Horizontal)) for at in range(dialog.shown.columnCount())]
    assert header == ["Row", "What becomes of it", "eins", "wann", "wie"]
    assert [str(dialog.shown.index(0, at).data()) for at in range(2, 5)] == [NUMBER, "2026-11-20 10:02", "delivered"]
    assert dialog.note.text().startswith("Choose the column for: Tracking number")
    whole = dialog.note.mapTo(page.window(), dialog.note.rect().bottomRight())
    assert page.window().rect().contains(whole)
    assert dialog.note.visibleRegion().boundingRect() == dialog.note.rect()
    # WHEN the columns are chosen, THEN the mapped ones come first, and an empty date is called that
    for field, title in (("Tracking number", "eins"), ("Date and time", "wann"), ("Status", "wie")):
        row = next(at for at, name in enumerate(fields(dialog)) if name.startswith(field))
        dialog.model.setData(dialog.model.index(row, COLUMN), title)
    wait_for(qtbot, lambda: outcomes(dialog)[0] == "will be added")
    assert dialog.note.text() == ""
    assert outcomes(dialog)[2] == "No date."
    dialog.reject()


def test_a_table_whose_titles_tell_is_no_events_for_its_dates(
    clerk: Any, open_page: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk.record(NUMBER)
    page = open_page()
    table = tmp_path / "ships.csv"
    table.write_text(f"Tracking number,Recipient,made,state\n{OTHER},Ada,2026-11-20,delivered\n")
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    assert dialog.preview.kind is ImportKind.SHIPMENTS
    dialog.reject()


def test_without_the_column_of_the_number_nothing_can_be_imported(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    clerk.record(NUMBER)
    page = open_page()
    table = tmp_path / "odd.csv"
    table.write_text(f"what,for whom\n{OTHER},Ada\n")
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    button = named(dialog, Button, "Import")
    assert not button.isEnabled()
    assert "Tracking number" in button.toolTip()
    assert fields(dialog)["Tracking number (required)"] == "choose a column"
    dialog.model.setData(dialog.model.index(0, COLUMN), "what")
    wait_for(qtbot, lambda: outcomes(dialog) == ["will be added"])
    assert button.isEnabled()
    # a column serves one field at a time
    dialog.model.setData(dialog.model.index(1, COLUMN), "what")
    assert not button.isEnabled()
    dialog.reject()


def test_the_kind_the_sheet_and_the_letters_can_be_told(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    clerk.record(NUMBER)
    page = open_page()
    book = tmp_path / "two.csv"  # a workbook, whatever its name says
    with xlsxwriter.Workbook(str(book)) as made:
        for name, number in (("Old", OTHER), ("New", NUMBER)):
            sheet = made.add_worksheet(name)
            for column, (title, cell) in enumerate((("Tracking", number), ("Date", "2026-11-20"), ("Event", "Köln"))):
                sheet.write_string(0, column, title)
                sheet.write_string(1, column, cell)
    page.import_work.take((book,))
    dialog = mapping(page, qtbot)
    assert (dialog.preview.kind, dialog.preview.grid.sheet) == (ImportKind.EVENTS, "Old")
    assert "No shipment" in outcomes(dialog)[0]
    # WHEN the other sheet is chosen, and then the other kind
    choice_of(dialog.sheet).setCurrentIndex(1)
    wait_for(qtbot, lambda: page.import_work.dialog not in (None, dialog))
    dialog = mapping(page, qtbot)
    assert (dialog.preview.grid.sheet, outcomes(dialog)) == ("New", ["will be added"])
    named(dialog, QWidget, "Shipments").click()
    wait_for(qtbot, lambda: page.import_work.dialog not in (None, dialog))
    dialog = mapping(page, qtbot)
    assert (dialog.preview.kind, dialog.preview.grid.sheet) == (ImportKind.SHIPMENTS, "New")
    assert outcomes(dialog) == ["known already"]
    dialog.reject()
    # GIVEN a text of another country's letters
    table = tmp_path / "lodz.csv"
    table.write_bytes(f"Tracking,Recipient\n{OTHER},Łódź\n".encode("cp1250"))
    page.import_work.take((table,))
    wait_for(qtbot, lambda: page.import_work.dialog is not None)
    dialog = mapping(page, qtbot)
    assert dialog.preview.rows[0].cells[1] != "Łódź"
    choice_of(dialog.encoding).setCurrentIndex(2)
    wait_for(qtbot, lambda: page.import_work.dialog not in (None, dialog))
    assert mapping(page, qtbot).preview.rows[0].cells[1] == "Łódź"


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
    table = tmp_path / "week.csv"
    table.write_text(f"tracking_number,status,happened_at\n{NUMBER},delivered,2026-11-20\n")
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    gate = threading.Event()
    page.bench.runners.run("work", gate.wait)
    named(dialog, Button, "Import").click()
    # WHEN it is stopped
    named(page, Button, "Cancel the work under way").click()
    gate.set()
    # THEN it says so, and nothing of it is on record
    wait_for(qtbot, lambda: "Import stopped. Nothing of it was kept." in page.bench.notices.texts)
    assert office.shipments.get(office.operator, shipment).row.shipment.status is not Status.DELIVERED
    assert not page.strip.busy


def test_a_dialog_that_is_left_makes_room_for_the_next_file(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk.record(NUMBER)
    page = open_page()
    files = []
    for name in ("one.csv", "two.csv"):
        files.append(tmp_path / name)
        files[-1].write_text(f"Tracking,Recipient\n{OTHER},Ada\n")
    page.import_work.take(tuple(files))
    first = mapping(page, qtbot)
    assert first.preview.path.name == "one.csv"
    first.reject()
    wait_for(qtbot, lambda: page.import_work.dialog not in (None, first))
    assert mapping(page, qtbot).preview.path.name == "two.csv"
    assert office.shipments.counts(office.operator, ShipmentFilter()).total == 1


@pytest.mark.parametrize("what", ["The shipments shown", "Their tracking events"])
def test_what_the_list_shows_is_exported(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path, what: str
) -> None:
    # GIVEN two shipments, one of them with an event, and a filter that shows that one
    clerk.record(OTHER, "Ada Byron")
    clerk.event(clerk.record(NUMBER, "=Grace"), Status.DELIVERED, 1, "Front desk")
    page = open_page()
    page.filters.search.setText("grace")
    wait_for(qtbot, lambda: page.model.rowCount() == 1)
    # WHEN it is exported
    named(page.window(), Button, "Export").click()
    menu = page.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == what).trigger()
    menu.close()
    chooser = page.window().findChild(QFileDialog)
    target = tmp_path / "out.csv"
    chooser.filesSelected.emit([str(target)])
    chooser.close()
    wait_for(qtbot, lambda: "out.csv written: 1 row." in page.bench.notices.texts)
    # THEN the file has that one, and no formula
    with target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["tracking_number"] == NUMBER
    assert row.get("recipient_name", "'=Grace") == "'=Grace"
    assert row["status"] == "delivered"


@pytest.mark.parametrize(("look", "width", "height", "size"), [("light", 1280, 800, 100), ("dark", 1440, 900, 130)])
def test_the_dialog_cuts_no_word_and_names_every_control(
    clerk: Any, open_page: Opening, qtbot: QtBot, tmp_path: Path, look: str, width: int, height: int, size: int
) -> None:
    clerk.record(NUMBER)
    page = open_page(width, height)
    theme.change(look, size)
    table = tmp_path / "history.csv"
    table.write_text(f"Tracking #,Recipient\n{OTHER},Ada\n{BAD},Grace\n")
    page.import_work.take((table,))
    dialog = mapping(page, qtbot)
    QApplication.processEvents()
    assert cut(dialog) == []
    assert nameless(dialog) == []
    # the first stop is what is chosen, and the arrows lead on from there
    first = dialog.focusWidget()
    assert isinstance(first, QAbstractButton)
    assert (first.accessibleName(), first.isChecked()) == ("Shipments", True)
    dialog.reject()
    theme.change("light", 100)
