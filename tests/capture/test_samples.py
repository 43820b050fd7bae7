"""The sample labels are what their list says, read by the decoder; a seed draws others with right check digits."""

import csv
from datetime import date
from pathlib import Path
from random import Random

import pytest

from mailroom import resources
from mailroom.capture.decoder import Barcode
from mailroom.capture.files import PageReading, file_sandbox, read_file
from mailroom.capture.writer import draw
from mailroom.carriers import all_carriers
from mailroom.domain.reading import Symbology
from mailroom.recognition.recogniser import recognise
from mailroom.reports import sample_numbers as numbers
from mailroom.reports.sample_labels import draw_labels, pages_of
from mailroom.reports.sample_numbers import Address
from mailroom.reports.sample_week import COLUMNS, SamplePage, sample_pages, week_csv

SAMPLES = resources.folder("samples")
LABEL_SUFFIXES = {".png", ".jpg", ".tiff", ".heic", ".pdf"}


@pytest.fixture(scope="module")
def read_samples() -> dict[tuple[str, int], PageReading]:
    with file_sandbox() as box:
        return {
            (file.stem, page.page): page
            for file in sorted(SAMPLES.iterdir())
            if file.suffix in LABEL_SUFFIXES
            for page in read_file(file, sandbox=box)
        }


def tracking_payloads(page: PageReading) -> list[str]:
    return [code.payload for code in page.barcodes if code.symbology is Symbology.CODE128]


def test_every_page_of_the_samples_is_listed_and_gives_its_number(
    read_samples: dict[tuple[str, int], PageReading],
) -> None:
    listed = {(page.sample, page.page): page for page in sample_pages()}
    assert set(listed) == set(read_samples)
    for key, page in listed.items():
        if page.tracking_number:
            ends = [payload.endswith(page.tracking_number) for payload in tracking_payloads(read_samples[key])]
            assert any(ends), key
        else:
            assert read_samples[key].barcodes == (), key


def test_recognition_finds_the_number_the_carrier_and_the_service_of_every_page(
    read_samples: dict[tuple[str, int], PageReading],
) -> None:
    for page in sample_pages():
        readings = read_samples[page.sample, page.page].readings
        best = recognise(readings, all_carriers()).best if readings else None
        assert (best.tracking_number if best else "") == page.tracking_number
        assert best is None or best.carrier == page.carrier


def test_the_two_dimensional_codes_of_ups_and_fedex_are_read(
    read_samples: dict[tuple[str, int], PageReading],
) -> None:
    listed = {page.sample: page for page in sample_pages()}
    maxi = [code for code in read_samples["ups-ground-maxicode", 1].barcodes if code.symbology is Symbology.MAXICODE]
    fields = maxi[0].payload.split("\x1d")
    number = listed["ups-ground-maxicode"].tracking_number
    assert fields[0] == "[)>\x1e01"
    assert (fields[4], fields[6]) == ("1Z" + number[10:], number[2:8])
    pdf = [code for code in read_samples["fedex-express-pdf417", 1].barcodes if code.symbology is Symbology.PDF417]
    assert pdf[0].payload.split("\x1d")[4] == listed["fedex-express-pdf417"].tracking_number + "0201"


def test_the_gs1_separator_stays_in_the_payload(read_samples: dict[tuple[str, int], PageReading]) -> None:
    payload = tracking_payloads(read_samples["usps-ground-advantage", 1])[0]
    assert payload.startswith("420")
    assert payload.index("\x1d") in (8, 12)


def test_the_samples_are_small_and_their_list_is_the_generators() -> None:
    labels = draw_labels(2026, draw)
    assert {label.file_name for label in labels} == {
        file.name for file in SAMPLES.iterdir() if file.suffix in LABEL_SUFFIXES
    }
    assert [page for label in labels for page in pages_of(label)] == list(sample_pages())
    assert all(file.stat().st_size < 150_000 for file in SAMPLES.iterdir())


def test_another_seed_draws_other_labels_that_are_read_too(tmp_path: Path) -> None:
    labels = draw_labels(77, draw)
    ours = {page.tracking_number for page in sample_pages() if page.tracking_number}
    assert not ours & {page.tracking_number for label in labels for page in pages_of(label)}
    with file_sandbox() as box:
        for label in labels:
            file = tmp_path / label.file_name
            file.write_bytes(label.data)
            for page, piece in zip(read_file(file, sandbox=box), label.pieces, strict=True):
                seen = tracking_payloads(page)
                assert any(payload.endswith(piece.tracking_number) for payload in seen) == bool(piece.tracking_number)


def test_the_same_seed_draws_the_same_numbers() -> None:
    once, again = draw_labels(5, draw), draw_labels(5, draw)
    assert [label.pieces for label in once] == [label.pieces for label in again]


def test_check_digits_hold_by_an_independent_reckoning() -> None:
    for seed in range(300):
        dice = Random(seed)
        impb = numbers.impb(dice, "92", "148", "901")
        assert len(impb) == 22
        assert (sum(int(d) * (3, 1)[i % 2] for i, d in enumerate(reversed(impb[:-1]))) + int(impb[-1])) % 10 == 0
        item = numbers.s10(dice, "RE", "US")
        weighted = sum(int(d) * w for d, w in zip(item[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
        assert int(item[10]) == {0: 5, 1: 0}.get(weighted % 11, 11 - weighted % 11)
        letters = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in numbers.ups(dice, "03")[2:]]
        assert (sum(letters[:-1:2]) + 2 * sum(letters[1:-1:2]) + letters[-1]) % 10 == 0
        express = numbers.fedex_express(dice)
        assert int(express[-1]) == sum(int(express[i]) * (3, 1, 7)[i % 3] for i in range(11)) % 11 % 10


def test_a_maxicode_holds_the_envelope_of_any_address() -> None:
    for seed in range(40):
        dice = Random(seed)
        number = numbers.ups(dice, "03")
        for page in sample_pages():
            to = Address(page.recipient, "", page.street, page.city, page.state, page.postal_code)
            assert draw("MaxiCode", numbers.ups_maxicode(number, to, dice)).width > 500


def test_the_week_tells_of_every_label_and_ends_yesterday() -> None:
    today = date(2027, 3, 9)
    rows = list(csv.DictReader(week_csv(sample_pages(), today).splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert {row["tracking_number"] for row in rows} == {
        page.tracking_number for page in sample_pages() if page.tracking_number
    }
    assert max(row["happened_at"][:10] for row in rows) == "2027-03-08"
    assert not [row for row in rows if "{" in row["place"]]
    last = {row["tracking_number"]: row for row in rows}
    by_sample: dict[str, SamplePage] = {page.sample: page for page in sample_pages() if page.page == 1}
    delivered = last[by_sample["usps-certified-mail"].tracking_number]
    assert (delivered["status"], bool(delivered["name_given"])) == ("delivered", True)
    assert last[by_sample["fedex-express-pdf417"].tracking_number]["status"] == "returned"
    stalled = last[by_sample["ups-ground-maxicode"].tracking_number]
    assert (stalled["status"], stalled["happened_at"][:10]) == ("in_transit", "2027-03-01")


def test_barcodes_of_a_page_are_plain_values(read_samples: dict[tuple[str, int], PageReading]) -> None:
    page = read_samples["s10-registered-us", 1]
    assert [type(code) for code in page.barcodes] == [Barcode]
    assert page.readings[0].raw == page.barcodes[0].payload
    assert page.readings[0].device == "s10-registered-us.tiff"
    assert (page.width, page.height) == (1200, 1800)
