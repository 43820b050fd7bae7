"""Bad input from carriers' interfaces: each row of the list with what has to come of it."""

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mailroom.domain.operator import Operator
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventSource
from mailroom.domain.tracking import Outcome
from mailroom.services.office import Office
from mailroom.wording.tracking import outcome_words

NUMBER = "1Z999AA10123456784"
SECRET = "key-that-nobody-sees"


@pytest.fixture
def use(office: Office, who: Operator, monkeypatch: pytest.MonkeyPatch, read: Any) -> Iterator[Callable[[str], str]]:
    """Switch UPS on at an address, with one piece on record; its id."""
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_ID", "somebody")
    monkeypatch.setenv("MAILROOM_UPS_CLIENT_SECRET", SECRET)

    def on(address: str, timeout: int = 5) -> str:
        office.tracking.change(who, "ups", enabled=True, address=address, gap_ms=0, timeout=timeout)
        done = office.intake.record(who, read(NUMBER))
        assert done.row is not None
        return done.row.shipment.id

    yield on
    office.tracking.close()


def event(words: str, code: str, day: str, clock: str, zone: str = "-05:00") -> dict[str, Any]:
    offset = {"gmtOffset": zone} if zone else {}
    status = {"type": "I", "statusCode": code, "description": words}
    return {"status": status, "date": day, "time": clock, **offset}


def body(*events: dict[str, Any]) -> dict[str, Any]:
    package = {"trackingNumber": NUMBER, "activity": list(events)}
    return {"trackResponse": {"shipment": [{"inquiryNumber": NUMBER, "package": [package]}]}}


@pytest.mark.parametrize("bad", ["B122"])
@pytest.mark.parametrize(
    "says",
    [
        {"how": "silent"},
        {"status": 429, "headers": {"Retry-After": "600"}},
        {"status": 500, "body": b"oops"},
        {"status": 503, "body": b"<html>"},
        {"how": "reset"},
        None,
    ],
    ids=["time-out", "429", "500", "503", "reset", "no such host"],
)
def test_a_carrier_out_of_order_changes_nothing_on_record(
    bad: str, says: dict[str, Any] | None, office: Office, who: Operator, use: Any, played: Any, clock: Any
) -> None:
    # GIVEN a piece whose status is known
    shipment_id = use(played.address if says else "https://carrier.invalid", 1)
    before = office.shipments.get(who, shipment_id).row.shipment.status_at
    played.script[NUMBER] = [played.Says(**(says or {}))]

    (asked,) = office.tracking.ask_due(who)

    assert asked.outcome in (Outcome.UNAVAILABLE, Outcome.RATE_LIMITED)
    assert asked.retry_at is not None
    assert clock.now < asked.retry_at <= clock.now + dt.timedelta(hours=6)
    assert office.tracking.ask_due(who) == ()
    shipment = office.shipments.get(who, shipment_id).row.shipment
    assert (shipment.status, shipment.status_at) == (Status.LABEL_CREATED, before)


@pytest.mark.parametrize("bad", ["B124"])
def test_odd_times_are_kept_as_given_and_repeats_once(
    bad: str, office: Office, who: Operator, use: Any, played: Any
) -> None:
    shipment_id = use(played.address)
    ahead = event("Departed", "005", "20271224", "101500")
    bare = event("Arrived", "005", "20261119", "080000", "")
    early = event("Picked up", "038", "20261118", "170000")
    unreadable = event("Somewhere", "005", "2026", "99")
    played.script[NUMBER] = [played.Says(body=body(early, ahead, bare, bare, unreadable))]

    (asked,) = office.tracking.ask(who, (shipment_id,))
    (again,) = office.tracking.ask(who, (shipment_id,))

    detail = office.shipments.get(who, shipment_id)
    found = [one for one in detail.events if one.source is EventSource.CARRIER]
    assert (asked.added, asked.unplaced, again.added) == (3, 1, 0)
    assert [str(one.happened) for one in found] == [
        "2027-12-24T10:15:00-05:00",
        "2026-11-19T08:00:00",
        "2026-11-18T17:00:00-05:00",
    ]


@pytest.mark.parametrize("bad", ["B125"])
def test_a_status_that_nobody_knows_stays_in_the_carriers_words(
    bad: str, office: Office, who: Operator, use: Any, played: Any
) -> None:
    shipment_id = use(played.address)
    odd = event("Zorp gleamed", "987", "20261120", "101500") | {}
    odd["status"]["type"] = "Q"
    played.script[NUMBER] = [played.Says(body=body(odd, event("Departed", "005", "20261119", "101500")))]

    office.tracking.ask(who, (shipment_id,))

    detail = office.shipments.get(who, shipment_id)
    newest = next(one for one in detail.events if one.source is EventSource.CARRIER)
    assert (newest.status, newest.code, newest.text) == (Status.UNKNOWN, "987", "Zorp gleamed")
    assert detail.row.shipment.status is Status.IN_TRANSIT


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[str]:
    """The address of a server whose certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - dt.timedelta(days=2))
    signed = builder.not_valid_after(now + dt.timedelta(days=2)).add_extension(host, critical=False)
    certificate = signed.sign(key, hashes.SHA256())
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file = tmp_path / "server.pem"
    file.write_bytes(key.private_bytes(kind, form, serialization.NoEncryption()) + certificate.public_bytes(kind))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    class Quiet(HTTPServer):
        def handle_error(self, *_parts: object) -> None:
            return None

    server = Quiet(("127.0.0.1", 0), None)  # type: ignore[arg-type]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("bad", ["B127"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    bad: str, office: Office, who: Operator, use: Any, self_signed: str
) -> None:
    use(self_signed)

    (asked,) = office.tracking.ask_due(who)

    assert (asked.outcome, asked.reason) == (Outcome.UNAVAILABLE, "certificate_bad")
    assert "certificate" in outcome_words(asked.outcome, asked.reason)


@pytest.mark.parametrize("bad", ["B128"])
def test_a_key_in_a_complaint_is_blacked_out(
    bad: str, office: Office, who: Operator, use: Any, played: Any, caplog: pytest.LogCaptureFixture
) -> None:
    shipment_id = use(played.address)
    played.script[NUMBER] = [
        played.Says(403, {"response": {"errors": [{"code": "1", "message": f"{SECRET} may not see this"}]}})
    ]
    caplog.set_level("DEBUG")

    (asked,) = office.tracking.ask_due(who)
    (told,) = office.tracking.asked(who, shipment_id)

    assert asked.words == told.words == "••• may not see this"
    assert SECRET not in caplog.text
    assert NUMBER not in caplog.text  # a log holds no whole numbers
    assert not [one for one in played.calls if SECRET in one.path + str(one.query)]
