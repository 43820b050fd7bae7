"""The Attention page: the list, its keys, what is done about alerts, and the count on the rail."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertFilter, AlertState, ThresholdRule, threshold_names
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import carrier_time
from mailroom.services.office import Office
from mailroom.ui import theme, tokens
from mailroom.ui.attention_list import EDGE
from mailroom.ui.attention_page import AttentionPage
from mailroom.ui.forms import choice_of, line_of, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import ElidedText
from mailroom.ui.session import Session
from mailroom.ui.snooze_dialog import SnoozeDialog
from mailroom.ui.threshold_dialog import ThresholdDialog
from mailroom.wording.short_times import day_text
from mailroom.wording.thresholds import THRESHOLD_WORDS

SECONDS = 60_000
MISSENT, SILENT, WAITING = "9405511899223197428490", "1Z999AA10123456784", "RB123456785GB"


def record(office: Office, number: str, *events: tuple[float, Status, str]) -> str:
    who = office.operator
    fields = PieceFields(recipient=Party(name="Harlow Instruments", city="Boise", region="ID", postal_code="83702"))
    done = office.intake.record(who, (Reading(number, ReadingSource.TYPED, datetime.now(UTC)),), fields)
    assert done.row is not None
    for days, status, words in events:
        moment = carrier_time(datetime.now(UTC) - timedelta(days=days))
        office.timeline.add_event(who, done.row.shipment.id, EventDraft(moment, status, "OMAHA, NE", words))
    return done.row.shipment.id


@pytest.fixture
def troubled(office: Office) -> dict[str, str]:
    """Three pieces that need somebody, each for another urgency; their ids by number."""
    return {
        MISSENT: record(office, MISSENT, (3, Status.ACCEPTED, ""), (1, Status.EXCEPTION, "Missent")),
        SILENT: record(office, SILENT, (8.5, Status.ACCEPTED, ""), (8, Status.IN_TRANSIT, "Departed")),
        WAITING: record(office, WAITING, (6, Status.ACCEPTED, ""), (5, Status.IN_TRANSIT, "Arrived")),
    }


@pytest.fixture
def open_page(open_session: Callable[..., Session], qtbot: QtBot) -> Callable[..., tuple[Session, AttentionPage]]:
    def make(size: tuple[int, int] = (1280, 800)) -> tuple[Session, AttentionPage]:
        session = open_session(size)
        session.window.show_page("attention")
        page = session.window.page("attention")
        assert isinstance(page, AttentionPage)
        qtbot.waitUntil(lambda: page.head.context.text() != "being looked through", timeout=SECONDS)
        qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
        return session, page

    return make


Open = Callable[..., tuple[Session, AttentionPage]]


def settled(session: Session, qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)


def numbers(page: AttentionPage) -> list[str]:
    return [line.row.row.shipment.tracking_number for line in page.model.lines if line.row]


def snoozing(session: Session, page: AttentionPage, qtbot: QtBot) -> SnoozeDialog:
    qtbot.keyClick(page.list, Qt.Key.Key_S)  # held for a moment: it could be a scanner's
    qtbot.waitUntil(lambda: bool(session.window.findChildren(SnoozeDialog)), timeout=SECONDS)
    return session.window.findChildren(SnoozeDialog)[0]


def test_grouped_by_urgency_with_the_finding_as_title(troubled: dict[str, str], open_page: Open) -> None:
    session, page = open_page()

    titles = [line.title for line in page.model.lines]
    assert titles == [
        "Act today",
        "Missent",
        "This week",
        "8 days without movement",
        "Keep an eye on",
        "5 days without movement",
    ]
    assert "USPS" in page.model.lines[1].evidence
    assert "Harlow Instruments, Boise ID 83702" in page.model.lines[1].evidence
    assert page.head.context.text() == "3 open · 1 today"
    assert session.window.rail.item("attention").accessibleName() == "Attention, 3 waiting"
    assert page.pane.number.text() == "9405 5118 9922 3197 4284 90"
    assert any("Missent" in one.spoken for one in page.pane.timeline.items)
    assert page.pane.todo.text()
    assert (page.pane.service.whole, page.pane.piece.whole) == (
        "USPS Priority Mail",
        "to Harlow Instruments, Boise ID 83702",
    )
    assert page.filters.everyone.accessibleName() == "Everyone 3"


def test_a_piece_without_a_recipient_is_told_by_its_number(office: Office, open_page: Open) -> None:
    done = office.intake.record(office.operator, (Reading(MISSENT, ReadingSource.TYPED, datetime.now(UTC)),))
    assert done.row is not None
    moment = carrier_time(datetime.now(UTC) - timedelta(days=1))
    office.timeline.add_event(
        office.operator, done.row.shipment.id, EventDraft(moment, Status.EXCEPTION, "", "Missent")
    )

    _session, page = open_page()

    assert page.model.lines[1].evidence.startswith(
        "USPS Priority Mail 9405\u00a05118\u00a09922\u00a03197\u00a04284\u00a090. "
    )
    assert page.pane.piece.isHidden()


def test_nothing_needs_you(office: Office, open_page: Open) -> None:
    record(office, MISSENT, (0.5, Status.ACCEPTED, ""))

    session, page = open_page()

    assert page._whole.currentIndex() == 1
    assert session.window.rail.item("attention").accessibleName() == "Attention"
    assert page.head.context.text() == "0 open"


def test_enter_opens_the_shipment(troubled: dict[str, str], open_page: Open, qtbot: QtBot) -> None:
    session, page = open_page()

    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    settled(session, qtbot, lambda: page.pane.number.text().startswith("1Z"))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert session.window.windowTitle().startswith("Shipments")
    settled(session, qtbot, lambda: session.window.page("shipments").detail_work.shown == troubled[SILENT])  # type: ignore[attr-defined]


def test_done_by_key_takes_it_off_and_it_can_be_put_back(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()

    qtbot.keyClick(page.list, Qt.Key.Key_D)

    settled(session, qtbot, lambda: numbers(page) == [SILENT, WAITING])
    assert page.pane.number.text().startswith("1Z")  # the one that took its place
    assert session.window.rail.item("attention").accessibleName() == "Attention, 2 waiting"
    page.filters.done.click()
    settled(session, qtbot, lambda: numbers(page) == [MISSENT])
    assert page.model.lines[1].aside == "Dealt with by D. Ohara"
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    settled(session, qtbot, lambda: page.counts.open == 3)
    page.filters.everyone.click()
    settled(session, qtbot, lambda: numbers(page) == [MISSENT, SILENT, WAITING])


def test_tab_goes_from_the_list_to_its_buttons_and_then_to_the_evidence(
    troubled: dict[str, str], open_page: Open
) -> None:
    session, page = open_page()
    page.list.setFocus(Qt.FocusReason.TabFocusReason)

    def tab(*, back: bool = False) -> QWidget:
        session.window.focusNextPrevChild(not back)
        now = session.window.focusWidget()
        assert now is not None
        return now

    buttons = [page.snooze_button, page.assign_button, page.done_button, page.days_button]
    assert [tab() for _button in buttons] == buttons
    assert page.pane.isAncestorOf(tab())
    assert [tab(back=True) for _button in (*buttons, 0)] == [*reversed(buttons), page.list]


def test_several_are_put_off_with_a_reason(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()
    page.list.selectAll()
    assert len(page.chosen()) == 3

    dialog = snoozing(session, page, qtbot)
    dialog.snooze_button.click()  # without a reason it stays
    assert dialog.isVisible()
    line_of(dialog.reason).fill("the carrier is on strike")
    dialog.days[2].click()
    dialog.snooze_button.click()

    settled(session, qtbot, lambda: page.counts.snoozed == 3)
    week = office.attention.today() + timedelta(days=7)
    (row,) = office.attention.of_shipment(office.operator, troubled[SILENT])
    assert (row.standing.state, row.standing.until, row.standing.reason) == (
        AlertState.SNOOZED,
        week,
        "the carrier is on strike",
    )
    assert page.counts.open == 0


def undo_link(session: Session) -> Button:
    return next(one for one in session.notices.bar.findChildren(Button) if one.text() == "Undo")


def test_every_act_is_told_and_can_be_undone(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()
    who = office.operator
    page.list.selectAll()
    kept = numbers(page)
    handled: list[frozenset[tuple[str, str]]] = []  # told to whoever would call it news
    session.routes.alerts_handled.connect(handled.append)

    # WHEN three are put off, THEN a notice says until when, and its link brings them back
    dialog = snoozing(session, page, qtbot)
    line_of(dialog.reason).setText("recipient is away")
    dialog.snooze_button.click()
    settled(session, qtbot, lambda: not numbers(page))
    until = day_text(office.attention.today() + timedelta(days=3), office.attention.today())
    assert session.notices.texts[0] == f"3 alerts put off until {until}"
    undo_link(session).click()
    settled(session, qtbot, lambda: numbers(page) == kept)
    assert session.notices.texts == ("Undone: 3 alerts stand as before",)

    # WHEN one is given and then done, THEN Ctrl+Z undoes one after the other, the newest first
    page.list.setCurrentIndex(page.model.first())
    page.people_menu().actions()[0].trigger()
    settled(session, qtbot, lambda: session.notices.texts[0] == "1 alert given to D. Ohara")
    page.done_button.click()
    settled(session, qtbot, lambda: len(numbers(page)) == 2)
    assert session.notices.texts[0] == "1 alert dealt with"
    qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(session, qtbot, lambda: numbers(page) == kept)
    assert [one.standing.to_name for one in office.attention.alerts(who)] == ["D. Ohara", "", ""]
    qtbot.keyClick(page.done_button, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(session, qtbot, lambda: not any(one.standing.to_name for one in office.attention.alerts(who)))

    # and nothing more is there to undo
    qtbot.keyClick(page.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.notices.texts[0] == "Nothing was done about alerts that could be undone."
    assert [len(one) for one in handled] == [3, 3, 1, 1, 1, 1]


def test_what_was_under_way_when_somebody_else_sat_down_is_not_theirs_to_undo(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()
    kept = numbers(page)
    choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
    page.list.selectionModel().setCurrentIndex(page.model.first(), choose)  # whichever key was held last

    # WHEN an act, and later an undo, is still under way as another person sits down
    page.done_button.click()
    session.routes.operator_changed.emit()
    settled(session, qtbot, lambda: len(numbers(page)) == 2)
    assert session.notices.texts == ("1 alert dealt with",)
    assert not any(one.text() == "Undo" for one in session.notices.bar.findChildren(Button) if one.isVisible())
    page.work.undo_last()
    assert session.notices.texts[0] == "Nothing was done about alerts that could be undone."
    page.work.reopen(office.attention.alerts(office.operator, AlertFilter(states=(AlertState.DONE,))))
    settled(session, qtbot, lambda: numbers(page) == kept)
    page.work.undo_last()
    session.routes.operator_changed.emit()

    # THEN the undo ends as it should
    settled(session, qtbot, lambda: len(numbers(page)) == 2)
    assert session.notices.texts[0] == "Undone: 1 alert stands as before"


def test_what_was_put_off_before_is_put_off_again_by_undo(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    who, rows = office.operator, office.attention.alerts(office.operator)
    until = office.attention.today() + timedelta(days=5)
    office.attention.snooze(who, rows[:1], until, "away")
    office.attention.done(who, rows[1:2], "called them")
    session, page = open_page()
    aside = AlertFilter(states=(AlertState.SNOOZED, AlertState.DONE))
    before = [one.standing for one in office.attention.alerts(who, aside)]

    page.work.reopen(office.attention.alerts(who, aside))
    settled(session, qtbot, lambda: not office.attention.alerts(who, aside))
    page.work.undo_last()
    settled(session, qtbot, lambda: len(office.attention.alerts(who, aside)) == 2)

    after = [one.standing for one in office.attention.alerts(who, aside)]
    assert [(one.state, one.until, one.reason) for one in after] == [
        (one.state, one.until, one.reason) for one in before
    ]


def test_a_day_that_cannot_be_is_said_at_its_field(troubled: dict[str, str], open_page: Open, qtbot: QtBot) -> None:
    session, page = open_page()
    dialog = snoozing(session, page, qtbot)
    line_of(dialog.reason).fill("later")
    for wrong in ("soon", "2020-01-01"):
        line_of(dialog.until).fill(wrong)
        dialog.snooze_button.click()
        settled(session, qtbot, lambda: bool(line_of(dialog.until).property("refused")))
        assert dialog.isVisible()
        dialog.until.accept()
    dialog.reject()
    assert page.counts.open == 3


def test_given_to_somebody(troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot) -> None:
    session, page = open_page()

    menu = page.people_menu()
    assert [one.text() for one in menu.actions() if one.text()] == ["D. Ohara (you)", "Nobody"]
    menu.actions()[0].trigger()

    settled(session, qtbot, lambda: page.counts.mine == 1)
    page.filters.mine.click()
    settled(session, qtbot, lambda: numbers(page) == [MISSENT])
    assert page.model.lines[1].initials == "DO"

    # THEN the initials stand in a circle that is seen on the chosen row, too
    for name in ("light", "dark"):
        theme.change(name, 100)
        assert page.list.selectionModel().isSelected(page.model.first())
        row = page.list.visualRect(page.model.first())
        picture = page.list.viewport().grab().toImage()
        edge = row.right() - EDGE - 1  # the circle's rightmost point, in the middle of the row
        seen = {picture.pixelColor(edge + at, row.center().y()).rgb() for at in (-1, 0, 1)}
        ground = tokens.current().soft.rgb()
        assert seen - {ground}, name


def test_a_change_elsewhere_is_followed_and_the_choice_stays(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()
    place = page.model.place_of(f"no_movement:{troubled[WAITING]}")
    page.list.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    moment = carrier_time(datetime.now(UTC) - timedelta(hours=1))
    office.timeline.add_event(office.operator, troubled[SILENT], EventDraft(moment, Status.DELIVERED, "RENO, NV"))

    settled(session, qtbot, lambda: numbers(page) == [MISSENT, WAITING])
    assert [one.row.shipment.tracking_number for one in page.chosen()] == [WAITING]


def test_narrowed_by_rule_and_carrier(troubled: dict[str, str], open_page: Open, qtbot: QtBot) -> None:
    session, page = open_page()

    entries = {one.text(): one for one in page.filters.rule_menu().actions()}
    assert set(entries) == {"Exception  1", "No movement  2"}
    entries["No movement  2"].trigger()
    settled(session, qtbot, lambda: numbers(page) == [SILENT, WAITING])
    page.filters.carrier_menu().actions()[0].trigger()
    settled(session, qtbot, lambda: len(numbers(page)) < 2)
    page.filters.clear()
    settled(session, qtbot, lambda: len(numbers(page)) == 3)
    assert page.counts.by_urgency[Urgency.TODAY] == 1


def test_the_rail_counts_though_the_page_was_never_opened(
    troubled: dict[str, str], session: Session, qtbot: QtBot
) -> None:
    item = session.window.rail.item("attention")
    qtbot.waitUntil(lambda: item.accessibleName() == "Attention, 3 waiting", timeout=SECONDS)
    assert session.window.windowTitle().startswith("Scan")


def test_the_days_can_be_set_for_a_carrier(
    troubled: dict[str, str], office: Office, open_page: Open, qtbot: QtBot
) -> None:
    session, page = open_page()

    page.days_button.click()
    qtbot.waitUntil(lambda: bool(session.window.findChildren(ThresholdDialog)), timeout=SECONDS)
    dialog = session.window.findChildren(ThresholdDialog)[0]
    assert line_of(dialog.fields["no_movement_watch"]).placeholderText() == "4"
    choice_of(dialog.carrier).setCurrentText("UPS")
    line_of(dialog.fields["no_movement_watch"]).fill("9")
    dialog.save_button.click()

    settled(session, qtbot, lambda: numbers(page) == [MISSENT, WAITING])
    (rule,) = office.attention.thresholds(office.operator)
    assert (rule.carrier, rule.service, rule.values) == ("ups", "", (("no_movement_watch", 9),))


def asked_days(session: Session, press: Button, qtbot: QtBot) -> ThresholdDialog:
    press.click()
    qtbot.waitUntil(lambda: bool(session.window.findChildren(ThresholdDialog)), timeout=SECONDS)
    return session.window.findChildren(ThresholdDialog)[0]


def test_numbers_typed_for_one_carrier_stay_while_another_is_looked_at(
    office: Office, open_page: Open, qtbot: QtBot
) -> None:
    # GIVEN an office that has a number of its own for all carriers
    who = office.operator
    office.attention.change_thresholds(who, (ThresholdRule("", "", (("no_movement_lost", 6),)),))
    session, page = open_page()
    dialog = asked_days(session, page.days_button, qtbot)
    lost, watch = line_of(dialog.fields["no_movement_lost"]), line_of(dialog.fields["no_movement_watch"])
    assert lost.text() == "6"

    # THEN a carrier shows what is in force for it, not what ships
    choice_of(dialog.carrier).setCurrentText("USPS")
    assert (lost.text(), lost.placeholderText(), watch.placeholderText()) == ("", "6", "4")

    # WHEN numbers are typed for a carrier, and for one of its services, THEN all are kept until they are saved
    watch.setText("9")
    line_of(dialog.service).setText("Ground")
    assert (watch.text(), watch.placeholderText()) == ("", "9")
    lost.setText("12")
    choice_of(dialog.carrier).setCurrentIndex(0)
    line_of(dialog.service).setText("")
    rows = [one for one in dialog.findChildren(ElidedText) if one.isVisible() and "·" in one.whole]
    shown = [one.whole for one in rows]
    assert [one.partition(" · ")[0] for one in shown] == [
        "All carriers, all services",
        "USPS, all services",
        "USPS, Ground",
    ]
    assert ["not saved yet" in one for one in shown] == [False, True, True]

    # WHEN the oldest is removed and another shown, THEN the fields follow, and all of it is saved at once
    named = {one.accessibleName(): one for one in dialog.findChildren(Button) if one.isVisible()}
    named["Remove the numbers for All carriers, all services"].click()
    assert (lost.text(), lost.placeholderText()) == ("", "10")
    named = {one.accessibleName(): one for one in dialog.findChildren(Button) if one.isVisible()}
    named["Show the numbers for USPS, Ground"].click()
    assert (lost.text(), typed(dialog.service)) == ("12", "Ground")
    dialog.save_button.click()
    settled(session, qtbot, lambda: not session.window.findChildren(ThresholdDialog))
    assert office.attention.thresholds(who) == (
        ThresholdRule("usps", "", (("no_movement_watch", 9),)),
        ThresholdRule("usps", "Ground", (("no_movement_lost", 12),)),
    )


def test_a_number_that_is_too_large_is_said_at_its_field_and_settings_lead_here(
    session: Session, office: Office, qtbot: QtBot
) -> None:
    session.window.show_page("settings")
    page = session.window.page("settings")
    button = next(one for one in page.findChildren(Button) if one.accessibleName() == "Set when alerts speak")
    dialog = asked_days(session, button, qtbot)
    choice_of(dialog.carrier).setCurrentText("UPS")
    line_of(dialog.fields["customs"]).setText("3651")
    choice_of(dialog.carrier).setCurrentText("USPS")

    dialog.save_button.click()

    assert choice_of(dialog.carrier).currentText() == "UPS"
    assert line_of(dialog.fields["customs"]).accessibleDescription() == "At most 3,650."
    dialog.reject()
    assert office.attention.thresholds(office.operator) == ()


def test_every_threshold_has_its_words() -> None:
    assert set(THRESHOLD_WORDS) == set(threshold_names())
