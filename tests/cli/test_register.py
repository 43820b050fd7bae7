"""`list`, `show`, `import events`: the register, one timeline, events from a file."""

import re
from pathlib import Path
from typing import Any

import pytest

from mailroom.cli.parser import parse

UPS, USPS, FEDEX = "1Z999AA10123456784", "9400117947734440521950", "766405636952"
HEADER = "tracking_number,status,happened_at,place,text,code,source\n"
WEEK = HEADER + (
    f'{UPS},accepted,2026-11-12T17:20-05:00,"Dayton, OH",Pickup Scan,PU,UPS\n'
    f"{UPS},in_transit,2026-11-13T04:10:30,Columbus,Arrived,AR,UPS\n"
    f"{UPS},delivered,2026-11-14,Tucson,Delivered,DL,UPS\n"
)


@pytest.fixture
def recorded(desk: Any) -> Any:
    """The desk with three shipments; the last one is the newest."""
    assert desk("record", UPS, USPS, FEDEX, "--recipient", "Ada Byron").code == 0
    return desk


def test_newest_first_as_many_as_asked_for(recorded: Any) -> None:
    assert [one["tracking_number"] for one in recorded("list").objects] == [FEDEX, USPS, UPS]
    assert [one["tracking_number"] for one in recorded("list", "--limit", "2").objects] == [FEDEX, USPS]
    assert len(recorded("list", "--limit", "0").objects) == 3
    assert recorded("list", "--limit", "-1").code == 2


def test_the_log_names_the_database_and_its_version(recorded: Any, tmp_path: Path) -> None:
    log = (tmp_path / "profile" / "logs" / "mailroom.log").read_text("utf-8")
    assert re.search(r"record opened with sqlite 3\.\d+\.\d+", log)
    assert UPS not in log


def test_search_and_status(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "week.csv").write_text(WEEK)
    assert recorded("import", "events", tmp_path / "week.csv").code == 0
    assert [one["tracking_number"] for one in recorded("list", "--status", "delivered").objects] == [UPS]
    assert len(recorded("list", "--status", "delivered", "--status", "Label created").objects) == 3
    assert [one["tracking_number"] for one in recorded("list", "--search", "7947734").objects] == [USPS]
    assert recorded("list", "--search", "nobody").objects == []
    ran = recorded("list", "--status", "gone")
    assert (ran.code, ran.out) == (2, "")
    assert "out_for_delivery" in ran.err


