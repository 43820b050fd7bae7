"""A carrier's mail dropped on the page is on record without a question."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.status import Status
from mailroom.ui.mail_work import MailsSheet
from mailroom.ui.parts.buttons import Button
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


def mail(folder: Path, name: str, number: str, words: str = "delivered") -> Path:
    path = folder / name
    path.write_text(f"From: a@ups.com\nDate: Thu, 19 Nov 2026 16:20:05 -0600\nSubject: {number} {words}\n\nHello\n")
    return path


def test_several_mails_give_one_notice_that_leads_to_each_piece(
    clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot, named: Callable[..., Any], tmp_path: Path
) -> None:
    # GIVEN two pieces, and mails about them, one of them twice and one about nobody's piece
    first, second = clerk.record("1Z6R44100366174260", "Ida Low"), clerk.record("1Z999AA10123456784", "Ada Moss")
    page = open_page(1280, 800)
    mails = (
        mail(tmp_path, "a.eml", "1Z6R44100366174260"),
        mail(tmp_path, "b.eml", "1Z999AA10123456784"),
        mail(tmp_path, "c.eml", "1Z999AA10123456784"),
        mail(tmp_path, "d.eml", "1ZXXXXXXXXXXXXXXXX"),
    )

    # WHEN they are dropped together
    page.import_work.take(mails)

    # THEN one notice tells of all of them
    told = "4 e-mails: 2 new events, 1 known already, 1 not taken."
    qtbot.waitUntil(lambda: page.bench.notices.texts == (told,), timeout=60_000)
    named(page.bench.notices.bar, Button, "Show what was found").click()
    (sheet,) = page.window().findChildren(MailsSheet)
    assert (cut(sheet), nameless(sheet)) == ([], [])

    # and one of them can be undone from there, and its piece shown
    named(sheet, Button, "Undo the e-mail about 1Z 6R44 1003 6617 4260").click()
    office = clerk.office
    qtbot.waitUntil(
        lambda: office.shipments.get(office.operator, first).row.shipment.status is Status.LABEL_CREATED, timeout=60_000
    )
    assert office.shipments.get(office.operator, second).row.shipment.status is Status.DELIVERED
    with qtbot.waitSignal(page.bench.routes.shipment_wanted, timeout=60_000) as wanted:
        named(sheet, Button, "Show the piece 1Z 999A A101 2345 6784").click()
    assert wanted.args == [second]


def test_one_mail_has_its_piece_and_its_undo_in_the_notice(
    clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot, named: Callable[..., Any], tmp_path: Path
) -> None:
    shipment = clerk.record("1Z6R44100366174260", "Ida Low")
    page = open_page(1280, 800)
    page.import_work.take((mail(tmp_path, "a.eml", "1Z6R44100366174260"),))
    qtbot.waitUntil(lambda: bool(page.bench.notices.texts), timeout=60_000)
    bar = page.bench.notices.bar
    assert named(bar, Button, "Show the piece")

    named(bar, Button, "Undo").click()

    office = clerk.office
    qtbot.waitUntil(lambda: any("Undone" in one for one in page.bench.notices.texts), timeout=60_000)
    assert office.shipments.get(office.operator, shipment).row.shipment.status is Status.LABEL_CREATED
