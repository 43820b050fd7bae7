"""The tray of all carriers through the window: dropped pictures and a scanner's payloads."""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from mailroom.domain.register import ShipmentFilter
from mailroom.services.office import Office
from mailroom.ui.session import Session

sys.path.insert(0, str(Path(__file__).parents[1]))  # `label_tray`

from label_tray import drawn, picture, tray

SECONDS = 60_000


def drop(session: Session, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    keys = Qt.KeyboardModifier.NoModifier
    buttons = Qt.MouseButton.LeftButton
    session.window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_tray_of_all_carriers_through_the_window(
    session: Session, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    # GIVEN forty labels, pictures among them
    labels = tray()
    pictures = [picture(tmp_path, at, one[0]) for at, one in enumerate(labels) if drawn(at, one[0])]
    assert len(pictures) >= 8
    heard = []
    session.scan.recorder.taken.connect(heard.append)
    # WHEN the pictures are dropped and the rest is scanned, label by label
    drop(session, pictures)
    for at, (payload, _number, _outcome) in enumerate(labels):
        if not drawn(at, payload):
            before = len(heard)
            session.scan.recorder.forget()  # each label comes a while after the one before
            session.scan.flow.hear(payload)
            qtbot.waitUntil(lambda before=before: len(heard) > before, timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.scan.files.busy and not session.runners.busy, timeout=SECONDS)
    # THEN each label has its answer, and only right numbers are on record
    assert len(heard) == 40
    right = {number for _payload, number, outcome in labels if outcome == "recorded"}
    rows = office.shipments.find(office.operator, ShipmentFilter(), 0).rows
    numbers = {row.shipment.tracking_number for row in rows}
    assert numbers <= right
    # AND what is missing is asked about, as is every doubtful one; no question is left out
    answers = [taken.answer for taken in heard if taken.answer is not None]
    assert len(answers) == 40
    outcomes = {answer.decision.candidate.tracking_number: answer for answer in answers if answer.decision.candidate}
    asked = {number for number, answer in outcomes.items() if answer.outcome == "asked"}
    assert right - numbers <= asked
    assert len(right - numbers) <= 2
    waiting = session.scan.readings.model.waiting()
    assert waiting == sum(1 for answer in answers if answer.outcome == "asked")
    doubtful = sum(1 for _payload, _number, outcome in labels if outcome == "asked")
    assert waiting == doubtful + len(right - numbers)
    assert session.scan.readings.model.refused() == sum(1 for *_rest, outcome in labels if outcome == "refused")
