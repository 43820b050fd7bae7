"""A tray of labels of all carriers, as pictures and as payloads: every number right, every doubtful one asked about."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # `label_tray`

from label_tray import drawn, picture, tray


def test_a_tray_of_all_carriers(desk: Any, tmp_path: Path) -> None:
    # GIVEN forty labels, every other one as a picture where a linear code can hold it
    labels = tray()
    assert len(labels) == 40
    items: list[object] = []
    for at, (payload, _number, _outcome) in enumerate(labels):
        items.append(picture(tmp_path, at, payload) if drawn(at, payload) else payload)
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
