"""A code that was hard to read says so: too small in the picture, or seen only by a heavy pass."""

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from mailroom.capture.files import read_file
from mailroom.capture.fineness import least_modules, too_fine
from mailroom.capture.stills import Still
from mailroom.capture.writer import draw
from mailroom.domain.payloads import reading_from, reading_json
from mailroom.domain.reading import Symbology

NUMBER = "RB123456785US"


def sheet(module: int, *, size: tuple[int, int] = (900, 500), number: str = NUMBER) -> Image.Image:
    bars = draw(Symbology.CODE128, number).convert("L")
    page = Image.new("L", size, 255)
    page.paste(bars.resize((bars.width * module, 120), 0), (60, 150))
    return page


@pytest.mark.parametrize(
    ("symbology", "payload", "modules"),
    [
        (Symbology.CODE128, "ABC", 11 * 5 + 13),
        (Symbology.CODE128, "9400111206206406260787", 11 * 13 + 13),
        (Symbology.CODE39, "ABC", 13 * 5 - 1),
        (Symbology.ITF, "12345678901234", 7 * 14 + 8),
        (Symbology.QR, "ABC", 0),
    ],
)
def test_modules_are_counted_at_their_least(symbology: Symbology, payload: str, modules: int) -> None:
    assert least_modules(symbology, payload) == modules
    assert too_fine(symbology, payload, modules * 1.9) is (modules > 0)
    assert not too_fine(symbology, payload, modules * 2.1)


@pytest.mark.parametrize(("module", "poor"), [(1, True), (2, False), (3, False)])
def test_under_two_pixels_a_module_is_poor(tmp_path: Path, module: int, poor: bool) -> None:
    file = tmp_path / "label.png"
    sheet(module).save(file)

    (page,) = read_file(file)

    assert [(one.payload, one.poor) for one in page.barcodes] == [(NUMBER, poor)]
    assert page.readings[0].poor is poor
    assert reading_from(reading_json("r1", page.readings[0])) == page.readings[0]


def test_upright_is_not_poor_and_what_a_heavy_pass_alone_saw_is() -> None:
    plain, _ = Still(sheet(3)).read(0, 1.0)
    assert [one.poor for one in plain] == [False]

    turned = sheet(3, size=(900, 900)).rotate(32, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    still = Still(turned)
    first, step = still.read(0, 1.0)
    assert first == ()
    assert step == 1
    heavy, _ = still.read(step, 1.0)
    assert [(one.payload, one.poor) for one in heavy] == [(NUMBER, True)]


def test_a_shrunk_photograph_says_nothing_of_the_print() -> None:
    # GIVEN a picture so large that it is looked at in a smaller size first
    big = sheet(3).resize((5400, 3000))
    seen, _ = Still(big).read(0, 1.0)
    assert [(one.payload, one.poor) for one in seen] == [(NUMBER, False)]
