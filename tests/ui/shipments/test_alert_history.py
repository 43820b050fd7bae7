"""What the work list said about a piece, from its menu of papers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import carrier_time
from mailroom.services.office import Office
from mailroom.ui.alert_history_sheet import AlertHistorySheet
from mailroom.ui.shipments_page import ShipmentsPage


def test_what_was_on_the_list_is_one_menu_away(
    office: Office, clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot
) -> None:
    # GIVEN a piece with an exception, and somebody who dealt with it
    id_ = clerk.record("1Z6R44100366174260", "Ida Low")
    moment = carrier_time(datetime.now(UTC) - timedelta(hours=2))
    office.timeline.add_event(office.operator, id_, EventDraft(moment, Status.EXCEPTION, text="Address unknown"))
    office.attention.done(office.operator, office.attention.of_shipment(office.operator, id_), "called them")
    page = open_page(1280, 800)
    qtbot.waitUntil(lambda: page.detail.detail is not None, timeout=60_000)

    # WHEN its menu is asked
    page.detail.head.more.click()
    menu = page.findChildren(QMenu)[-1]
    next(one for one in menu.actions() if one.text().startswith("What was on the list")).trigger()
    qtbot.waitUntil(lambda: page.window().findChild(AlertHistorySheet) is not None, timeout=60_000)

    # THEN both are told
    sheet = page.window().findChild(AlertHistorySheet)
    assert sheet is not None
    assert sheet.lines[0].startswith("Since ")
    assert "Address unknown" in sheet.lines[0]
    assert sheet.lines[-2] == "Alert “Exception” dealt with"
    assert sheet.lines[-1].endswith("D. Ohara: called them")
    assert cut(sheet) == []
    assert nameless(sheet) == []
