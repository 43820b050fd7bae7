"""Bars that can be read in two ways: the wrong way never comes out of a still, whichever look found it."""

import pytest
from PIL import Image

from mailroom.capture.decoder import Barcode
from mailroom.capture.disputes import rivals, settled
from mailroom.capture.stills import Still
from mailroom.capture.writer import draw
from mailroom.domain.reading import Symbology

CODE128 = Symbology.CODE128


def every_look(picture: Image.Image) -> set[str]:
    still = Still(picture)
    codes, step = still.read(0, 60.0)
    found = {code.payload for code in codes}
    while step is not None:
        codes, step = still.read(step, 60.0)
        found |= {code.payload for code in codes}
    return found


@pytest.mark.parametrize(
    ("payload", "module", "height", "scale", "angle"),
    [
        ("[00]106141412345678908", 4, 200, 1.0, 0),  # a copy turned by twenty degrees gave other digits
        ("[00]106141412345678908", 2, 200, 0.7, 45),
        ("42090210", 3, 120, 0.7, 3),
        ("TBA010000000000", 2, 200, 0.7, 3),  # a number without a check digit of its own
        ("1Z5R89390357567127", 2, 200, 1.0, 3),
    ],
)
def test_no_look_gives_another_code_than_the_one_that_is_there(
    payload: str, module: int, height: int, scale: float, angle: int
) -> None:
    bars = draw("Code128", payload)
    sheet = Image.new("L", (bars.width * module + 200, height + 160), 255)
    sheet.paste(bars.resize((bars.width * module, height), Image.Resampling.NEAREST), (100, 80))
    if scale != 1:
        size = (round(sheet.width * scale), round(sheet.height * scale))
        sheet = sheet.resize(size, Image.Resampling.LANCZOS)
    if angle:
        sheet = sheet.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=255)
    assert every_look(sheet) == {payload.replace("[", "").replace("]", "")}


def test_two_labels_one_above_the_other_are_both_read() -> None:
    sheet = Image.new("L", (800, 900), 255)
    numbers = ("9400111206206406260787", "9400111206206406260794")
    for at, number in enumerate(numbers):
        bars = draw("Code128", number)
        sheet.paste(bars.resize((bars.width * 3, 120), Image.Resampling.NEAREST), (80, 100 + 450 * at))
    assert set(numbers) <= every_look(sheet)


def test_a_rival_goes_where_the_other_reading_is_sure() -> None:
    one, other = Barcode(CODE128, "42090210"), Barcode(CODE128, "42090110", poor=True)
    far = Barcode(CODE128, "9400111206206406260787")
    assert rivals(one, other)
    assert not rivals(one, one)
    assert not rivals(one, far)
    assert settled((one, other, far), (one,)) == (one, far)
    assert settled((one, other, far), ()) == (far,)
    assert settled((other,), (), (one,)) == ()
