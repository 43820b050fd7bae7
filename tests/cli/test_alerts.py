"""`alerts`, and what `show` says of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

UPS, USPS, FEDEX = "1Z999AA10123456784", "9400117947734440521950", "766405636952"
HEADER = "tracking_number,status,happened_at,place,text,code,source\n"


@pytest.fixture
def troubled(desk: Any, tmp_path: Path) -> Any:
    """Three shipments: one in trouble, one silent for five days, one about which nobody ever said anything."""

    def ago(days: float) -> str:
        return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")

    assert desk("record", UPS, USPS, FEDEX, "--recipient", "Ada Byron").code == 0
    week = HEADER + (
        f'{UPS},accepted,{ago(3)},"Dayton, OH",Pickup Scan,PU,UPS\n'
        f"{UPS},exception,{ago(1)},Tucson,Address unknown,X1,UPS\n"
        f"{USPS},in_transit,{ago(5)},Omaha,Departed,DP,USPS\n"
    )
    (tmp_path / "week.csv").write_text(week)
    assert desk("import", "events", tmp_path / "week.csv").code == 0
    return desk


def test_what_needs_a_person_the_most_urgent_first(troubled: Any) -> None:
    ran = troubled("alerts")

    assert ran.code == 0
    first, second = ran.objects
    assert set(first) >= {"kind", "tracking_number", "urgency", "since", "due", "evidence"}
    assert (first["kind"], first["tracking_number"], first["urgency"]) == ("exception", UPS, "today")
    assert first["evidence"]["text"] == "Address unknown"
    assert (second["kind"], second["tracking_number"], second["urgency"]) == ("no_movement", USPS, "watch")
    assert second["title"] == "5 days without movement"


def test_only_some_kinds_or_urgencies(troubled: Any) -> None:
    assert [one["kind"] for one in troubled("alerts", "--kind", "no_movement").objects] == ["no_movement"]
    assert [one["kind"] for one in troubled("alerts", "--urgency", "today").objects] == ["exception"]
    assert (troubled("alerts", "--urgency", "soon").code, troubled("alerts", "--urgency", "soon").out) == (0, "")
    for wrong in (("--kind", "boredom"), ("--urgency", "never")):
        ran = troubled("alerts", *wrong)
        assert (ran.code, ran.out) == (2, "")
        assert wrong[1] in ran.err


def test_for_people_the_finding_the_piece_the_evidence_and_what_to_do(troubled: Any) -> None:
    ran = troubled("alerts", plain=True)

    assert "Act today:" in ran.out
    assert "5 days without movement" in ran.out
    assert "9400 1179 4773 4440 5219 50" in ran.out
    assert "“Departed”" in ran.out
    assert "Ask the carrier where it is." in ran.out


def test_show_names_the_alerts_of_its_shipment(troubled: Any) -> None:
    (alert,) = troubled("show", UPS).one["alerts"]
    assert (alert["kind"], alert["state"], alert["due"]) == ("exception", "open", None)
    assert troubled("show", FEDEX).one["alerts"] == []
    assert "Address unknown" in troubled("show", UPS, plain=True).out.split("Attention:")[1].splitlines()[0]
