"""Mails that go out by themselves: by one desk at a time, the digest once a day, a dead server left alone."""

import dataclasses
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.requesters import MailServer, NoticeSettings, Security, is_clock
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.office import Office, make_office
from mailroom.wording.errors import error_text
from mailroom.wording.events import event_title, told_text

WANTED = NoticeSettings(kinds=("delivered",), by_itself=True)
Read = Callable[..., tuple[Reading, ...]]


def delivered(office: Office, read: Read, number: str, to: str) -> str:
    fields = PieceFields(recipient=Party(name="Ida Low"), requester="R. Tan", requester_email=to)
    done = office.intake.record(office.operator, read(number), fields)
    assert done.row is not None
    draft = EventDraft(parse_carrier_time("2026-11-19T10:00-06:00"), Status.DELIVERED, text="Left at the desk")
    office.timeline.add_event(office.operator, done.row.shipment.id, draft)
    return done.row.shipment.id


def test_notices_go_out_once_whichever_desk_has_its_turn(
    office: Office, who: Operator, read: Read, played_mail: Any, clock: Any
) -> None:
    # GIVEN one that can be told, one whose address is dead, one whose server asks to wait
    office.requesters.change(who, dataclasses.replace(WANTED, server=played_mail.server))
    delivered(office, read, "1Z6R44100366174260", "a@b.example")
    dead = delivered(office, read, "1Z6R44100366174279", "no@b.example")
    delivered(office, read, "9400117947734440521950", "later@b.example")
    other = make_office(office.desk, who)  # a second desk, with the same record

    # WHEN both desks look at once
    first, second = office.mail_rounds.run(who), other.mail_rounds.run(who)

    # THEN one of them sent, each address was asked once
    assert first is not None
    assert second is None
    assert (first.notices.sent, len(first.notices.refused), first.trouble) == (1, 2, None)
    assert played_mail.box.asked == ["a@b.example", "no@b.example", "later@b.example"]

    # and the next round is later, and asks for the one alone that was put off
    clock.forward(minutes=9)
    assert office.mail_rounds.run(who) is None
    clock.forward(minutes=2)
    again = other.mail_rounds.run(who)
    assert again is not None
    assert played_mail.box.asked[3:] == ["later@b.example"]
    events = [one for one in office.shipments.get(who, dead).events if one.kind is EventKind.TOLD]
    assert [event_title(one) for one in events] == ["Requester could not be told: Delivered"]
    assert told_text(events[0]) == "The mail server refused the mail to no@b.example"

    # and a person who presses tries the dead one again, too
    assert {one.to for one in office.requesters.due(who)} == {"no@b.example", "later@b.example"}
    assert not office.safety.check(who)


def test_the_digest_goes_out_once_a_day_from_its_hour(
    office: Office, who: Operator, read: Read, played_mail: Any, clock: Any, other_role: Callable[..., Operator]
) -> None:
    office.settings.change_office(who, zone="America/Chicago")
    wanted = NoticeSettings(server=played_mail.server, digest="boss@b.example", digest_at="09:30")
    office.requesters.change(who, wanted)
    clock.now = datetime.fromisoformat("2026-11-20T15:29:00+00:00")  # 9:29 in Chicago
    assert office.mail_rounds.run(who) is None
    clock.forward(minutes=2)
    clerk = other_role(who, Role.CLERK, "legal")  # who sends it sees one department, the digest has them all
    done = office.mail_rounds.run(clerk)
    assert done is not None
    assert done.digest_to == "boss@b.example"
    for hours in (1, 10):
        clock.forward(hours=hours)
        assert office.mail_rounds.run(who) is None
    clock.forward(hours=12)  # the next morning before its hour, then after it
    assert office.mail_rounds.run(who) is None
    clock.forward(hours=2)
    assert office.mail_rounds.run(who) is not None
    assert [one["To"] for one in played_mail.box.mails] == ["boss@b.example"] * 2
    standing = office.mail_rounds.standing(who)
    assert (standing.digest, standing.notices, standing.trouble) == (True, False, None)


