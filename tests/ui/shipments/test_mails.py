"""A carrier's mail dropped on the page is on record without a question."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mailroom.domain.status import Status
from mailroom.ui.shipments_page import ShipmentsPage


def test_a_dropped_mail_becomes_an_event(
    clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    shipment = clerk.record("1Z6R44100366174260", "Ida Low")
    page = open_page(1280, 800)
    mail = tmp_path / "notice.eml"
    mail.write_text(
        "From: a@ups.com\nDate: Thu, 19 Nov 2026 16:20:05 -0600\nSubject: 1Z6R44100366174260 delivered\n\nHello\n"
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mail))])
    at, act, left, no = (
        page.rect().center(),
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )
    entering = QDragEnterEvent(QPoint(at), act, data, left, no)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(page, QDropEvent(at.toPointF(), act, data, left, no))

    def status() -> Status:
        return clerk.office.shipments.get(clerk.office.operator, shipment).row.shipment.status  # type: ignore[no-any-return]

    qtbot.waitUntil(lambda: status() is Status.DELIVERED, timeout=60_000)
    qtbot.waitUntil(lambda: any("not certain" in one.source for one in page.detail.timeline.items), timeout=60_000)
