"""The whole window: names for screen readers, room for every text, focus, Find, notices, bugs."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Verdict
from mailroom.domain.shipment import Party, PieceFields
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.ui import icons, theme, tokens
from mailroom.ui.cell_looks import PADDING
from mailroom.ui.faults import FaultSheet
from mailroom.ui.find_sheet import FindSheet
from mailroom.ui.page import pages
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import STATUS_LOOKS
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.labels import ElidedText
from mailroom.ui.parts.notices import SHOWN
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.scan_answers import AnswerButton
from mailroom.ui.scan_words import Column
from mailroom.ui.session import Session
from mailroom.ui.table_delegate import number_font

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QSlider, QAbstractItemView)


@pytest.fixture
def filled(office: Office) -> Office:
    """An office with a few pieces, so that no page is empty."""
    who = office.operator
    for number in (PRIORITY, "1Z999AA10123456784", "RB123456785GB"):
        party = Party(name="Żaneta Wójcik-Brzęczyszczykiewicz", address=("1 Example St", "Boise ID 83702"))
        fields = PieceFields(recipient=party, department="Legal", run="Afternoon", order="24-1187-R")
        office.intake.record(who, (Reading(number, ReadingSource.TYPED, datetime.now(UTC)),), fields)
    office.intake.record(who, (Reading("hello there", ReadingSource.TYPED, datetime.now(UTC)),))
    return office


def walked(session: Session, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Every page in turn, filled."""
    for page_id in session.window.page_ids:
        session.window.show_page(page_id)
        qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
        QApplication.processEvents()  # what the answers wrote is laid out
        yield page_id, session.window


def has_buddy(control: QWidget, labels: list[QLabel]) -> bool:
    return any(label.buddy() is control for label in labels)


def inner(control: QWidget) -> bool:
    """A part that Qt made inside another control, which has the name."""
    parent = control.parentWidget()
    own = isinstance(parent, QComboBox | QAbstractSpinBox) or isinstance(control, QHeaderView)
    return own or control.objectName().startswith("qt_")


@pytest.mark.parametrize("state", ["empty", "filled"])
def test_every_input_and_button_has_a_name(
    request: pytest.FixtureRequest, open_session: Callable[..., Session], qtbot: QtBot, state: str
) -> None:
    if state == "filled":
        request.getfixturevalue("filled")
    session = open_session(welcome_done=False)
    card = session.scan.welcome
    assert card is not None
    qtbot.waitUntil(card.isVisible, timeout=SECONDS)
    found = []
    for page_id, window in walked(session, qtbot):
        labels = window.findChildren(QLabel)
        for control in window.findChildren(QWidget):
            if isinstance(control, INPUTS) and not inner(control):
                if not control.accessibleName() and not has_buddy(control, labels):
                    found.append(f"{page_id}: {type(control).__name__} has neither label nor name")
            elif isinstance(control, QAbstractButton) and not inner(control):
                named = control.accessibleName() or control.text()
                if not named:
                    found.append(f"{page_id}: {type(control).__name__} {control.toolTip()!r} has no name")
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize(
    ("size", "look", "text_size"),
    [
        ((1280, 800), "light", 100),
        ((1280, 800), "dark", 130),
        ((1120, 700), "light", 130),
        ((1440, 900), "dark", 115),
    ],
)
def test_every_label_and_button_has_room_for_its_text(
    filled: Office,
    open_session: Callable[..., Session],
    qtbot: QtBot,
    look: str,
    size: tuple[int, int],
    text_size: int,
) -> None:
    session = open_session(size=size, theme=look, text_size=text_size)
    found = [f"{page_id}: {one}" for page_id, window in walked(session, qtbot) for one in too_narrow(window)]
    assert not found, "\n".join(found)


