"""Frames that no label is in, or that are no picture at all: an answer always, never a code, never an error."""

import resource
from pathlib import Path

import cv2
import numpy as np
import pytest
from label_camera import LEVELS, Shot, label, scene, shoot
from PIL import Image, ImageDraw, ImageFont

from mailroom.capture import blurred, pdf417
from mailroom.capture.arrays import Gray
from mailroom.capture.decoder import read_frame
from mailroom.capture.frames import look_at
from mailroom.capture.heavy import heavy_look
from mailroom.capture.live import FrameReader
from mailroom.capture.regions import Region
from mailroom.capture.templates import bank, stop_bank
from mailroom.capture.writer import draw
from mailroom.resources import file


def never(_symbology: object, _text: str) -> bool:
    return False


def noise(*shape: int, seed: int = 1) -> Gray:
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def read_only(frame: Gray) -> Gray:
    frame.setflags(write=False)
    return frame


def stripes(rows: int, columns: int, width: int) -> Gray:
    return np.tile(((np.arange(columns) // width % 2) * 255).astype(np.uint8), (rows, 1))


ODD = {
    "nothing": np.zeros((0, 0), np.uint8),
    "no rows": np.zeros((0, 640), np.uint8),
    "no columns": np.zeros((480, 0), np.uint8),
    "a pixel": noise(1, 1),
    "a row": noise(1, 4000),
    "a column": noise(4000, 1),
    "a ribbon": noise(30, 60_000),
    "a pole": noise(60_000, 30),
    "a ribbon of bars": np.tile(noise(1, 20_000).repeat(3, axis=1)[:, :40_000] // 128 * 255, (26, 1)),
    "as long as may be": np.tile(noise(1, 3000).repeat(4, axis=1) // 128 * 255, (40, 1)),
    "black": np.zeros((720, 1280), np.uint8),
    "white": np.full((720, 1280), 255, np.uint8),
    "one value, no memory of its own": np.broadcast_to(np.uint8(7), (720, 1280)),
    "noise": noise(720, 1280),
    "mirrored": noise(480, 640)[::-1, ::-1],
    "every second": noise(720, 1280)[::2, ::2],
    "columns first": np.asfortranarray(noise(480, 640)),
    "read only": read_only(noise(480, 640)),
    "stripes": stripes(720, 1280, 3),
    "squares": ((np.indices((480, 640)).sum(axis=0) // 4 % 2) * 255).astype(np.uint8),
    "bars all over": np.tile(noise(1, 640).repeat(2, axis=1) // 128 * 255, (720, 1)),
}


@pytest.mark.parametrize("name", ODD)
def test_any_array_of_bytes_gets_an_answer(name: str) -> None:
    frame = ODD[name]
    assert read_frame(frame) == []
    assert [one for one in heavy_look(frame) if one.sure] == []


def test_a_camera_may_change_its_size_and_send_rubbish_between_labels() -> None:
    live = FrameReader(never)
    accepted = [one for at, frame in enumerate(ODD.values()) for one in live.look(frame, at * 0.3).accepted]
    assert accepted == []
    shot = label_shot("easy", 0)
    seen = [one.text for at in range(3) for one in live.look(shot.gray, 100 + at * 0.04).accepted]
    assert {code.text for code in shot.codes} == set(seen)
    assert len(seen) == len(set(seen))


def test_a_frame_of_a_phone_is_no_trouble() -> None:
    huge = np.full((6000, 8000), 200, np.uint8)
    huge[2000:2600, 1000:7000] = np.tile(noise(1, 1000).repeat(6, axis=1) // 128 * 255, (600, 1))
    assert read_frame(huge) == []


@pytest.mark.parametrize("wrong", [None, [[1]], np.zeros((3, 3, 3), np.uint8), np.zeros((3, 3), np.float32)])
def test_what_is_no_frame_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        read_frame(wrong)  # type: ignore[arg-type]


def rubbish(seed: int, rows: int, columns: int) -> Gray:
    """Noise, smooth noise, woven lines, bars without a meaning, or a page of print."""
    rng = np.random.default_rng(seed)
    kind = seed % 5
    if kind == 0:
        picture = rng.normal(128, 60, (rows, columns))
    elif kind == 1:
        coarse = rng.normal(128, 90, (rows // 4, columns // 4)).astype(np.float32)
        picture = cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC)
    elif kind == 2:
        across, down = np.meshgrid(np.arange(columns), np.arange(rows))
        way, step = rng.uniform(0, np.pi), rng.uniform(3, 12)
        picture = 128 + 100 * np.sign(np.sin((across * np.cos(way) + down * np.sin(way)) * 2 * np.pi / step))
    elif kind == 3:
        line = np.repeat(rng.integers(0, 2, columns), int(rng.integers(2, 5)))[:columns]
        picture = np.tile(line * 200.0 + 20, (rows, 1)) + rng.normal(0, 8, (rows, columns))
        turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), float(rng.uniform(0, 180)), 0.8)
        picture = cv2.warpAffine(picture, turn, (columns, rows), borderValue=210)
    else:
        page = Image.new("L", (columns, rows), 240)
        font = ImageFont.truetype(str(file("fonts/NotoSans-Regular.ttf")), int(rng.integers(8, 24)))
        letters = "".join(map(chr, rng.integers(33, 126, 4000)))
        for at, top in enumerate(range(4, rows, font.size + 3)):
            ImageDraw.Draw(page).text((4, top), letters[at * 60 :][:90], fill=10, font=font)
        picture = np.asarray(page.rotate(float(rng.uniform(0, 90)), fillcolor=240), np.float64)
    picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.2, 1.5)))
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(5))
def test_texture_and_print_hold_no_code(seed: int) -> None:
    for at in range(seed, 100, 5):
        frame = rubbish(at, 240, 320)
        assert (at, read_frame(frame)) == (at, [])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_hundreds_of_frames_without_a_label_hold_no_code(seed: int) -> None:
    live = FrameReader(never)
    for at in range(seed, 1000, 5):
        frame = rubbish(10_000 + at, 720, 1280)
        assert (at, read_frame(frame)) == (at, [])
        assert (at, live.look(frame, at * 0.1).accepted) == (at, ())


def label_shot(level: str, at: int) -> Shot:
    rng = np.random.default_rng((77, LEVELS.index(level), at))
    return shoot(label(rng), scene(level, rng), rng)


@pytest.mark.parametrize("level", LEVELS)
def test_labels_before_a_camera_give_their_numbers_and_nothing_that_is_not_on_them(level: str) -> None:
    numbers = read = 0
    for at in range(10):
        shot = label_shot(level, at)
        texts = {text for _, text in read_frame(shot.gray)}
        assert texts <= shot.all_texts
        there = {code.text for code in shot.codes if code.number}
        numbers += len(there)
        read += len(there & texts)
    if level == "easy":
        assert read == numbers > 0
    assert numbers > 0


def test_no_frame_waits_for_shapes_to_be_drawn() -> None:
    # GIVEN a decoder that was prepared and has read nothing yet
    bank.cache_clear()
    stop_bank.cache_clear()
    blurred.prepare()
    pdf417.prepare()
    drawn = bank.cache_info().misses, stop_bank.cache_info().misses

    # WHEN labels come by, and a PDF417 that is so poor that its codewords have to be fitted
    for at in range(4):
        look_at(label_shot("medium", at).gray, patience=60.0)
    pdf417.read_pdf417(poor_pdf417(), Region(320, 120, 411, 90, 0))

    # THEN all shapes were there
    assert (bank.cache_info().misses, stop_bank.cache_info().misses) == drawn


def poor_pdf417() -> Gray:
    symbol = np.asarray(draw("PDF417", "M" * 60)).repeat(3, axis=1).repeat(3, axis=0)
    frame = np.full((240, 640), 230, np.uint8)
    rows, columns = symbol.shape
    top, left = 120 - rows // 2, 320 - columns // 2
    frame[top : top + rows, left : left + columns] = symbol
    frame[top : top + rows, left + 120 : left + columns - 120] = noise(rows, columns - 240)
    return frame


def resident() -> float:
    """Megabytes of this process now (Linux), or at most."""
    if not Path("/proc/self/status").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@pytest.mark.long
def test_memory_is_flat_over_ten_thousand_frames() -> None:
    frames = [cv2.resize(label_shot(level, at).gray, (640, 360)) for level in LEVELS for at in range(6)]
    live, sizes = FrameReader(never), []
    for at in range(10_000):
        live.look(frames[at % len(frames)], at * 0.04)
        if at % 1000 == 999:
            sizes.append(resident())
    assert max(sizes[1:]) - sizes[1] < 12
