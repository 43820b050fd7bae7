"""Reading what carriers send: any bytes in, plain values out, never an exception."""

import base64
import binascii
import html
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from mailroom.domain.status import FINAL, Status
from mailroom.domain.times import CarrierTime, Precision, parse_carrier_time
from mailroom.domain.tracking import (
    CarrierEvent,
    Outcome,
    ProofFile,
    ProofKind,
    TrackAnswer,
    false_midnight,
    in_order,
)
from mailroom.errors import MailroomError

Json = dict[str, Any]

LONGEST_TEXT = 2000  # characters of one field
MOST_EVENTS = 1000  # of one piece
_LARGEST_PROOF = 4 * 1024 * 1024  # characters of base64
_TAG = re.compile(r"<[^<>]{0,200}>")
_BARE_ENTITY = re.compile(r"(?<=>)(reg|trade|copy);(?=<)")  # as in `<SUP>reg;</SUP>`
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_LONGEST_WAIT = 7 * 24 * 3600  # seconds


def loaded(body: bytes) -> object:
    """The JSON of a body in UTF-8 or UTF-16, with or without a mark at its front; none where it is no JSON."""
    try:
        return json.loads(_text_of(body))
    except (ValueError, RecursionError, LookupError):
        return None


def _text_of(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16")
    if body[:2].count(0) == 1:  # UTF-16 without its mark: every other byte of `{"` is zero
        return body.decode("utf-16-be" if body[0] == 0 else "utf-16-le")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252")


def mapping(value: object) -> Json:
    """An object; the first one of a list; an empty one for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[Json]:
    """The objects of a list, or a single object as a list of one."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def text(value: object) -> str:
    """A value as one line of plain text: no mark-up, no control characters, empty for none and for objects."""
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float):
        value = f"{value:.6f}".rstrip("0").rstrip(".")
    try:
        given = str(value)[:LONGEST_TEXT]
    except ValueError:  # a number with thousands of digits
        return ""
    if "<" in given or "&" in given:
        given = html.unescape(_TAG.sub("", _BARE_ENTITY.sub(r"&\1;", given)))
    whole = given.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    plain = "".join(one if one.isprintable() else " " for one in whole)
    joined = " ".join(plain.split())
    return "" if joined.lower() == "null" else joined


def first_text(value: Json, *names: str) -> str:
    """The first of these fields that says something."""
    return next((found for name in names if (found := text(value.get(name)))), "")


def place_of(city: str, state: str, postal_code: str, country: str = "") -> str:
    """`HERNANDO, FL 34442`; the country alone where nothing else is known, and behind the rest where it is not US."""
    area = " ".join(part for part in (state, postal_code) if part)
    place = ", ".join(part for part in (city, area) if part)
    if country and (not place or country.upper() not in ("US", "USA")):
        place = ", ".join(part for part in (place, country) if part)
    return place


def minutes_of(offset: str) -> int | None:
    """Minutes east of UTC of `-05:00`, `+0800` or `Z`; none where it is no offset."""
    if offset in ("Z", "z"):
        return 0
    match = _OFFSET.fullmatch(offset)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes > 14 * 60 or int(match[3]) > 59:
        return None
    return -minutes if match[1] == "-" else minutes


def given_time(given: str, offset: str = "") -> CarrierTime | None:
    """A moment in ISO 8601 with an offset of its own or beside it; none where it cannot be read."""
    try:
        time = parse_carrier_time(given)
    except MailroomError:
        return None
    if time.precision is not Precision.DAY and time.offset_minutes is None and offset:
        return CarrierTime(time.local, minutes_of(offset), time.precision)
    return time


def iso_time(given: str, offset: str = "") -> CarrierTime | None:
    """As `given_time`; midnight without a zone is a day whose hour was not given."""
    time = given_time(given, offset)
    return None if time is None else false_midnight(time)


def between(local: CarrierTime | None, utc: CarrierTime | None) -> CarrierTime | None:
    """A local time with the offset that follows from the same moment in UTC, where the two are whole quarters apart.

    The two may differ by seconds (one is cut to minutes). Anything else is no offset, and none is made up. Only then
    is a midnight that still has no zone a mere day: one whose moment in UTC is known was an hour.
    """
    if local is None:
        return None
    missing = local.precision is not Precision.DAY and local.offset_minutes is None
    if missing and utc is not None and utc.precision is not Precision.DAY:
        minutes = round((local.local - utc.local) / timedelta(minutes=15)) * 15
        near = abs(local.local - utc.local - timedelta(minutes=minutes)) < timedelta(minutes=1)
        if near and abs(minutes) <= 14 * 60:
            return CarrierTime(local.local, minutes, local.precision)
    return false_midnight(local)