def test_every_text_has_room_at_two_hundred_per_cent() -> None:
    """The same in a process whose screen has twice the pixels."""
    again = f"{__file__}::{test_every_label_and_button_has_room_for_its_text.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", again, "-k", "light-130"]
    done = subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": "2"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def too_narrow(window: QWidget) -> list[str]:
    """The visible labels and buttons that are narrower or lower than their text."""
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElidedText) or label.wordWrap() or not label.text():
            continue
        widest = max(QFontMetrics(label.font()).horizontalAdvance(line) for line in label.text().splitlines())
        if label.contentsRect().width() < widest:
            found.append(f"label {label.text()!r}: {label.contentsRect().width()} px for {widest}")
    for button in window.findChildren(QPushButton):
        if not button.isVisible() or not button.text():
            continue
        wanted = QFontMetrics(button.font()).horizontalAdvance(button.text().replace("&", ""))
        wanted += 0 if button.icon().isNull() else button.iconSize().width() + 4
        if button.width() < wanted or button.height() < QFontMetrics(button.font()).height():
            found.append(f"button {button.text()!r}: {button.width()} px for {wanted}")
    return found


@pytest.mark.parametrize(("size", "text_size"), [((1120, 700), 100), ((1120, 700), 130), ((1440, 900), 100)])
def test_numbers_and_times_of_readings_are_never_cut(
    filled: Office, open_session: Callable[..., Session], qtbot: QtBot, size: tuple[int, int], text_size: int
) -> None:
    session = open_session(size=size, text_size=text_size)
    qtbot.waitUntil(lambda: session.scan.readings.model.rowCount() == 4, timeout=SECONDS)
    table = session.scan.readings.table
    for column, widest, font in (
        (Column.TIME, "00:00:00", theme.font(13, tabular=True)),
        (Column.NUMBER, "9405 5118 9922 3197 4284 90", number_font()),
    ):
        room = table.columnWidth(column) - 2 * PADDING
        assert room >= QFontMetrics(font).horizontalAdvance(widest), column
    header = table.horizontalHeader()
    assert header.length() <= table.viewport().width()


