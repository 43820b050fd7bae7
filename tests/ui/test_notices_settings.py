"""Notices are set up in Settings; new urgent alerts are told on the desktop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mailroom.bootstrap import close_office, open_office
from mailroom.config import DeskSettings, Profile
from mailroom.domain.attention import AlertCounts
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.desktop_alerts import DesktopAlerts
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


def test_only_new_urgent_alerts_are_told(session: Session) -> None:
    watch = session.desktop_alerts
    assert isinstance(watch, DesktopAlerts)
    told = []
    for pieces in ("abc", "abc", "ab", "abcd", "abcd", "abce"):  # of the last one went and another came
        session.routes.alerts_judged.emit(AlertCounts(today=frozenset(("no_movement", one) for one in pieces)))
        told.append(watch.told)
    assert told == [0, 0, 0, 1, 1, 2]
    session.routes.operator_changed.emit()  # who sits here now sees other departments: that is no news
    session.routes.alerts_judged.emit(AlertCounts(today=frozenset({("no_movement", "f")})))
    assert watch.told == 2
    session.desk.change(desktop_alerts=False)
    session.routes.alerts_judged.emit(AlertCounts(today=frozenset({("no_movement", "g")})))
    assert watch.told == 2