def test_a_digest_whose_hour_passed_with_no_window_open_goes_with_the_next_one(
    office: Office, who: Operator, played_mail: Any, clock: Any
) -> None:
    office.settings.change_office(who, zone="America/Chicago")
    wanted = NoticeSettings(server=played_mail.server, digest="boss@b.example", digest_at="18:00")
    office.requesters.change(who, wanted)

    def sent_at(moment: str) -> bool:
        clock.now = datetime.fromisoformat(f"{moment}-06:00").astimezone(UTC)
        return office.mail_rounds.run(who) is not None

    # GIVEN that it never went: nothing of before is made up for
    assert [sent_at(f"2026-11-19T{hour}") for hour in ("09:00", "18:05", "19:00")] == [False, True, False]
    # WHEN the desks close before its hour on Friday, THEN it goes on Monday morning, and again in the evening
    assert [sent_at(f"2026-11-20T{hour}") for hour in ("09:00", "17:50")] == [False, False]
    assert [sent_at(f"2026-11-23T{hour}") for hour in ("08:00", "12:00", "17:59")] == [True, False, False]
    assert not sent_at("2026-11-23T18:01")  # one a day is enough
    assert sent_at("2026-11-24T18:01")

    # WHEN a clock ran a year ahead once, THEN it goes on all the same
    assert sent_at("2027-11-25T18:01")
    assert sent_at("2026-11-25T18:01")
    assert len(played_mail.box.mails) == 5


def test_a_server_that_does_not_answer_is_left_alone(office: Office, who: Operator, read: Read, clock: Any) -> None:
    office.requesters.change(who, dataclasses.replace(WANTED, server=MailServer("127.0.0.1", 1, sender="m@b.example")))
    delivered(office, read, "1Z6R44100366174260", "a@b.example")
    first = office.mail_rounds.run(who)
    assert first is not None
    assert first.trouble is not None
    assert (first.trouble.code, first.again) == ("mail_unreachable", False)
    reopened = make_office(office.desk, who)
    assert reopened.mail_rounds.run(who) is None
    standing = reopened.mail_rounds.standing(who)
    assert standing.trouble is not None
    assert standing.trouble.facts["host"] == "127.0.0.1"
    assert standing.retry_at is not None
    clock.now = standing.retry_at
    second = reopened.mail_rounds.run(who)
    assert second is not None
    assert second.again
    assert office.requesters.due(who)[0].to == "a@b.example"  # nothing is lost


def test_a_server_that_says_nothing_does_not_hold_up_the_end(
    office: Office, who: Operator, read: Read, clock: Any
) -> None:
    # GIVEN a server that takes the connection and never speaks
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], Security.NONE, sender="m@b.example", timeout=600)
        office.requesters.change(who, dataclasses.replace(WANTED, server=server))
        delivered(office, read, "1Z6R44100366174260", "a@b.example")
        office.mail_rounds.begin()
        with ThreadPoolExecutor(1) as thread:
            sending = thread.submit(office.mail_rounds.run, who)
            caller, _address = silent.accept()

            # WHEN the program closes
            office.mail_rounds.stop()

            # THEN the round is over, nothing is held against the server, and the mail is due the next time
            done = sending.result(timeout=60)
            caller.close()
    assert done is not None
    assert done.trouble is None
    assert office.mail_rounds.standing(who).failures == 0
    clock.forward(hours=1)
    silenced = office.mail_rounds.run(who)
    assert silenced is not None
    assert silenced.notices.sent == 0
    office.mail_rounds.begin()
    assert [one.to for one in office.requesters.due(who)] == ["a@b.example"]


def test_nobody_is_told_for_certain_what_only_a_mail_says(
    office: Office, who: Operator, read: Read, played_mail: Any, tmp_path: Path
) -> None:
    office.requesters.change(who, dataclasses.replace(WANTED, server=played_mail.server))
    fields = PieceFields(recipient=Party(name="Ida Low"), requester_email="a@b.example")
    done = office.intake.record(who, read("1Z6R44100366174260"), fields)
    assert done.row is not None
    notice = tmp_path / "notice.eml"
    words = "Subject: 1Z6R44100366174260 was delivered\r\nFrom: UPS <pkginfo@ups.com>\r\n"
    notice.write_text(f"{words}Date: Fri, 20 Nov 2026 08:00:00 -0600\r\n\r\nDelivered.\r\n")
    office.exchange.import_notice(who, notice)
    assert office.shipments.get(who, done.row.shipment.id).row.shipment.unsure
    assert office.requesters.due(who) == ()

    # WHEN a file says so, too, THEN they are told, with the file's time
    event = EventDraft(parse_carrier_time("2026-11-19T10:00-06:00"), Status.DELIVERED, text="Front desk", place="RENO")
    office.timeline.add_event(who, done.row.shipment.id, event)
    (due,) = office.requesters.due(who)
    assert "Front desk" in due.text
    assert "RENO" in due.text


