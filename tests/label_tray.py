"""Forty labels for tests: sound numbers of every carrier, then doubtful ones and things that are no label."""

from pathlib import Path

from PIL import Image

from mailroom.capture.writer import draw
from mailroom.carriers import all_carriers
from mailroom.domain.numbers import normal_number

DOUBTFUL = (
    ("1Z999AA10123456783", "asked"),  # wrong check digits
    ("9400111206206406260788", "asked"),
    ("RB123456786US", "asked"),
    ("D576002440000001718010", "asked"),  # nothing but a shape
    ("60120172242323", "asked"),
    ("KYV009956937", "asked"),
    ("036000291452", "refused"),  # a product
    ("42078745", "refused"),  # a postal code
    ("https://example.org/track", "refused"),
    ("000000000000", "refused"),
)


def tray() -> list[tuple[str, str, str]]:
    """(payload, number, outcome): sound numbers of every carrier, then the doubtful ones; 40 in all."""
    sound = []
    for carrier in all_carriers():
        good = [one for one in carrier.examples.valid if not one.weak and one.payload.isascii()]
        for example in good[:2]:
            sound.append((example.payload, example.number or normal_number(example.payload), "recorded"))
    fewer = [one for at, one in enumerate(sound) if one not in sound[:at]][:30]
    return [*fewer, *((raw, "", outcome) for raw, outcome in DOUBTFUL)]


def picture(folder: Path, at: int, payload: str) -> Path:
    bars = draw("Code128", payload)
    sheet = Image.new("L", (bars.width * 3 + 120, 260), 255)
    sheet.paste(bars.resize((bars.width * 3, 160), 0), (60, 50))
    if at % 3 == 1:
        sheet = sheet.rotate(90, expand=True)
    file = folder / f"label-{at:02d}.png"
    sheet.save(file)
    return file


def drawn(at: int, payload: str) -> bool:
    """Whether a label is a picture: every other one whose text a linear code can hold."""
    return at < 30 and at % 2 == 0 and payload.isprintable() and payload[:1] not in "[]("
