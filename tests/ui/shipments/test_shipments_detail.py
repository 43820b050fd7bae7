"""The detail pane: timeline with its times and gaps, events by hand, editing, files, and the claim clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from PIL import Image
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mailroom.domain.claim_life import ClaimState
from mailroom.domain.claims import ClaimKind, ClaimWindow, Clock, DayBasis, WindowState
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.status import Status
from mailroom.domain.times import parse_carrier_time
from mailroom.services.office import Office
from mailroom.ui.attach_dialog import AttachDialog
from mailroom.ui.card_row import FaceCard
from mailroom.ui.claim_clock import clock_face
from mailroom.ui.edit_dialog import EditDialog
from mailroom.ui.event_dialog import EventDialog
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Choice, LineEdit
from mailroom.ui.shipments_page import ShipmentsPage
from mailroom.ui.timeline_delegate import gap_height
from mailroom.ui.timeline_items import timeline_items
from mailroom.ui.timeline_view import TimelineModel
from mailroom.wording.statuses import status_word

SECONDS = 60_000
Opening = Callable[..., ShipmentsPage]
Naming = Callable[..., Any]


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def dialog_of(page: ShipmentsPage, kind: type[QWidget]) -> Any:
    found = [one for one in page.window().findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def drop(target: QWidget, files: list[Path]) -> None:
    """Drag files onto a widget as a file manager would."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    middle = target.rect().center()
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(middle), actions, data, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(middle), actions, data, buttons, keys))


def test_the_timeline_shows_both_times_gaps_and_sources(office: Office, clerk: Any, qtmodeltester: ModelTester) -> None:
    # GIVEN events of two zones, one without a zone, one of a day only
    shipment = clerk.record("1Z999AA10123456784", "Harlow")
    clerk.event_at(shipment, Status.ACCEPTED, parse_carrier_time("2026-11-09T17:55-06:00"))
    departed = parse_carrier_time("2026-11-10 22:30")
    clerk.event_at(shipment, Status.IN_TRANSIT, departed, "Departed")
    missent = parse_carrier_time("2026-11-13T15:41-07:00")
    clerk.event_at(shipment, Status.EXCEPTION, missent, "Missent")
    clerk.event_at(shipment, Status.LOST, parse_carrier_time("2026-11-20"))
    events = office.shipments.get(office.operator, shipment).events
    # WHEN they are shown on the clock of Chicago
    now = datetime(2026, 11, 21, 18, tzinfo=UTC)
    items = timeline_items(events, now, ZoneInfo("America/Chicago"), finished=True)
    told = [item for item in items if not item.recorded]
    # THEN newest first, a gap in words between, the carrier's own time only where it differs
    assert [item.gap or item.title for item in told] == [
        status_word(Status.LOST),
        "6 days without movement",
        status_word(Status.EXCEPTION),
        "2 days 18 h without movement",
        status_word(Status.IN_TRANSIT),
        "1 day 5 h without movement",
        status_word(Status.ACCEPTED),
    ]
    assert told[0].clocks == ("time not given",)
    assert told[2].clocks == ("16:41 CST", "15:41 UTC−7")
    assert told[2].words == "Missent"
    assert told[4].clocks == ("22:30", "no zone given")
    assert told[6].clocks == ("17:55 CST",)
    assert told[6].day == "Mon 9 Nov"
    # a long silence is a warning, a plain scan a small ring, and nothing comes after the end
    assert [item.warned for item in told if item.gap] == [True, False, False]
    assert [item.status for item in told if not item.gap] == [Status.LOST, Status.EXCEPTION, None, Status.ACCEPTED]
    assert told[2].source.startswith("typed by D. Ohara")
    assert "Missent" in told[2].spoken
    model = TimelineModel()
    model.show(items)
    qtmodeltester.check(model)


def test_a_piece_under_way_shows_the_silence_until_now(office: Office, clerk: Any) -> None:
    shipment = clerk.record("1Z999AA10123456784")
    clerk.event(shipment, Status.IN_TRANSIT, 5)
    events = office.shipments.get(office.operator, shipment).events
    zone = ZoneInfo("America/Chicago")
    assert "5 days without movement, until now" in [
        item.gap for item in timeline_items(events, datetime.now(UTC), zone, finished=False)
    ]
    assert not [one for one in timeline_items(events, datetime.now(UTC), zone, finished=True) if one.gap]


def test_a_gap_grows_with_its_days() -> None:
    assert [gap_height(days) for days in (1, 2, 4, 15, 60)] == [36, 42, 54, 120, 120]


