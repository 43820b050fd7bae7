"""Carriers' e-mails: which piece, what its words mean, when; never above what the carrier's interface says."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.reading import Reading
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventSource, TimelineEvent
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.exchange.mail import html_words, read_mail
from mailroom.services.exchange.notices import numbers_in
from mailroom.services.office import Office
from mailroom.services.timeline import event_of_draft
from mailroom.wording.events import source_text
from mailroom.wording.exchange import notice_text
from mailroom.wording.statuses import standing_word

UPS = "1Z6R44100366174260"
OTHER = "1Z6R44100366174279"


@pytest.fixture
def piece(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> str:
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    return done.row.shipment.id


def mail(folder: Path, subject: str, text: str = "", html: str = "", name: str = "notice.eml", **heads: str) -> Path:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = heads.get("sender", "UPS <pkginfo@ups.com>")
    if heads.get("date", "-") != "":
        message["Date"] = heads.get("date", "Thu, 19 Nov 2026 16:20:05 -0600")
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    message.add_attachment(b"%PDF-1.4 nothing", maintype="application", subtype="pdf", filename="a.pdf")
    path = folder / name
    path.write_bytes(message.as_bytes())
    return path


def notices(office: Office, who: Operator, id_: str) -> list[TimelineEvent]:
    return [one for one in office.shipments.get(who, id_).events if one.source is EventSource.NOTICE]


def test_a_notice_is_on_record_once_and_marked(office: Office, who: Operator, piece: str, tmp_path: Path) -> None:
    # GIVEN a mail that hides words nobody sees
    html = (
        "<html><head><style>p{}</style><script>var x='1Z6R44100366174279 delivered'</script></head><body>"
        f"<p>Hello,</p><table><tr><td>Tracking</td><td><b>1Z 6R4 410 03 6617 4260</b></td></tr></table><p>{UPS}</p>"
        "<p>Your package was <i>delivered</i> at 1:21 pm on November 18, 2026 at the front desk.</p></body></html>"
    )
    path = mail(tmp_path, "An update", html=html)

    report = office.exchange.import_notice(who, path)

    # THEN piece, status and the time that it names, without a zone, are there; a repeat adds nothing
    assert (report.added, report.status, str(report.happened)) == (True, Status.DELIVERED, "2026-11-18T13:21")
    event = notices(office, who, piece)[0]
    assert (event.source_name, dict(event.facts)["certain"], event.file_name) == ("UPS", "no", "notice.eml")
    assert "not certain" in source_text(event)
    assert event.text.startswith("Your package was")
    assert office.exchange.import_notice(who, path).added is False
    assert len(notices(office, who, piece)) == 1
    assert office.shipments.get(who, piece).row.shipment.status is Status.DELIVERED


def test_a_notice_never_wins_over_the_carriers_own_event(
    office: Office, who: Operator, piece: str, tmp_path: Path
) -> None:
    draft = EventDraft(
        parse_carrier_time("2026-11-18T08:00-06:00"), Status.EXCEPTION, code="059", text="Damage reported"
    )
    desk = office.timeline.desk
    event = event_of_draft(draft, piece, who, desk.clock(), desk, EventSource.CARRIER)
    desk.accept(who, "events_added", piece, {"events": [event_json(event)]})

    assert office.exchange.import_notice(who, mail(tmp_path, f"{UPS} was delivered")).added

    assert office.shipments.get(who, piece).row.shipment.status is Status.EXCEPTION
    assert str(notices(office, who, piece)[0].happened) == "2026-11-19T16:20:05-06:00"  # of the mail, and said so
    assert "time of the mail" in source_text(notices(office, who, piece)[0])


@pytest.mark.parametrize(
    ("subject", "more", "code"),
    [
        ("Delivered: 1Z9999999999999999", {}, "notice_without_number"),
        (f"Delivered: {UPS} and {OTHER}", {}, "notice_several_pieces"),
        (f"Delivered: {UPS}", {"date": ""}, "notice_without_date"),
        (f"Delivered: {UPS}", {"date": "Wed, 19 Nov 2036 16:20:05 -0600"}, "event_in_future"),
        (f"Delivered: {UPS}", {"date": "yesterday"}, "notice_without_date"),
    ],
)
def test_what_a_mail_does_not_say_is_refused(
    office: Office,
    who: Operator,
    piece: str,
    read: Callable[..., tuple[Reading, ...]],
    tmp_path: Path,
    subject: str,
    more: dict[str, str],
    code: str,
) -> None:
    office.intake.record(who, read(OTHER))
    with pytest.raises(MailroomError) as refused:
        office.exchange.import_notice(who, mail(tmp_path, subject, **more))
    assert refused.value.code == code
    assert notices(office, who, piece) == []


def test_a_stranger_changes_no_status_and_clears_nothing(
    office: Office, who: Operator, piece: str, tmp_path: Path
) -> None:
    # GIVEN a piece that is late
    draft = EventDraft(parse_carrier_time("2026-11-05T08:00-06:00"), Status.IN_TRANSIT, text="Departed")
    office.timeline.add_event(who, piece, draft)
    office.attention.refresh(who)
    before = {row.alert.kind for row in office.attention.alerts(who)}
    assert "no_movement" in before

    # WHEN somebody who is no carrier writes that it was delivered
    path = mail(tmp_path, f"{UPS} was delivered", sender="UPS <usps@evil.example>")
    report = office.exchange.import_notice(who, path)

    # THEN the words are kept, with whose they are; the status stays, and what was on the list too
    assert (report.added, report.status, report.stranger) == (True, Status.UNKNOWN, "evil.example")
    assert notices(office, who, piece)[0].text == f"{UPS} was delivered"
    shipment = office.shipments.get(who, piece).row.shipment
    assert (shipment.status, shipment.unsure) == (Status.IN_TRANSIT, False)
    assert "evil.example" in notice_text(UPS, report.status, added=True, stranger=report.stranger)
    assert notice_text(UPS, report.status, added=False) == f"{UPS}: this mail was taken in before"

    # and a carrier's own mail is believed, with a question mark
    office.exchange.import_notice(who, mail(tmp_path, f"{UPS} was delivered", name="own.eml"))
    shipment = office.shipments.get(who, piece).row.shipment
    assert (shipment.status, shipment.unsure) == (Status.DELIVERED, True)
    assert standing_word(shipment.status, unsure=shipment.unsure) == "Delivered?"


def test_a_sentence_says_more_than_the_subject(office: Office, who: Operator, piece: str, tmp_path: Path) -> None:
    sentence = "Your item was delivered to the front desk at 10:04 am on November 18, 2026 in SPRINGFIELD, IL 62701."
    office.exchange.import_notice(who, mail(tmp_path, f"UPS Delivered {UPS}", f"Delivered\n\n{sentence}\n\nThank you."))
    event = notices(office, who, piece)[0]
    assert (event.text, str(event.happened)) == (sentence, "2026-11-18T10:04")


def test_words_of_nobody_leave_the_status_alone_and_name_the_sender(
    office: Office, who: Operator, piece: str, tmp_path: Path
) -> None:
    path = mail(tmp_path, f"About {UPS}", "Nothing new under the sun.", sender="x@ups.com.evil.example")
    assert office.exchange.import_notice(who, path).status is Status.UNKNOWN
    assert notices(office, who, piece)[0].source_name == "ups.com.evil.example"
    assert office.shipments.get(who, piece).row.shipment.status is Status.LABEL_CREATED


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"just words\n\nmore words"])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(MailroomError, match="notice_not_mail"):
        read_mail(data, "x.eml")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Type: text/plain; charset=no-such\n",
        b"Content-Type: multipart/mixed; boundary=x\n",
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n",
        b"From: =?utf-8?B?////?= <a@b>\nDate: \xff\xfe\n",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(head: bytes) -> None:
    found = read_mail(b"Subject: Hello\n" + head + b"\nBody " + b"<p>" * 5000 + b"\xff\n--x\n", "x.eml")
    assert found["subject"] == "Hello"


def test_words_and_numbers_of_a_line() -> None:
    assert html_words("a<br>b &amp; <!-- no --><title>no</title>c").split() == ["a", "b", "&", "c"]
    assert "9400111899561000001234" in set(numbers_in("No. 9400 1118 9956 1000 0012 34, thanks"))
    assert UPS in set(numbers_in(f"({UPS})"))
    assert not list(numbers_in("unsubscribe preferences"))
