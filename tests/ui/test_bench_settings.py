"""Settings of the bench: a scanner taught through the keyboard, sheets written, the flash, the slider's knob."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from mailroom.capture.keyboards import Caps, typed
from mailroom.capture.wedge_teaching import TEACHING
from mailroom.config import Profile, load_desk
from mailroom.services.office import Office
from mailroom.ui.session import Session
from mailroom.ui.settings_page import SettingsPage

SECONDS = 60_000
AIR = "1Z999AA10123456784"


@pytest.fixture
def settings(session: Session) -> SettingsPage:
    session.window.show_page("settings")
    page = session.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def scan(keyboard: Any, qtbot: QtBot, payload: str) -> None:
    keyboard.scan(payload)
    qtbot.waitUntil(lambda: keyboard.done, timeout=SECONDS)


@pytest.mark.parametrize(("layout", "caps"), [("de", Caps.OFF), ("fr", Caps.ALL), ("us", Caps.LETTERS)])
def test_three_reads_teach_a_scanner_and_later_ones_are_put_right(
    session: Session, settings: SettingsPage, office: Office, profile: Profile, keyboard: Any, qtbot: QtBot,
    layout: str, caps: Caps,
) -> None:  # fmt: skip
    # GIVEN the dialog, and a scanner with a prefix on such a keyboard
    settings.bench_card.teach.setFocus()
    settings.bench_card.teach.click()
    sheet = settings.bench_card.teach_sheet
    assert sheet is not None
    # WHEN a label and a code out of turn are read, nothing is recorded and it is said
    scan(keyboard, qtbot, AIR)
    assert "none of the three" in sheet.told.text()
    scan(keyboard, qtbot, typed("~" + TEACHING[1], layout, caps))
    assert "That was bar code 2; read bar code 1." in sheet.told.text()
    # AND the three are read in order
    for one in TEACHING:
        scan(keyboard, qtbot, typed("~" + one, layout, caps))
    assert sheet.save.isEnabled()
    sheet.save.click()
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    # THEN it is kept for the desk, and the next label is read right
    kept = load_desk(profile)
    assert (kept.wedge_layout, kept.wedge_caps, kept.wedge_prefix) == (layout, caps.value, typed("~", layout, caps))
    assert office.intake.undoable(office.operator) == ()
    scan(keyboard, qtbot, typed("~" + AIR, layout, caps))
    qtbot.waitUntil(lambda: bool(office.intake.undoable(office.operator)), timeout=SECONDS)
    assert office.intake.undoable(office.operator)[0].tracking_number == AIR


def test_prefix_and_layout_can_be_set_by_hand(
    session: Session, settings: SettingsPage, profile: Profile, keyboard: Any, qtbot: QtBot
) -> None:
    card = settings.bench_card
    card.prefix.setText("\\x02~")
    card.prefix.editingFinished.emit()
    card.layout_choice.setCurrentIndex(2)
    card.aim.setChecked(True)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    kept = load_desk(profile)
    assert (kept.wedge_prefix, kept.wedge_layout, kept.wedge_aim) == ("\x02~", "de", True)
    assert "German" in card.words.text()
    assert card.prefix.text() == "\\x02~"


@pytest.mark.parametrize("button", ["commands", "badges"])
def test_sheets_are_written_where_the_user_says(
    session: Session, settings: SettingsPage, tmp_path: Path, qtbot: QtBot, button: str
) -> None:
    card = settings.bench_card
    getattr(card, button).click()
    if button == "badges":
        qtbot.waitUntil(lambda: card.badges_sheet is not None, timeout=SECONDS)
        sheet = card.badges_sheet
        assert sheet is not None
        assert not sheet.save.isEnabled()
        sheet.people.item(0).setCheckState(Qt.CheckState.Checked)
        sheet.save.click()
    qtbot.waitUntil(lambda: bool(session.window.findChildren(QFileDialog)), timeout=SECONDS)
    (dialog,) = session.window.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "sheet.pdf")])
    dialog.reject()
    qtbot.waitUntil(lambda: (tmp_path / "sheet.pdf").exists(), timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_frame_flashes_where_the_desk_wants_it(session: Session, settings: SettingsPage, qtbot: QtBot) -> None:
    session.scan.flow.hear(AIR)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    assert session.scan._flash is None
    settings.bench_card.flash.setChecked(True)
    session.scan.flow.hear("1Z999AA10123456783")
    qtbot.waitUntil(lambda: session.scan.band.state.look == "ask", timeout=SECONDS)
    frame = session.scan._flash
    assert frame is not None
    assert frame.isVisible()
    assert frame.geometry() == session.window.rect()
    qtbot.waitUntil(lambda: frame.flashes == 2 and not frame.isVisible(), timeout=SECONDS)


def test_the_knob_of_the_volume_is_whole(settings: SettingsPage) -> None:
    slider = settings.volume
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    knob = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    assert slider.rect().contains(knob)
    assert knob.height() >= 16


def test_what_is_typed_and_not_saved_yet_stays_while_another_page_is_looked_at(
    session: Session, settings: SettingsPage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: settings.form.office.text() == "Halvorsen & Reyes", timeout=SECONDS)
    settings.form.office.setText("Halvorsen, Reyes & Moss")
    session.window.show_page("scan")
    session.window.show_page("settings")
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert settings.form.office.text() == "Halvorsen, Reyes & Moss"
    # AND saved it is what the office is called, and what another desk changes then is shown
    settings.save.click()
    qtbot.waitUntil(lambda: not session.runners.busy and bool(session.notices.texts), timeout=SECONDS)
    office = session.bench.office
    assert office.settings.office(office.operator).name == "Halvorsen, Reyes & Moss"
    office.settings.change_office(office.operator, name="Reyes")
    settings.entered()
    qtbot.waitUntil(lambda: settings.form.office.text() == "Reyes", timeout=SECONDS)
