"""`read`: every page of every file in order; what holds no code or cannot be read is said."""

import csv
from pathlib import Path
from typing import Any

from mailroom import resources

SAMPLES = resources.folder("samples")


def _sample(name: str) -> str:
    [found] = [one for one in SAMPLES.iterdir() if one.stem == name and one.suffix != ".csv"]
    return str(found)


def test_a_label_with_several_codes_is_one_line(desk: Any) -> None:
    name = _sample("ups-ground-maxicode")
    one = desk("read", name).one
    assert (one["file"], one["page"]) == (name, 1)
    assert {code["symbology"] for code in one["barcodes"]} == {"Code128", "MaxiCode"}
    assert all(set(code) >= {"symbology", "payload", "engine"} for code in one["barcodes"])
    assert one["best"]["carrier"] == "ups"
    assert isinstance(one["ms"], int)


def test_the_pages_of_a_pdf_come_in_order(desk: Any) -> None:
    ran = desk("read", _sample("two-labels-fedex-ups"))
    assert ran.code == 0
    assert [one["page"] for one in ran.objects] == [1, 2]
    assert [one["best"]["carrier"] for one in ran.objects] == ["fedex", "ups"]


def test_every_sample_gives_the_number_that_is_printed_on_it(desk: Any) -> None:
    with (SAMPLES / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(dict.fromkeys(_sample(row["sample"]) for row in rows))
    ran = desk("read", *names)
    read = [one["best"]["tracking_number"] if one["best"] else "" for one in ran.objects]
    assert read == [row["tracking_number"] for row in rows]


def test_a_page_without_a_code_is_a_line_and_a_failure(desk: Any) -> None:
    ran = desk("read", _sample("letter-without-code"))
    assert ran.code == 1
    assert (ran.one["barcodes"], ran.one["best"]) == ([], None)
    assert "no bar code" in ran.err


def test_a_bad_file_among_good_ones_is_one_sentence(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    ran = desk("read", tmp_path / "text.png", _sample("s10-registered-us"), tmp_path / "none.pdf")
    assert ran.code == 1
    assert ran.one["best"]["carrier"] == "usps"
    assert len(ran.err.splitlines()) == 2
    assert "text.png" in ran.err
    assert "none.pdf" in ran.err


def test_nothing_but_bad_files_is_refused_as_a_whole(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    ran = desk("read", tmp_path / "empty.png")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_people_see_the_codes_and_what_they_mean(desk: Any) -> None:
    ran = desk("read", _sample("ups-ground-maxicode"), plain=True)
    assert "MaxiCode" in ran.out
    assert "UPS Ground" in ran.out
    assert all(line.isprintable() for line in ran.out.splitlines())