def test_words_of_others_cannot_turn_a_line_around(office: Office, clerk: Any) -> None:
    shipment = clerk.record("1Z999AA10123456784")
    clerk.event(shipment, Status.IN_TRANSIT, 0.5, "<i>x</i>\u202e\n\tsecond", place="Ci\u0007ty")
    events = office.shipments.get(office.operator, shipment).events
    item = timeline_items(events, datetime.now(UTC), ZoneInfo("UTC"), finished=False)[1]
    assert item.words == "<i>x</i>\\u202e second"
    assert item.details == ("Ci\\x07ty",)


def test_keys_walk_the_timeline_and_copy_an_event(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    shipment = clerk.record("1Z999AA10123456784")
    clerk.event(shipment, Status.IN_TRANSIT, 0.2, "Departed")
    page = open_page()
    page.window().activateWindow()
    page.detail.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.detail.timeline, Qt.Key.Key_Down)
    qtbot.keyClick(page.detail.timeline, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "“Departed”" in QGuiApplication.clipboard().text()
    assert page.detail.timeline.currentIndex().row() == 1


def test_an_event_by_hand_is_on_the_timeline(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming
) -> None:
    shipment = clerk.record("1Z999AA10123456784", "Harlow")
    page = open_page()
    # WHEN the dialog is filled, first with a clock that does not exist
    named(page.detail, Button, "Add event").click()
    dialog = dialog_of(page, EventDialog)
    named(dialog, Choice, "What happened").setCurrentText(status_word(Status.DELIVERED))
    named(dialog, LineEdit, "Time").setText("25:99")
    named(dialog, LineEdit, "Place").setText("Boise ID")
    named(dialog, LineEdit, "Name given for who received it").setText("R. DELGADO")
    named(dialog, Area, "What the carrier said, in its own words").setPlainText("Left at the front desk")
    named(dialog, Button, "Add event").click()
    # THEN the field says what would do, and nothing was recorded
    assert dialog.isVisible()
    assert "13:25" in named(dialog, LineEdit, "Time").accessibleDescription()
    assert len(office.shipments.get(office.operator, shipment).events) == 1
    # WHEN it is put right, with a zone
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    named(dialog, LineEdit, "Date").setText(yesterday.isoformat())
    named(dialog, LineEdit, "Time").setText("13:25")
    zones = named(dialog, Choice, "Zone there")
    zones.setCurrentIndex(next(at for at in range(zones.count()) if "Phoenix" in zones.itemText(at)))
    named(dialog, Button, "Add event").click()
    # THEN it is on record as typed, and the pane, the chip and the list show it
    wait_for(qtbot, lambda: not dialog_visible(page, EventDialog))
    wait_for(qtbot, lambda: page.detail.head.chip.word == "Delivered")
    wait_for(qtbot, lambda: page.model.rows[0].shipment.status is Status.DELIVERED)
    event = next(one for one in office.shipments.get(office.operator, shipment).events if one.status)
    assert str(event.happened) == f"{yesterday.isoformat()}T13:25-07:00"
    assert (event.text, event.place, event.name_given) == ("Left at the front desk", "Boise ID", "R. DELGADO")


def dialog_visible(page: ShipmentsPage, kind: type[QWidget]) -> bool:
    return any(one.isVisible() for one in page.window().findChildren(kind))


def test_an_event_ahead_of_today_is_refused_in_the_dialog(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming
) -> None:
    clerk.record("1Z999AA10123456784")
    page = open_page()
    page.detail_work.ask_event()
    dialog = dialog_of(page, EventDialog)
    named(dialog, LineEdit, "Date").setText("2199-01-01")
    named(dialog, Button, "Add event").click()
    wait_for(qtbot, lambda: bool(named(dialog, LineEdit, "Date").accessibleDescription()))
    assert dialog.isVisible()
    # WHEN nothing at all is said
    named(dialog, LineEdit, "Date").setText("2026-11-01")
    named(dialog, Choice, "What happened").setCurrentIndex(0)
    named(dialog, Button, "Add event").setEnabled(True)
    named(dialog, Button, "Add event").click()
    assert named(dialog, Area, "What the carrier said, in its own words").accessibleDescription()
    # THEN Esc closes it
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(qtbot, lambda: not dialog_visible(page, EventDialog))


def test_editing_changes_the_record_and_says_when_somebody_was_faster(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming
) -> None:
    shipment = clerk.record("1Z999AA10123456784", "Harlow")
    page = open_page()
    named(page.detail, Button, "Edit").click()
    wait_for(qtbot, lambda: dialog_visible(page, EditDialog))
    dialog = dialog_of(page, EditDialog)
    named(dialog, LineEdit, "Recipient").setText("Harlow Instruments")
    named(dialog, LineEdit, "Country, two letters").setText("USA")
    named(dialog, Button, "Save").click()
    assert named(dialog, LineEdit, "Country, two letters").accessibleDescription()
    named(dialog, LineEdit, "Country, two letters").setText("us")
    named(dialog, LineEdit, "Declared value").setText("120.00")
    named(dialog, Button, "Save").click()
    wait_for(qtbot, lambda: page.detail.head.recipient.whole == "Harlow Instruments")
    fields = office.shipments.get(office.operator, shipment).row.shipment.fields
    assert (fields.recipient.country, fields.declared_value) == ("US", Money(120_000))
    # WHEN somebody else changes it while the dialog is open
    named(page.detail, Button, "Edit").click()
    wait_for(qtbot, lambda: dialog_visible(page, EditDialog))
    dialog = dialog_of(page, EditDialog)
    clerk.event(shipment, Status.ACCEPTED, 0.1)
    named(dialog, LineEdit, "Note").setText("mine")
    named(dialog, Button, "Save").click()
    # THEN either it is saved or the dialog stays and says so; nothing is lost silently
    wait_for(
        qtbot,
        lambda: not dialog_visible(page, EditDialog) or bool(named(dialog, LineEdit, "Note").accessibleDescription()),
    )
    saved = office.shipments.get(office.operator, shipment).row.shipment.fields.note == "mine"
    assert saved is not dialog_visible(page, EditDialog)


def test_files_dropped_on_the_pane_are_attached_opened_and_saved(
    office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN a photo and a file that is none
    shipment = clerk.record("1Z999AA10123456784", "Harlow")
    photo, wrong = tmp_path / "dent <b>.png", tmp_path / "wrong.png"
    Image.new("RGB", (40, 30), "gray").save(photo)
    wrong.write_text("this is text")
    page = open_page()
    # WHEN both are dropped on the pane and described
    drop(page.detail, [photo, wrong])
    dialog = dialog_of(page, AttachDialog)
    named(dialog, Choice, "What dent <b>.png shows").setCurrentIndex(
        tuple(AttachmentRole).index(AttachmentRole.DAMAGE_PHOTO)
    )
    named(dialog, LineEdit, "Caption of dent <b>.png").setText("Left corner")
    named(dialog, Button, "Attach").click()
    # THEN the photo is kept with its role, the other one is told in a sentence
    wait_for(qtbot, lambda: len(page.detail.files.cards) == 1)
    wait_for(qtbot, lambda: any("wrong.png" in text for text in page.bench.notices.texts))
    kept = office.shipments.get(office.operator, shipment).attachments
    assert [(one.role, one.caption) for one in kept] == [(AttachmentRole.DAMAGE_PHOTO, "Left corner")]
    assert office.attachments.read(office.operator, kept[0]) == photo.read_bytes()
    # WHEN it is opened
    card = named(page.detail, FaceCard, kept[0].name)
    card.click()
    opened = _Opener()
    QDesktopServices.setUrlHandler("file", opened, "take")
    try:
        page.detail_work.open_attachment()
        wait_for(qtbot, lambda: bool(opened.urls))
    finally:
        QDesktopServices.unsetUrlHandler("file")
    copy = Path(opened.urls[0].toLocalFile())
    assert copy.read_bytes() == photo.read_bytes()
    # WHEN it is saved
    page.detail_work.save_attachment()
    chooser = page.window().findChild(QFileDialog)
    target = tmp_path / "out" / "copy.png"
    target.parent.mkdir()
    chooser.filesSelected.emit([str(target)])
    chooser.close()
    wait_for(qtbot, target.exists)
    assert target.read_bytes() == photo.read_bytes()
    assert sorted(one.name for one in target.parent.iterdir()) == ["copy.png"]


class _Opener(QObject):
    """Stands where the computer's own programs would be started."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


def test_the_pane_names_the_number_and_copies_it_unbroken(clerk: Any, open_page: Opening, named: Naming) -> None:
    clerk.record("1Z999AA10123456784", "Harlow", postage=Money(7640))
    page = open_page()
    head = page.detail.head
    assert head.number.text() == "1Z 999A A101 2345 6784"
    named(page.detail, Button, "Copy the number").click()
    assert QGuiApplication.clipboard().text() == "1Z999AA10123456784"
    assert page.detail.segments.findChildren(QWidget)
    assert [card.face.title for card in page.detail.postage.cards] == ["7.64 USD"]


def test_an_older_piece_with_the_same_number_can_be_reached(
    clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming
) -> None:
    # GIVEN a number that was used for a piece delivered two months ago, and again now
    with time_machine.travel(datetime.now(UTC) - timedelta(days=60)):
        first = clerk.record("1Z999AA10123456784", "First")
        clerk.event(first, Status.DELIVERED, 0)
    second = clerk.record("1Z999AA10123456784", "Second")
    assert second != first
    page = open_page()
    assert page.detail.head.recipient.whole == "Second"
    # WHEN the older one is asked for
    named(page.detail, Button, "Another piece has this number: show it").click()
    # THEN it is shown
    wait_for(qtbot, lambda: page.detail.head.recipient.whole == "First")
    # WHEN the way back is taken
    named(page.detail, Button, "Another piece has this number: show it").click()
    wait_for(qtbot, lambda: page.detail.head.recipient.whole == "Second")


def test_the_claim_clock_tells_its_state_in_words() -> None:
    from mailroom.domain.claim_rules import parse_rules
    from mailroom.resources import file

    rule = next(one for one in parse_rules(file("rules/claim_rules.csv").read_text("utf-8")) if one.carrier == "usps")
    start = date(2026, 11, 9)
    window = ClaimWindow(start, Clock.MAILING, DayBasis.MAILING_DATE, date(2026, 11, 24), date(2027, 1, 8))
    told = {}
    for today in (date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 30), date(2027, 1, 9)):
        face = clock_face(ClaimKind.LOSS, rule, window, today)
        told[face.state] = (face.title, face.aside)
        assert (
            face.rule == f"Rule as of {(rule.effective_from or rule.checked_on).isoformat()}. Confirm with the carrier."
        )
    assert told == {
        WindowState.NOT_OPEN: ("Claim for loss: not yet", "opens 24 Nov, in 7 days"),
        WindowState.OPEN: ("Claim for loss: can be filed", "45 days left"),
        WindowState.CLOSING: ("Claim for loss: closing", "9 days left"),
        WindowState.MISSED: ("Claim for loss: closed", "closed on 8 Jan"),
    }


def test_the_clock_follows_the_piece_and_its_claim(
    clerk: Any, office: Office, open_page: Opening, qtbot: QtBot
) -> None:
    shipment = clerk.record("1Z999AA10123456784", "Harlow", declared_value=Money(120_000))
    page = open_page()
    clock = page.detail.claim_clock
    wait_for(qtbot, lambda: clock.isVisible())
    assert clock.accessibleName().startswith("Claim for loss: ")
    assert clock.face is not None
    assert clock.face.rule.startswith("Trace first. ")
    # what was delivered may be damaged, and that has days of its own
    clerk.event(shipment, Status.DELIVERED, 0)
    page.bench.routes.shipments_changed.emit((shipment,))
    wait_for(qtbot, lambda: clock.accessibleName().startswith("Claim for damage: "))
    # a claim that was filed is said instead
    claim = office.claims.open(office.operator, shipment, ClaimKind.DAMAGE).claim
    office.claims.move(office.operator, claim.id, ClaimState.FILED, reference="R-1")
    page.bench.routes.shipments_changed.emit((shipment,))
    wait_for(qtbot, lambda: clock.accessibleName().startswith(f"Claim {claim.number}: filed"))


def test_a_cancelled_piece_has_no_clock(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    shipment = clerk.record("1Z999AA10123456784", "Harlow")
    page = open_page()
    wait_for(qtbot, lambda: page.detail.claim_clock.isVisible())
    clerk.event(shipment, Status.CANCELLED, 0)
    page.bench.routes.shipments_changed.emit((shipment,))
    wait_for(qtbot, lambda: not page.detail.claim_clock.isVisible())
    assert page.detail.claim_clock.face is None


def test_a_saved_page_is_answered_before_anything_is_filled_in(
    clerk: Any, open_page: Opening, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN a page saved from a browser, alone and beside a photo
    clerk.record("1Z999AA10123456784", "Harlow")
    saved, photo = tmp_path / "ups.html", tmp_path / "dent.png"
    saved.write_text("<html></html>")
    Image.new("RGB", (40, 30), "gray").save(photo)
    page = open_page()
    # WHEN it is dropped on the pane, or chosen as a table
    drop(page.detail, [saved])
    # THEN no dialog asks about it, and a sentence says what would do
    assert page.window().findChildren(AttachDialog) == []
    assert "print it to PDF" in page.bench.notices.texts[0]
    page.bench.notices.clear()
    page.import_work.take((saved,))
    assert "print it to PDF" in page.bench.notices.texts[0]
    # and the photo beside it is asked about alone
    drop(page.detail, [saved, photo])
    assert dialog_of(page, AttachDialog).accessibleName() == "Attach 1 file"
    dialog_of(page, AttachDialog).reject()
