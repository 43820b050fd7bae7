"""The digest of the work list: a paper on record, a draft, and a mail to the address that is set."""

import email
import email.policy
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.requesters import MailServer, NoticeSettings
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.digest import Form
from mailroom.services.office import Office


def read_text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_digest_says_what_the_list_says(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    # GIVEN a piece in trouble and one that is fine
    fields = PieceFields(recipient=Party(name="Ida <b>Low</b>"))
    for number, status in (("1Z6R44100366174260", Status.EXCEPTION), ("1Z6R44100366174279", Status.IN_TRANSIT)):
        done = office.intake.record(who, read(number), fields)
        assert done.row is not None
        when = parse_carrier_time("2026-11-20T08:00-06:00")
        office.timeline.add_event(who, done.row.shipment.id, EventDraft(when, status, text="Address & number unknown"))
    office.attention.refresh(who)

    paper = office.digest.make(who, Form.PDF)
    draft = office.digest.make(who, Form.MAIL)

    # THEN both name the one and not the other, and only the paper has a number on record
    words = " ".join(read_text(paper.data).split())
    parsed = email.message_from_bytes(draft.data, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    for text in (words, " ".join(parsed.get_content().split())):
        assert "Address & number unknown" in text
        assert "1Z 6R4 410 03 6617 4260" in text or "1Z6R44100366174260" in text.replace(" ", "")
        assert "1Z6R44100366174279" not in text.replace(" ", "")
    assert "Ida <b>Low</b>" in words
    assert (paper.alerts, paper.number.startswith("DIG-2026-A"), draft.number) == (1, True, "")
    assert office.papers.documents(who, 5)[0].number == paper.number


def test_it_is_sent_where_it_is_wanted(office: Office, who: Operator) -> None:
    with pytest.raises(MailroomError, match="digest_to_nobody"):
        office.digest.send(who)
    wanted = NoticeSettings(server=MailServer("127.0.0.1", 1, sender="a@b.example"), digest="boss@b.example")
    assert office.requesters.change(who, wanted).digest == "boss@b.example"
    with pytest.raises(MailroomError, match="mail_unreachable"):
        office.digest.send(who)


def test_an_empty_list_is_said(office: Office, who: Operator, clock: Any) -> None:
    office.attention.refresh(who)
    digest = office.digest.make(who, Form.PDF)
    assert digest.alerts == 0
    assert "0 alerts are open" in " ".join(read_text(digest.data).split())
