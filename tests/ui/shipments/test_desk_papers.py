"""Papers of runs and days from the window: made, previewed, and signed sheets that come back."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from mailroom.domain.documents import AttachmentRole, DocumentKind
from mailroom.domain.sheets import ProofWanted
from mailroom.services.office import Office
from mailroom.ui.forms import line_of
from mailroom.ui.key_dialog import KeyDialog
from mailroom.ui.page import Bench
from mailroom.ui.paper_preview import PaperPreview
from mailroom.ui.paper_sheets import DaySheet, ProofRequestSheet, RunSheet
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.fields import Choice, LineEdit
from mailroom.ui.reports_page import ReportsPage
from mailroom.ui.signed_sheets_dialog import SignedSheetsDialog

SECONDS = 60_000
W = TypeVar("W", bound=QWidget)
Naming = Callable[..., Any]


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(bench)
    qtbot.addWidget(made)
    qtbot.addWidget(made.head)
    made.resize(1100, 740)
    made.show()
    made.entered()
    return made


def shown(page: QWidget, kind: type[W], qtbot: QtBot) -> W:
    """The sheet of a kind that is open; it may take a moment."""

    def found() -> list[W]:
        return [one for one in page.window().findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=SECONDS)
    return found()[-1]


def usps(at: int) -> str:
    """A USPS number with its check digit."""
    body = f"9400111899560{at:08d}"
    odd, even = sum(map(int, body[::-2])), sum(map(int, body[-2::-2]))
    return f"{body}{-(3 * odd + even) % 10}"


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def test_a_run_gets_its_book_and_its_signed_sheets_back(
    office: Office, clerk: Any, page: ReportsPage, qtbot: QtBot, named: Naming, tmp_path: Path
) -> None:
    # GIVEN ten pieces of a run
    for at in range(10):
        clerk.record(usps(at), f"Ida Voss {at}", run="Noon")
    menu = page.desk_papers.menu()
    assert menu.actions()[0].text() == "Mailing book of a run …"
    # WHEN its book is made
    page.desk_papers.ask_book()
    sheet = shown(page, RunSheet, qtbot)
    assert named(sheet, Choice, "Run").currentText() == "Noon"
    named(sheet, LineEdit, "Handed to").setText("Main post office")
    named(sheet, Button, "Make the paper").click()
    preview = shown(page, PaperPreview, qtbot)
    assert preview.document.kind is DocumentKind.MAILING_BOOK
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(preview.pdf)
    preview.accept()
    # AND its sheets come back, the second without a stamp
    page.desk_papers.look_at(scan)
    dialog = shown(page, SignedSheetsDialog, qtbot)
    assert sorted(dialog.counts) == [1, 2]
    for number, count in ((1, "8"), (2, "2")):
        dialog.counts[number].setText(count)
        dialog.signed[number].setChecked(True)
    dialog.stamped[1].setChecked(True)
    named(dialog, Button, "Link to the pieces").click()
    # THEN eight pieces have a proof of mailing, the other two a paper that says what it lacks
    qtbot.waitUntil(lambda: not page.strip.busy and not page.bench.runners.busy, timeout=SECONDS)
    kept = [office.shipments.get(office.operator, one).attachments[0] for one in preview.document.shipment_ids]
    assert [one.role for one in kept] == [AttachmentRole.STAMPED_BOOK] * 8 + [AttachmentRole.OTHER] * 2
    assert "stamp" in kept[-1].caption


def test_a_manifest_a_day_and_a_request_are_made(
    office: Office, clerk: Any, page: ReportsPage, qtbot: QtBot, named: Naming
) -> None:
    shipment = clerk.record("9400111899560197440716", "Ida Voss", run="Noon")
    page.desk_papers.ask_manifest()
    named(shown(page, RunSheet, qtbot), Button, "Make the paper").click()
    preview = shown(page, PaperPreview, qtbot)
    assert "Ida Voss" in text_of(preview.pdf)
    preview.accept()
    page.desk_papers.ask_day()
    day = shown(page, DaySheet, qtbot)
    line_of(day.day).setText("yesterday-ish")
    named(day, Button, "Make the report").click()
    assert day.isVisible()
    line_of(day.day).setText("2026-11-20")
    named(day, Button, "Make the report").click()
    qtbot.waitUntil(lambda: shown(page, PaperPreview, qtbot).document.kind is DocumentKind.DAY_END, timeout=SECONDS)
    shown(page, PaperPreview, qtbot).accept()
    # a request names only what is not on file
    menu = page.desk_papers.piece_menu(office.shipments.get(office.operator, shipment))
    assert len([one for one in menu.actions() if one.text()]) == 6
    page.desk_papers.ask_proof_request()
    request = shown(page, ProofRequestSheet, qtbot)
    for box in request.boxes.values():
        box.setChecked(False)
    named(request, Button, "Make the request").click()
    assert "Nothing is asked for." in request.note.text()
    request.boxes[ProofWanted.SIGNATURE].setChecked(True)
    named(request, LineEdit, "Asked for by").setText("Crane & Voss")
    named(request, Button, "Make the request").click()
    qtbot.waitUntil(
        lambda: shown(page, PaperPreview, qtbot).document.kind is DocumentKind.PROOF_REQUEST, timeout=SECONDS
    )
    made = shown(page, PaperPreview, qtbot)
    assert "asked for by Crane & Voss" in text_of(made.pdf)
    made.accept()


def test_the_key_is_made_and_its_certificate_handed_out(
    office: Office, page: ReportsPage, qtbot: QtBot, named: Naming, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILROOM_KEY_PASSPHRASE", "")
    named(page.head, Button, "Signing key").click()
    dialog = shown(page, KeyDialog, qtbot)
    assert dialog.state.text().startswith("There is no key yet")
    # too short a passphrase is refused where it was typed
    line_of(dialog.passphrase).setText("short")
    named(dialog, Button, "Make the key").click()
    qtbot.waitUntil(lambda: not page.bench.runners.busy, timeout=SECONDS)
    assert dialog.isVisible()
    assert not office.papers.key_state(office.operator).there
    line_of(dialog.passphrase).setText("correct horse battery")
    named(dialog, Button, "Make the key").click()
    qtbot.waitUntil(lambda: dialog.state.text() == "Papers are signed.", timeout=SECONDS)
    assert dialog.certificate.isVisible()
    assert office.papers.key_state(office.operator).open
    dialog.reject()


def test_all_menus_and_buttons_have_names(page: ReportsPage, named: Naming) -> None:
    assert named(page.head, Button, "New paper").isEnabled()
    menu = page.desk_papers.menu()
    assert isinstance(menu, QMenu)
    assert menu.accessibleName() == "New paper"
    assert not [one for one in page.head.findChildren(IconButton) if not one.accessibleName()]
