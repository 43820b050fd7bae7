"""The way to a carrier, against a server that plays one: tokens, pages, refusals, and everything that goes wrong."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mailroom.carriers import all_interfaces
from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome, ProofKind, ProofLink, TrackAnswer
from mailroom.errors import MailroomError
from mailroom.net.carriers import LARGEST_BODY, Line, Transport, checked_address, same_number

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
KEYS = {"client_id": "me", "client_secret": "hush-hush", "api_key": "key-of-ours", "api_secret": "hush-hush"}
BY_ID = {one.id: one for one in all_interfaces()}
PDF = b"%PDF-1.4 of a signature"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reach(played: Any, clock: Clock) -> Iterator[Callable[..., Transport]]:
    made: list[Transport] = []

    def make(interface: str, *, timeout: float = 5.0, address: str = "", **keys: str) -> Transport:
        line = Line(address or played.address, timeout, gap=0.0)
        made.append(Transport(BY_ID[interface], line, KEYS | keys, clock))
        return made[-1]

    yield make
    for one in made:
        one.close()


def example(interface: str, at: int = 0) -> Any:
    return BY_ID[interface].examples[at]


@pytest.mark.parametrize("interface", sorted(BY_ID))
def test_every_interface_is_asked_and_read(interface: str, played: Any, reach: Callable[..., Transport]) -> None:
    given = example(interface)
    if interface == "fedex":
        import json

        whole = json.loads(given.body)["output"]["completeTrackResults"][0]
        played.script[given.number] = [played.Says(body=whole)]
    else:
        played.script[given.number] = [played.Says(body=given.body)]

    (reply,) = reach(interface).ask([given.number])

    assert (reply.number, reply.answer.outcome) == (given.number, Outcome.FOUND)
    assert reply.answer.status is given.status
    assert reply.http_status == 200
    assert reply.body
    assert "hush-hush" not in played.calls[-1].path


def test_a_token_is_kept_and_fetched_anew_when_it_is_refused(played: Any, reach: Callable[..., Transport]) -> None:
    given = example("ups")
    played.script[given.number] = [played.Says(body=given.body)]
    transport = reach("ups")

    transport.ask([given.number])
    transport.ask([given.number])
    assert played.tokens == 1

    played.revoke()  # the carrier takes it back in the middle of its life
    (reply,) = transport.ask([given.number])

    assert reply.answer.outcome is Outcome.FOUND
    assert played.tokens == 2


def test_a_token_that_ends_soon_is_fetched_anew(played: Any, reach: Callable[..., Transport], clock: Clock) -> None:
    given = example("usps")
    played.script[given.number] = [played.Says(body=given.body)]
    transport = reach("usps")

    transport.ask([given.number])
    clock.now += timedelta(seconds=28_799 - 30)
    transport.ask([given.number])

    assert played.tokens == 2


def test_wrong_keys_are_said_once_and_never_shown(played: Any, reach: Callable[..., Transport]) -> None:
    # GIVEN a carrier that repeats the key in its complaint
    words = {"error": "invalid_client", "error_description": "No client me/hush-hush"}
    played.token_says = played.Says(401, words)

    replies = reach("usps").ask(["9400100000000000000013", "9400100000000000000020"])

    assert [one.answer.outcome for one in replies] == [Outcome.BAD_CREDENTIALS] * 2
    assert all(one.whole for one in replies)
    assert len(played.seen) == 1
    assert "hush-hush" not in replies[0].answer.words + replies[0].body.decode()


def test_a_token_without_the_right_to_track_is_no_access(played: Any, reach: Callable[..., Transport]) -> None:
    played.token_says = played.Says(body={"access_token": "x", "scope": "addresses prices"})

    (reply,) = reach("usps").ask(["9400100000000000000013"])

    assert (reply.answer.outcome, reply.answer.reason, reply.whole) == (Outcome.NO_ACCESS, "scope_missing", True)


def test_pages_are_asked_for_until_one_is_not_full(played: Any, reach: Callable[..., Transport]) -> None:
    # GIVEN a number under which a carrier has six pieces, the newest on the second page
    def piece(day: int) -> dict[str, Any]:
        event = {"timestamp": f"2026-11-{day:02d}T10:00:00Z", "statusCode": "transit", "description": "On its way"}
        return {"id": "7000000011", "events": [event]}

    played.script["7000000011"] = [
        played.Says(body={"shipments": [piece(day) for day in range(1, 6)]}),
        played.Says(body={"shipments": [piece(20)]}),
    ]

    (reply,) = reach("dhl").ask(["7000000011"])

    assert [one.query["offset"] for one in played.calls] == [["0"], ["5"]]
    assert reply.answer.others > 0
    assert played.calls[0].headers["dhl-api-key"] == "key-of-ours"


def test_of_several_pages_the_newest_piece_wins_and_all_others_are_counted(
    played: Any, reach: Callable[..., Transport]
) -> None:
    # GIVEN seven pieces under one number, the one that moved last on the second page
    def piece(day: int, code: str = "transit") -> dict[str, Any]:
        event = {"timestamp": f"2026-11-{day:02d}T10:00:00Z", "statusCode": code, "description": "Its way"}
        return {"id": "7000000011", "events": [event]}

    played.script["7000000011"] = [
        played.Says(body={"shipments": [piece(day) for day in range(1, 6)]}),
        played.Says(body={"shipments": [piece(20, "delivered"), piece(3)]}),
    ]
    transport = reach("dhl")

    (reply,) = transport.ask(["7000000011"])

    assert (reply.answer.status, reply.answer.others) == (Status.DELIVERED, 6)
    assert b"2026-11-20" in reply.body
    assert (transport.take_calls(), transport.take_calls()) == (2, 0)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ({"status": 403, "body": {"errors": [{"code": "FORBIDDEN.ERROR", "message": "Not yours"}]}}, "NoAccess"),
        ({"status": 400, "body": {"errors": [{"code": "TRACKING.BAD", "message": "Not yours"}]}}, "UnknownNumber"),
        ({"status": 404, "body": {"errors": [{"code": "NOT.FOUND.ERROR", "message": "Not yours"}]}}, "UnknownNumber"),
    ],
)
def test_a_refusal_that_names_no_number_is_that_of_the_whole_batch(
    says: dict[str, Any], outcome: str, played: Any, reach: Callable[..., Transport]
) -> None:
    played.script["*"] = [played.Says(**says)]

    replies = reach("fedex").ask(["449044304137821", "449044304137832", "449044304137843"])

    assert [(one.answer.outcome, one.answer.words) for one in replies] == [(Outcome(outcome), "Not yours")] * 3
    assert not any(one.whole for one in replies)


def test_an_answer_that_names_some_numbers_says_nothing_of_the_others(
    played: Any, reach: Callable[..., Transport]
) -> None:
    played.script["449044304137821"] = [
        played.Says(
            body={"trackingNumber": "449044304137821", "trackResults": [{"latestStatusDetail": {"code": "PU"}}]}
        )
    ]
    played.script["449044304137832"] = [played.Says(body={"trackResults": [{"error": {"message": "Odd"}}]})]

    first, second = reach("fedex").ask(["449044304137821", "449044304137832"])

    assert (first.answer.outcome, second.answer.reason) == (Outcome.FOUND, "not_answered")


@pytest.mark.parametrize("life", ["9999999999999", "99999999999999999999", "9" * 5000, "²", "-1", "", 1e300, None])
def test_a_token_that_says_odd_things_of_its_life_is_used(
    life: object, played: Any, reach: Callable[..., Transport], clock: Clock
) -> None:
    played.token_says = played.Says(body={"access_token": "t", "expires_in": life, "scope": "tracking"})
    played.valid.add("t")
    played.script["*"] = [played.Says(body=example("usps").body)]
    transport = reach("usps")

    (reply,) = transport.ask([example("usps").number])
    clock.now += timedelta(days=1)
    transport.ask([example("usps").number])

    assert reply.answer.outcome is Outcome.FOUND
    assert len([one for one in played.seen if "token" in one.path]) == 2  # a day later another one


def test_tokens_repeats_and_proof_are_calls_too(played: Any, reach: Callable[..., Transport]) -> None:
    given = example("ups")
    played.script[given.number] = [played.Says(body=given.body)]
    transport = reach("ups")

    transport.ask([given.number])
    assert transport.take_calls() == 2
    played.revoke()
    transport.ask([given.number])
    assert transport.take_calls() == 3  # refused, a token, once more
    links = (ProofLink(ProofKind.LETTER, f"{played.address}/letter"),)
    transport.proof(given.number, TrackAnswer(Outcome.FOUND, given.number, proofs=links))
    assert transport.take_calls() == len(played.seen) - 5 == 1


@pytest.mark.parametrize("given", ["90", "Tue, 24 Nov 2026 15:01:30 GMT"])
def test_retry_after_is_kept_as_a_moment(given: str, played: Any, reach: Callable[..., Transport]) -> None:
    played.script["*"] = [played.Says(429, b"slow down", {"Retry-After": given})]

    (reply,) = reach("dhl").ask(["7000000011"])

    assert (reply.answer.outcome, reply.answer.retry_at) == (Outcome.RATE_LIMITED, NOW + timedelta(seconds=90))


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ({"status": 503, "body": b"<html>down</html>"}, "server_error"),
        ({"status": 200, "body": b"<html>log in</html>"}, "answer_unreadable"),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example"}}, "server_error"),
        ({"body": b'{"shipments": [', "how": "cut"}, "connection_cut"),
        ({"how": "reset"}, "connection_cut"),
    ],
    ids=["a web page", "a log-in page", "a way elsewhere", "a cut answer", "a cut connection"],
)
def test_what_goes_wrong_is_an_answer(
    says: dict[str, Any], reason: str, played: Any, reach: Callable[..., Transport]
) -> None:
    played.script["*"] = [played.Says(**says)]

    (reply,) = reach("dhl").ask(["7000000011"])

    assert (reply.answer.outcome, reply.answer.reason) == (Outcome.UNAVAILABLE, reason)


def test_a_flood_is_left_after_two_megabytes(played: Any, reach: Callable[..., Transport]) -> None:
    played.script["*"] = [played.Says(how="flood")]

    (reply,) = reach("dhl").ask(["7000000011"])

    assert (reply.answer.outcome, reply.answer.reason) == (Outcome.UNAVAILABLE, "answer_too_large")
    assert reply.body == b""
    assert played.flooded < 20 * LARGEST_BODY


def test_a_packed_flood_is_left_too(played: Any, reach: Callable[..., Transport]) -> None:
    import gzip

    packed = gzip.compress(b" " * (8 * LARGEST_BODY))
    played.script["*"] = [played.Says(body=packed, headers={"Content-Encoding": "gzip"})]

    (reply,) = reach("dhl").ask(["7000000011"])

    assert reply.answer.reason == "answer_too_large"


def test_a_silent_carrier_is_given_up(played: Any, reach: Callable[..., Transport]) -> None:
    played.script["*"] = [played.Says(how="silent")]

    (reply,) = reach("dhl", timeout=0.2).ask(["7000000011"])

    assert reply.answer.reason == "timed_out"


def test_a_call_under_way_ends_when_the_program_closes(played: Any, reach: Callable[..., Transport]) -> None:
    # GIVEN a carrier that says nothing for a minute
    transport = reach("dhl", timeout=60.0)
    asked = threading.Event()

    def respond(_seen: Any) -> Any:
        asked.set()
        return played.Says(how="silent")

    played.respond = respond
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.extend(transport.ask(["7000000011"])))
    thread.start()
    assert asked.wait(60)

    transport.stop()
    thread.join(60)

    assert not thread.is_alive()
    assert found[0].answer.reason == "stopped"


def test_nobody_at_the_address(reach: Callable[..., Transport]) -> None:
    (reply,) = reach("dhl", address="http://127.0.0.1:9").ask(["7000000011"])

    assert (reply.answer.outcome, reply.answer.reason) == (Outcome.UNAVAILABLE, "connection_failed")


def test_an_answer_about_another_number_is_no_answer(played: Any, reach: Callable[..., Transport]) -> None:
    played.script["7000000099"] = [played.Says(body=example("dhl").body)]

    (reply,) = reach("dhl").ask(["7000000099"])

    assert (reply.answer.outcome, reply.answer.reason) == (Outcome.UNAVAILABLE, "other_number")
    assert reply.answer.events == ()


def test_thirty_one_numbers_are_two_calls(played: Any, reach: Callable[..., Transport]) -> None:
    numbers = [f"4490443041{step:05d}" for step in range(31)]
    for one in numbers:
        played.script[one] = [
            played.Says(body={"trackingNumber": one, "trackResults": [{"latestStatusDetail": {"code": "PU"}}]})
        ]

    replies = reach("fedex").ask(numbers)

    assert len(played.calls) == 2
    assert [one.number for one in replies] == numbers
    assert {one.answer.status for one in replies} == {Status.ACCEPTED}


def test_proof_is_fetched_from_the_carrier_alone(played: Any, reach: Callable[..., Transport]) -> None:
    # GIVEN an answer that names a letter at the carrier's, and one at somebody else's
    played.respond = lambda seen: played.Says(body=PDF) if seen.path == "/letter" else None
    links = (
        ProofLink(ProofKind.LETTER, f"{played.address}/letter"),
        ProofLink(ProofKind.LETTER, "http://127.0.0.1:9/letter"),
    )

    found = reach("dhl").proof("7000000011", TrackAnswer(Outcome.FOUND, "7000000011", proofs=links))

    assert [one.data for one in found] == [PDF]
    assert "dhl-api-key" not in played.seen[-1].headers


def test_a_signature_document_is_asked_for(played: Any, reach: Callable[..., Transport]) -> None:
    import base64

    document = {"output": {"documents": [base64.b64encode(PDF).decode()]}}
    played.respond = lambda seen: played.Says(body=document) if "documents" in seen.path else None

    found = reach("fedex").proof("449044304137821", TrackAnswer(Outcome.FOUND, proof_on_request=True))

    assert [one.data for one in found] == [PDF]


@pytest.mark.parametrize(
    "address",
    [
        "http://apis.example.com",
        "ftp://x",
        "apis.example.com",
        "https://",
        "https://me:secret@x.example",
        "https://x?y",
    ],
)
def test_keys_are_never_sent_unsealed(address: str) -> None:
    with pytest.raises(MailroomError) as refused:
        checked_address(address)

    assert refused.value.code == "carrier_address_bad"


@pytest.mark.parametrize(
    ("asked", "given", "same"),
    [
        ("9400 1000 0000 0000 0000 13", "9400100000000000000013", True),
        ("420484649400100000000000000013", "9400100000000000000013", True),
        ("9400100000000000000013", "9400100000000000000020", False),
        ("12345678", "", False),
        ("123", "23", False),
    ],
)
def test_numbers_are_compared_without_blanks_and_routing(asked: str, given: str, same: bool) -> None:
    assert same_number(asked, given) is same
