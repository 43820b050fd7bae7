"""Numbers behind words, in links, and written in all the ways that people and programs write them."""

from collections.abc import Callable

import pytest

from mailroom.carriers import all_carriers
from mailroom.domain.recognition import Recognition, Verdict
from mailroom.recognition.decision import decide
from mailroom.recognition.formats import Carrier

Read = Callable[..., Recognition]


@pytest.mark.parametrize(
    ("payload", "carrier", "number"),
    [
        ("UPS 1Z999AA10123456784", "ups", "1Z999AA10123456784"),
        ("Tracking No.: 9400 1112 0620 6406 2607 87", "usps", "9400111206206406260787"),
        ("FedEx TRK# 9865 7878 8855", "fedex", "986578788855"),
        ("Waybill 33 1881 0025", "dhl", "3318810025"),
        ("purolator: 2878 0946 8872", "purolator", "287809468872"),
        ("Old Dominion PRO# 78045768393", "old_dominion", "78045768393"),
        ("Canada Post: 0073 9380 0054 9297", "canada_post", "0073938000549297"),
        ("DHL Express 3318810025.", "dhl", "3318810025"),
        ("U.S. Postal Service RB 123 456 785 US", "usps", "RB123456785US"),
        ("USPS Certified Mail 9407 1000 0000 0000 0000 09", "usps", "9407100000000000000009"),
        ("Your tracking number is 1Z999AA10123456784.", "ups", "1Z999AA10123456784"),
        ("1Z999AA10123456784,", "ups", "1Z999AA10123456784"),
    ],
)
def test_words_before_a_number_are_left_out(read: Read, payload: str, carrier: str, number: str) -> None:
    best = read(payload).candidates[0]
    assert (best.carrier, best.tracking_number, best.good) == (carrier, number, True)


def test_a_named_post_keeps_the_candidate_of_the_standard_beside_it(read: Read) -> None:
    assert [one.carrier for one in read("USPS RB123456785US").candidates] == ["usps", "s10"]


def test_a_name_that_runs_into_a_loose_shape_is_no_part_of_it(read: Read) -> None:
    (only,) = read("Canpar L576002440000000001004").candidates
    assert (only.carrier, only.tracking_number, only.weak) == ("canpar", "L576002440000000001004", True)


@pytest.mark.parametrize(
    "payload",
    [
        "UPS",
        "tracking number",
        "tracking: call 617 555 0134",
        "UPS drop box 12",
        "ref: 2026-11-23",
        "number one 1Z999AA10123456784",
    ],
)
def test_words_with_no_number_behind_them_are_none(read: Read, payload: str) -> None:
    assert not [one for one in read(payload).candidates if one.good]


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111206206406260787", "9400111206206406260787"),
        ("HTTPS://WWW.UPS.COM/TRACK?LOC=EN_US&TRACKNUM=1Z999AA10123456784", "1Z999AA10123456784"),
        ("www.fedex.com/fedextrack/?trknbr=986578788855", "986578788855"),
        ("https://www.yodel.co.uk/tracking/JD0002242617644732", "JD0002242617644732"),
    ],
)
def test_a_link_to_the_carriers_own_page_is_asked_about(read: Read, link: str, number: str) -> None:
    recognition = read(link)
    assert [one.tracking_number for one in recognition.candidates][:1] == [number]
    decision = decide(recognition, enabled=())
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "number_in_link")


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.test/?tracknum=1Z999AA10123456784",
        "https://ups.com.evil.test/track?tracknum=1Z999AA10123456784",
        "https://www.ups.com/track?tracknum=9400111206206406260787",
        "https://www.ups.com/track?tracknum=1Z999AA10123456783",
        "https://www.ups.com/track?a=1Z999AA10123456784&b=1Z5R89390357567127",
        "https://www.ups.com/track",
        "https://[::1/track?tracknum=1Z999AA10123456784",
    ],
)
def test_other_links_are_text(read: Read, link: str) -> None:
    recognition = read(link)
    assert recognition.candidates == ()
    assert decide(recognition, enabled=()).verdict is Verdict.REFUSE


@pytest.mark.parametrize("carrier", all_carriers(), ids=lambda carrier: carrier.id)
def test_every_way_to_write_a_number_gives_the_same(read: Read, carrier: Carrier) -> None:
    # GIVEN the examples of a carrier that are plain letters and digits
    for example in carrier.examples.valid:
        if not (example.payload.isalnum() and example.payload.isascii()):
            continue
        plain = [(one.carrier, one.tracking_number, one.good) for one in read(example.payload).candidates]
        number = example.payload
        groups = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        # THEN case, blanks, dashes, ends and identifiers change nothing
        for written in (number.lower(), groups, groups.replace(" ", "-"), f"\x02{number}\r\n", f"]C0{number}"):
            found = [(one.carrier, one.tracking_number, one.good) for one in read(written).candidates]
            assert found == plain, (example.payload, written)
