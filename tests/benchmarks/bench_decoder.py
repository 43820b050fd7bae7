"""Camera frames read: ours beside zxing-cpp alone and pyzbar alone, on frames made here. Prints, asserts nothing.

python tests/benchmarks/bench_decoder.py [--labels 60] [--bursts 24] [--seed 5] [--frames 10000]

All three see the same frames in turn, so what else the machine does hits them alike; times are of the processor, for
frames of 1280 by 720 on one core. `numbers`: frames with a tracking code in them where it was read. `false`: texts that
are on no code of the label. Bursts are six frames of one label in the hand at the hard level: `any` frame gave the
number, `agreed`: it is accepted by the live reader, which knows no check digit here and so wants frames that agree.
`--frames` reads so many frames one after the other and prints the memory taken.
"""

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import zxingcpp

from mailroom.capture.arrays import Gray
from mailroom.capture.decoder import read_frame
from mailroom.capture.live import FrameReader

sys.path.insert(0, str(Path(__file__).parents[1] / "capture"))

from label_camera import LEVELS, Scene, Shot, label, scene, shoot

Read = Callable[[Gray], Iterable[tuple[str, str]]]
BURST = 6
_F = zxingcpp.BarcodeFormat
_FORMATS = [_F.Code128, _F.Code39, _F.ITF, _F.QRCode, _F.DataMatrix, _F.Aztec, _F.PDF417, _F.MaxiCode]


def zxing_alone(gray: Gray) -> list[tuple[str, str]]:
    """The whole frame as zxing-cpp reads it, told which symbologies labels have."""
    found = zxingcpp.read_barcodes(
        gray, formats=zxingcpp.BarcodeFormats(_FORMATS), try_invert=False, text_mode=zxingcpp.TextMode.Plain
    )
    return [(str(one.format), one.text) for one in found]


def pyzbar_alone() -> Read:
    """The whole frame as zbar reads it, told the same."""
    from pyzbar import pyzbar

    kinds = [pyzbar.ZBarSymbol[name] for name in ("CODE128", "CODE39", "I25", "QRCODE")]
    return lambda gray: [(one.type, one.data.decode("latin-1")) for one in pyzbar.decode(gray, symbols=kinds)]


def shots(level: str, count: int, seed: int) -> list[Shot]:
    """The frames of a level."""
    made = []
    for at in range(count):
        rng = np.random.default_rng((seed, LEVELS.index(level), at))
        made.append(shoot(label(rng), scene(level, rng), rng))
    return made


def burst(at: int, seed: int) -> list[Shot]:
    """Frames of one label in a hand: place, turn, focus and shake change a little from frame to frame."""
    rng = np.random.default_rng((seed, 9, at))
    one, usual = label(rng), scene("hard", rng)
    number = next(code for code in one.codes if code.number).corners.mean(axis=0)
    return [shoot(one, moved(usual, rng), rng, _aim(number, rng)) for _ in range(BURST)]


def moved(usual: Scene, rng: np.random.Generator) -> Scene:
    """The scene a moment later."""
    return replace(
        usual,
        turn=usual.turn + float(rng.normal(0, 2)),
        tilt=usual.tilt + float(rng.normal(0, 2)),
        blur=float(np.clip(usual.blur * rng.uniform(0.6, 1.3), 0, 2.5)),
        motion=float(rng.uniform(0.2, 6)),
    )


def _aim(number: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", rng: np.random.Generator) -> tuple[float, float]:
    return float(number[0] + rng.normal(0, 15)), float(number[1] + rng.normal(0, 15))


def compare(level: str, seen: list[Shot], readers: dict[str, Read]) -> None:
    """Print a row for each reader, and what ours reads of every symbology."""
    took: dict[str, list[float]] = defaultdict(list)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    false: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for shot in seen:
        there.update(code.symbology for code in shot.codes)
        there["number"] += any(code.number for code in shot.codes)
        for name, read in readers.items():
            start = time.process_time()
            texts = {text for _, text in read(shot.gray)}
            took[name].append((time.process_time() - start) * 1000)
            false[name] += len(texts - shot.all_texts)
            right[name].update(code.symbology for code in shot.codes if code.text in texts)
            right[name]["number"] += any(code.number and code.text in texts for code in shot.codes)
    kinds = sorted(kind for kind in there if kind != "number")
    for name in readers:
        codes = sum(right[name][kind] for kind in kinds) / max(1, sum(there[kind] for kind in kinds))
        numbers = right[name]["number"] / max(1, there["number"])
        middle, late = np.percentile(took[name], (50, 95))
        print(f"{level:7} {name:9} codes {codes:4.0%} numbers {numbers:4.0%} false {false[name]:2}", end="")
        print(f"  {middle:6.1f} ms median {late:6.1f} ms p95  ", end="")
        print(" ".join(f"{kind} {right[name][kind]}/{there[kind]}" for kind in kinds))


def compare_bursts(count: int, seed: int, readers: dict[str, Read]) -> None:
    """Print in how many bursts a number was read at all, and in how many it was accepted."""
    any_frame: Counter[str] = Counter()
    agreed = wrong = 0
    for at in range(count):
        frames = burst(at, seed)
        number = next(code.text for code in label(np.random.default_rng((seed, 9, at))).codes if code.number)
        for name, read in readers.items():
            any_frame[name] += any(number in {text for _, text in read(shot.gray)} for shot in frames)
        live = FrameReader(lambda _symbology, _text: False)
        taken = {one.text for at, shot in enumerate(frames) for one in live.look(shot.gray, at * 0.1).accepted}
        agreed += number in taken
        wrong += len(taken - frames[0].all_texts)
    for name in readers:
        print(f"bursts  {name:9} any {any_frame[name] / count:4.0%}", end="")
        print(f"  agreed {agreed / count:4.0%} false {wrong}" if name == "ours" else "")


def resident() -> float:
    """Megabytes of memory that this process has now (Linux), or had at most (elsewhere)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def run_long(frames: int, seed: int) -> None:
    """Read so many frames, live, and print the memory ten times on the way."""
    seen = [shot.gray for level in LEVELS for shot in shots(level, 12, seed + 1)]
    live = FrameReader(lambda _symbology, _text: False)
    for at in range(frames):
        live.look(seen[at % len(seen)], at * 0.04)
        if at % max(1, frames // 10) == 0 or at == frames - 1:
            print(f"frame {at:6} {resident():8.1f} MB", flush=True)


def main() -> None:
    """Make the frames and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--labels", type=int, default=60, help="frames a level")
    asked.add_argument("--bursts", type=int, default=24)
    asked.add_argument("--seed", type=int, default=5)
    asked.add_argument("--frames", type=int, default=0, help="frames for the memory")
    options = asked.parse_args()
    cv2.setNumThreads(1)
    readers: dict[str, Read] = {"ours": read_frame, "zxing-cpp": zxing_alone, "pyzbar": pyzbar_alone()}
    blank = np.full((720, 1280), 200, np.uint8)
    for read in readers.values():
        list(read(blank))
    for level in LEVELS:
        compare(level, shots(level, options.labels, options.seed), readers)
    if options.bursts:
        compare_bursts(options.bursts, options.seed, readers)
    if options.frames:
        run_long(options.frames, options.seed)


if __name__ == "__main__":
    main()
