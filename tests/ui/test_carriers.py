"""Carriers in the window: set up, tried, asked about a piece, asked in the background; the page never waits."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui.carrier_sheet import CarrierSheet
from mailroom.ui.session import Session
from mailroom.ui.settings_page import SettingsPage
from mailroom.ui.shipments_page import ShipmentsPage

NUMBER = "1Z999AA10123456784"
SECONDS = 60_000


def answer(words: str = "Departed", code: str = "005", moment: str = "091500") -> dict[str, Any]:
    event = {
        "status": {"type": "I", "statusCode": code, "description": words},
        "date": "20261120",
        "time": moment,
        "gmtOffset": "-05:00",
    }
    package = {"trackingNumber": NUMBER, "activity": [event]}
    return {"trackResponse": {"shipment": [{"inquiryNumber": NUMBER, "package": [package]}]}}


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_ID", "of-ours")
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_SECRET", "of-ours-too")


@pytest.fixture
def on(office: Office, keys: None, played: Any) -> Any:
    office.tracking.change(office.operator, "ups", enabled=True, address=played.address, gap_ms=0, timeout=60)
    return played


def open_settings(session: Session, qtbot: QtBot) -> SettingsPage:
    session.window.show_page("settings")
    page = session.window.page("settings")
    assert isinstance(page, SettingsPage)
    qtbot.waitUntil(lambda: len(page.interfaces.rows) == 6, timeout=SECONDS)
    return page


def open_sheet(page: SettingsPage) -> CarrierSheet:
    page.interfaces.rows["ups"][2].click()
    assert isinstance(page.interfaces.sheet, CarrierSheet)
    return page.interfaces.sheet


def test_settings_say_how_things_stand_with_each_carrier(session: Session, on: Any, qtbot: QtBot) -> None:
    page = open_settings(session, qtbot)

    assert page.interfaces.rows["ups"][0].text() == "Ready."
    assert page.interfaces.rows["dhl"][0].text() == "It is switched off."


def test_a_trial_says_what_the_carrier_answered(session: Session, on: Any, qtbot: QtBot) -> None:
    on.script[NUMBER] = [on.Says(body=answer())]
    sheet = open_sheet(open_settings(session, qtbot))
    sheet.number.setText("1Z 999 AA1 01 2345 6784")

    sheet.trial.click()

    qtbot.waitUntil(lambda: sheet.said.text().startswith("HTTP 200"), timeout=SECONDS)
    assert sheet.said.text() == "HTTP 200: 1 event was read."


def test_a_trial_asks_with_what_is_typed_and_keeps_none_of_it(
    session: Session, office: Office, keys: None, played: Any, qtbot: QtBot
) -> None:
    # GIVEN an interface that is off, with the address that it ships with
    before = next(one for one in office.tracking.interfaces(office.operator) if one.id == "ups")
    played.script[NUMBER] = [played.Says(body=answer())]
    sheet = open_sheet(open_settings(session, qtbot))

    # WHEN another address, a key and the switch are tried, and then cancelled
    sheet.enabled.setChecked(True)
    sheet.address.fill(played.address)
    sheet.keys["client_id"].setText("typed-here")
    sheet.number.setText(NUMBER)
    sheet.trial.click()
    qtbot.waitUntil(lambda: sheet.said.text() == "HTTP 200: 1 event was read.", timeout=SECONDS)
    sheet.reject()

    # THEN the carrier was asked with them, and all is as it was
    token = next(one for one in played.seen if "token" in one.path)
    assert base64.b64encode(b"typed-here:of-ours-too").decode() in token.headers["authorization"]
    after = next(one for one in office.tracking.interfaces(office.operator) if one.id == "ups")
    assert (after.settings, after.keys_given) == (before.settings, before.keys_given)
    assert not after.settings.enabled


def test_numbers_that_are_none_are_refused(session: Session, office: Office, on: Any, qtbot: QtBot) -> None:
    sheet = open_sheet(open_settings(session, qtbot))
    for typed in ("ten", "-1", "100001", "9" * 5000):
        sheet.per_hour.setText(typed)

        sheet._on_save()

        assert sheet.per_hour.accessibleDescription().startswith("A whole number up to 100,000")
    sheet.timeout.setText("9" * 5000)
    sheet._on_save()
    assert sheet.timeout.accessibleDescription() == "Whole seconds, from 1 to 120."
    assert sheet.isVisible()
    ups = next(one for one in office.tracking.interfaces(office.operator) if one.id == "ups")
    assert ups.settings.enabled


def test_a_trial_with_wrong_keys_says_so_without_showing_them(session: Session, on: Any, qtbot: QtBot) -> None:
    on.token_says = on.Says(401, {"response": {"errors": [{"code": "10401", "message": "No client of-ours-too"}]}})
    sheet = open_sheet(open_settings(session, qtbot))
    sheet.number.setText(NUMBER)

    sheet.trial.click()

    qtbot.waitUntil(lambda: "does not accept the keys" in sheet.said.text(), timeout=SECONDS)
    assert "of-ours" not in sheet.said.text()


def test_what_is_typed_is_kept_and_what_cannot_be_is_said_at_its_field(
    session: Session, office: Office, on: Any, qtbot: QtBot
) -> None:
    page = open_settings(session, qtbot)
    sheet = open_sheet(page)
    sheet.address.setText("http://carrier.example")
    sheet._on_save()
    qtbot.waitUntil(lambda: bool(sheet.address.property("refused")), timeout=SECONDS)

    sheet.address.setText("https://carrier.example/v1/")
    sheet.timeout.setText("9")
    sheet.enabled.setChecked(False)
    sheet._on_save()

    qtbot.waitUntil(lambda: page.interfaces.sheet is None, timeout=SECONDS)
    ups = next(one for one in office.tracking.interfaces(office.operator) if one.id == "ups")
    assert (ups.settings.address, ups.settings.timeout, ups.settings.enabled) == (
        "https://carrier.example/v1",
        9,
        False,
    )


def test_a_key_without_a_key_store_is_refused_in_words(session: Session, on: Any, qtbot: QtBot) -> None:
    sheet = open_sheet(open_settings(session, qtbot))
    sheet.keys["client_secret"].setText("a new one")

    sheet._on_save()

    qtbot.waitUntil(lambda: "key store" in sheet.said.text(), timeout=SECONDS)
    assert sheet.keys["client_secret"].echoMode().name == "Password"


def record(office: Office) -> str:
    office.intake.record(office.operator, (Reading(NUMBER, ReadingSource.TYPED, datetime.now(UTC)),))
    return office.shipments.by_number(office.operator, NUMBER).row.shipment.id


def test_the_carrier_is_asked_about_the_shown_piece(
    office: Office, on: Any, open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    shipment_id = record(office)
    on.script[NUMBER] = [on.Says(body=answer())]
    session = open_session()
    session.routes.shipment_wanted.emit(shipment_id)
    page = session.window.page("shipments")
    assert isinstance(page, ShipmentsPage)
    qtbot.waitUntil(lambda: page.detail.detail is not None, timeout=SECONDS)

    page.detail.head.ask.click()

    qtbot.waitUntil(lambda: any("1 new event" in one for one in session.notices.texts), timeout=SECONDS)
    qtbot.waitUntil(
        lambda: page.detail.detail is not None and page.detail.detail.row.shipment.status is Status.IN_TRANSIT,
        timeout=SECONDS,
    )


def test_what_is_due_is_asked_in_the_background(
    office: Office, on: Any, open_session: Callable[..., Session], qtbot: QtBot, tmp_path: Path
) -> None:
    shipment_id = record(office)
    on.script[NUMBER] = [on.Says(body=answer())]
    session = open_session()

    session.polling.look()

    qtbot.waitUntil(lambda: not session.polling.busy, timeout=SECONDS)
    assert office.shipments.get(office.operator, shipment_id).row.shipment.status is Status.IN_TRANSIT


def test_the_window_closes_while_a_carrier_is_silent(
    office: Office, on: Any, open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    # GIVEN a carrier that answers nothing; the fixture asserts that every thread ends in time
    office.tracking.change(office.operator, "ups", timeout=60)
    record(office)
    on.respond = lambda _seen: on.Says(how="silent")
    session = open_session()

    session.polling.look()
    qtbot.waitUntil(lambda: bool(on.seen), timeout=SECONDS)

    assert session.polling.busy
