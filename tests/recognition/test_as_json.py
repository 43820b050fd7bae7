"""The object that `mailroom identify` prints."""

import json
from collections.abc import Callable

from mailroom.domain.recognition import Recognition
from mailroom.recognition.as_json import identify_object
from mailroom.wording.reasons import reason_text

Read = Callable[..., Recognition]
KEYS = [
    *("payload", "kind", "carrier", "tracking_number", "service", "service_code", "check", "destination"),
    "candidates",
]


def test_a_package_number_with_its_zip(read: Read) -> None:
    raw = "]C142078745\x1d9400111206206406260787\r"
    told = identify_object(read(raw), reason_text)
    assert list(told) == KEYS
    assert told == {
        "payload": raw,
        "kind": "tracking",
        "carrier": "usps",
        "tracking_number": "9400111206206406260787",
        "service": "Ground Advantage",
        "service_code": "001",
        "check": "ok",
        "destination": {"postal_code": "78745", "country": "US"},
        "candidates": [
            {
                "carrier": "usps",
                "tracking_number": "9400111206206406260787",
                "service": "Ground Advantage",
                "check": "ok",
                "weak": False,
                "why": "The form is this carrier's and the check digit is right",
            }
        ],
    }


def test_a_wrong_check_digit_names_no_carrier(read: Read) -> None:
    told = identify_object(read("1Z999AA10123456783"), reason_text)
    assert (told["kind"], told["carrier"], told["tracking_number"], told["check"]) == ("tracking", None, None, "bad")
    assert told["service"] == "Next Day Air"
    candidates = told["candidates"]
    assert isinstance(candidates, list)
    assert candidates[0]["tracking_number"] == "1Z999AA10123456783"


def test_an_empty_line_and_a_text(read: Read) -> None:
    for raw, kind in (("", "unknown"), ("https://example.org", "text"), ("036000291452", "product")):
        told = identify_object(read(raw), reason_text)
        assert list(told) == KEYS
        assert (told["payload"], told["kind"], told["carrier"], told["check"]) == (raw, kind, None, "none")
        assert (told["destination"], told["candidates"]) == ({"postal_code": None, "country": None}, [])


def test_a_label_shows_the_payload_of_its_tracking_code(read: Read) -> None:
    told = identify_object(read("42078745", "1Z879E930346834440"), reason_text)
    assert told["payload"] == "1Z879E930346834440"
    assert told["destination"] == {"postal_code": "78745", "country": "US"}


def test_a_label_of_no_code_is_printable(read: Read) -> None:
    assert json.loads(json.dumps(identify_object(read(), reason_text)))["payload"] == ""


def test_any_character_is_printable(read: Read) -> None:
    raw = "\ud800\x00\x1dé\u2028"
    assert json.loads(json.dumps(identify_object(read(raw), reason_text)))["payload"] == raw
