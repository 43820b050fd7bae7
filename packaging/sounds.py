"""Make the bench's four sounds anew: `python3 packaging/sounds.py`. The same bytes come out on every machine.

They differ in rhythm and in direction as well as in pitch, so that they are told apart in a noisy room and by
people who hear some pitches badly: recorded rises once, ask repeats and waits, refused falls and is rough,
command is one short tick.
"""

import math
import struct
import wave
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE = 44_100  # samples a second
FADE = 0.006  # seconds at either end of a note: without them the loudspeaker clicks

# Each note: pitch in hertz (0 is silence), length in seconds, share of overtones (0 is a pure tone, 1 is rough).
SOUNDS: dict[str, list[tuple[float, float, float]]] = {
    "recorded": [(880.0, 0.07, 0.15), (1318.5, 0.13, 0.15)],
    "ask": [(698.5, 0.11, 0.3), (0.0, 0.07, 0.0), (698.5, 0.11, 0.3), (0.0, 0.07, 0.0), (932.3, 0.16, 0.3)],
    "refused": [(233.1, 0.2, 1.0), (0.0, 0.05, 0.0), (174.6, 0.32, 1.0)],
    "command": [(1567.9, 0.045, 0.05)],
}


def note(pitch: float, seconds: float, overtones: float) -> list[int]:
    """The 16-bit samples of one note at half of full loudness, faded in and out."""
    count = round(seconds * RATE)
    strengths = [1.0, overtones / 2, overtones / 3, overtones / 4]
    samples = []
    for index in range(count):
        at = index / RATE
        fade = min(1.0, at / FADE, (count - index) / RATE / FADE)
        wave_now = sum(
            strength * math.sin(2 * math.pi * pitch * (order + 1) * at) for order, strength in enumerate(strengths)
        )
        samples.append(round(16_383 * fade * wave_now / sum(strengths)))
    return samples


def main() -> None:
    """Write every sound as 16-bit mono WAV."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        samples = [sample for one in notes for sample in note(*one)]
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, len(samples), "NONE", "not compressed"))
            file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


if __name__ == "__main__":
    main()
