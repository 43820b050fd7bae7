"""Every carrier that discovery finds keeps its word: its examples are read, its counter-examples are not."""

import re
from datetime import UTC, datetime

import pytest

from mailroom.carriers import all_carriers, carrier_modules
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Candidate, Check
from mailroom.recognition.formats import Carrier, Example
from mailroom.recognition.numbers import normal_number
from mailroom.recognition.recogniser import recognise
from mailroom.wording.carriers import NAMES

READ_AT = datetime(2026, 11, 23, tzinfo=UTC)
VALID = [(carrier, example) for carrier in all_carriers() for example in carrier.examples.valid]
INVALID = [(carrier, payload) for carrier in all_carriers() for payload in carrier.examples.invalid]


def _candidates(carrier: Carrier, payload: str) -> list[Candidate]:
    found = recognise([Reading(payload, ReadingSource.WEDGE, READ_AT)], all_carriers()).candidates
    return [one for one in found if one.carrier == carrier.id]


@pytest.mark.parametrize(("carrier", "example"), VALID, ids=lambda value: getattr(value, "id", None))
def test_valid_examples_are_read(carrier: Carrier, example: Example) -> None:
    first = _candidates(carrier, example.payload)[0]
    assert first.tracking_number == (example.number or normal_number(example.payload))
    assert first.check is not Check.BAD
    assert first.weak == example.weak
    assert first.destination.postal_code == example.postal_code
    if example.service:
        assert first.service == example.service


@pytest.mark.parametrize(("carrier", "payload"), INVALID, ids=lambda value: getattr(value, "id", None))
def test_invalid_examples_are_never_good(carrier: Carrier, payload: str) -> None:
    assert not [one for one in _candidates(carrier, payload) if one.good]


@pytest.mark.parametrize("carrier", all_carriers(), ids=lambda carrier: carrier.id)
def test_a_carrier_is_whole(carrier: Carrier) -> None:
    assert carrier.id in NAMES
    assert carrier.examples.valid
    assert carrier.examples.invalid
    assert all(re.fullmatch("[A-Z]{2}", country) for country in carrier.countries)
    if carrier.tracking_url:
        assert carrier.tracking_link("X1").startswith("https://")
        assert carrier.tracking_link("X1").endswith("X1")


@pytest.mark.parametrize("carrier", all_carriers(), ids=lambda carrier: carrier.id)
def test_every_format_of_a_carrier_has_an_example(carrier: Carrier) -> None:
    # GIVEN that the forms of a package number with its ZIP are made by one function
    seen = {one.format for example in carrier.examples.valid for one in _candidates(carrier, example.payload)}
    assert {form.id for form in carrier.formats if "_zip" not in form.id} - seen == set()


def test_formats_are_sound() -> None:
    forms = [form for carrier in all_carriers() for form in carrier.formats]
    assert len({form.id for form in forms}) == len(forms)
    for form in forms:
        groups = re.compile(form.pattern).groupindex
        assert "number" in groups
        assert r"\d" not in form.pattern  # it would take the digits of other scripts
        assert form.check is None or {"body", "check"} <= set(groups)
        assert form.check is not None or not form.own_shape or form.prefix


def test_discovery_finds_each_carrier_once_and_always_the_same() -> None:
    carriers = all_carriers()
    assert all_carriers() is carriers
    assert len(carrier_modules()) == len(carriers)
    assert len({carrier.id for carrier in carriers}) == len(carriers)
    assert {"usps", "ups", "fedex", "s10"} <= {carrier.id for carrier in carriers}
    assert not [name for name in carrier_modules() if name.rpartition(".")[2].startswith("_")]
