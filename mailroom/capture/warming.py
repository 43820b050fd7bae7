"""What the decoder loads and counts for its first label, done before a camera shows one."""

import numpy as np

from mailroom.capture import blurred, pdf417
from mailroom.capture.heavy import heavy_look


def warm_up() -> None:
    """Read a blurred code once, so that the camera's first finds everything there. In any thread."""
    blurred.prepare()
    pdf417.prepare()
    bars = np.repeat(np.tile(np.random.default_rng(1).integers(0, 2, 120) * 200, (80, 1)), 4, axis=1)
    frame = np.full((360, 640), 220, np.uint8)
    moved = np.mean([np.roll(bars, by, axis=1) for by in range(7)], axis=0)
    frame[140:220, 80:560] = moved.astype(np.uint8)
    heavy_look(frame)
