"""Photographs: a large one is read in a smaller size without losing its small codes; a poor one as a camera's frame."""

import cv2
import numpy as np
import pytest
from label_camera import label, scene, shoot
from PIL import Image

from mailroom.capture.stills import Still
from mailroom.capture.writer import draw

NUMBER, SMALL = "RB123456785US", "S123456789012345678"


def photograph() -> Image.Image:
    """Twelve million pixels of a table in uneven light with a label on it; its small code has three pixels a module."""
    table = np.full((4032, 3024), 120, np.float32)
    table[600:2400, 300:2700] = 240
    bars = np.asarray(draw("Code128", NUMBER))
    table[900:1300, 500 : 500 + bars.shape[1] * 9] = np.repeat(bars, 9, axis=1)
    square = np.asarray(draw("DataMatrix", SMALL))
    small = np.repeat(np.repeat(square, 3, axis=0), 3, axis=1)
    table[1700 : 1700 + small.shape[0], 900 : 900 + small.shape[1]] = small
    table = cv2.GaussianBlur(table, (0, 0), 0.9) * np.linspace(0.6, 1, 3024, dtype=np.float32)[None]
    grain = np.random.default_rng(2).normal(0, 3, table.shape)
    return Image.fromarray(np.clip(table + grain, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("quarters", [0, 1])
def test_a_telephones_picture_gives_large_and_small_codes_in_the_first_look(quarters: int) -> None:
    picture = photograph().rotate(90 * quarters, expand=True)
    codes, _ = Still(picture).read(0, 1.0)
    assert {(code.payload, code.poor) for code in codes} == {(NUMBER, False), (SMALL, False)}


def test_blurred_bent_and_tilted_photographs_are_read_as_frames_are_and_marked() -> None:
    # GIVEN photographs as a hurried hand takes them
    read = 0
    for at in (6, 7, 8):
        rng = np.random.default_rng((5, at))
        one = label(rng)
        middle = next(code for code in one.codes if code.number).corners.mean(axis=0)
        shot = shoot(one, scene("medium", rng), rng, (float(middle[0]), float(middle[1])))

        # WHEN every look is taken
        still = Still(Image.fromarray(shot.gray))
        codes, step = still.read(0, 1.0)
        while step is not None and not {code.payload for code in codes} & shot.all_texts:
            more, step = still.read(step, 60.0)
            codes += more
            read += any(code.poor and code.payload in shot.all_texts for code in more)

        # THEN whatever is said is on the label
        assert {code.payload for code in codes} <= shot.all_texts
    assert read == 2


@pytest.mark.parametrize("size", [(1, 1), (3, 30_000), (30_000, 30), (20, 20)])
def test_a_picture_of_any_shape_is_looked_at_to_the_end(size: tuple[int, int]) -> None:
    still = Still(Image.new("L", size, 200))
    codes, step = still.read(0, 60.0)
    while step is not None and not codes:
        codes, step = still.read(step, 60.0)
    assert codes == ()
