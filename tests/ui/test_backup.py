"""A backup from the window: written beside the recording, told in a notice, whole."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mailroom.services.office import Office
from mailroom.services.safety import restore_profile
from mailroom.ui.session import Session

SECONDS = 60_000


def test_a_backup_is_written_from_settings(session: Session, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    # GIVEN a piece on record
    session.scan.flow.hear("1Z999AA10123456784")
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    session.window.show_page("settings")
    page = session.window.page("settings")
    # WHEN a file is named
    page.backup.write.click()
    chooser = session.window.findChild(QFileDialog)
    target = tmp_path / "copy.zip"
    chooser.filesSelected.emit([str(target)])
    chooser.close()
    # THEN the notice says what it holds, and it can be put back
    told = "copy.zip holds the whole record: 1 shipment."
    qtbot.waitUntil(lambda: told in session.notices.texts, timeout=SECONDS)
    assert not page.backup.strip.busy
    folder = tmp_path / "another"
    folder.mkdir()
    facts = restore_profile(target, folder)
    assert facts is not None
    assert facts.shipments == 1
    assert office.safety.check(office.operator) == ()


def test_where_nothing_can_be_written_it_says_so(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.window.show_page("settings")
    page = session.window.page("settings")
    page.backup.choose()
    chooser = session.window.findChild(QFileDialog)
    chooser.filesSelected.emit([str(tmp_path / "missing" / "copy.zip")])
    chooser.close()
    qtbot.waitUntil(lambda: any("cannot be written" in text for text in session.notices.texts), timeout=SECONDS)
    assert not page.backup.strip.busy
