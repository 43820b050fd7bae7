"""The list keeps up with an import beside it: the view is told once of neighbours, a hidden page only remembers."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from mailroom.domain.register import ShipmentFilter
from mailroom.domain.status import Status
from mailroom.ui.shipments_model import ShipmentsModel
from mailroom.ui.shipments_page import ShipmentsPage
from mailroom.ui.table_roles import Role

SECONDS = 60_000


class Told:
    """What a view is told about changed rows."""

    def __init__(self, model: ShipmentsModel) -> None:
        self.stretches: list[tuple[int, int, list[int]]] = []
        model.dataChanged.connect(self.take)

    def take(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        """Note it."""
        self.stretches.append((top.row(), bottom.row(), list(roles)))


def test_neighbours_that_change_are_told_at_once(clerk: Any, qtbot: QtBot) -> None:
    clerk.record_many(40)
    page = clerk.office.shipments.find(clerk.office.operator, ShipmentFilter())
    model = ShipmentsModel(ZoneInfo("America/Chicago"), datetime.now(UTC).date())
    model.replace(page)
    told = Told(model)
    # WHEN all rows but one have another status
    changed = [
        dataclasses.replace(row, shipment=dataclasses.replace(row.shipment, status=Status.DELAYED))
        for at, row in enumerate(page.rows)
        if at != 7
    ]
    model.update(changed)
    # THEN the view hears of two stretches, and of the tint of new rows only as a tint
    assert told.stretches == [(0, 6, []), (8, 39, [])]
    model.set_fresh((page.rows[0].shipment.id,))
    assert told.stretches[2:] == [(0, 0, [Role.FRESH])]


def test_a_wider_number_makes_its_column_wider_and_nothing_narrower(clerk: Any, open_page: Any) -> None:
    clerk.record("1Z999AA10123456784")
    page: ShipmentsPage = open_page()
    before = [page.table.columnWidth(one) for one in page.table.shown_columns()]
    row = page.model.rows[0]
    number = "9400111899561000000011" * 2
    page.model.update([dataclasses.replace(row, shipment=dataclasses.replace(row.shipment, tracking_number=number))])
    wider = [page.table.columnWidth(one) for one in page.table.shown_columns()]
    assert sum(wider) >= sum(before[: len(wider)])
    assert max(wider) > max(before) or len(wider) < len(before)


def test_a_page_behind_another_catches_up_when_it_is_entered(
    clerk: Any, open_page: Callable[..., ShipmentsPage], qtbot: QtBot
) -> None:
    first = clerk.record("1Z999AA10123456784")
    page = open_page()
    page.hide()
    # WHEN something changes while the page is behind another one
    clerk.event(first, Status.DELAYED, 0.5, "Weather")
    second = clerk.record("9400111899561000000011")
    page.shipments_changed((first, second))
    assert page.model.rowCount() == 1
    # THEN it is there when the page comes to the front
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=SECONDS)
    qtbot.waitUntil(lambda: page.model.rows[1].shipment.status is Status.DELAYED, timeout=SECONDS)
