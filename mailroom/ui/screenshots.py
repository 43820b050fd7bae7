"""Pictures of the window over an office's own record, drawn without a display: for the demonstration and the README."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mailroom.config import DeskSettings, Profile
from mailroom.domain.register import ShipmentDetail, ShipmentFilter, ShipmentRow
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.application import application, log_qt
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.scan_states import recorded_state
from mailroom.ui.session import Session

SIZE = (1440, 900)
_LOOKED_AT = 50  # shipments among which the one with the longest timeline is shown
_LOOK = 30  # ms between two looks at whether everything is drawn
_QUIET = 14  # looks in a row without work: longer than counts wait for a list that stands still
_LONGEST = 400  # looks, then the picture is taken as it is
_PAGES_DRAWN = 1200  # ms that QtPdf's own threads may take to draw a page


def take(office: Office, out: Path, look: str = "light") -> list[Path]:
    """PNG files of 1440x900 in `out`: Scan, Shipments with a timeline open, and a paper if one was issued."""
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(log_qt)
    application()
    theme.install(look)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:  # the pictures leave no trace in the profile
        settings = DeskSettings(welcome_done=True, reduced_motion=True, theme=look)
        session = Session(office, Profile(Path(folder)), settings)
        session.scan.sounds.close()  # nobody is there to hear them
        session.window.resize(*SIZE)
        session.window.show()
        try:
            return _pictures(session, office, out)
        finally:
            session.close()
            session.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _pictures(session: Session, office: Office, out: Path) -> list[Path]:
    who, window = office.operator, session.window
    rows = office.shipments.find(who, ShipmentFilter(), _LOOKED_AT).rows
    session.attention.look()  # the rail counts what needs a person
    _settle(session)
    if rows:
        _show_recorded(session, rows[0])
    taken = [_save(session, out / "scan.png")]
    window.show_page("shipments")
    longest = _longest(office, rows)
    if longest is not None:
        window.page("shipments").open_shipment(longest.row.shipment.id)
    taken.append(_save(session, out / "shipments.png"))
    documents = office.papers.documents(who, 20)
    if documents:
        claims = [one for one in documents if one.kind == "claim_packet"]
        document = (claims or list(documents))[0]
        preview = PaperPreview(session.bench, window, document, office.papers.pdf(who, document.id))
        preview.open()
        _wait(_PAGES_DRAWN)
        taken.append(_save(session, out / "paper.png"))
        preview.reject()
    return taken


def _show_recorded(session: Session, row: ShipmentRow) -> None:
    """The Scan page as it was when the newest piece had just been read."""
    scan = session.scan
    scan.run.department.setEditText(row.department)
    scan.run.run.setEditText(row.run)
    scan.run.meter.setEditText(row.meter)
    scan.piece.bind(row)
    scan.band.show_state(recorded_state(row, session.bench.zone))


def _longest(office: Office, rows: tuple[ShipmentRow, ...]) -> ShipmentDetail | None:
    details = [office.shipments.get(office.operator, row.shipment.id) for row in rows]
    return max(details, key=lambda one: len(one.events), default=None)


def _save(session: Session, target: Path) -> Path:
    _settle(session)
    picture = session.window.grab()
    if not picture.save(str(target), "PNG"):
        raise OSError(f"cannot write {target}")
    return target


def _settle(session: Session) -> None:
    """Let every answer arrive and be drawn."""
    quiet = looks = 0
    while quiet < _QUIET and looks < _LONGEST:
        _wait(_LOOK)
        quiet = 0 if session.runners.busy else quiet + 1
        looks += 1


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
