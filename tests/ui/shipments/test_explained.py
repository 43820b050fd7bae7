"""What does this mean: an event explained in the timeline, and the glossary of statuses and codes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shown_words import cut, nameless

from mailroom.domain.status import Status
from mailroom.recognition.statuses import event_codes
from mailroom.services.office import Office
from mailroom.ui.glossary_sheet import GlossarySheet, entries
from mailroom.ui.shipments_page import ShipmentsPage
from mailroom.ui.timeline_delegate import ITEM, question_rect
from mailroom.wording.explanations import code_words, explanation

Opening = Callable[..., ShipmentsPage]


def test_an_event_is_explained_where_it_stands(office: Office, clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    # GIVEN an attempt with the carrier's code
    shipment = clerk.record("1Z6R44100366174260", "Ida Low")
    clerk.event(shipment, Status.ATTEMPTED, 1, "Second try", code="023")
    page = open_page(1280, 800)
    view = page.detail.timeline
    row = next(place for place, one in enumerate(view.items) if one.answer)
    assert "What does this mean?" not in view.items[row].spoken

    # WHEN the question is pressed
    index = view.model().index(row)
    view.scrollTo(index)
    QApplication.processEvents()
    place = question_rect(index.data(ITEM), view.visualRect(index))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())

    # THEN code, next step, worry and advice stand there and are read aloud; a key closes them
    told = view.items[row].spoken
    assert "The second attempt to deliver failed." in told
    assert explanation(Status.ATTEMPTED).act in told
    assert not view.grab().isNull()
    view.setCurrentIndex(index)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.items[row].opened
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert not view.items[row].opened


def test_the_glossary_finds_by_any_word(clerk: Any, open_page: Opening, qtbot: QtBot) -> None:
    clerk.record("1Z6R44100366174260")
    page = open_page(1280, 800)
    page.detail.glossary.click()
    sheet = page.window().findChild(GlossarySheet)
    assert sheet is not None
    assert sheet.list.count() == 15 + len(event_codes())
    sheet.search.setText("usps box full")
    assert sheet.title.text() == "USPS 54"
    assert "too large" in sheet.list.accessibleDescription()
    assert cut(sheet) == []
    assert nameless(page.window()) == []
    sheet.search.setText("zzz")
    assert sheet.note.text() == "Nothing found"
    sheet.reject()


def test_every_status_and_code_has_sentences() -> None:
    for status in Status:
        told = explanation(status)
        for text in (told.means, told.next, told.worry, told.act):
            assert text[-1] == ".", text
            assert len(text) > 20
    for one in event_codes():
        words = code_words(one.carrier, one.code)
        assert words.endswith("."), one
        assert 10 < len(words) < 140
    assert len(entries()) == 15 + len(event_codes())


def test_the_glossary_explains_nothing_where_nothing_is_found_and_down_enters_the_list(
    clerk: Any, open_page: Opening, qtbot: QtBot
) -> None:
    clerk.record("1Z6R44100366174260")
    page = open_page()
    page.detail.glossary.click()
    sheet = page.window().findChild(GlossarySheet)
    assert sheet is not None
    assert sheet.title.isVisible()

    sheet.search.setText("no such thing")
    assert sheet.nothing.isVisible()
    assert not any(one.isVisible() for one in (sheet.title, sheet.chip, *sheet.words))
    qtbot.keyClick(sheet.search, Qt.Key.Key_Down)
    assert sheet.search.hasFocus()

    sheet.search.setText("customs")
    assert not sheet.nothing.isVisible()
    assert all(one.isVisible() for one in (sheet.title, *sheet.words))
    qtbot.keyClick(sheet.search, Qt.Key.Key_Down)
    assert sheet.list.hasFocus()
    assert sheet.list.currentItem().text() == sheet.title.text()
