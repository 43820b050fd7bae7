"""An event by hand may bring a photo or a snapshot of the carrier's page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.timeline import EventKind
from mailroom.services.office import Office
from mailroom.ui.event_dialog import ROLES, EventDialog
from mailroom.ui.shipments_page import ShipmentsPage


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
