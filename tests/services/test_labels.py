"""Labels of our own: printed for pieces without a carrier's number, read back by the decoder and known again."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from mailroom.capture.files import read_file
from mailroom.domain.labels import InternalLabel, LabelSheet
from mailroom.domain.numbers import label_number, normal_number
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import Party, PieceFields
from mailroom.errors import MailroomError
from mailroom.reports import label_places, render_internal_labels
from mailroom.services.intake import Outcome
from mailroom.services.office import Office

TO = ("Dr. Małgorzata Wiśniewska <b>", "Harbor Point Clinic", "77 Atlantic Avenue, Suite 400", "Boston, MA 02110")


def written(tmp_path: Path, pdf: bytes) -> Path:
    file = tmp_path / "labels.pdf"
    file.write_bytes(pdf)
    return file


def words(file: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("sheet", LabelSheet)
def test_every_label_of_a_sheet_is_read_back(tmp_path: Path, sheet: LabelSheet) -> None:
    # GIVEN one label more than a sheet has
    count = label_places(sheet) + 1
    labels = [InternalLabel(label_number(2026, "A", at), TO, department="Legal") for at in range(1, count + 1)]
    # WHEN they are printed
    pdf = render_internal_labels(labels, sheet, 1, "en")
    # THEN two sheets hold each number once, in bars and in digits
    pages = read_file(written(tmp_path, pdf))
    assert len(pages) == 2
    read = [code.payload for page in pages for code in page.barcodes]
    assert sorted(read) == sorted(normal_number(one.number) for one in labels)
    text = words(tmp_path / "labels.pdf")
    assert all(one.number in text for one in labels)
    assert "Małgorzata Wiśniewska <b>" in text
    assert render_internal_labels(labels, sheet, 1, "en") == pdf


@pytest.mark.parametrize("sender", [(), ("Halvorsen & Reyes",)])
def test_no_line_is_drawn_through_the_day(tmp_path: Path, sender: tuple[str, ...]) -> None:
    label = InternalLabel(label_number(2026, "A", 1), TO, sender, recorded="2026-11-30")
    file = written(tmp_path, render_internal_labels([label], LabelSheet.ROLL_4X6, 1, "en"))
    boxes = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True).stdout
    (day,) = [line for line in boxes.splitlines() if "2026-11-30" in line]
    low = float(day.split('yMax="')[1].split('"')[0])
    subprocess.run(["pdftoppm", "-r", "72", "-gray", "-singlefile", str(file), str(tmp_path / "page")], check=True)
    with Image.open(tmp_path / "page.pgm") as page:
        rows = [sum(page.getpixel((x, y)) < 160 for x in range(page.width)) for y in range(page.height // 4)]  # type: ignore[operator]
    assert rows.index(max(rows)) > low


def test_a_sheet_that_was_begun_is_used_to_its_end(tmp_path: Path) -> None:
    labels = [InternalLabel(label_number(2026, "A", at)) for at in (1, 2)]
    full = read_file(written(tmp_path, render_internal_labels(labels, LabelSheet.AVERY_5163, 10, "en")))
    assert [len(page.barcodes) for page in full] == [1, 1]


def test_a_piece_without_number_gets_its_label_and_the_label_names_it(
    office: Office, who: Operator, tmp_path: Path
) -> None:
    fields = PieceFields(
        recipient=Party("Ida Lund", "", ("1857 W Division St",), "60622", "US", "", "Chicago", "IL"),
        department="Legal",
        requester="Tom Ito",
        classification="fragile",
    )
    done = office.intake.record_without_number(who, (), fields)
    assert done.row is not None
    pdf = office.labels.internal(who, [done.row.shipment.id])

    (page,) = read_file(written(tmp_path, pdf))
    text = words(tmp_path / "labels.pdf")
    for part in ("Ida Lund", "Chicago, IL 60622", "Legal", "Tom Ito", "FRAGILE", done.row.shipment.shown_number):
        assert part in text
    again = office.intake.record(who, page.readings)
    assert again.outcome is Outcome.REPEATED
    assert again.row is not None
    assert again.row.shipment.id == done.row.shipment.id


@pytest.mark.parametrize(
    ("first", "chosen", "code"), [(0, 1, "label_place_bad"), (31, 1, "label_place_bad"), (1, 0, "nothing_to_print")]
)
def test_what_cannot_be_printed_is_said(office: Office, who: Operator, first: int, chosen: int, code: str) -> None:
    done = office.intake.record_without_number(who)
    assert done.row is not None
    with pytest.raises(MailroomError) as refused:
        office.labels.internal(who, [done.row.shipment.id] * chosen, LabelSheet.AVERY_5160, first=first)
    assert refused.value.code == code


def test_a_carriers_piece_has_no_label_of_ours(office: Office, who: Operator, clock: object) -> None:
    reading = Reading("9400111899560197440716", ReadingSource.WEDGE, office.intake.desk.clock())
    done = office.intake.record(who, (reading,))
    assert done.row is not None
    with pytest.raises(MailroomError) as refused:
        office.labels.internal(who, [done.row.shipment.id])
    assert refused.value.code == "no_own_number"


def test_long_texts_are_cut_and_nothing_is_swallowed(tmp_path: Path) -> None:
    label = InternalLabel(
        label_number(2026, "A", 1),
        ("W" * 300, "漢字", "a\x00b‮c"),
        department="D" * 300,
        contents="C" * 300,
        order="O" * 300,
    )
    for sheet in LabelSheet:
        pdf = render_internal_labels([label], sheet, 1, "en")
        (page,) = read_file(written(tmp_path, pdf))
        assert [code.payload for code in page.barcodes] == [normal_number(label.number)]
    text = words(tmp_path / "labels.pdf")
    assert "[U+6F22]" in text
    assert "…" in text
