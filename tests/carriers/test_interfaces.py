"""Every tracking interface keeps its word: its examples are read as they say, and no bytes at all make it fail."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.carriers import all_carriers, all_interfaces, interface_modules
from mailroom.carriers._interface import AnswerExample, Interface
from mailroom.domain.status import Status
from mailroom.domain.times import Precision
from mailroom.domain.tracking import Outcome, TrackAnswer, latest_status
from mailroom.wording.tracking import answer_words, key_label

EXAMPLES = [(one, example) for one in all_interfaces() for example in one.examples]
BY_ID = {one.id: one for one in all_interfaces()}
KEYS = {"client_id": "me", "client_secret": "hush", "api_key": "k", "api_secret": "s"}


@pytest.mark.parametrize(
    ("interface", "example"), EXAMPLES, ids=lambda one: getattr(one, "id", getattr(one, "name", ""))
)
def test_examples_are_read_as_they_say(interface: Interface, example: AnswerExample) -> None:
    first = interface.parse(example.body, example.http_status, dict(example.headers))[0]

    assert first.outcome is example.outcome
    assert first.tracking_number == example.number
    assert first.status is example.status
    assert len(first.events) == example.events
    if example.happened:
        assert tuple(str(one.happened) for one in first.events) == example.happened


def test_there_are_six_and_an_aggregator_has_to_be_chosen() -> None:
    assert set(BY_ID) == {"dhl", "easypost", "fedex", "pitney_bowes", "ups", "usps"}
    assert len(interface_modules()) == len(all_interfaces())
    assert [one.id for one in all_interfaces() if one.third_party] == ["easypost"]
    known = {one.id for one in all_carriers()}
    assert all(one.serves <= known for one in all_interfaces())


@pytest.mark.parametrize("interface", all_interfaces(), ids=lambda one: one.id)
def test_every_number_is_asked_about_once_and_no_secret_stands_in_an_address(interface: Interface) -> None:
    numbers = [f"94001000000000000{step:05d}" for step in range(35)]

    requests = interface.build_requests(numbers, KEYS)

    assert [number for one in requests for number in one.numbers] == numbers
    assert all(len(one.numbers) <= interface.numbers_a_call for one in requests)
    assert not [one for one in requests if "hush" in one.path or any("hush" in value for _name, value in one.query)]
    assert interface.address.startswith("https://")
    assert all(key_label(name) != name for name in interface.key_names)


def fill(value: object) -> st.SearchStrategy[object]:
    """A body like the given one in which any part may be something else."""
    other = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({})
    )
    if isinstance(value, dict):
        return st.one_of(st.fixed_dictionaries({key: fill(one) for key, one in value.items()}), other)
    if isinstance(value, list):
        return st.one_of(st.tuples(*map(fill, value)).map(list), other)
    return st.one_of(st.just(value), other)


@given(st.data(), st.sampled_from(all_interfaces()), st.sampled_from([200, 200, 200, 400, 401, 404, 429, 503, 0]))
def test_no_bytes_make_it_fail(data: st.DataObject, interface: Interface, http_status: int) -> None:
    example = data.draw(st.sampled_from(interface.examples))
    try:
        shape = json.loads(example.body)
    except ValueError:
        shape = {}
    body = data.draw(
        st.one_of(
            st.binary(max_size=300),
            fill(shape).map(lambda one: json.dumps(one).encode()),
            st.integers(0, len(example.body)).map(lambda at: example.body[:at]),
        )
    )

    answers = interface.parse(body, http_status, {"Retry-After": data.draw(st.text(max_size=12))})

    assert answers
    assert all(isinstance(one, TrackAnswer) and answer_words(one) for one in answers)
    for one in answers:
        assert latest_status(one.events) in Status
        assert all("\0" not in event.text for event in one.events)


def test_one_number_with_two_pieces_gives_the_newer_and_says_so() -> None:
    example = next(one for one in BY_ID["fedex"].examples if "again" in one.name)

    (answer,) = BY_ID["fedex"].parse(example.body, 200, {})

    assert (answer.status, answer.others) == (Status.ACCEPTED, 1)


def test_several_numbers_in_one_answer_each_have_their_own() -> None:
    example = BY_ID["fedex"].examples[0]

    answers = BY_ID["fedex"].parse(example.body, 200, {})

    assert [one.outcome for one in answers] == [Outcome.FOUND, Outcome.UNKNOWN_NUMBER]
    assert answers[0].proof_on_request
    assert answers[0].signed_by == "R.OKAFOR"
    assert answers[0].promised_on == "2026-11-25"


def test_a_zip_code_that_came_as_a_number_has_its_zeros() -> None:
    (answer,) = BY_ID["pitney_bowes"].parse(BY_ID["pitney_bowes"].examples[0].body, 200, {})

    assert answer.events[0].place == "Shelton, CT 06484"


def test_mark_up_in_words_is_gone_and_the_words_stay() -> None:
    example = next(one for one in BY_ID["usps"].examples if one.name == "not yet")

    (answer,) = BY_ID["usps"].parse(example.body, 400, {})

    assert answer.words == "A status update is not yet available on your Priority Mail® package."


def test_a_token_without_the_right_to_track_is_no_access() -> None:
    body = b'{"access_token": "x", "scope": "addresses prices", "expires_in": 28799}'

    (answer,) = BY_ID["usps"].parse(body, 200, {})

    assert (answer.outcome, answer.reason) == (Outcome.NO_ACCESS, "scope_missing")


@pytest.mark.parametrize(
    ("given", "seconds", "moment"),
    [
        ("120", 120, None),
        ("Tue, 24 Nov 2026 10:00:00 GMT", None, datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("soon", None, None),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None, None),
        ("²", None, None),
        ("99999999999", 604800, None),
    ],
)
def test_a_carrier_says_how_long_to_wait(given: str, seconds: int | None, moment: datetime | None) -> None:
    (answer,) = BY_ID["ups"].parse(b"<html>", 429, {"retry-after": given})

    assert (answer.outcome, answer.retry_after, answer.retry_at) == (Outcome.RATE_LIMITED, seconds, moment)


def test_an_hour_that_the_clocks_leave_out_is_kept_as_given() -> None:
    # GIVEN an hour that no clock of New York showed, without a zone
    events = [{"timestamp": "2026-03-08T02:30:00", "statusCode": "transit", "description": "In transit"}]
    body = json.dumps({"shipments": [{"id": "1000000001", "events": events}]})

    (answer,) = BY_ID["dhl"].parse(body.encode(), 200, {})

    assert str(answer.events[0].happened) == "2026-03-08T02:30:00"
    assert answer.events[0].happened is not None
    assert answer.events[0].happened.precision is Precision.SECOND
