"""Notices are set up in Settings; new urgent alerts are told on the desktop."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mailroom.bootstrap import close_office, open_office
from mailroom.config import DeskSettings, Profile
from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertCounts
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import carrier_time
from mailroom.services.mail_rounds import MailStanding
from mailroom.services.office import Office
from mailroom.ui import desktop_alerts, theme
from mailroom.ui.desktop_alerts import DesktopAlerts
from mailroom.ui.notices_card import standing_text
from mailroom.ui.notices_sheet import clock_text
from mailroom.ui.session import Session
from mailroom.ui.settings_page import SettingsPage

SECONDS = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = open_office(tmp_path / "profile", operator="D. Ohara")
    yield opened
    close_office(opened)


@pytest.fixture
def session(office: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    theme.install("light")
    made = Session(office, Profile(tmp_path / "profile"), DeskSettings(welcome_done=True))
    qtbot.addWidget(made.window)
    made.window.resize(1280, 800)
    made.window.show()
    yield made
    assert made.close()


def test_notices_are_set_up_in_the_window(session: Session, office: Office, qtbot: QtBot) -> None:
    # GIVEN the sheet
    session.window.show_page("settings")
    page = session.window.page("settings")
    assert isinstance(page, SettingsPage)
    card = page.notices
    card.set_up.click()
    qtbot.waitUntil(lambda: card.sheet is not None, timeout=SECONDS)
    sheet = card.sheet
    assert sheet is not None

    # WHEN a text has a field that nobody fills, THEN the sheet stays and says so
    sheet.kinds["delivered"].setChecked(True)
    sheet.host.fill("smtp.example.org")
    sheet.mail_from.fill("mailroom@example.org")
    sheet.out.fill("B@x.example, a@x.example")
    shipped = sheet.text.toPlainText()
    sheet.text.setPlainText("Hello {nobody}\n\nx")
    sheet.save.click()
    qtbot.waitUntil(lambda: sheet.save.isEnabled() and bool(sheet.text.property("refused")), timeout=SECONDS)

    # and the corrected one is kept, another kind's text as it ships is not
    sheet.kind.setCurrentIndex(1)
    sheet.kind.setCurrentIndex(0)
    sheet.text.setPlainText("Here: {recipient}\n\nIt is there.")
    sheet.save.click()
    qtbot.waitUntil(lambda: card.sheet is None, timeout=SECONDS)
    kept = office.requesters.settings(office.operator)
    assert kept.templates == (("delivered", "Here: {recipient}\n\nIt is there."),)
    assert kept.template("delivered") != shipped
    assert (kept.kinds, kept.server.host, kept.opted_out) == (
        ("delivered",),
        "smtp.example.org",
        ("a@x.example", "b@x.example"),
    )
    card.alerts.click()
    assert session.desk.settings.desktop_alerts is False


def test_the_server_is_tried_before_it_is_kept_and_mails_go_out_by_themselves(
    session: Session, office: Office, qtbot: QtBot, played_mail: Any
) -> None:
    # GIVEN a piece whose requester wants to know
    fields = PieceFields(recipient=Party(name="Ida Low"), requester_email="a@b.example")
    reading = Reading("1Z6R44100366174260", ReadingSource.WEDGE, datetime.now(UTC))
    done = office.intake.record(office.operator, (reading,), fields)
    assert done.row is not None
    yesterday = carrier_time(datetime.now(UTC) - timedelta(days=1))
    office.timeline.add_event(office.operator, done.row.shipment.id, EventDraft(yesterday, Status.DELIVERED, text="x"))
    session.window.show_page("settings")
    page = session.window.page("settings")
    assert isinstance(page, SettingsPage)
    card = page.notices
    card.set_up.click()
    qtbot.waitUntil(lambda: card.sheet is not None, timeout=SECONDS)
    sheet = card.sheet
    assert sheet is not None

    # WHEN she tries a server that does not answer, THEN it says so, and nothing is kept
    sheet.host.fill("127.0.0.1")
    sheet.port.fill("1")
    sheet.way.setCurrentIndex(2)
    sheet.mail_from.fill("mailroom@example.org")
    sheet.attempt.click()
    qtbot.waitUntil(lambda: not sheet.trying, timeout=SECONDS)
    assert "does not answer" in sheet.tried_out.text()

    # and one that does gets a mail to the sender
    sheet.port.fill(str(played_mail.server.port))
    sheet.attempt.click()
    qtbot.waitUntil(lambda: not sheet.trying, timeout=SECONDS)
    assert sheet.tried_out.text() == "A mail went to mailroom@example.org."
    assert [one["To"] for one in played_mail.box.mails] == ["mailroom@example.org"]
    assert office.requesters.settings(office.operator).server.host == ""

    # WHEN the digest's hour is none, THEN its field says so
    sheet.kinds["delivered"].setChecked(True)
    sheet.by_itself.setChecked(True)
    sheet.digest.fill("boss@b.example")
    sheet.digest_at.fill("25")
    sheet.save.click()
    qtbot.waitUntil(lambda: bool(sheet.digest_at.property("refused")), timeout=SECONDS)
    sheet.digest_at.fill("0")
    sheet.save.click()
    qtbot.waitUntil(lambda: card.sheet is None, timeout=SECONDS)
    assert office.requesters.settings(office.operator).digest_at == "00:00"

    # and both go out without being asked for, and the card says that they do
    session.mails.look()
    qtbot.waitUntil(lambda: len(played_mail.box.mails) == 3, timeout=SECONDS)
    assert [one["To"] for one in played_mail.box.mails[1:]] == ["a@b.example", "boss@b.example"]
    qtbot.waitUntil(lambda: not session.mails.busy, timeout=SECONDS)
    card.refresh()
    qtbot.waitUntil(lambda: "Last sent" in card.standing.text(), timeout=SECONDS)
    assert card.standing.text().startswith("Notices and the digest go out by themselves.")


def test_a_round_that_failed_is_not_told_as_sent() -> None:
    now = datetime(2026, 11, 20, 15, tzinfo=UTC)
    found = MailStanding(notices=True, digest=False, tried_at=now - timedelta(hours=1))
    assert standing_text(found, UTC, now) == "Notices go out by themselves. Last sent 20 Nov 14:00."
    failed = dataclasses.replace(found, failures=1)
    assert standing_text(failed, UTC, now) == "Notices go out by themselves."


def test_a_time_is_understood_as_people_type_it() -> None:
    typed = {"8": "08:00", "8:5": "08:05", "0830": "08:30", "830": "08:30", "17.15": "17:15", "9h": "09:00", "": ""}
    assert {text: clock_text(text) for text in typed} == typed
    assert clock_text("noon") == "noon"


def test_only_new_urgent_alerts_are_told(session: Session, qtbot: QtBot) -> None:
    watch, window = session.desktop_alerts, session.window
    assert isinstance(watch, DesktopAlerts)

    def judged(pieces: str) -> int:
        alerts = frozenset(("no_movement", one) for one in pieces)
        session.routes.alerts_judged.emit(AlertCounts(today=alerts, by_urgency={Urgency.TODAY: len(alerts)}))
        return watch.told

    # GIVEN somebody who works in the window, THEN nothing is told, and the title is the page's
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=SECONDS)
    assert [judged("a"), judged("ab")] == [0, 0]
    assert window.windowTitle() == "Scan – Mailroom"

    # WHEN she works elsewhere, THEN what is new is told, and the title counts
    window.hide()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None, timeout=SECONDS)
    assert [judged(one) for one in ("abc", "abc", "ab", "abcd", "abcd", "abce")] == [1, 1, 1, 2, 2, 3]
    assert window.windowTitle() == "(4) Scan – Mailroom"

    # but not what she put on the list again herself, or what came of other days that she set
    session.routes.alerts_handled.emit(frozenset({("no_movement", "f")}))
    assert [judged("abcef"), judged("abce"), judged("abcef")] == [3, 3, 4]
    session.routes.alerts_handled.emit(frozenset())
    assert [judged("abcefgh"), judged("abcefghi")] == [4, 5]

    # and what she was done with is told when it comes again later
    session.routes.alerts_handled.emit(frozenset({("no_movement", "i")}))
    assert [judged("abcefgh"), judged("abcefgh"), judged("abcefghi")] == [5, 5, 6]

    session.routes.operator_changed.emit()  # who sits here now sees other departments: that is no news
    assert judged("k") == 6
    session.desk.change(desktop_alerts=False)
    assert judged("kl") == 6
    assert window.windowTitle() == "Scan – Mailroom"


def test_a_desktop_without_a_tray_is_known() -> None:
    assert desktop_alerts.available() is False  # offscreen has none
