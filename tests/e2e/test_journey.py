"""The main job in the real window: a scanner reads, the carrier's events come in, the claim packet is made."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from seen_window import SeenWindow

FIRST = "1Z999AA10123456784"
SCANNED = "1Z5W30Y90359420790"
SEARCH = "Search shipments"
EVENTS = f"""tracking_number,status,happened_at,place,text,code,source
{SCANNED},accepted,2026-11-02T16:42:00-05:00,"DAYTON, OH",Origin Scan,OR,UPS
{SCANNED},in_transit,2026-11-03T04:10:00-05:00,"LOUISVILLE, KY",Departed from Facility,DP,UPS
{SCANNED},exception,2026-11-05T09:30:00-07:00,"TUCSON, AZ",The package is missing,X1,UPS
"""


def two_pages(path: Path) -> Path:
    """An invoice of two pages."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    for words in ("Invoice of the lathe chuck", "Terms of sale on the back"):
        canvas.drawString(100, 600, words)
        canvas.showPage()
    canvas.save()
    return path


def search_field(window: SeenWindow) -> None:
    """Go to Shipments and into its search field."""
    window.key("ctrl+2")
    window.until(lambda: window.rows("Shipments"), "rows")
    window.key("ctrl+f")
    window.until(lambda: window.one(SEARCH)["focus"], "the focus in the search field")


def choose(window: SeenWindow, field: str, word: str) -> None:
    """Go down a drop-down that has the focus until it shows a word."""
    before = ""
    while (now := window.value(field)) != word:
        assert now != before, f"{word!r} is not offered"
        before = now
        window.key("Down")
        window.until(lambda before=before: window.value(field) != before, f"another word than {before!r}")


def numbers(shell: Any) -> list[str]:
    """The tracking numbers on record, first recorded first, as the command line tells them."""
    return [one["tracking_number"] for one in reversed(shell.json("list", "--limit", "0"))]


@pytest.fixture
def window(shell: Any, open_window: Callable[[], SeenWindow]) -> SeenWindow:
    """A window over a record with one piece in it."""
    shell.json("record", FIRST, "--recipient", "Ana Vega")
    return open_window()


def test_from_the_scanner_to_the_claim_packet(window: SeenWindow, shell: Any, tmp_path: Path) -> None:
    # GIVEN the focus in the search field, and something typed there
    search_field(window)
    window.write("1z")
    window.until(lambda: window.value(SEARCH) == "1z", "what a person types")
    # WHEN a wedge scanner reads a label
    window.scan(SCANNED)
    # THEN the piece is in the list and on record, and the field holds what it held
    window.until(lambda: len(window.rows("Shipments")) == 2, "the new row")
    assert numbers(shell) == [FIRST, SCANNED]
    assert window.value(SEARCH) == "1z"
    assert window.one(SEARCH)["focus"]
    # WHEN its events are imported by the command line, and its row is chosen
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    shell.json("import", "events", tmp_path / "events.csv")
    window.click_row("Shipments", 0)
    # THEN the window shows status and timeline
    window.until(lambda: "Exception" in " ".join(window.rows("Shipments")[0]), "the new status")
    window.until(lambda: len(window.rows("Timeline")) >= 4, "the timeline")
    spoken = " ".join(row[0] for row in window.rows("Timeline"))
    assert all(words in spoken for words in ("Origin Scan", "LOUISVILLE, KY", "The package is missing"))
    # WHEN an invoice of two pages is dropped on it, and a claim packet is asked for and saved
    window.drop("Shipment", two_pages(tmp_path / "invoice.pdf"))
    window.until(lambda: window.one("What it shows")["focus"], "the dialog")
    choose(window, "What it shows", "Proof of value")
    window.click("Attach")
    window.one("invoice.pdf")
    window.click("Claim packet")
    window.until(lambda: window.one("Amount demanded")["enabled"], "the dialog")
    window.click("Amount demanded")
    window.write("412.50")
    window.click("Make the packet")
    window.click("Save as …")
    window.until(lambda: window.value("File name:").startswith("CLM-"), "the file dialog")
    window.key("Return")
    # THEN the file holds the number, the events and both pages, and is what was issued here
    packet = window.until(lambda: [one for one in tmp_path.glob("**/CLM-*.pdf") if one.stat().st_size], "the file")[0]
    assert_packet(packet)
    assert shell.json("verify", packet)[0]["state"] == "issued"


def assert_packet(packet: Path) -> None:
    """The number, the amount, the events and the two pages of the exhibit."""
    text = subprocess.run(["pdftotext", "-layout", packet, "-"], capture_output=True, text=True, check=True).stdout
    plain = "".join(text.split())
    for words in (SCANNED, "412.50", "LOUISVILLE, KY", "The package is missing", "Terms of sale on the back"):
        assert words.replace(" ", "") in plain, words
    with pikepdf.open(packet) as pdf:
        pages = text.split("\f")[: len(pdf.pages)]
    exhibit = [page for page in pages if "Invoice of the lathe chuck" in page or "Terms of sale" in page]
    assert len(exhibit) == 2
    assert all("Exhibit" in page for page in exhibit)
