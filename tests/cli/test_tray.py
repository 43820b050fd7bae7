"""A tray of labels of all carriers, as pictures and as payloads: every number right, every doubtful one asked about."""

from pathlib import Path
from typing import Any

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


def test_a_tray_of_all_carriers(desk: Any, tmp_path: Path) -> None:
    # GIVEN forty labels, every other one as a picture where a linear code can hold it
    labels = tray()
    assert len(labels) == 40
    items: list[object] = []
    for at, (payload, _number, _outcome) in enumerate(labels):
        drawn = at < 30 and at % 2 == 0 and payload.isprintable() and payload[:1] not in "[]("
        items.append(picture(tmp_path, at, payload) if drawn else payload)
    # WHEN the tray is put on record, with each carrier in use
    ran = desk("record", *items)
    # THEN each sound number is recorded under itself, and no other one is
    assert len(ran.objects) == 40
    wrong = [
        (payload, told["outcome"], told["shipment"] and told["shipment"]["tracking_number"])
        for (payload, number, outcome), told in zip(labels, ran.objects, strict=True)
        if told["outcome"] not in ((outcome,) if outcome != "recorded" else ("recorded", "asked", "repeated"))
        or (told["shipment"] is not None and told["shipment"]["tracking_number"] != number)
    ]
    assert wrong == []
    recorded = [one for one in ran.objects if one["outcome"] == "recorded"]
    asked = [one for one in ran.objects[:30] if one["outcome"] == "asked"]
    assert len(recorded) >= 28
    # what two carriers share is asked about, never guessed
    assert all(one["code"] in ("several_carriers", "not_an_office_carrier", "product_twin") for one in asked)