def iso_day(given: str) -> str:
    """The day in `2024-11-29T00:00:00`, as ISO date, without a look at any zone; empty where there is none."""
    try:
        return parse_carrier_time(given[:10]).local.date().isoformat()
    except MailroomError:
        return ""


def proof_file(kind: ProofKind, encoded: object) -> tuple[ProofFile, ...]:
    """Bytes that came as base64, where they are a picture or a PDF; nothing otherwise."""
    if not isinstance(encoded, str) or not 16 <= len(encoded) <= _LARGEST_PROOF:
        return ()
    try:
        data = base64.b64decode(encoded, validate=False)
    except (binascii.Error, ValueError):
        return ()
    known = data.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"))
    return (ProofFile(kind, data),) if known else ()


def refusal(status: int, headers: Mapping[str, str], words: str = "") -> TrackAnswer | None:
    """What an HTTP status says by itself, before anybody looks into the body; none where the body has to say."""
    if status == 401:
        return TrackAnswer(Outcome.BAD_CREDENTIALS, words=words)
    if status in (402, 403):
        return TrackAnswer(Outcome.NO_ACCESS, words=words)
    if status == 429:
        seconds, moment = retry_after(headers)
        return TrackAnswer(Outcome.RATE_LIMITED, words=words, retry_after=seconds, retry_at=moment)
    if status == 408 or status >= 500 or 300 <= status < 400 or status < 200:
        seconds, moment = retry_after(headers)
        return TrackAnswer(
            Outcome.UNAVAILABLE, words=words, reason="server_error", retry_after=seconds, retry_at=moment
        )
    return None


def unreadable() -> TrackAnswer:
    """The answer that is none: cut off, a web page, or something else than was agreed."""
    return TrackAnswer(Outcome.UNAVAILABLE, reason="answer_unreadable")


def retry_after(headers: Mapping[str, str]) -> tuple[int | None, datetime | None]:
    """`Retry-After` as seconds, or as a moment (aware UTC) where it is a date; at most a week."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    if given.isascii() and given.isdigit() and len(given) < 12:
        return min(int(given), _LONGEST_WAIT), None
    try:
        moment = parsedate_to_datetime(given)
        return None, moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):  # the last also for a moment at the end of all years
        return None, None


def newest_of(answers: list[TrackAnswer]) -> tuple[TrackAnswer, ...]:
    """One answer a number: of several pieces under one number the one with the latest event, the others counted."""
    chosen: dict[str, TrackAnswer] = {}
    for one in answers:
        before = chosen.get(one.tracking_number)
        chosen[one.tracking_number] = one if before is None else newer(before, one)
    return tuple(chosen.values())


def newer(first: TrackAnswer, second: TrackAnswer) -> TrackAnswer:
    """Of two pieces under one number the one with the latest event, the other one and its others counted."""
    better = max((first, second), key=_freshness)  # the earlier of two alike
    return replace(better, others=first.others + second.others + 1)


def _freshness(answer: TrackAnswer) -> tuple[bool, datetime]:
    times = [one.happened.order_key(UTC) for one in answer.events if one.happened is not None]
    return answer.outcome is Outcome.FOUND, max(times, default=datetime.min.replace(tzinfo=UTC))


def with_head(events: tuple[CarrierEvent, ...], head: CarrierEvent | None) -> tuple[CarrierEvent, ...]:
    """The events, and what the head of an answer alone says: where the newest event says no status, the head's.

    The head speaks of the newest event where it repeats its time, words or code; else it is an event of its own,
    without a time where the answer gives it none. Events that say a status give way only to an end that came later.
    """
    if head is None or head.status is Status.UNKNOWN:
        return events
    head = replace(head, of_head=True)
    newest = next(iter(in_order(events)), None)
    if newest is None:
        return (head,)
    if newest.status is Status.UNKNOWN and _is_of(head, newest):
        return tuple(replace(one, status=head.status) if one is newest else one for one in events)
    if any(one.status is head.status for one in events):
        return events
    whole = (head, *events)
    later = head.happened is not None and head.status in FINAL and in_order(whole)[0] is head
    return whole if later or newest.status is Status.UNKNOWN else events


def _is_of(head: CarrierEvent, event: CarrierEvent) -> bool:
    if head.happened is not None:
        return str(head.happened) == str(event.happened)
    alike = ((head.text.casefold(), event.text.casefold()), (head.code, event.code))
    return any(one and one == other for one, other in alike)


def cut(events: Iterable[CarrierEvent]) -> tuple[CarrierEvent, ...]:
    """At most as many events as a piece can have; the rest stays in the answer as it came, and is not even read."""
    return tuple(itertools.islice(events, MOST_EVENTS))