def test_a_sender_that_is_not_wanted_is_held_against_nobodys_address(
    office: Office, who: Operator, read: Read, played_mail: Any, clock: Any
) -> None:
    # GIVEN a server that wants a user first
    server = dataclasses.replace(played_mail.server, sender="stranger@example.org")
    office.requesters.change(who, dataclasses.replace(WANTED, server=server))
    id_ = delivered(office, read, "1Z6R44100366174260", "a@b.example")
    done = office.mail_rounds.run(who)

    # THEN that is trouble with the server; the timeline says nothing of the requester
    assert done is not None
    assert done.trouble is not None
    assert (done.trouble.code, done.notices.refused) == ("mail_sender_refused", ())
    assert "log in first" in error_text(done.trouble)
    assert "stranger@example.org" in error_text(office.mail_rounds.standing(who).trouble or done.trouble)
    assert not [one for one in office.shipments.get(who, id_).events if one.kind is EventKind.TOLD]

    # WHEN it is put right, THEN the mail goes out by itself
    office.requesters.change(who, dataclasses.replace(WANTED, server=played_mail.server))
    clock.forward(hours=1)
    again = office.mail_rounds.run(who)
    assert again is not None
    assert again.notices.sent == 1


def test_a_long_round_ends_before_another_desk_has_its_turn(
    office: Office, who: Operator, read: Read, played_mail: Any, clock: Any
) -> None:
    # GIVEN a server so slow that a round of all mails would take longer than it may
    office.requesters.change(who, dataclasses.replace(WANTED, server=played_mail.server, once_a_day=False))
    for number in ("1Z6R44100366174260", "1Z6R44100366174279", "9400117947734440521950"):
        delivered(office, read, number, f"{number}@b.example".lower())

    def slowly(task: Callable[[], Any]) -> Any:
        clock.forward(minutes=3)
        return task()

    first = office.mail_rounds.run(who, slowly)

    # THEN it leaves the rest to the next one, and no address is asked twice
    assert first is not None
    assert first.notices.sent == 2
    clock.forward(hours=1)
    assert office.mail_rounds.run(who) is not None
    assert len(played_mail.box.asked) == len(set(played_mail.box.asked)) == 3


def test_trouble_with_the_record_is_not_told_of_the_server(
    office: Office, who: Operator, read: Read, played_mail: Any
) -> None:
    office.requesters.change(who, dataclasses.replace(WANTED, server=played_mail.server))
    delivered(office, read, "1Z6R44100366174260", "a@b.example")
    writes: list[None] = []

    def write(task: Callable[[], Any]) -> Any:
        writes.append(None)
        if len(writes) == 2:
            raise MailroomError("database_missing", path="gone")
        return task()

    done = office.mail_rounds.run(who, write)

    assert done is not None
    assert done.trouble is not None
    assert done.trouble.code == "database_missing"
    standing = office.mail_rounds.standing(who)
    assert (standing.failures, standing.trouble) == (1, None)


def test_nothing_goes_out_unasked(office: Office, who: Operator, read: Read, played_mail: Any) -> None:
    office.requesters.change(who, dataclasses.replace(WANTED, by_itself=False, server=played_mail.server))
    delivered(office, read, "1Z6R44100366174260", "a@b.example")
    assert office.mail_rounds.run(who) is None
    assert office.requesters.send_due(who).sent == 1


def test_a_time_of_day_is_one(office: Office, who: Operator) -> None:
    assert is_clock("08:00")
    for text in ("", "8:00", "24:00", "08:60", "08:00Z", "noon", "0800"):
        assert not is_clock(text), text
    with pytest.raises(MailroomError) as refused:
        office.requesters.change(who, NoticeSettings(digest_at="25:00"))
    assert refused.value.code == "clock_time_bad"
