"""The shipments table over a real record: pages, search, filters, keys, and changes made elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mailroom.domain.register import ShipmentFilter, ShipmentPage
from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.cell_looks import PADDING
from mailroom.ui.cell_painting import EDGE
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.filter_chip import FilterChip
from mailroom.ui.shipment_cells import Column, cell
from mailroom.ui.shipments_model import ShipmentsModel
from mailroom.ui.shipments_page import ShipmentsPage
from mailroom.ui.table_delegate import number_font
from mailroom.ui.table_roles import Role

SECONDS = 60_000
Opening = Callable[..., ShipmentsPage]


def shown_numbers(page: ShipmentsPage) -> list[str]:
    return [row.shipment.tracking_number for row in page.model.rows]


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def test_a_day_that_was_only_wanted_says_so(office: Office, clerk: Any, bench: Bench) -> None:
    today = datetime.now(bench.zone).date()
    id_ = clerk.record("1Z6R44100366174260", promised_on=today)
    row = office.shipments.get(office.operator, id_).row
    assert cell(row, Column.PROMISED, today, bench.zone).second == "wanted, due today"
    assert cell(row, Column.STATUS, today, bench.zone).text == "Label created"


def test_the_model_keeps_qts_rules_while_it_changes(
    office: Office, clerk: Any, qtmodeltester: ModelTester, bench: Bench
) -> None:
    # GIVEN a model under the eyes of Qt's own tester
    clerk.record_many(12)
    model = ShipmentsModel(bench.zone, datetime.now(bench.zone).date())
    qtmodeltester.check(model)
    # WHEN pages come, the head is merged, and rows go
    first = office.shipments.find(office.operator, ShipmentFilter(), 5)
    model.replace(first)
    model.append(office.shipments.find(office.operator, ShipmentFilter(), 5, first.after))
    clerk.record(_number(500), "New one")
    new = model.merge_head(office.shipments.find(office.operator, ShipmentFilter(), 5))
    gone = model.rows[3].shipment.id
    model.remove(gone)
    # THEN the new row is on top, all others stay, and the tester had nothing to say
    assert len(new) == 1
    assert model.rows[0].shipment.fields.recipient.name == "New one"
    assert model.rowCount() == 10
    assert not model.place_of(gone).isValid()
    qtmodeltester.check(model)


def test_merging_a_page_without_common_rows_shows_it(office: Office, clerk: Any, bench: Bench) -> None:
    clerk.record_many(4)
    model = ShipmentsModel(bench.zone, datetime.now(bench.zone).date())
    everything = office.shipments.find(office.operator, ShipmentFilter(), 10).rows
    model.replace(ShipmentPage(everything[3:], ""))
    model.merge_head(ShipmentPage(everything[:2], "more"))
    assert [row.shipment.id for row in model.rows] == [row.shipment.id for row in everything[:2]]
    assert model.after == "more"


def test_opening_reads_one_page_and_scrolling_reads_the_next(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN more than a page on record
    clerk.record_many(130)
    # WHEN the page opens
    page = open_page()
    # THEN one page of 100 was read
    assert page.model.rowCount() == 100
    assert page.head.context.text() == "130 on record"
    # WHEN the list is scrolled to its end
    page.table.scrollToBottom()
    wait_for(qtbot, lambda: page.model.rowCount() == 130)
    # THEN everything is there once, newest first, and nothing more can be had
    ids = [row.shipment.id for row in page.model.rows]
    assert len(set(ids)) == 130
    times = [row.shipment.recorded_at for row in page.model.rows]
    assert times == sorted(times, reverse=True)
    assert not page.model.canFetchMore()


def test_opening_reads_no_more_than_500_rows(
    office: Office, clerk: Any, open_page: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a register that counts the rows it hands out
    clerk.record_many(510)
    handed: list[int] = []
    find = type(office.shipments).find

    def counting(self: object, *given: object, **more: object) -> ShipmentPage:
        found = find(self, *given, **more)
        handed.append(len(found.rows))
        return found

    monkeypatch.setattr(type(office.shipments), "find", counting)
    # WHEN the page opens
    page = open_page()
    # THEN at most 500 were read
    assert page.model.rowCount() == 100
    assert 0 < sum(handed) <= 500


def test_the_offices_own_pieces_are_read_once_somebody_stays_at_a_piece(
    clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN a piece under way
    clerk.record(_number(1), "Lakeshore Title")
    page = open_page()
    # WHEN its detail opens THEN nothing is said of other pieces yet
    wait_for(qtbot, lambda: page.detail.detail is not None)
    told = page.detail.head.arrival
    assert "your own mail" not in told.text()
    # and it comes while it is looked at
    wait_for(qtbot, lambda: "your own mail" in told.text())


def test_a_typed_text_reads_what_a_screen_shows_and_scrolling_the_rest(
    clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN more pieces than a screen shows
    clerk.record_many(60)
    page = open_page()
    # WHEN a text is typed that fits all of them
    page.filters.search.setText("recipient")
    # THEN each key reads a short page
    wait_for(qtbot, lambda: page.model.rowCount() == 40)
    # AND scrolling the rest, each once
    page.table.scrollToBottom()
    wait_for(qtbot, lambda: page.model.rowCount() == 60)
    assert len({row.shipment.id for row in page.model.rows}) == 60


def test_search_as_you_type_asks_only_the_newest(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Callable[..., Any]
) -> None:
    # GIVEN three pieces
    clerk.record(_number(1), "Lakeshore Title")
    clerk.record(_number(2), "Bluestem Farms")
    clerk.record(_number(3), "Żaneta Wójcik")
    page = open_page()
    # WHEN a text is typed letter by letter, faster than answers come
    for text in ("z", "za", "zan", "zaneta w"):
        page.filters.search.setText(text)
    # THEN only the last question counts, accents and case aside
    wait_for(qtbot, lambda: shown_numbers(page) == [_number(3)])
    assert page.feed.wanted.text == "zaneta w"
    wait_for(
        qtbot, lambda: page.detail.detail is not None and page.detail.detail.row.shipment.tracking_number == _number(3)
    )
    # WHEN nothing fits
    page.filters.search.setText("zzzzzz")
    wait_for(qtbot, lambda: page.model.rowCount() == 0)
    # THEN the page says what to do, and its button shows all again
    named(page, type(page.clear_button), "Show all shipments").click()
    wait_for(qtbot, lambda: page.model.rowCount() == 3)
    assert page.filters.search.text() == ""


def test_the_detail_waits_until_the_typing_ends_or_somebody_turns_to_it(
    clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN the newest of two pieces beside the list
    clerk.record(_number(1), "Lakeshore Title")
    clerk.record(_number(2), "Bluestem Farms")
    page = open_page()
    wait_for(qtbot, lambda: page.detail.detail is not None)
    newest = page.detail_work.shown
    # WHEN a text is typed that takes it from the list
    page.filters.search.setText("lakeshore")
    wait_for(qtbot, lambda: shown_numbers(page) == [_number(1)])
    # THEN the list has its answer, and its first row is marked; what is beside it is not read with every key
    assert page.table.currentIndex().row() == 0
    assert page.detail_work.shown == newest
    # AND it is read at once where somebody turns to the list
    page.filters.search.left.emit()
    assert page.detail_work.shown == page.model.rows[0].shipment.id
    wait_for(qtbot, lambda: page.detail.detail.row.shipment.tracking_number == _number(1))
    # AND without that once no key follows
    page.filters.search.setText("bluestem")
    wait_for(qtbot, lambda: page.detail.detail.row.shipment.tracking_number == _number(2))


def test_what_is_shown_stays_where_it_is_in_the_list_again(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    # GIVEN a piece beside the list, and a text that takes it from the list: another would be shown soon
    clerk.record(_number(1), "Lakeshore Title")
    clerk.record(_number(2), "Bluestem Farms")
    page = open_page()
    wait_for(qtbot, lambda: page.detail.detail is not None)
    newest = page.detail_work.shown
    page.filters.search.setText("lakeshore")
    wait_for(qtbot, lambda: shown_numbers(page) == [_number(1)])
    # WHEN the text goes at once
    page.filters.search.setText("")
    wait_for(qtbot, lambda: page.model.rowCount() == 2)
    # THEN the piece is chosen in the list and stays beside it
    assert page.table.currentIndex().row() == page.model.place_of(newest).row()
    page.detail_work.settle()
    assert page.detail_work.shown == newest


def test_part_of_a_number_with_blanks_finds_it(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    clerk.record_many(5)
    page = open_page()
    page.filters.search.setText(_number(3)[-6:])
    wait_for(qtbot, lambda: shown_numbers(page) == [_number(3)])


def test_filters_narrow_the_list_and_show_their_counts(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Callable[..., FilterChip]
) -> None:
    # GIVEN pieces of several statuses and departments
    ids = clerk.record_many(6)
    clerk.event(ids[0], Status.DELIVERED, 1)
    clerk.event(ids[1], Status.DELIVERED, 1)
    clerk.event(ids[2], Status.EXCEPTION, 1)
    legal = clerk.record(_number(90), "Legal piece", department="Legal")
    page = open_page()
    # THEN the chips count
    assert named(page, FilterChip, "All 7").isChecked()
    # WHEN one is chosen
    named(page, FilterChip, "Delivered 2").click()
    wait_for(qtbot, lambda: page.model.rowCount() == 2)
    named(page, FilterChip, "Trouble 1").click()
    wait_for(qtbot, lambda: page.model.rowCount() == 1)
    # WHEN a status is chosen from the menu, and taken away by its cross
    menu = page.filters.status_menu()
    entry = next(one for one in menu.actions() if one.text().startswith("Exception"))
    entry.trigger()
    named(page, FilterChip, "Exception, take this filter away").click()
    wait_for(qtbot, lambda: page.model.rowCount() == 7)
    # WHEN a department is chosen
    wait_for(qtbot, lambda: bool(page.filters.department_menu().actions()))
    page.filters.department_menu().actions()[0].trigger()
    wait_for(qtbot, lambda: [row.shipment.id for row in page.model.rows] == [legal])
    page.filters.department.click()
    # WHEN a carrier is chosen
    wait_for(qtbot, lambda: page.model.rowCount() == 7)
    page.filters.carrier_menu().actions()[0].trigger()
    wait_for(qtbot, lambda: page.feed.wanted.carriers == ("usps",) and page.model.rowCount() == 7)


def test_dates_are_days_of_the_office(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    clerk.record_many(2)
    page = open_page()
    # WHEN today is chosen
    next(one for one in page.filters.dates_menu().actions() if one.text() == "Today").trigger()
    wanted = page.filters.wanted
    # THEN the question begins at the office's midnight
    zone = page.bench.zone
    today = datetime.now(UTC).astimezone(zone).date()
    assert wanted.recorded_from is not None
    local = wanted.recorded_from.astimezone(zone)
    assert (local.date(), local.hour, local.minute) == (today, 0, 0)
    wait_for(qtbot, lambda: page.feed.wanted == wanted and page.model.rowCount() == 2)
    # WHEN a range long ago is given
    page.filters.set_range(date(2020, 1, 1), date(2020, 1, 31))
    wait_for(qtbot, lambda: page.model.rowCount() == 0)
    assert "2020" in page.filters.dates.text()


def test_a_row_recorded_elsewhere_appears_and_the_selection_stays(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN a chosen row, and a mark of what is known
    clerk.record_many(6)
    page = open_page()
    mark, _ids = office.shipments.changed_since(office.operator, "")
    page.table.setCurrentIndex(page.model.index(4, Column.NUMBER))
    chosen = page.table.selected_ids()
    resets: list[None] = []
    page.model.modelReset.connect(lambda: resets.append(None))
    # WHEN another process records a piece and changes one
    new = clerk.record(_number(77), "From the command line")
    clerk.event(page.model.rows[2].shipment.id, Status.DELIVERED, 0.1)
    _mark, changed = office.shipments.changed_since(office.operator, mark)
    page.bench.routes.shipments_changed.emit(changed)
    # THEN the row is on top and tinted, the other one changed, the same shipment is selected, nothing was reset
    wait_for(qtbot, lambda: page.model.rows[0].shipment.id == new)
    assert page.model.index(0, 0).data(Role.FRESH) == 1.0
    assert page.model.rows[3].shipment.status is Status.DELIVERED
    assert page.table.selected_ids() == chosen
    assert page.table.currentIndex().row() == 5
    assert resets == []


def test_a_withdrawn_shipment_leaves_the_list(office: Office, clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    ids = clerk.record_many(3)
    page = open_page()
    act = next(one for one in office.intake.undoable(office.operator) if one.shipment_id == ids[1])
    office.intake.undo(office.operator, act.command_id)
    page.bench.routes.shipments_changed.emit((ids[1],))
    wait_for(qtbot, lambda: page.model.rowCount() == 2)
    assert not page.model.place_of(ids[1]).isValid()


def test_keys_move_copy_and_open(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    clerk.record_many(3)
    page = open_page()
    page.window().activateWindow()
    # WHEN Down, then Ctrl+C
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    page.table.setCurrentIndex(page.model.index(0, Column.NUMBER))
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.currentIndex().row() == page.model.rowCount() - 1
    qtbot.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().row() == 0
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    # THEN the number is on the clipboard, unbroken
    assert QGuiApplication.clipboard().text() == _number(1)
    # WHEN Enter
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.detail.timeline.hasFocus()
    # WHEN Ctrl+F, and Down from there
    page.focus_search()
    assert page.filters.search.hasFocus()
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_the_last_event_has_room_in_a_window_of_1280(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    # GIVEN the widest usual status beside a number of 22 digits and a promise
    shipment = clerk.record(_number(8), "Bauer", promised_on=date(datetime.now(UTC).year, 12, 31))
    clerk.event(shipment, Status.AVAILABLE_FOR_PICKUP, 1, "Available for pickup")
    page = open_page(1280, 800)
    in_the_window = 757  # px that rail, pane and scroll bar leave of 1280
    page.window().resize(1280 + in_the_window - page.table.viewport().width(), 800)
    qtbot.waitUntil(lambda: page.table.viewport().width() == in_the_window, timeout=SECONDS)

    assert page.table.shown_columns() == (
        *(Column.CARRIER, Column.NUMBER, Column.RECIPIENT),
        *(Column.STATUS, Column.LAST_EVENT, Column.PROMISED),
    )


@pytest.mark.parametrize(("width", "size"), [(1440, 100), (1280, 100), (1120, 100), (1440, 115), (1440, 130)])
def test_a_number_is_never_cut_and_columns_leave_in_their_order(
    clerk: Any, open_page: Opening, width: int, size: int, qtbot: QtBot
) -> None:
    clerk.record(_number(8), "Somebody", department="Legal")
    page = open_page()
    theme.change("light", size)
    page.window().resize(width, 900)
    qtbot.waitUntil(lambda: page.window().width() == width, timeout=SECONDS)
    index = page.model.index(0, Column.NUMBER)
    shown = page.table.shown_columns()
    inner = page.table.columnWidth(Column.NUMBER) - PADDING - (EDGE if shown[0] is Column.NUMBER else PADDING)
    assert QFontMetrics(number_font()).horizontalAdvance(str(index.data())) <= inner
    # no column is pushed out at the right
    assert sum(page.table.columnWidth(one) for one in shown) <= page.table.viewport().width()
    leaving = (Column.DEPARTMENT, Column.DAYS, Column.LAST_EVENT)
    there = [one in shown for one in leaving]
    assert there == sorted(there)  # once one is there, all that leave later are there
    assert page.table.dense is (Column.NUMBER in shown and page.table.viewport().width() < theme.px(800))
    theme.change("light", 100)


def test_names_of_others_are_shown_as_text(clerk: Any, open_page: Opening) -> None:
    # GIVEN names that look like markup, turn the line around, or hold a bell
    clerk.record(_number(1), "<b>Bold</b> & Co")
    clerk.record(_number(2), "evil\u202egnp.exe")
    page = open_page()
    # THEN they stand as typed, the invisible ones as escapes
    names = [page.model.index(row, Column.RECIPIENT).data() for row in range(2)]
    assert names == ["evil\\u202egnp.exe", "<b>Bold</b> & Co"]
    assert page.detail.head.recipient.textFormat() is Qt.TextFormat.PlainText
    assert "\u202e" not in page.detail.head.recipient.whole


def test_every_cell_has_its_whole_text_for_readers(clerk: Any, open_page: Opening) -> None:
    shipment = clerk.record(_number(5), "J. Okonkwo", department="Legal")
    clerk.event(shipment, Status.DELIVERED, 1, "Left with individual", place="Dayton OH")
    page = open_page()
    said = [str(page.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)) for column in Column]
    assert said[Column.NUMBER].endswith(", USPS Ground Advantage")
    assert said[Column.STATUS] == "Delivered"
    assert said[Column.LAST_EVENT].startswith("Left with individual, ")
    assert "Dayton OH" in said[Column.LAST_EVENT]
    assert page.model.headerData(Column.DAYS, Qt.Orientation.Horizontal) == "Days"
    assert page.model.rowCount(page.model.index(0, 0)) == 0
    assert page.model.data(QModelIndex()) is None


def test_an_empty_office_says_how_to_begin(open_page: Opening, named: Callable[..., Any]) -> None:
    page = open_page()
    assert page.head.context.text() == "nothing on record yet"
    wanted: list[str] = []
    page.bench.routes.page_wanted.connect(wanted.append)
    named(page, Button, "Open Scan").click()
    assert wanted == ["scan"]


def _number(serial: int) -> str:
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def test_days_count_from_acceptance_and_not_from_the_day_of_recording(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    # GIVEN a piece recorded today whose events are of last week
    shipment = clerk.record("1Z999AA10123456784")
    clerk.event(shipment, Status.ACCEPTED, 9)
    clerk.event(shipment, Status.DELIVERED, 4)
    clerk.record("9400117947734440521950")
    page = open_page()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=60_000)
    # THEN its days are those on the way, and the other one has just begun
    days = {
        page.model.rows[row].shipment.tracking_number[:2]: int(page.model.index(row, Column.DAYS).data())
        for row in range(2)
    }
    assert days["94"] == 0
    assert days["1Z"] in (4, 5)  # the event's own day is of another zone than the office's
