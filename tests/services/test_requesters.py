"""Mails to requesters: by a real mail server of this machine or as drafts; once, on record, never to who opted out."""

import dataclasses
import email
import email.policy
import ssl
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.requesters import MailServer, NoticeSettings, Security, is_address, unknown_fields
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.net.mail import MailLine
from mailroom.services.office import Office
from mailroom.wording.errors import error_remedy
from mailroom.wording.events import event_title

NUMBERS = ("1Z6R44100366174260", "1Z6R44100366174279", "9400111899561000000009")


def piece(office: Office, read: Callable[..., Any], number: str, to: str, **more: Any) -> str:
    fields = PieceFields(recipient=Party(name="Ida Low"), requester="R. Tan", requester_email=to, order="7", **more)
    done = office.intake.record(office.operator, read(number), fields)
    assert done.row is not None
    return done.row.shipment.id


def happens(office: Office, id_: str, status: Status, text: str = "Left at the {office} <b>desk</b>") -> None:
    draft = EventDraft(parse_carrier_time("2026-11-19T10:00-06:00"), status, text=text, place="Reno NV")
    office.timeline.add_event(office.operator, id_, draft)


ALL = NoticeSettings(kinds=("delivered", "exception", "pickup", "return"))


def test_each_is_told_once_a_day_and_it_is_on_record(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], played_mail: Any, clock: Any
) -> None:
    # GIVEN two pieces of one person, one of somebody who wants nothing, one of an address that does not exist
    office.requesters.change(who, dataclasses.replace(ALL, server=played_mail.server, opted_out=("out@example.org",)))
    one, two = (
        piece(office, read, NUMBERS[0], "R.Tan@Example.org"),
        piece(office, read, NUMBERS[1], "r.tan@example.org"),
    )
    happens(office, one, Status.DELIVERED)
    happens(office, two, Status.AVAILABLE_FOR_PICKUP)
    for at, (to, more) in enumerate(
        [("out@example.org", {}), ("x@example.org", {"requester_opt_out": True}), ("no@a.b", {})]
    ):
        number = f"1Z999AA1012345678{(4, 5, 6)[at]}" if at == 0 else ("766405636952", "9400117947734440521950")[at - 1]
        happens(office, piece(office, read, number, to, **more), Status.DELIVERED)
    assert [(one.to, len(one.pieces)) for one in office.requesters.due(who)] == [
        ("r.tan@example.org", 2),
        ("no@a.b", 1),
    ]

    # WHEN what is due is sent
    done = office.requesters.send_due(who)

    # THEN one mail has both pieces, the refusal is told, and nothing is sent twice
    assert (done.sent, [trouble.code for trouble in done.refused]) == (1, ["mail_refused"])
    assert "nobody of that name" in str(done.refused[0].facts["answer"])
    (sent,) = played_mail.box.mails
    text = sent.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert (sent["To"], sent["From"]) == ("r.tan@example.org", "mailroom@example.org")
    assert NUMBERS[0] in text
    assert NUMBERS[1] in text
    assert "Left at the {office} <b>desk</b>" in text  # nobody's words are filled in
    event = next(each for each in office.shipments.get(who, one).events if each.kind is EventKind.TOLD)
    assert event_title(event) == "Requester told: Delivered"
    assert [each.to for each in office.requesters.due(who)] == ["no@a.b"]
    assert office.requesters.due(who, refused_too=False) == ()  # unasked, nobody tries a dead address again

    # and the next piece of that day waits until tomorrow
    happens(office, two, Status.RETURN_TO_SENDER, "Unclaimed")
    assert [each.to for each in office.requesters.due(who)] == ["no@a.b"]
    clock.forward(days=1)
    assert "r.tan@example.org" in [each.to for each in office.requesters.due(who)]
    assert not office.safety.check(who)


