"""`book`: a run's book is printed, and its sheets come back from the scanner to the pieces they list."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

NUMBERS = ("1Z999AA10123456784", "1Z6R44100366174260", "RE558104303US")
SEEN = ("--signed", "--stamped")


@pytest.fixture
def run(desk: Any, tmp_path: Path) -> Any:
    """The desk with a run of twelve pieces, one of them registered."""
    for number in NUMBERS:
        assert desk("record", number, "--run", "Noon 23", "--recipient", "Ada Byron").code == 0
    return desk


def scanned(pdf: Path, *sheets: int, kind: str = "PDF") -> bytes:
    """Sheets as a scanner gives them: grey pictures at 200 dots an inch, a little turned, signed in ink."""
    pictures = []
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in sheets:
            image = document[sheet - 1].render(scale=200 / 72).to_pil().convert("L")
            ImageDraw.Draw(image).line([(1000, 1290), (1200, 1240), (1400, 1300)], fill=40, width=5)
            pictures.append(image.rotate(0.6, fillcolor=255))
    target = io.BytesIO()
    pictures[0].save(target, kind, resolution=200, save_all=True, append_images=pictures[1:])
    return target.getvalue()


@pytest.mark.parametrize(("kind", "ending"), [("PDF", "pdf"), ("TIFF", "tif")])
def test_a_stamped_book_comes_back(run: Any, tmp_path: Path, kind: str, ending: str) -> None:
    # GIVEN a book of two sheets, the second for the registered piece
    out, scan = tmp_path / "book.pdf", tmp_path / f"scan.{ending}"
    made = run("book", "--run", "noon 23", "--handed-to", "Main post office", "--out", out)
    assert (made.code, made.one["pages"]) == (0, 2)
    assert made.one["number"].startswith("BOOK-")
    assert {one["code"] for one in made.one["gaps"]} >= {"book_address_missing", "book_value_missing"}

    # WHEN both come back signed, stamped and counted
    scan.write_bytes(scanned(out, 2, 1, kind=kind))
    back = run("book", "--scanned", scan, *SEEN, "--received", "2", "--received", "2=1")

    # THEN each piece has its own sheet as a proof of mailing
    assert back.code == 0
    told = [(one["file_page"], one["page"], one["shipments"], one["complete"]) for one in back.objects]
    assert told == [(1, 2, 1, True), (2, 1, 2, True)]
    for number in NUMBERS:
        [sheet] = run("show", number).one["attachments"]
        assert (sheet["role"], sheet["pages"]) == ("stamped_book", 1)
        assert sheet["name"] == f"scan-{1 if number == NUMBERS[-1] else 2}.{ending}"
    assert run("verify", out).code == 0


def test_a_sheet_that_lacks_something_proves_nothing_yet(run: Any, tmp_path: Path) -> None:
    out, scan = tmp_path / "book.pdf", tmp_path / "scan.pdf"
    run("book", "--run", "Noon 23", "--out", out)
    scan.write_bytes(scanned(out, 1))
    back = run("book", "--scanned", scan, "--signed", "--received", "1")
    assert (back.code, back.one["complete"]) == (1, False)
    assert {one["code"] for one in back.one["gaps"]} == {"sheet_count_differs", "sheet_not_stamped"}
    assert "1 received, 2 listed" in back.err
    [sheet] = run("show", NUMBERS[0]).one["attachments"]
    assert sheet["role"] == "other"
    assert "no dated stamp" in sheet["caption"]


def test_what_is_no_book(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "book.pdf"
    assert run("book", "--run", "Nobody", "--out", out).code == 2
    assert run("book", "--run", "Noon 23").code == 2
    assert not out.exists()
    Image.new("L", (1700, 2200), 255).save(tmp_path / "blank.png")
    assert run("book", "--scanned", tmp_path / "blank.png").code == 2
    assert run("book", "--scanned", tmp_path / "blank.png", "--received", "many").code == 2
