"""A real office in a profile of its own, filled through its own use cases, and the Shipments page over it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mailroom.bootstrap import close_office, open_office
from mailroom.config import DeskSettings, Profile
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import CarrierTime, Precision, carrier_time
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.desk import Desk
from mailroom.ui.page import Bench, Routes
from mailroom.ui.parts.notices import Notices
from mailroom.ui.runners import Runners
from mailroom.ui.shipments_page import ShipmentsPage

sys.path.insert(0, str(Path(__file__).parent))  # `shown_words`

SECONDS = 60_000  # ms, the most that a step may take


def usps(serial: int) -> str:
    """A Ground Advantage number: 21 digits and their check digit."""
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


@pytest.fixture
def office(tmp_path: Path, new_record: Callable[[Path], None]) -> Iterator[Office]:
    """An office in a new profile."""
    new_record(tmp_path / "profile")
    opened = open_office(tmp_path / "profile", operator="D. Ohara")
    opened.settings.change_office(opened.operator, zone="America/Chicago", name="Halvorsen & Reyes")
    close_office(opened)
    opened = open_office(tmp_path / "profile", operator="D. Ohara")
    yield opened
    close_office(opened)


@dataclass(frozen=True)
class Clerk:
    """Puts pieces and events on record as a person would, without the window."""

    office: Office

    def record(self, number: str, name: str = "", **fields: object) -> str:
        """Record a piece; its id."""
        party = Party(name=name, address=("1 Example St", "Boise ID 83702"))
        reading = Reading(number, ReadingSource.WEDGE, datetime.now(UTC))
        taken = self.office.intake.record(
            self.office.operator,
            (reading,),
            PieceFields(recipient=party, **fields),  # type: ignore[arg-type]
        )
        assert taken.row is not None, taken.reason
        return taken.row.shipment.id

    def record_many(self, count: int) -> list[str]:
        """Record so many pieces; their ids, oldest first."""
        return [self.record(usps(serial), f"Recipient {serial:03d}") for serial in range(count)]

    def event(self, shipment_id: str, status: Status | None, days_ago: float, text: str = "", **more: object) -> None:
        """Add an event by hand, at the office's clock."""
        when = datetime.now(self.office.timeline.desk.in_force.zone) - timedelta(days=days_ago)
        draft = EventDraft(carrier_time(when, Precision.MINUTE), status, text=text, **more)  # type: ignore[arg-type]
        self.office.timeline.add_event(self.office.operator, shipment_id, draft)

    def event_at(self, shipment_id: str, status: Status, when: CarrierTime, text: str = "") -> None:
        """Add an event with a time of its own making."""
        self.office.timeline.add_event(self.office.operator, shipment_id, EventDraft(when, status, text=text))


@pytest.fixture
def clerk(office: Office) -> Clerk:
    """Somebody who fills the record."""
    return Clerk(office)


@pytest.fixture
def bench(office: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    """What pages are given, with real threads."""
    theme.install("light")
    runners = Runners()
    desk = Desk(Profile(tmp_path / "profile"), DeskSettings(last_folder=str(tmp_path)), runners)
    yield Bench(office, runners, Notices(), Routes(), desk)
    assert runners.close()


class Window(QWidget):
    """A window with the page in it, as the main window would have it."""

    def __init__(self, page: ShipmentsPage) -> None:
        super().__init__()
        self.page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(88, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page.head)
        column.addWidget(page.bench.notices.bar)
        column.addWidget(page, 1)


Opening = Callable[..., ShipmentsPage]


@pytest.fixture
def open_page(bench: Bench, qtbot: QtBot) -> Iterator[Opening]:
    """Opens the page and waits for its list, and for the detail of the first row."""

    windows: list[Window] = []  # a window that nobody holds is gone

    def open_it(width: int = 1440, height: int = 900) -> ShipmentsPage:
        page = ShipmentsPage(bench)
        bench.routes.shipments_changed.connect(page.shipments_changed)
        window = Window(page)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        with qtbot.waitSignal(page.feed.counted, timeout=SECONDS):
            page.entered()
        qtbot.waitUntil(lambda: page.detail.detail is not None or page.model.rowCount() == 0, timeout=SECONDS)
        return page

    yield open_it
    windows.clear()


W = TypeVar("W", bound=QWidget)
Finding = Callable[[QWidget, type[W], str], W]


@pytest.fixture
def named() -> Callable[..., QWidget]:
    """Finds a visible widget of a kind by its accessible name."""

    def find(parent: QWidget, kind: type[W], name: str) -> W:
        for one in parent.findChildren(kind):
            if name in (one.accessibleName(), getattr(one, "text", str)()) and one.isVisibleTo(parent):
                return one
        raise AssertionError(f"no {kind.__name__} named {name!r}")

    return find