def test_drafts_and_templates_of_the_office(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    template = "Here: {order}\n\nDear {requester}, {recipient} has it. {status}"
    wanted = dataclasses.replace(ALL, once_a_day=False, templates=(("delivered", template),))
    assert office.requesters.change(who, wanted) == office.requesters.settings(who) == wanted
    ids = [piece(office, read, number, "a@b.example") for number in NUMBERS[:2]]
    for id_ in ids:
        happens(office, id_, Status.DELIVERED)

    # WHEN the disk refuses the second one, THEN that one is still due, and nothing says that it was told
    drafts: dict[str, bytes] = {}

    def save(name: str, data: bytes) -> None:
        if len(drafts) == 1:
            raise MailroomError("output_unwritable", path=name)
        drafts[name] = data

    with pytest.raises(MailroomError, match="output_unwritable"):
        office.requesters.take_drafts(who, save)
    assert len(office.requesters.due(who)) == 1
    assert office.requesters.take_drafts(who, drafts.__setitem__) == 1
    assert len(drafts) == 2
    told = [one for id_ in ids for one in office.shipments.get(who, id_).events]
    titles = [event_title(one) for one in told if one.kind is EventKind.TOLD]
    assert titles == ["Draft for the requester saved: Delivered"] * 2
    parsed = email.message_from_bytes(next(iter(drafts.values())), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert (parsed["Subject"], parsed["X-Unsent"]) == ("Here: 7", "1")
    assert "Dear R. Tan, Ida Low has it. Delivered" in parsed.get_content()
    assert office.requesters.due(who) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"templates": (("delivered", "{nobody}"),)}, "template_field_unknown"),
        ({"templates": (("gone", "x"),)}, "setting_bad"),
        ({"opted_out": ("a b@c",)}, "mail_address_bad"),
        ({"server": MailServer(sender="x\r\nBcc: y@z")}, "mail_address_bad"),
        ({"server": MailServer(port=0)}, "setting_bad"),
        ({"server": MailServer(host="a b")}, "setting_bad"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, who: Operator, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(MailroomError) as refused:
        office.requesters.change(who, dataclasses.replace(ALL, **changes))
    assert refused.value.code == code
    assert office.requesters.opt_out(who, "A@b.example").opted_out == ("a@b.example",)
    assert office.requesters.opt_out(who, "a@b.example", out=False).opted_out == ()


def test_without_a_key_store_the_remedy_names_the_variable(office: Office, who: Operator) -> None:
    with pytest.raises(MailroomError) as refused:
        office.requesters.change(who, ALL, "secret")
    assert refused.value.code == "no_key_store_for_mail"
    assert "MAILROOM_MAIL_PASSWORD" in error_remedy(refused.value)


def test_a_server_without_starttls_is_told_as_that(played_mail: Any) -> None:
    server = dataclasses.replace(played_mail.server, security=Security.STARTTLS)
    with pytest.raises(MailroomError) as refused:
        MailLine().send(server, "", [])
    assert refused.value.code == "mail_without_starttls"


def test_addresses_and_fields() -> None:
    assert is_address("a.b+c@example.org")
    for text in ("", "a", "a@", "@b", "a@b..c", "a b@c", "a@b>", "a@-b", "Ä <a@b>"):
        assert not is_address(text), text
    assert unknown_fields("{number} {x} {}") == ("x", "")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody but the test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


def _let_in(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given.password == b"right", handled=False)


def test_a_closed_line_is_checked_and_logged_in_on(
    played_mail: Any, certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, context = certificate
    closed = {"tls_context": context, "authenticator": _let_in, "auth_require_tls": True}
    message = EmailMessage()
    message["To"], message["From"] = "a@example.org", "m@example.org"
    with sys.modules[type(played_mail).__module__].played(**closed) as mails:
        server = dataclasses.replace(mails.server, security=Security.STARTTLS, user="me", sender="m@example.org")
        # nobody trusts it: nothing is sent, and there is no switch
        for wanted, code in (
            (server, "mail_certificate_bad"),
            (dataclasses.replace(server, port=1), "mail_unreachable"),
        ):
            with pytest.raises(MailroomError) as refused:
                MailLine().send(wanted, "right", [message])
            assert refused.value.code == code
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with pytest.raises(MailroomError) as refused:
            MailLine().send(server, "wrong", [message])
        assert refused.value.code == "mail_login_refused"
        assert "wrong" not in str(refused.value)
        assert MailLine().send(server, "right", [message]) == [None]
        assert [one["To"] for one in mails.box.mails] == ["a@example.org"]


@pytest.mark.parametrize(
    ("server", "code"),
    [
        (MailServer(), "mail_server_missing"),
        (MailServer("mail.example.org"), "mail_sender_missing"),
        (MailServer("mail.example.org", security=Security.NONE, sender="a@b.example"), "mail_line_open"),
    ],
)
def test_no_server_and_no_open_line(server: MailServer, code: str) -> None:
    with pytest.raises(MailroomError) as refused:
        MailLine().send(server, "", [])
    assert refused.value.code == code