def test_more_than_a_page_is_listed_whole(recorded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailroom.cli.register._PAGE", 2)  # a page is 500, which takes long to fill
    assert [one["tracking_number"] for one in recorded("list", "--limit", "0").objects] == [FEDEX, USPS, UPS]
    assert [one["tracking_number"] for one in recorded("list").objects] == [FEDEX, USPS, UPS]
    assert len(recorded("list", "--limit", "2").objects) == 2
    assert parse(["list"])[1].limit == 200


def test_a_timeline_newest_first_with_the_times_as_given(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "week.csv").write_text(WEEK)
    report = recorded("import", "events", tmp_path / "week.csv").one
    assert (report["rows"], report["added"], report["known"], report["refused"]) == (3, 3, 0, 0)
    one = recorded("show", "1z 999 aa1 0123 4567 84").one
    assert set(one) >= {"shipment", "events", "alerts", "documents"}
    assert (one["shipment"]["status"], one["shipment"]["status_at"]) == ("delivered", "2026-11-14")
    tracking = [event for event in one["events"] if event["kind"] == "tracking"]
    assert [event["happened_at"] for event in tracking] == [
        *("2026-11-14", "2026-11-13T04:10:30", "2026-11-12T17:20-05:00")
    ]
    first = tracking[-1]
    assert (first["status"], first["place"], first["text"], first["code"]) == (
        *("accepted", "Dayton, OH", "Pickup Scan", "PU"),
    )
    assert (first["source"], first["source_name"], first["file_name"]) == ("import", "UPS", "week.csv")
    own = [event for event in one["events"] if event["kind"] == "recorded"]
    assert own[0]["source"] == "mailroom"


def test_a_repeated_import_adds_nothing_and_is_no_failure(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "week.csv").write_text(WEEK)
    recorded("import", "events", tmp_path / "week.csv")
    again = recorded("import", "events", tmp_path / "week.csv")
    assert (again.code, again.err) == (0, "")
    assert (again.one["added"], again.one["known"]) == (0, 3)


def test_refused_rows_are_named_with_their_reason(recorded: Any, tmp_path: Path) -> None:
    rows = f"{UPS},delivered,2026-02-30,,,,\nNOBODY,delivered,2026-11-14,,,,\n{USPS},accepted,2026-11-13,,,,\n"
    (tmp_path / "mixed.csv").write_text(HEADER + rows)
    ran = recorded("import", "events", tmp_path / "mixed.csv")
    assert ran.code == 1
    assert (ran.one["rows"], ran.one["added"], ran.one["refused"]) == (3, 1, 2)
    assert [(one["row"], one["code"]) for one in ran.one["refusals"]] == [(2, "bad_date"), (3, "number_unknown")]
    assert len(ran.err.splitlines()) == 2


def test_columns_that_are_not_used_are_said(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(f"tracking_number,happened_at,text,colour\n{UPS},2026-11-14,Arrived,red\n")
    ran = recorded("import", "events", tmp_path / "more.csv")
    assert (ran.code, ran.one["ignored_columns"]) == (0, ["colour"])
    assert "colour" in ran.err


def test_a_file_without_the_columns_is_refused_as_a_whole(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    ran = recorded("import", "events", tmp_path / "odd.csv")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_an_unknown_number_is_one_sentence(recorded: Any) -> None:
    ran = recorded("show", "NOBODY\x1b[31m")
    assert (ran.code, ran.out) == (2, "")
    assert "NOBODY" in ran.err
    assert ran.err.rstrip("\n").isprintable()


def test_people_read_a_timeline(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "week.csv").write_text(WEEK)
    recorded("import", "events", tmp_path / "week.csv")
    text = recorded("show", UPS, plain=True).out
    assert text.index("Delivered") < text.index("Pickup Scan")
    assert "week.csv" in text
    assert UPS in text
    assert UPS in recorded("list", plain=True).out


def test_a_mail_of_a_carrier_is_an_event(recorded: Any, tmp_path: Path) -> None:
    mail = tmp_path / "a.EML"
    head = "From: a@ups.com\nDate: Thu, 19 Nov 2026 16:20:05 -0600\n"
    mail.write_text(f"{head}Subject: {UPS} is out for delivery\n\nHello\n")
    ran = recorded("import", "events", str(mail))
    assert (ran.code, ran.one["added"], ran.one["status"], ran.one["certain"]) == (0, 1, "out_for_delivery", False)
    assert recorded("import", "events", str(mail)).one["known"] == 1


def test_a_backup_is_put_back_into_an_empty_profile_and_holds(desk: Any, tmp_path: Path) -> None:
    desk("record", "1Z999AA10123456784")
    copy, other = tmp_path / "copy.mailroom", tmp_path / "other"
    made = desk("backup", copy)
    assert (made.code, made.one["file"], made.one["shipments"]) == (0, str(copy), 1)
    assert made.one["bytes"] == copy.stat().st_size
    refused = desk("restore", copy)
    assert (refused.code, refused.out) == (2, "")
    assert "has a record already" in refused.err
    put_back = desk("restore", copy, "--profile", other)
    assert (put_back.code, put_back.one["holds"], put_back.one["profile"]) == (0, True, str(other))
    assert [one["tracking_number"] for one in desk("list", "--profile", other).objects] == ["1Z999AA10123456784"]
    assert desk("check", "--profile", other).code == 0
