"""Signing in in the window: the list, the switch, the dialog, and what five idle minutes take back."""

import pytest
from pytestqt.qtbot import QtBot

from mailroom.domain.operator import Role
from mailroom.services.office import Office
from mailroom.ui.session import Session
from mailroom.ui.settings_page import SettingsPage

SECONDS = 60_000
PIN, AIR = "482913", "1Z999AA10123456784"


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def role_of(office: Office) -> Role:
    return office.operator.role


@pytest.mark.parametrize("bad", ["B140"])
def test_a_manager_signs_in_and_falls_back(session: Session, office: Office, qtbot: QtBot, bad: str) -> None:
    # GIVEN an open office, where nothing is watched, and a switch that needs an administrator's PIN
    window = session.window
    window.show_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    card = page.people
    settle(session, qtbot)
    assert not session.idle.watching
    card.required.click()
    qtbot.waitUntil(lambda: not card.required.isChecked(), timeout=SECONDS)
    # WHEN the administrator gets one and somebody is added, THEN it can be switched on
    card.people.click()
    qtbot.waitUntil(lambda: card.sheet is not None, timeout=SECONDS)
    sheet = card.sheet
    assert sheet is not None
    sheet.pin.setText("12")
    sheet.set_pin.click()
    qtbot.waitUntil(lambda: bool(sheet.pin.property("refused")), timeout=SECONDS)
    sheet.pin.setText(PIN)
    sheet.set_pin.click()
    qtbot.waitUntil(lambda: sheet.clear_pin.isEnabled(), timeout=SECONDS)
    sheet.name.setText("Ada Moss")
    sheet.add.click()
    qtbot.waitUntil(lambda: sheet.people.count() == 2, timeout=SECONDS)
    sheet.accept()
    card.required.click()
    settle(session, qtbot)
    qtbot.waitUntil(lambda: session.idle.watching, timeout=SECONDS)
    # WHEN nobody touches anything for five minutes
    assert session.idle.timer.isActive()
    assert session.idle.timer.interval() == 300_000
    session.idle.timer.timeout.emit()
    settle(session, qtbot)
    # THEN it is a clerk's seat, nothing is watched, and the scan field records as before
    assert (office.operator.role, session.idle.watching) == (Role.CLERK, False), bad
    window.show_page("scan")
    session.scan.flow.hear(AIR)
    settle(session, qtbot)
    assert office.shipments.by_number(office.operator, AIR).row.shipment.recorded_by == "D. Ohara"
    # AND the PIN gives the rights back, a wrong one does not
    window.rail.person.click()
    qtbot.waitUntil(lambda: window.sign_in.dialog is not None, timeout=SECONDS)
    dialog = window.sign_in.dialog
    assert dialog is not None
    dialog.people.setCurrentIndex(0)
    assert not dialog.pin.isEnabled()  # Ada has none
    dialog.people.setCurrentIndex(1)
    dialog.pin.setText("0000")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(dialog.pin.property("refused")), timeout=SECONDS)
    assert role_of(office) is Role.CLERK
    dialog.pin.setText(PIN)
    dialog.save.click()
    qtbot.waitUntil(lambda: window.sign_in.dialog is None, timeout=SECONDS)
    assert role_of(office) is Role.ADMIN
    qtbot.waitUntil(lambda: session.idle.watching, timeout=SECONDS)
