"""`parse` says what a stored answer says; `track` asks carriers and says what came of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from mailroom.bootstrap import main, office
from mailroom.carriers import all_interfaces

NUMBER = "1Z999AA10123456784"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        code = main([*arguments, "--json", "--profile", str(tmp_path / "profile")])
        caught = capsys.readouterr()
        return code, [json.loads(line) for line in caught.out.splitlines()], caught.err

    return call


def test_every_example_of_an_interface_can_be_parsed_from_a_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "answer"
    for interface in all_interfaces():
        for example in interface.examples:
            file.write_bytes(example.body)

            code, found, _said = run("parse", interface.name, str(file), "--status", str(example.http_status))

            assert code == 0
            assert set(found[0]) >= {"outcome", "tracking_number", "status", "promise", "events"}
            assert (found[0]["outcome"], len(found[0]["events"])) == (example.outcome.value, example.events)
            assert (found[0]["tracking_number"] or "") == example.number


def test_an_answer_for_two_numbers_prints_two_lines_and_says_what_is_amiss(run: Any, tmp_path: Path) -> None:
    fedex = next(one for one in all_interfaces() if one.id == "fedex")
    file = tmp_path / "answer.json"
    file.write_bytes(fedex.examples[0].body)

    code, found, said = run("parse", "fedex", str(file))

    assert (code, [one["outcome"] for one in found]) == (0, ["Found", "UnknownNumber"])
    assert found[0]["promise"] == "2026-11-25"
    assert "does not know this number" in said


def test_events_come_newest_first_and_a_bare_day_not_before_its_label(run: Any, tmp_path: Path) -> None:
    # GIVEN a carrier that lists a pick-up without its hour behind the label of that day
    fedex = next(one for one in all_interfaces() if one.id == "fedex")
    file = tmp_path / "answer.json"
    file.write_bytes(fedex.examples[0].body)

    _code, found, _said = run("parse", "fedex", str(file))

    assert [(one["code"], one["happened_at"]) for one in found[0]["events"]] == [
        ("DL", "2026-11-24T11:04:57-08:00"),
        ("PU", "2026-11-23"),
        ("OC", "2026-11-23T08:43:00-08:00"),
    ]


def test_a_wait_is_printed_as_the_carrier_gave_it(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"")

    code, found, _said = run("parse", "ups", str(file), "--status", "429", "--header", "Retry-After: 90")

    assert (code, found[0]["outcome"], found[0]["retry_after"]) == (0, "RateLimited", 90)


def test_parse_reads_for_people_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usps = next(one for one in all_interfaces() if one.id == "usps")
    file = tmp_path / "answer.json"
    file.write_bytes(usps.examples[0].body)

    assert main(["parse", "usps", str(file)]) == 0

    assert capsys.readouterr().out.splitlines()[1].split() == (
        ["2026-11-24T07:12:00-06:00", "Out", "for", "delivery", "Out", "for", "Delivery", "LINDEN,", "IA", "50146"]
    )


@pytest.mark.parametrize(("carrier", "name"), [("pigeon", "answer.json"), ("usps", "missing.json")])
def test_what_cannot_be_parsed_is_refused(carrier: str, name: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "answer.json").write_text("{}")

    code, found, said = run("parse", carrier, str(tmp_path / name))

    assert (code, found) == (2, [])
    assert said


def test_track_asks_by_number_and_by_time(
    run: Any, tmp_path: Path, played: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_ID", "of-ours")
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_SECRET", "of-ours")
    with office(tmp_path / "profile") as opened:
        opened.tracking.change(opened.operator, "ups", enabled=True, address=played.address, gap_ms=0)
    run("record", NUMBER)
    status = {"type": "I", "statusCode": "005", "description": "Departed"}
    activity = {"status": status, "date": "20261120", "time": "091500", "gmtOffset": "-05:00"}
    package = {"trackingNumber": NUMBER, "activity": [activity]}
    shipment = {"inquiryNumber": NUMBER, "package": [package]}
    played.script[NUMBER] = [played.Says(body={"trackResponse": {"shipment": [shipment]}})]

    code, due, _said = run("track", "--due")
    again, named, _more = run("track", NUMBER)
    _done, shown, _rest = run("show", NUMBER)

    assert (code, [(one["outcome"], one["events_added"]) for one in due]) == (0, [("Found", 1)])
    assert (again, [(one["outcome"], one["events_added"]) for one in named]) == (0, [("Found", 0)])
    newest = shown[0]["events"][-1] if shown[0]["events"][0]["kind"] == "recorded" else shown[0]["events"][0]
    assert (newest["source"], newest["source_name"], newest["happened_at"]) == (
        "carrier",
        "UPS",
        "2026-11-20T09:15:00-05:00",
    )
    assert shown[0]["shipment"]["status"] == "in_transit"


def test_track_without_an_interface_says_so_and_offers_the_page(run: Any) -> None:
    run("record", NUMBER)

    code, found, said = run("track", NUMBER)

    assert (code, found[0]["reason"]) == (1, "no_interface")
    assert found[0]["link"].endswith(NUMBER)
    assert "No interface" in said
    assert run("track", "--due")[:2] == (0, [])
    assert run("track")[0] == 2
    assert run("track", "1Z12345E0205271686")[0] == 1


def test_a_wrong_interface_is_answered_with_the_known_ones(desk: Any, tmp_path: Path) -> None:
    (tmp_path / "body.json").write_text("{}")
    ran = desk("parse", "nosuch", tmp_path / "body.json")
    assert (ran.code, ran.out) == (2, "")
    assert "pitney_bowes" in ran.err
