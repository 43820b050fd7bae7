"""The Claims page: from a number to a filed claim, with keyboard and names, and nothing cut at any size."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.claim_checklist import CheckState
from mailroom.domain.claim_life import ClaimState, ClaimTerms
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.money import Money
from mailroom.domain.photo_plan import Shot
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import Party, PieceFields
from mailroom.services.office import Office
from mailroom.services.papers import ClaimDraft
from mailroom.ui.claim_list import CLAIM
from mailroom.ui.claim_sheets import AnswerSheet, NewClaimSheet, StepSheet
from mailroom.ui.claims_page import ClaimsPage
from mailroom.ui.forms import line_of
from mailroom.ui.parts.fields import Area
from mailroom.ui.parts.labels import ElidedText
from mailroom.ui.photo_plan_sheet import PhotoPlanSheet
from mailroom.ui.session import Session

SECONDS = 60_000
PRIORITY = "9405511899223197428490"
UPS = "1Z999AA10123456784"
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def pieces(office: Office) -> tuple[str, str]:
    """A Priority Mail piece mailed 36 days ago, and a UPS one; their ids."""
    mailed = datetime.now(UTC).date() - timedelta(days=36)
    found = []
    for number, fields in (
        (PRIORITY, {"service": "Priority Mail", "insured_value": Money(500_000), "mailed_on": mailed}),
        (UPS, {"declared_value": Money(120_000)}),
    ):
        party = Party(name="Vantage Audio of the Upper Valley, Incorporated", address=("88 E Congress St",))
        given = PieceFields(
            recipient=party, contents="Harlow HB-40 mount, black", invoice_amount=Money(382_000), **fields
        )  # type: ignore[arg-type]
        taken = office.intake.record(office.operator, (Reading(number, ReadingSource.TYPED, datetime.now(UTC)),), given)
        assert taken.row is not None
        found.append(taken.row.shipment.id)
    return found[0], found[1]


@pytest.fixture
def open_page(open_session: Callable[..., Session], qtbot: QtBot) -> Callable[..., ClaimsPage]:
    """The page in the whole window, its list read."""

    def make(**more: object) -> ClaimsPage:
        session = open_session(**more)
        session.window.show_page("claims")
        page = session.window.page("claims")
        assert isinstance(page, ClaimsPage)
        settle(page, qtbot)
        return page

    return make


def settle(page: ClaimsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.bench.runners.busy, timeout=SECONDS)
    QApplication.processEvents()


def sheet(page: ClaimsPage, kind: type[W]) -> W:
    """The sheet of a kind that was opened last."""
    return page.window().findChildren(kind)[-1]


def test_an_empty_page_says_how_to_begin(open_page: Callable[..., ClaimsPage], qtbot: QtBot) -> None:
    page = open_page()
    assert page._whole.currentIndex() == 1
    qtbot.keyClick(page.window(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert sheet(page, NewClaimSheet).isVisible()


def test_an_amount_given_without_items_is_shown_as_demanded(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    # GIVEN a packet made with an amount alone
    office.papers.issue_claim_packet(office.operator, pieces[0], ClaimDraft(ClaimKind.LOSS, Money(520_000)))
    # WHEN its claim is looked at
    page = open_page()
    settle(page, qtbot)
    amount = page.pane.items
    # THEN it demands what the packet demands
    assert amount.total.text() == "Claimed 520.00 USD"
    assert amount.goods.text() == "Goods 520.00"
    assert page.pane.terms() is not None
    assert page.pane.terms() == page.pane.view.row.claim.terms  # type: ignore[union-attr]
    # WHEN it turns out that an insurer covers the goods
    page.pane.insurer.choose("pb_parcel_protection")
    page.pane.insurer.chosen.emit()
    page.pane.save.click()
    settle(page, qtbot)
    settle(page, qtbot)
    # THEN the claim is under its rule, and demands the same
    view = page.pane.view
    assert view is not None
    assert view.clock.rule is not None
    assert (view.clock.rule.carrier, view.row.claim.demanded) == ("pb_parcel_protection", Money(520_000))


def test_a_claim_goes_from_a_number_to_filed(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    page = open_page(size=(1440, 900))
    # GIVEN the number of a lost piece, after one that is unknown
    page.office_work.ask_new()
    new = sheet(page, NewClaimSheet)
    numbers = new.numbers.control
    assert isinstance(numbers, Area)
    numbers.setPlainText("9400000000000000000000")
    new.start.click()
    settle(page, qtbot)
    assert new.isVisible()
    numbers.setPlainText(PRIORITY)
    new.start.click()
    settle(page, qtbot)
    settle(page, qtbot)
    # THEN the claim is open, with what the record knows, and its clock runs
    assert page.pane.number.text() == f"CLM-{datetime.now(UTC).year}-A0001"
    assert page.pane.items.total.text() == "Claimed 382.00 USD"
    assert page.pane.clock.face is not None
    assert "confirm with the carrier" in page.pane.clock.face.rule.lower()
    # WHEN a vague line is added
    page.pane.items.add_button.click()
    line = page.pane.items._lines[1]
    line.description.setText("electronics")
    line.unit.setText("10")
    page.pane.items._on_edited()
    assert page.pane.save.isVisible()
    page.pane.save.click()
    settle(page, qtbot)
    # THEN it is refused beside the line, with a good one
    assert "Harlow K2 keyboard" in line.sentence.text()
    assert line.description.property("refused")
    # WHEN it is put right, and the claim is filed in one go
    line.description.setText("Harlow K2 keyboard, grey")
    page.pane.step.click()
    step = sheet(page, StepSheet)
    step.save.click()
    settle(page, qtbot)
    settle(page, qtbot)
    assert step.isVisible()  # the carrier's number is needed
    assert "carrier’s own number" in step.reference._sentence.text()
    line_of(step.reference).setText("R-77")
    step.save.click()
    settle(page, qtbot)
    settle(page, qtbot)
    view = page.pane.view
    assert view is not None
    assert (view.row.claim.state, view.row.claim.reference) == (ClaimState.FILED, "R-77")
    assert view.row.claim.demanded == Money(392_000)
    assert page.model.index(0).data(CLAIM).claim.state is ClaimState.FILED
    assert not page.pane.items.add_button.isVisible()


def test_a_document_is_attached_or_explained(
    pieces: tuple[str, str],
    office: Office,
    open_page: Callable[..., ClaimsPage],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    office.claims.open(office.operator, pieces[0], ClaimKind.LOSS)
    page = open_page()
    photo = tmp_path / "receipt.png"
    Image.new("RGB", (60, 40)).save(photo)

    def state(document: RuleDocument) -> CheckState:
        assert page.pane.view is not None
        return next(one.state for one in page.pane.view.checklist if one.document is document)

    page.work.attach(RuleDocument.PROOF_OF_MAILING, (photo,))
    settle(page, qtbot)
    settle(page, qtbot)
    assert state(RuleDocument.PROOF_OF_MAILING) is CheckState.PRESENT
    view = page.pane.view
    assert view is not None
    page.work.ask_answer(next(one for one in view.checklist if one.document is RuleDocument.PROOF_OF_VALUE))
    answer = sheet(page, AnswerSheet)
    answer.save.click()
    assert answer.isVisible()  # a reason is needed
    because = answer.because.control
    assert isinstance(because, Area)
    because.setPlainText("The shop has closed")
    answer.save.click()
    settle(page, qtbot)
    settle(page, qtbot)
    assert state(RuleDocument.PROOF_OF_VALUE) is CheckState.EXPLAINED
    assert page.pane.checklist.count.text().endswith("of 5")


def test_the_photo_plan_takes_a_photograph_a_shot(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    office.claims.open(office.operator, pieces[1], ClaimKind.DAMAGE)
    page = open_page()
    page.work.ask_plan()
    plan = sheet(page, PhotoPlanSheet)
    assert plan.note.text() == "0 of 7 are there"
    photo = tmp_path / "label.jpg"
    Image.new("RGB", (60, 40)).save(photo)
    plan.photo_given.emit(Shot.LABEL, photo)
    settle(page, qtbot)
    settle(page, qtbot)
    assert plan.note.text() == "1 of 7 are there"
    assert page.pane.view is not None
    assert page.pane.view.row.claim.terms.photos[0][0] == Shot.LABEL


def test_a_packet_is_made_shown_and_exported(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    office.claims.open(office.operator, pieces[0], ClaimKind.LOSS)
    page = open_page()
    page.pane.packet.click()
    qtbot.waitUntil(lambda: page.work.paper_work.preview is not None, timeout=SECONDS)
    preview = page.work.paper_work.preview
    assert preview is not None
    assert page.pane.view is not None
    assert preview.document.number == page.pane.view.row.claim.number
    preview.accept()
    settle(page, qtbot)
    page.office_work.export(page.work.shown, tmp_path)
    qtbot.waitUntil(lambda: any(tmp_path.glob("CLM-*/*.pdf")), timeout=SECONDS)
    settle(page, qtbot)
    assert [one.name for one in tmp_path.glob("CLM-*")] == [f"{preview.document.number} USPS"]


def test_a_lost_bag_is_claimed_in_one_go(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    page = open_page()
    page.office_work.open_for((PRIORITY, UPS), ClaimKind.LOSS)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=SECONDS)
    settle(page, qtbot)
    kinds = [one.kind.value for one in office.papers.documents(office.operator)]
    assert kinds == ["claim_list", "claim_packet", "claim_packet"]


def test_filters_count_and_the_list_is_walked_by_keys(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    who = office.operator
    first = office.claims.open(who, pieces[0], ClaimKind.LOSS).claim
    office.claims.open(who, pieces[1], ClaimKind.LOSS)
    office.claims.move(who, first.id, ClaimState.CLOSED)
    page = open_page()
    assert (page.filters["prepare"]._count, page.filters["closed"]._count) == ("1", "1")
    shown = page.work.shown
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    settle(page, qtbot)
    assert page.work.shown == first.id != shown
    page.filters["closed"].click()
    settle(page, qtbot)
    assert [one.claim.id for one in page.model.rows] == [first.id]
    page.search.setText("no such")
    page.refresh()
    settle(page, qtbot)
    assert page._list.currentIndex() == 1
    page.clear.click()
    settle(page, qtbot)
    assert page.model.rowCount() == 2


def test_what_is_being_typed_stays_while_the_record_moves(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    office.claims.open(office.operator, pieces[0], ClaimKind.LOSS)
    page = open_page()
    line_of(page.pane.payee).setText("Treasurer")
    page.pane._on_edited()
    page.bench.routes.shipments_changed.emit((pieces[0],))
    settle(page, qtbot)
    settle(page, qtbot)
    assert line_of(page.pane.payee).text() == "Treasurer"
    assert page.pane.dirty


def cut(root: QWidget) -> Iterator[str]:
    """Texts that are narrower than what they say."""
    for one in root.findChildren(QWidget):
        if not one.isVisible() or isinstance(one, ElidedText):
            continue
        if isinstance(one, QLabel) and not one.wordWrap():
            metrics = QFontMetrics(one.font())
            if one.width() < max(metrics.horizontalAdvance(line) for line in one.text().split("\n")):
                yield one.text()
        if isinstance(one, QPushButton) and one.width() < one.sizeHint().width():
            yield one.text() or one.accessibleName()


@pytest.mark.parametrize(
    ("size", "look", "text_size"),
    [((1440, 900), "light", 100), ((1280, 800), "dark", 100), ((1120, 700), "light", 100), ((1120, 700), "dark", 130)],
)
def test_nothing_is_cut_at_any_size(
    pieces: tuple[str, str],
    office: Office,
    open_page: Callable[..., ClaimsPage],
    qtbot: QtBot,
    size: tuple[int, int],
    look: str,
    text_size: int,
) -> None:
    who = office.operator
    damage = office.claims.open(who, pieces[1], ClaimKind.DAMAGE).claim
    office.claims.open(who, pieces[0], ClaimKind.LOSS)
    page = open_page(size=size, theme=look, text_size=text_size)
    for claim_id in (page.work.shown, damage.id):
        page.work.show(claim_id)
        settle(page, qtbot)
        for tab in (0, 1):
            page.pane.tab.choose(tab)
            page.pane._arrange()
            QApplication.processEvents()
            assert list(cut(page.window())) == []
            # nothing lies outside either, and nothing scrolls sideways
            scroll = page.pane._scroll
            assert scroll.isHidden() or scroll.horizontalScrollBar().maximum() == 0


def test_a_rule_is_changed_from_its_clock(
    pieces: tuple[str, str], office: Office, open_page: Callable[..., ClaimsPage], qtbot: QtBot
) -> None:
    office.claims.open(office.operator, pieces[0], ClaimKind.LOSS)
    page = open_page()
    page.pane.rule.click()
    qtbot.waitUntil(lambda: page.rule_work.sheet is not None, timeout=SECONDS)
    rule = page.rule_work.sheet
    assert rule is not None
    # WHEN its days do not fit, they are refused beside the field
    line_of(rule.latest).setText("10")
    rule.save.click()
    settle(page, qtbot)
    assert "do not fit together" in rule.latest._sentence.text()
    assert list(cut(rule)) == []
    # AND when they do, the clock follows at once, and the change is on record
    line_of(rule.latest).setText("90")
    line_of(rule.why).setText("told by the carrier")
    rule.save.click()
    settle(page, qtbot)
    settle(page, qtbot)
    view = page.pane.view
    assert view is not None
    assert view.clock.rule is not None
    assert view.clock.rule.latest_day == 90
    assert [one.note for one in office.rules.history(office.operator)] == ["told by the carrier"]
    assert page.rule_work.sheet is None


def test_the_packet_is_seen_beside_the_claim_before_it_is_made(
    open_page: Callable[..., ClaimsPage], office: Office, pieces: tuple[str, str], qtbot: QtBot
) -> None:
    # GIVEN a claim with goods, and one that demands nothing yet
    empty = office.claims.open(office.operator, pieces[1], ClaimKind.DAMAGE, ClaimTerms(ClaimKind.DAMAGE))
    filled = office.claims.open(office.operator, pieces[0], ClaimKind.LOSS)
    page = open_page(size=(1440, 900))
    assert page.draft.isHidden()
    # WHEN the preview is switched on
    page.look.click()
    qtbot.waitUntil(lambda: page.draft.paper is not None and page.draft.paper.pageCount() > 4, timeout=SECONDS)
    assert "Not issued, not kept." in page.draft.note.text()
    assert page.pane.isVisible()
    # THEN nothing was numbered or kept, and another claim says why there is nothing to see
    assert office.papers.documents(office.operator) == ()
    assert office.papers.unused_numbers(office.operator) == ()
    page.work.show(empty.claim.id)
    qtbot.waitUntil(lambda: empty.claim.number in page.draft.note.text(), timeout=SECONDS)
    # AND it follows what is put on record
    page.work.show(filled.claim.id)
    qtbot.waitUntil(lambda: "Not issued" in page.draft.note.text(), timeout=SECONDS)
    page.look.click()
    assert page.draft.isHidden()
    page.resize(900, 700)
