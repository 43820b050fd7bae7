"""`identify`: one line out for every line in, whatever comes in, and no record is opened."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

KEYS = {
    *("payload", "kind", "carrier", "tracking_number", "service", "service_code", "check", "destination"),
    "candidates",
}


def test_the_object_of_a_number(desk: Any) -> None:
    one = desk("identify", "1Z999AA10123456784").one
    assert set(one) >= KEYS
    assert (one["payload"], one["kind"], one["carrier"]) == ("1Z999AA10123456784", "tracking", "ups")
    assert (one["tracking_number"], one["check"]) == ("1Z999AA10123456784", "ok")
    [candidate] = one["candidates"]
    assert set(candidate) >= {"carrier", "tracking_number", "service", "check", "weak", "why"}


def test_a_routing_prefix_and_separators_are_taken_off(desk: Any) -> None:
    one = desk("identify", "--escaped", r"]C1420972143021\x1d9400117947734440521950").one
    assert one["tracking_number"] == "9400117947734440521950"
    assert one["destination"] == {"postal_code": "972143021", "country": "US"}


def test_a_bad_check_digit_is_no_number_and_no_error(desk: Any) -> None:
    ran = desk("identify", "1Z999AA10123456785")
    assert ran.code == 0
    assert (ran.one["carrier"], ran.one["tracking_number"], ran.one["check"]) == (None, None, "bad")
    assert ran.one["candidates"][0]["tracking_number"] == "1Z999AA10123456785"
    assert ran.err == ""


def test_one_line_out_for_every_line_in(desk: Any) -> None:
    ran = desk("identify", stdin=b"\n1Z999AA10123456784\r\n\nhello\n  \n\xff\xfe\x00\x1d\nlast")
    assert ran.code == 0
    payloads = ["", "1Z999AA10123456784", "", "hello", "  ", "\xff\xfe\x00\x1d", "last"]
    assert [one["payload"] for one in ran.objects] == payloads
    assert ran.objects[0]["tracking_number"] is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=60).map(lambda one: one.replace(b"\n", b"")), max_size=6))
def test_nothing_trips_it(desk: Any, payloads: list[bytes]) -> None:
    data = b"".join(one + b"\n" for one in payloads)
    ran = desk("identify", stdin=data)
    assert (ran.code, ran.err, len(ran.objects)) == (0, "", len(payloads))
    plain = desk("identify", stdin=data, plain=True)
    assert (plain.code, plain.err, plain.out.count("\n")) == (0, "", len(payloads))
    assert all(line.isprintable() for line in plain.out.split("\n"))


def test_control_characters_never_reach_a_terminal(desk: Any) -> None:
    ran = desk("identify", "--escaped", r"\x1b[2J\x07\x9b31m\u202e", plain=True)
    assert ran.out.rstrip("\n").isprintable()
    assert ran.out.startswith(r"\x1b[2J\x07")


def test_a_symbology_in_any_case(desk: Any) -> None:
    assert desk("identify", "--symbology", "qrcode", "https://example.org/a").one["kind"] == "text"
    ran = desk("identify", "--symbology", "Code1", "1")
    assert (ran.code, ran.out) == (2, "")
    assert "Code1" in ran.err
    assert "MaxiCode" in ran.err


def test_no_record_is_opened(desk: Any, tmp_path: Path) -> None:
    assert desk("identify", "1Z999AA10123456784").code == 0
    assert list(tmp_path.iterdir()) == []


def test_people_read_one_line(desk: Any) -> None:
    assert desk("identify", "1Z999AA10123456784", plain=True).out == (
        "1Z999AA10123456784  UPS Next Day Air  check digit holds\n"
    )
    assert "not a tracking number" in desk("identify", "hello", plain=True).out


@pytest.mark.parametrize("broken", [r"\x1", r"\u12", "a\\"])
def test_a_broken_escape_is_taken_as_it_stands(desk: Any, broken: str) -> None:
    assert desk("identify", "--escaped", broken).one["payload"] == broken


def test_an_answer_comes_before_the_next_line_is_there() -> None:
    command = [sys.executable, "-m", "mailroom", "identify", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for payloads in (["1Z999AA10123456784"], ["hello", "", "420 78745"]):
            running.stdin.write("".join(f"{one}\n" for one in payloads).encode())
            running.stdin.flush()
            assert [json.loads(running.stdout.readline())["payload"] for _one in payloads] == payloads
