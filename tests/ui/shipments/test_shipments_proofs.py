"""POD reports for the selected rows: asked for, made with progress, stopped, shown, kept."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice
from mailroom.ui.proofs_work import ProofsDialog
from mailroom.ui.shipments_page import ShipmentsPage

SECONDS = 60_000
Opening = Callable[..., ShipmentsPage]
Naming = Callable[..., Any]
BUTTON = "POD reports for the selected shipments"


def wait_for(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


def opened(page: ShipmentsPage, kind: type[QWidget]) -> list[Any]:
    return [one for one in page.window().findChildren(kind) if one.isVisible()]


def test_reports_for_a_selection(office: Office, clerk: Any, open_page: Opening, qtbot: QtBot, named: Naming) -> None:
    # GIVEN pieces of which some were delivered, and all rows selected
    ids = clerk.record_many(24)
    for one in ids[:5]:
        clerk.event(one, Status.DELIVERED, 1, "Delivered")
    page = open_page()
    assert not page.proofs_button.isVisible()
    page.table.selectAll()
    button = named(page, Button, BUTTON)
    # WHEN reports are asked for
    button.click()
    [dialog] = opened(page, ProofsDialog)
    named(dialog, Choice, "Purpose, as it is to be printed").setCurrentText("Audit")
    named(dialog, Button, "Make the reports").click()
    assert page.strip.busy
    # THEN one paper about all of them is shown
    wait_for(qtbot, lambda: bool(opened(page, PaperPreview)))
    [preview] = opened(page, PaperPreview)
    assert set(preview.document.shipment_ids) == set(ids)
    assert preview.document.purpose == "Audit"
    assert not page.strip.busy
    # WHEN the next one is stopped
    preview.accept()
    button.click()
    [dialog] = opened(page, ProofsDialog)
    named(dialog, Button, "Make the reports").click()
    named(page.strip, Button, "Cancel the work under way").click()
    # THEN nothing is put on record
    wait_for(qtbot, lambda: not page.strip.busy)
    assert len(office.papers.documents(office.operator)) == 1
