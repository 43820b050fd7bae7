"""`sheet` and `day-end`: data for other people's forms, and a day that adds up and names the end of the log."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

UPS = "1Z999AA10123456784"
OTHER = "RE558104303US"


@pytest.fixture
def recorded(desk: Any) -> Any:
    """The desk with two pieces of today."""
    put = ("record", UPS, "--recipient", "Ада Байрон", "--postage", "7.640", "--department", "Legal", "--run", "Noon")
    assert desk(*put).code == 0
    assert desk("record", OTHER).code == 0
    return desk


def words(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(file), "-"], capture_output=True, text=True, check=True)
    assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode == 0
    return " ".join(done.stdout.split())


def test_a_search_sheet_says_what_is_still_missing(recorded: Any, tmp_path: Path) -> None:
    out = tmp_path / "search.pdf"
    ran = recorded("sheet", UPS, "--for", "search", "--out", out)
    assert (ran.code, ran.one["number"][:4]) == (0, "SRS-")
    text = words(out)
    assert "Still missing: date of mailing, size, contents, a picture, sender’s contact." in text
    assert "It is not a form of any carrier." in text
    assert UPS in text
    assert "Ада Байрон" in text
    assert recorded("verify", out).one["state"] == "issued"


def test_a_customs_sheet_without_lines_asks_for_them(recorded: Any, tmp_path: Path) -> None:
    out = tmp_path / "customs.pdf"
    ran = recorded("sheet", OTHER, "--for", "customs", "--out", out)
    assert (ran.code, ran.one["number"][:4]) == (0, "CUS-")
    text = words(out)
    assert "Still missing: the contents, a line for each article." in text
    assert "No customs line on record" in text
    assert recorded("sheet", "NOBODY", "--for", "customs", "--out", tmp_path / "none.pdf").code == 2


def test_a_day_adds_up_and_names_the_end_of_the_log(recorded: Any, tmp_path: Path) -> None:
    out = tmp_path / "day.pdf"
    ran = recorded("day-end", "--out", out)
    assert (ran.code, ran.one["number"][:4]) == (0, "DAY-")
    text = words(out)
    assert "2 pieces put on record on" in text
    assert "postage $7.64." in text
    assert "1 piece has no postage on record." in text
    assert text.count("Total 2 $7.64") == 4
    assert re.search(r"[0-9a-f]{32} [0-9a-f]{32}", text)
    assert recorded("audit", "verify").code == 0


def test_a_day_without_pieces_and_one_that_is_none(recorded: Any, tmp_path: Path) -> None:
    out = tmp_path / "day.pdf"
    assert recorded("day-end", "--date", "1999-12-31", "--out", out).code == 0
    assert "0 pieces put on record on Friday, Dec 31, 1999; postage none on record." in words(out)
    assert recorded("day-end", "--date", "31/12/1999", "--out", tmp_path / "other.pdf").code == 2
