"""Carriers' e-mail notices: which piece, what happened by the words, when. Never certain, and marked so.

Anybody can write such a mail: an event of it has the source `notice`, and yields to what the carrier's interface says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from mailroom import sandbox
from mailroom.domain.ids import new_id
from mailroom.domain.numbers import normal_number
from mailroom.domain.operator import Operator
from mailroom.domain.payloads import event_json
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent, sort_moment
from mailroom.domain.times import CarrierTime, Precision, carrier_time, parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import MAPPING_VERSION, status_by_words
from mailroom.services.attachments import clean_name, read_regular_file
from mailroom.services.desk import Desk
from mailroom.services.exchange.mail import LARGEST
from mailroom.services.timeline import FUTURE_ALLOWED
from mailroom.services.writing import Write
from mailroom.store import imports as stored
from mailroom.store import shipments as shipment_store
from mailroom.wording.carriers import carrier_name

ENDING: Final = ".eml"
_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[ \u00a0-][0-9A-Za-z]+){0,8}")
_SHORTEST, _LONGEST = 8, 40  # characters of a number
_MOST_LINES = 80  # of a text: what stands below is about the carrier's offers
_MOST_NUMBERS = 2000
_A_FEW = 4  # words; a heading has no more
_LONGEST_WORDS = 300  # characters kept of the line that says what happened
_SPOKEN = re.compile(
    r"(?:at\s+)?(\d{1,2}:\d\d\s?[ap]\.?m\.?)\s+on\s+([A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
    r"|(?:on\s+)([A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})\s+at\s+(\d{1,2}:\d\d\s?[ap]\.?m\.?)"
)


@dataclass(frozen=True, slots=True)
class NoticeReport:
    """What became of a notice: the piece, what the words mean, whether it was new.

    `stranger` is the domain that it came from where that is no carrier's: its words are kept, and mean no status.
    """

    file_name: str
    shipment_id: str
    tracking_number: str
    status: Status
    happened: CarrierTime
    added: bool
    stranger: str = ""


def import_notice(desk: Desk, who: Operator, path: Path, write: Write) -> NoticeReport:
    """Put what a mail says on record, as a notice. A repeat adds nothing. Raises what `read_regular_file` does, and
    `notice_not_mail`, `notice_without_number`, `notice_several_pieces`, `notice_without_date`, `event_in_future`.
    """
    name = clean_name(path.name)
    found = sandbox.call("mailroom.services.exchange.mail:read_mail", read_regular_file(path, LARGEST), name, name=name)
    subject, lines = found["subject"], found["lines"][:_MOST_LINES]
    detail = _piece(desk, [subject, *lines], name)
    shipment = detail.row.shipment
    status, words = _said(shipment.carrier, subject, lines)
    sender, known = _sender(desk, found["sender"])
    if not known:
        status = Status.UNKNOWN
    happened, spoken = _when(words, lines, found["date"], name)
    now = desk.clock()
    if happened.order_key(desk.in_force.zone) > now + FUTURE_ALLOWED:
        raise MailroomError("event_in_future", happened=str(happened))
    event = TimelineEvent(
        id=new_id(),
        shipment_id=shipment.id,
        kind=EventKind.TRACKING,
        status=status,
        happened=happened,
        sort_at=sort_moment(happened, status, desk.in_force.zone, now),
        recorded_at=now,
        recorded_by=who.name,
        source=EventSource.NOTICE,
        source_name=sender,
        text=words[:_LONGEST_WORDS],
        file_name=name,
        mapping=MAPPING_VERSION,
        facts=(("certain", "no"), ("time_of", "event" if spoken else "mail")),
    )
    payload = {"events": [event_json(event)]}
    result = write(lambda: desk.accept(who, "events_added", shipment.id, payload, made_at=now).result)
    stranger = "" if known else sender or "?"
    return NoticeReport(name, shipment.id, shipment.shown_number, status, happened, bool(result["added"]), stranger)


def _piece(desk: Desk, texts: Sequence[str], name: str) -> ShipmentDetail:
    """The one piece on record whose number stands in the mail."""
    numbers = list(dict.fromkeys(one for text in texts for one in numbers_in(text)))[:_MOST_NUMBERS]
    with desk.store.read() as connection:
        found = stored.ids_of_numbers(connection, numbers)
        pieces = list(dict.fromkeys(ids[0] for ids in found.values()))
        if not pieces:
            raise MailroomError("notice_without_number", name=name)
        if len(pieces) > 1:
            raise MailroomError("notice_several_pieces", name=name, numbers=", ".join(found))
        return shipment_store.get_shipment(connection, pieces[0])


def numbers_in(text: str) -> Iterator[str]:
    """What could be a tracking number in a line, as numbers are compared: words with digits, and runs of such words."""
    for match in _TOKEN.finditer(text):
        words = [normal_number(one) for one in re.split(r"[ \u00a0-]", match[0])]
        for first in range(len(words)):
            joined = ""
            for word in words[first:]:
                joined += word
                if len(joined) > _LONGEST:
                    break
                if len(joined) >= _SHORTEST and sum(one.isdigit() for one in joined) >= len(joined) // 2:
                    yield joined


def _said(carrier: str, subject: str, lines: Sequence[str]) -> tuple[Status, str]:
    """The status that the subject's words mean, else those of the first line that means one; and the words for it.

    A sentence of the mail says more than its subject, which carriers make of a word and the number.
    """
    for text in (subject, *lines):
        status = status_by_words(carrier, text)
        if status is not Status.UNKNOWN:
            told = (line for line in lines if line != text and status_by_words(carrier, line) is status)
            sentence = next((line for line in told if len(line.split()) > _A_FEW), "") if text == subject else ""
            return status, sentence or text
    return Status.UNKNOWN, subject or (lines[0] if lines else "")


def _when(words: str, lines: Sequence[str], date: str, name: str) -> tuple[CarrierTime, bool]:
    """The time that the text names, without a zone since it names none; else when the mail was sent."""
    for text in (words, *lines):
        if match := _SPOKEN.search(text):
            day, clock = (match[2], match[1]) if match[1] else (match[3], match[4])
            try:
                return parse_carrier_time(f"{day} {clock}".replace("\u00a0", " ")), True
            except MailroomError:
                continue
    try:
        sent = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError):
        raise MailroomError("notice_without_date", name=name) from None
    return _sent(sent), False


def _sent(moment: datetime) -> CarrierTime:
    if moment.tzinfo is None:  # `-0000`: the zone is not known
        return CarrierTime(moment.replace(microsecond=0), None, Precision.SECOND)
    return carrier_time(moment)


def _sender(desk: Desk, address: str) -> tuple[str, bool]:
    """The carrier whose own domain the mail came from, and true; else that domain: nobody takes it for the carrier."""
    domain = address.rpartition("@")[2].lower()
    for one in desk.carriers:
        own = ".".join((urlsplit(one.tracking_url).hostname or "").split(".")[-2:])
        if own and (domain == own or domain.endswith(f".{own}")):
            return carrier_name(one.id), True
    return domain, False