def test_the_band_grows_with_what_it_has_to_say(open_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = open_session(size=(1120, 700), text_size=130)
    session.scan.flow.hear("9405511899223197428497")
    qtbot.waitUntil(lambda: session.scan.band.state.look == "ask", timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    QApplication.processEvents()
    band = session.scan.band
    for button in band.findChildren(AnswerButton):
        assert band.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_neither_a_number_nor_the_cards_are_cut_in_a_small_window_with_large_text(
    open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    session = open_session(size=(1120, 700), text_size=130)
    session.scan.flow.hear(PRIORITY)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    band = session.scan.band
    # AND the cards at the right are as wide as they need, now that one tells of the piece
    cards = session.scan.piece.parentWidget()
    QApplication.processEvents()
    assert cards.width() >= cards.minimumSizeHint().width() <= cards.parentWidget().width()
    shown = QFontMetrics(theme.font(18, 600, tabular=True, slashed=True)).horizontalAdvance(band.state.number)
    assert shown <= band._text_width()
    # AND neither is the word of a state that has nothing sacred to say, nor a number that is asked about
    session.scan.run.run.setEditText("Afternoon pick-up")
    for payload, look in (("hello there", "refused"), ("9405511899223197428497", "ask")):
        session.scan.flow.take_typed(payload)
        qtbot.waitUntil(lambda look=look: band.state.look == look and not session.runners.busy, timeout=SECONDS)
        QApplication.processEvents()
        word = QFontMetrics(theme.font(30, 700)).horizontalAdvance(band.state.word)
        number = QFontMetrics(theme.font(18, 600, tabular=True, slashed=True)).horizontalAdvance(band.state.number)
        assert max(word, number if band.state.sacred else 0) <= band._text_width(), look


def test_no_label_takes_its_text_for_html(filled: Office, open_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = open_session()
    formats = {label.textFormat() for _page, window in walked(session, qtbot) for label in window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_a_name_that_turns_its_line_around_is_shown_as_it_is_written(
    office: Office, open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    # GIVEN a recipient and a town with a mark that shows what follows from right to left
    party = Party(name="A\u202egnp.exe", city="B\u202eoise", region="ID", country="US")
    reading = Reading(PRIORITY, ReadingSource.TYPED, datetime.now(UTC))
    office.intake.record(office.operator, (reading,), PieceFields(recipient=party, department="L\u202eegal"))
    # WHEN it is found and listed THEN no list obeys the mark
    session = open_session()
    qtbot.waitUntil(lambda: session.scan.readings.model.rowCount() == 1, timeout=SECONDS)
    session.window.open_find()
    sheet = session.window.findChild(FindSheet)
    assert isinstance(sheet, FindSheet)
    sheet.field.setText("gnp")
    qtbot.waitUntil(lambda: sheet.results.count() == 1 and bool(sheet.results.item(0).text()), timeout=SECONDS)
    told = [sheet.results.item(0).text(), *session.scan.readings.model.lines[0].texts]
    assert "\u202e" not in "".join(told)
    assert "B\\u202eoise" in "".join(told)
    sheet.reject()


def test_every_icon_that_is_named_is_there() -> None:
    named = {icon for _family, icon in STATUS_LOOKS.values()} | {entry.icon for entry in pages()}
    assert named
    assert [name for name in sorted(named) if not icons.known(name)] == []


def test_pages_are_found_and_keys_and_arrows_reach_them(session: Session, qtbot: QtBot) -> None:
    assert session.window.page_ids[0] == "scan"
    assert session.window.page_ids[-1] == "settings"
    for at, page_id in enumerate(session.window.page_ids, 1):
        qtbot.keyClick(session.window, str(at), Qt.KeyboardModifier.ControlModifier)
        assert session.window.rail.item(page_id).isChecked()
        assert "Mailroom" in session.window.windowTitle()
    first, second = session.window.rail.items[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


@pytest.mark.parametrize(("size", "text"), [((1280, 800), 100), ((1280, 800), 130), ((1120, 700), 100)])
def test_find_shrinks_and_does_not_vanish(
    filled: Office, open_session: Callable[..., Session], size: tuple[int, int], text: int
) -> None:
    session = open_session(size, text_size=text)
    for page_id in session.window.page_ids:
        session.window.show_page(page_id)
        QApplication.processEvents()
        head = session.window.page(page_id).head
        assert head.find_button.isVisible(), page_id
        assert 40 <= head.find_button.width() <= theme.px(250)
        assert head.rect().contains(head.find_button.geometry()), page_id
        for label in head.findChildren(QLabel):
            needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
            assert not label.isVisible() or isinstance(label, ElidedText) or label.width() >= needed, label.text()


class OtherWindows(QObject):
    """Keeps what is shown as a window beside the one there is."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{watched} {watched.accessibleName()}")
        return False


def test_no_page_flashes_a_window_of_its_own_while_it_is_built(session: Session) -> None:
    others, app = OtherWindows(), QApplication.instance()
    assert app is not None
    app.installEventFilter(others)
    for page_id in session.window.page_ids:
        session.window.show_page(page_id)
        QApplication.processEvents()
    app.removeEventFilter(others)

    assert others.seen == []
    assert QApplication.activeWindow() is session.window


def test_a_badge_is_part_of_a_pages_name(session: Session) -> None:
    item = session.window.rail.item("shipments")
    item.set_badge(9)
    assert item.accessibleName() == "Shipments, 9 waiting"


def test_the_ring_goes_with_its_control_when_a_notice_pushes_the_page_down(session: Session, qtbot: QtBot) -> None:
    window, ring = session.window, session.window._ring
    window.show_page("settings")
    page = window.page("settings")
    button = next(one for one in page.findChildren(Button) if one.isVisible() and one.isEnabled())
    button.setFocus(Qt.FocusReason.TabFocusReason)

    def surrounds() -> bool:
        corner = button.mapTo(window, QPoint(0, 0))
        return ring.isVisible() and ring.geometry() == QRect(corner, button.size()).adjusted(-4, -4, 4, 4)

    assert surrounds()
    before = ring.y()
    session.notices.tell("A notice comes.", "move")
    qtbot.waitUntil(lambda: button.mapTo(window, QPoint(0, 0)).y() > before + 20, timeout=SECONDS)
    assert surrounds()

    session.notices.clear()
    qtbot.waitUntil(lambda: button.mapTo(window, QPoint(0, 0)).y() == before + 4, timeout=SECONDS)
    assert surrounds()


def test_the_ring_follows_the_keyboard_and_not_the_mouse(session: Session, qtbot: QtBot) -> None:
    ring = session.window._ring
    button = session.scan.entry.record
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible, timeout=SECONDS)
    corner = button.mapTo(session.window, QPoint(0, 0))
    assert ring.geometry().topLeft() == corner - QPoint(4, 4)
    session.scan.entry.number.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ring.isVisible()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()


def test_find_opens_a_shipment_by_any_part_of_its_number(filled: Office, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(session.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    sheet = session.window.findChild(FindSheet)
    assert isinstance(sheet, FindSheet)
    sheet.field.setText("4284")
    texts = lambda: [sheet.results.item(at).text() for at in range(sheet.results.count())]  # noqa: E731
    qtbot.waitUntil(lambda: any("4284 90" in one for one in texts()), timeout=SECONDS)
    with qtbot.waitSignal(session.routes.shipment_wanted, timeout=SECONDS):
        qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert session.window.windowTitle() == "Shipments – Mailroom"
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def test_find_starts_actions_and_escape_closes_it(session: Session, qtbot: QtBot) -> None:
    session.scan.entry.number.setFocus()
    session.window.open_find()
    sheet = session.window.findChild(FindSheet)
    assert isinstance(sheet, FindSheet)
    sheet.field.setText("go settings")
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    assert session.window.windowTitle() == "Settings – Mailroom"
    session.window.open_find()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert session.window._find is None


def test_tab_stays_inside_a_dialog(session: Session, qtbot: QtBot) -> None:
    session.window.open_find()
    sheet = session.window.findChild(FindSheet)
    assert isinstance(sheet, FindSheet)
    for _time in range(6):
        assert sheet.isAncestorOf(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    sheet.reject()
    assert session.window._find is None


def test_one_notice_shows_under_the_head_and_the_rest_are_counted_and_nothing_is_covered(
    session: Session, qtbot: QtBot
) -> None:
    page = session.window.page("scan")
    foot = page.geometry().bottom()
    for text in ("7,5", "x", "y", "z"):
        session.notices.show(MailroomError("bad_amount", text=text))
    assert len(session.notices.texts) == 4
    shown = [one for one in session.notices._open if one.isVisible()]
    assert len(shown) == SHOWN
    assert session.notices.more.text() == "3 more"
    bar = session.notices.bar
    qtbot.waitUntil(lambda: page.mapTo(session.window, QPoint()).y() > bar.geometry().bottom(), timeout=SECONDS)
    assert bar.geometry().top() == page.head.mapTo(session.window, page.head.rect().bottomLeft()).y() + 1
    assert page.mapTo(session.window, page.rect().bottomLeft()).y() == foot + page.head.height()
    first = session.notices.texts[0]
    session.notices.more.click()
    assert (session.notices.texts[0] != first, session.notices.texts[-1]) == (True, first)
    session.notices.show(MailroomError("bad_amount", text="z"))
    assert len(session.notices.texts) == 4
    session.notices.clear()
    assert not session.notices.bar.isVisible()


def test_a_bug_is_logged_and_shown_once_and_the_session_goes_on(
    session: Session, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("a bug")
    sys.excepthook(ValueError, error, None)
    sys.excepthook(ValueError, ValueError("another"), None)
    qtbot.waitUntil(lambda: session.window.findChild(FaultSheet) is not None, timeout=SECONDS)
    sheets = session.window.findChildren(FaultSheet)
    assert len(sheets) == 1
    assert "a bug" in caplog.text
    copy = next(one for one in sheets[0].findChildren(QPushButton) if one.text() == "Copy details")
    copy.click()
    assert "ValueError: a bug" in QApplication.clipboard().text()
    sheets[0].accept()
    session.scan.flow.hear(PRIORITY)
    qtbot.waitUntil(lambda: session.scan.band.state.look == "recorded", timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def test_looks_change_at_once_and_are_kept(session: Session, qtbot: QtBot) -> None:
    session.window.show_page("settings")
    page = session.window.page("settings")
    boxes = {box.accessibleName(): box for box in page.findChildren(QComboBox)}
    boxes["Colours"].setCurrentIndex(2)
    assert tokens.current() is tokens.DARK
    boxes["Text size"].setCurrentIndex(2)
    assert theme.px(100) == 130
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert session.desk.settings.text_size == 130
    boxes["Text size"].setCurrentIndex(0)
    boxes["Colours"].setCurrentIndex(1)
    assert tokens.current() is tokens.LIGHT
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def test_the_offices_settings_are_saved_from_the_page(session: Session, office: Office, qtbot: QtBot) -> None:
    session.window.show_page("settings")
    page = session.window.page("settings")
    inputs = {one.accessibleName(): one for one in page.findChildren(QLineEdit)}
    qtbot.waitUntil(lambda: inputs["Office name"].text() == "Halvorsen & Reyes", timeout=SECONDS)
    inputs["Office address"].setText("210 Cedar Street; Des Moines IA 50309")
    inputs["Time zone"].setText("Nowhere/Atall")
    save = next(one for one in page.findChildren(QPushButton) if one.text() == "Save")
    save.click()
    qtbot.waitUntil(lambda: bool(session.notices.texts), timeout=SECONDS)
    assert office.settings.office(office.operator).address == ()
    inputs["Time zone"].setText("America/Chicago")
    save.click()
    qtbot.waitUntil(lambda: "Saved." in session.notices.texts, timeout=SECONDS)
    assert office.settings.office(office.operator).address == ("210 Cedar Street", "Des Moines IA 50309")


def test_the_carriers_of_the_office_are_ticked_in_settings(session: Session, office: Office, qtbot: QtBot) -> None:
    # GIVEN the usual carriers of the United States
    session.window.show_page("settings")
    page = session.window.page("settings")
    boxes = page.carriers.boxes
    qtbot.waitUntil(lambda: boxes["usps"].isChecked(), timeout=SECONDS)
    assert not boxes["purolator"].isChecked()
    # WHEN another one is ticked and saved
    boxes["purolator"].setChecked(True)
    page.save.click()
    qtbot.waitUntil(lambda: "Saved." in session.notices.texts, timeout=SECONDS)
    # THEN its numbers are of the office
    assert "purolator" in office.settings.office(office.operator).carriers
    recognition = office.intake.recognise(
        office.operator, (Reading("320606146993", ReadingSource.TYPED, datetime.now(UTC)),)
    )
    assert office.intake.decide(office.operator, recognition).verdict is Verdict.RECORD
    # WHEN the usual ones are wanted again, THEN no choice is kept: they follow the country
    session.notices.clear()
    page.carriers.usual.click()
    assert not boxes["purolator"].isChecked()
    page.save.click()
    qtbot.waitUntil(lambda: office.settings.office(office.operator).carriers == (), timeout=SECONDS)


def test_geometry_is_kept_in_the_profile_only(open_session: Callable[..., Session], qtbot: QtBot) -> None:
    session = open_session(size=(1300, 850))
    session.window.close()
    kept = session.desk.profile.window_file
    assert "geometry" in kept.read_text("utf-8")
    assert kept.parent == session.desk.profile.folder


def test_files_dropped_anywhere_are_read(session: Session, qtbot: QtBot) -> None:
    session.window.show_page("settings")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/nowhere/label.png"), QUrl.fromLocalFile("/nowhere/list.xlsx")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(session.routes.files_dropped, timeout=SECONDS) as dropped:
        session.window.dropEvent(drop)
    assert [path.name for path in dropped.args[0]] == ["label.png"]
    qtbot.waitUntil(lambda: not session.scan.files.busy and not session.runners.busy, timeout=SECONDS)
    assert session.scan.band.state.look == "refused"
    # AND a table is looked at for an import, on whatever page it fell
    qtbot.waitUntil(lambda: any("list.xlsx" in one for one in session.notices.texts), timeout=SECONDS)
    assert session.window.windowTitle() == "Shipments – Mailroom"


def test_a_saved_page_and_an_outlook_mail_are_answered_with_what_would_do(session: Session, filled: Office) -> None:
    data = QMimeData()
    names = ("ups.html", "Tracking.MHTML", "notice.msg")
    data.setUrls([QUrl.fromLocalFile(f"/nowhere/{one}") for one in names])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for page_id in ("scan", "shipments", "settings"):
        session.window.show_page(page_id)
        session.notices.clear()
        enter = QDragEnterEvent(QPoint(4, 4), actions, data, button, keys)
        QApplication.sendEvent(session.window.page(page_id), enter)
        QApplication.sendEvent(session.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(session.window, QDropEvent(QPointF(4, 4), actions, data, button, keys))
        mail, page = session.notices.texts
        assert ("notice.msg" in mail, "Save the mail as .eml" in mail) == (True, True)
        assert ("ups.html, Tracking.MHTML" in page, "print it to PDF" in page) == (True, True)


def test_a_drop_waits_for_the_dialog_that_is_open(session: Session, filled: Office) -> None:
    session.window.show_page("settings")
    sheet = Sheet(session.window, "A form")
    sheet.body.addWidget(LineEdit())
    sheet.open()
    before = session.window.focusWidget()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/nowhere/notice.eml")])
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(session.window, QDragEnterEvent(QPoint(4, 4), actions, data, button, keys))
    QApplication.sendEvent(session.window, QDropEvent(QPointF(4, 4), actions, data, button, keys))
    assert session.window.page("settings").isVisible()
    assert session.window.focusWidget() is before
    assert session.notices.texts == ("Finish or close the dialog first, then drop the files again.",)
    sheet.reject()


def test_files_dropped_on_a_field_are_taken_in_and_are_no_text(session: Session, filled: Office, qtbot: QtBot) -> None:
    """File managers hand an address over as text as well, which a line would take."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/nowhere/notice.eml")])
    data.setText("file:///nowhere/notice.eml")
    actions, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tried = 0
    for page_id in session.window.page_ids:
        session.window.show_page(page_id)
        QApplication.processEvents()
        page = session.window.page(page_id)
        fields = [*page.findChildren(QLineEdit), *page.head.findChildren(QLineEdit)]
        fields = [one for one in fields if one.isVisible() and one.isEnabled()]
        for field in (*fields[:2], *(one.viewport() for one in page.findChildren(QPlainTextEdit) if one.isVisible())):
            session.window.show_page(page_id)
            enter = QDragEnterEvent(QPoint(4, 4), actions, data, button, keys)
            QApplication.sendEvent(field, enter)
            QApplication.sendEvent(field, QDropEvent(QPointF(4, 4), actions, data, button, keys))
            tried += 1
            assert enter.isAccepted(), f"{page_id}: {field.accessibleName()}"
            assert not isinstance(field, QLineEdit) or "nowhere" not in field.text()
    assert tried > 3
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert sum("notice.eml" in one for one in session.notices.texts) > 0
