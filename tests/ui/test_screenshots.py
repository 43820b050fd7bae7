"""Pictures of the window over a record, without a display and without a trace in the profile."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mailroom.config import Profile
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.services.office import Office
from mailroom.ui import screenshots, shipments_feed
from mailroom.ui.screenshots import SIZE, take


def test_pictures_show_the_record_and_leave_no_trace(
    office: Office, profile: Profile, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in ("9405511899223197428490", "1Z999AA10123456784"):
        office.intake.record(office.operator, (Reading(number, ReadingSource.TYPED, datetime.now(UTC)),))
    detail = office.shipments.by_number(office.operator, "1Z999AA10123456784")
    office.papers.issue_proof_of_delivery(office.operator, [detail.row.shipment.id])
    before = sorted(profile.folder.rglob("*.toml")), profile.settings_file.read_text("utf-8")
    files = take(office, tmp_path / "out")
    assert [one.name for one in files] == ["scan.png", "shipments.png", "paper.png"]
    for one in files:
        picture = QImage(str(one))
        assert (picture.width(), picture.height()) == SIZE
        assert len({picture.pixel(x, y) for x in range(0, SIZE[0], 9) for y in range(0, SIZE[1], 9)}) > 20
    assert (sorted(profile.folder.rglob("*.toml")), profile.settings_file.read_text("utf-8")) == before
    assert not profile.window_file.exists()


def test_an_empty_office_can_be_pictured_too(office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    files = take(office, tmp_path, "dark")
    assert [one.name for one in files] == ["scan.png", "shipments.png"]


def test_a_picture_waits_for_the_counts_over_the_list() -> None:
    quiet = screenshots._QUIET * screenshots._LOOK
    assert quiet > shipments_feed._COUNT_AFTER
