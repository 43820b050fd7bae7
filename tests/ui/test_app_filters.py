"""What sees all events of the application is spared those of widgets being made, and hears every key after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mailroom.ui import app_filters
from mailroom.ui.session import Session


class Ear(QObject):
    """Notes what it hears, with its name."""

    def __init__(self, name: str, heard: list[str]) -> None:
        super().__init__()
        self.name, self.heard = name, heard

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        if event.type() == QEvent.Type.User:
            self.heard.append(self.name)
        return False


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What two ears hear, in turn."""
    told: list[str] = []
    ears = [Ear(name, told) for name in ("first", "second")]
    for one in ears:
        app_filters.install(one)
    yield told
    for one in ears:
        app_filters.remove(one)


def test_filters_hear_again_in_their_order_after_they_were_lifted(heard: list[str], qtbot: QtBot) -> None:
    # GIVEN two filters, the newest of which hears first
    widget = QWidget()
    qtbot.addWidget(widget)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.User))
    assert heard == ["second", "first"]
    # WHEN they are lifted
    with app_filters.lifted():
        QApplication.sendEvent(widget, QEvent(QEvent.Type.User))
    # THEN they heard nothing, and hear as before
    assert heard == ["second", "first"]
    QApplication.sendEvent(widget, QEvent(QEvent.Type.User))
    assert heard == ["second", "first"] * 2


def test_a_filter_that_is_taken_away_meanwhile_stays_away(heard: list[str], qtbot: QtBot) -> None:
    widget, third = QWidget(), Ear("third", heard)
    qtbot.addWidget(widget)
    app_filters.install(third)
    with app_filters.lifted():
        app_filters.remove(third)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.User))
    assert heard == ["second", "first"]


def test_opening_pages_for_the_first_time_is_not_listened_to(session: Session, qtbot: QtBot) -> None:
    # GIVEN something that sees the application's events, as the scanner's ear does
    seen: list[QEvent.Type] = []

    class Eye(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
            seen.append(event.type())
            return False

    eye = Eye()
    app_filters.install(eye)
    # WHEN a page is made and shown
    seen.clear()
    session.window.show_page("claims")
    app_filters.remove(eye)
    # THEN nothing of that came by
    assert not {QEvent.Type.ParentChange, QEvent.Type.Polish, QEvent.Type.FontChange}.intersection(seen)


def test_a_scanner_is_heard_right_after_a_page_was_opened(session: Session, keyboard: Any, qtbot: QtBot) -> None:
    heard: list[str] = []
    session.wedge.read.connect(heard.append)
    session.window.show_page("attention")
    keyboard.scan("9400111899561000000019")
    qtbot.waitUntil(lambda: heard == ["9400111899561000000019"], timeout=60_000)
    assert keyboard.done


def test_the_ring_knows_a_key_also_where_nothing_had_the_focus(
    session: Session,
) -> None:
    # GIVEN a window in which nothing has the focus
    ring, button = session.window._ring, session.window.rail.person
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.clearFocus()
    assert QApplication.focusWidget() is None
    # WHEN a key brings it somewhere THEN the ring is there
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    # AND a click takes it away
    button.clearFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not ring.isVisible()


def test_a_window_that_is_closed_again_closes_without_a_word(session: Session) -> None:
    ring = session.window._ring
    ring.close_down()
    ring.close_down()
    assert not ring.isVisible()
