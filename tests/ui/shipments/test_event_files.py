"""An event by hand may bring a photo or a snapshot of the carrier's page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.timeline import EventKind
from mailroom.services.office import Office
from mailroom.ui.event_dialog import ROLES, EventDialog
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.shipments_page import ShipmentsPage
from mailroom.ui.zone_choice import ZoneChoice


def test_a_snapshot_comes_with_the_event(
    office: Office, clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    shipment = clerk.record("1Z6R44100366174260", "Ida Low")
    page = open_page(1280, 800)
    page.detail_work.ask_event()
    dialog = page.window().findChild(EventDialog)
    assert dialog is not None
    snapshot = tmp_path / "page of the carrier.png"
    Image.new("RGB", (40, 30)).save(snapshot)
    dialog.take_file(snapshot)
    dialog.role.setCurrentIndex(ROLES.index(AttachmentRole.SNAPSHOT))
    dialog.place.control.fill("Reno NV")  # type: ignore[attr-defined]
    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.add.click()

    def kept() -> list[tuple[str, AttachmentRole]]:
        found = office.shipments.get(office.operator, shipment)
        return [(one.name, one.role) for one in found.attachments]

    qtbot.waitUntil(lambda: bool(kept()), timeout=60_000)
    assert kept() == [("page of the carrier.png", AttachmentRole.SNAPSHOT)]
    events = office.shipments.get(office.operator, shipment).events
    assert [one.place for one in events if one.kind is EventKind.TRACKING] == ["Reno NV"]

    # and the file says which event it came with
    notes = [one.caption for one in found_files(office, shipment)]
    (year,) = {one.happened.local.year for one in events if one.kind is EventKind.TRACKING}
    assert notes[0].startswith("With the event “In transit”, ")
    assert f" {year}" in notes[0]


def found_files(office: Office, shipment: str) -> tuple[Attachment, ...]:
    return office.shipments.get(office.operator, shipment).attachments


def test_a_zone_is_called_as_on_the_day_and_a_time_that_was_not_is_refused(
    clerk: Any, open_page: Callable[..., ShipmentsPage]
) -> None:
    clerk.record("1Z6R44100366174260", "Ida Low")
    page = open_page(1280, 800)
    page.detail_work.ask_event()
    dialog = page.window().findChild(EventDialog)
    assert dialog is not None
    zones = dialog.zone_there.control
    assert isinstance(zones, ZoneChoice)
    words = [zones.itemText(place) for place in range(zones.count())]
    assert len(set(words)) == len(words)  # UTC once, also where it is the office's own
    assert any("Berlin" in one for one in words)
    zones.choose("America/New_York")
    date, time = (one.control for one in (dialog.date, dialog.time))
    assert isinstance(date, LineEdit)
    assert isinstance(time, LineEdit)
    date.fill("2026-07-04")
    assert zones.currentText() == "EDT, New York"
    date.fill("2026-01-04")
    assert zones.currentText() == "EST, New York"

    # clocks went from 2 to 3 on 8 March, and from 2 to 1 on 1 November
    date.fill("2026-03-08")
    time.fill("02:30")
    assert dialog.draft() is None
    assert time.property("refused")
    assert dialog.note.text() == ""
    date.fill("2026-11-01")
    time.fill("01:30")
    assert "came twice" in dialog.note.text()
    assert zones.currentText() == "EDT, New York"  # as it is called at that hour, not at noon
    draft = dialog.draft()
    assert draft is not None
    assert str(draft.happened) == "2026-11-01T01:30-04:00"
