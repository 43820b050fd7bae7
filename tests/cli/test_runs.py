"""`run` and the sheets of the bench, as a person or a script calls them."""

from pathlib import Path
from typing import Any


def test_a_run_from_its_opening_to_the_hand_over(desk: Any, tmp_path: Path) -> None:
    (opened,) = desk("run", "open", "Noon", "--carrier", "ups").objects
    assert (opened["run"], opened["state"], opened["pieces"]) == ("Noon", "open", 0)
    desk("record", "--run", "Noon", "1Z999AA10123456784", "9405511899223197428490")
    assert desk("run", "pause", "noon").objects[0]["state"] == "paused"
    assert desk("run", "resume", "Noon").objects[0]["by_carrier"] == {"ups": 1, "usps": 1}
    # something to decide keeps it open
    desk("record", "1Z999AA10123456783")
    waiting = desk("run", "close", "Noon")
    assert waiting.code == 1
    assert "1 reading is still to decide" in waiting.err
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF")
    given = ("--carrier", "ups", "--driver", "Kim", "--count", "3", "--paper", paper)
    (closed,) = desk("run", "close", "Noon", *given, "--keep", "9405511899223197428490", "--anyway").objects
    assert (closed["state"], closed["pieces"]) == ("closed", 1)
    (over,) = closed["hand_overs"]
    assert (over["carrier"], over["driver"], over["pieces"], over["signed"]) == ("ups", "Kim", 3, "paper")
    newest, older = desk("run", "list").objects
    assert (newest["run"], newest["state"], newest["pieces"]) == ("Noon", "open", 1)
    assert older == closed
    assert "3 pieces handed over · UPS · Kim" in desk("run", "list", plain=True).out


def test_what_cannot_be_done_is_said(desk: Any, tmp_path: Path) -> None:
    assert desk("run", "close", "Evening").code == 2
    desk("run", "open", "Noon")
    assert desk("run", "open", "Noon").code == 2
    assert desk("run", "close", "Noon", "--paper", tmp_path / "none.pdf").code == 2
    assert desk("run", "list").objects[0]["state"] == "open"


def test_the_sheets_of_the_bench(desk: Any, tmp_path: Path) -> None:
    for name in ("commands", "badges", "scanner"):
        file = tmp_path / f"{name}.pdf"
        assert desk("sheet", name, "--out", file).code == 0
        assert file.read_bytes().startswith(b"%PDF")
    assert desk("sheet", "badges", "--person", "Nobody", "--out", tmp_path / "x.pdf").code == 2
    missing = desk("sheet", "1Z999AA10123456784", "--out", tmp_path / "x.pdf")
    assert (missing.code, (tmp_path / "x.pdf").exists()) == (2, False)
    assert "commands, badges, scanner" in missing.err
