"""How the page holds together: nothing cut, everything named, at every size, in both themes."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.money import Money
from mailroom.domain.status import Status
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.attach_dialog import AttachDialog
from mailroom.ui.claim_dialog import ClaimDialog
from mailroom.ui.date_dialog import DateDialog
from mailroom.ui.edit_dialog import EditDialog
from mailroom.ui.event_dialog import EventDialog
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.proof_dialog import ProofDialog
from mailroom.ui.shipments_page import ShipmentsPage

SECONDS = 60_000
Opening = Callable[..., ShipmentsPage]


@pytest.fixture
def filled(office: Office, clerk: Any, tmp_path: Path) -> str:
    """A piece with everything that the page can show."""
    fields = {"department": "Legal", "order": "24-1187-R", "declared_value": Money(120_000), "postage": Money(9_150)}
    shipment = clerk.record("1Z999AA10123456784", "Harlow Instruments of the Upper Valley, Incorporated", **fields)
    for status in Status:
        clerk.event(shipment, status, 9, "words of a carrier " * 6, place="Cedar Rapids IA 52401")
    clerk.event(shipment, Status.EXCEPTION, 1, "Missent")
    photo = tmp_path / "photo.png"
    Image.new("RGB", (40, 30)).save(photo)
    office.attachments.attach(office.operator, shipment, photo, role=AttachmentRole.DAMAGE_PHOTO)
    office.papers.issue_proof_of_delivery(office.operator, (shipment,))
    return shipment


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(1440, 900, 100), (1280, 800, 100), (1120, 700, 100), (1440, 900, 130), (1120, 700, 130)],
)
def test_nothing_on_the_page_is_cut_or_nameless(
    filled: str, open_page: Opening, qtbot: QtBot, look: str, width: int, height: int, size: int
) -> None:
    page = open_page(width, height)
    theme.change(look, size)
    QApplication.processEvents()
    for segment in range(3):
        page.detail.segments.choose(segment)
        page.detail.segments.chosen.emit(segment)
        QApplication.processEvents()
        assert cut(page.window()) == []
        assert nameless(page.window()) == []
    assert page.detail.timeline.height() > 60
    # AND nothing is pressed together: the number and what is below it have the height that they need
    head = page.detail.head
    assert head.proof.geometry().bottom() <= head.height()
    assert head.number.height() >= head.number.minimumSizeHint().height()
    assert page.detail.geometry().right() <= page.width()
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()
    assert not page.window().grab().isNull()
    theme.change("light", 100)


@pytest.mark.parametrize("size", [100, 130])
def test_no_dialog_cuts_a_word_and_enter_presses_what_has_the_keyboard(
    filled: str, open_page: Opening, qtbot: QtBot, size: int, tmp_path: Path
) -> None:
    page = open_page(1280, 800)
    theme.change("dark", size)
    detail = page.detail.detail
    assert detail is not None
    window = page.window()
    photo = tmp_path / "a <b>.png"
    photo.write_bytes(b"x")
    kinds: list[Callable[[], Sheet]] = [
        lambda: EventDialog(window, detail.row.shipment, "D. Ohara", page.bench.zone, page.bench.office.zone),
        lambda: ClaimDialog(window, detail, page.detail.clock, "USD"),
        lambda: ProofDialog(window, detail.row.shipment),
        lambda: EditDialog(window, detail.row.shipment, ("Legal",), "Legal", "USD"),
        lambda: AttachDialog(window, detail.row.shipment, (photo, photo)),
        lambda: DateDialog(window),
    ]
    for kind in kinds:
        dialog = kind()
        dialog.open()
        QApplication.processEvents()
        assert cut(dialog) == [], type(dialog).__name__
        assert nameless(dialog) == [], type(dialog).__name__
        # AND Tab goes down it as it is read
        tops, stop = [], QApplication.focusWidget()
        while stop is not None and stop is not dialog.cross:
            tops.append((stop.mapTo(dialog, QPoint(0, stop.height())).y(), stop.mapTo(dialog, QPoint(0, 0)).y()))
            qtbot.keyClick(stop, Qt.Key.Key_Tab)
            stop = QApplication.focusWidget()
        assert len(tops) > 1
        assert all(below > above for (_, above), (below, _) in pairwise(tops)), type(dialog).__name__
        # Enter presses the button that has the keyboard; what a scanner ends with never gets here
        assert stop is dialog.cross, type(dialog).__name__
        qtbot.keyClick(dialog.cross, Qt.Key.Key_Return)
        assert not dialog.isVisible(), type(dialog).__name__
    theme.change("light", 100)


def test_a_tooltip_never_takes_a_name_for_markup(clerk: Any, open_page: Opening) -> None:
    clerk.record("1Z999AA10123456784", "<img src=file:///etc/hostname>" * 4)
    page = open_page()
    assert "&lt;img" in page.detail.head.recipient.toolTip()
    assert "<img" not in page.detail.head.recipient.toolTip()
