"""`track`: ask carriers. `parse`: what a stored answer of a carrier says, without a record."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.domain.tracking import CarrierEvent, TrackAnswer
    from mailroom.services.office import Office
    from mailroom.services.polling import Asked

Json = dict[str, Any]
_LARGEST = 16 * 1024 * 1024  # bytes of a stored answer


def parse_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `parse`."""
    parser.add_argument("carrier", metavar="CARRIER", help=_("usps, ups, fedex, dhl, pitney_bowes or easypost"))
    parser.add_argument("file", metavar="FILE", help=_("the body as the carrier sent it"))
    parser.add_argument("--status", metavar="N", type=int, default=200, help=_("its HTTP status; 200 unless given"))
    parser.add_argument(
        "--header", metavar="NAME:VALUE", action="append", default=[], help=_("such as Retry-After:120; repeatable")
    )


def run_parse(call: Call) -> int:
    """Print one object for each number in the answer; done whatever the carrier said."""
    from mailroom.services.answers import read_answer
    from mailroom.services.attachments import read_regular_file

    body = _body(Path(call.options.file), read_regular_file)
    headers = {}
    for one in call.options.header:
        name, _colon, value = one.partition(":")
        headers[name.strip().lower()] = value.strip()
    for answer in read_answer(call.options.carrier, body, call.options.status, headers):
        call.output.result(answer_object(answer), _answer_lines)
        if answer.outcome.value != "Found":
            _say(call, answer)
    return Exit.DONE


def _body(path: Path, read: Any) -> bytes:  # noqa: ANN401 - the reader of regular files
    try:
        return bytes(read(path, _LARGEST))
    except MailroomError as error:
        if error.code == "file_empty":
            return b""  # an empty answer is an answer, too
        raise


def _say(call: Call, answer: "TrackAnswer") -> None:
    from mailroom.wording.tracking import answer_words

    call.output.say(" ".join(part for part in (answer.tracking_number, answer_words(answer)) if part))


def answer_object(answer: "TrackAnswer") -> Json:
    """An answer as `parse` prints it; events newest first, in the shape of `show`."""
    from mailroom.domain.tracking import in_order

    return {
        "outcome": answer.outcome.value,
        "tracking_number": answer.tracking_number or None,
        "status": answer.status.value if answer.outcome.value == "Found" else None,
        "promise": answer.promised_on or None,
        "events": [_event_object(one) for one in in_order(answer.events)],
        "signed_by": answer.signed_by or None,
        "others": answer.others,
        "proofs": [one.kind.value for one in answer.proofs],
        "words": answer.words,
        "reason": answer.reason or None,
        "retry_after": answer.retry_after,
        "retry_at": None if answer.retry_at is None else answer.retry_at.isoformat(),
    }


def _event_object(event: "CarrierEvent") -> Json:
    return {
        "kind": "tracking",
        "status": event.status.value,
        "happened_at": None if event.happened is None else str(event.happened),
        "recorded_at": None,
        "source": "carrier",
        "code": event.code,
        "text": event.text,
        "place": event.place,
        "gps": event.gps,
        "name_given": event.name_given,
        "reason": event.reason,
    }


def _answer_lines(record: Json) -> list[str]:
    from mailroom.domain.status import Status
    from mailroom.wording.statuses import status_word

    head = [record["outcome"], record["tracking_number"] or ""]
    if record["status"]:
        head.append(status_word(Status(record["status"])))
    if record["promise"]:
        head.append(_("expected {day}").format(day=record["promise"]))
    lines = ["  ".join(part for part in head if part)]
    for one in record["events"]:
        word = status_word(Status(one["status"]))
        lines.append(f"  {one['happened_at'] or _('time not readable'):<27}{word:<22}{one['text']}  {one['place']}")
    return [line.rstrip() for line in lines]


def track_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `track`."""
    parser.add_argument("numbers", metavar="NUMBER", nargs="*", help=_("any number of a shipment on record"))
    parser.add_argument("--due", action="store_true", help=_("ask about everything whose time has come"))
    parser.add_argument("--limit", metavar="N", type=int, default=0, help=_("with --due: at most N of each carrier"))


def run_track(call: Call) -> int:
    """Ask carriers and print one object a piece; not all done where a carrier gave no answer."""
    if not call.options.numbers and not call.options.due:
        raise MailroomError("track_what")
    with opened(call) as office:
        answered = True
        if call.options.numbers:
            answered = _named(call, office)
        if call.options.due:
            limit = max(call.options.limit, 0) or 500
            for one in office.tracking.ask_due(office.operator, limit=limit):
                answered = _print(call, one, office.zone) and answered
    return Exit.DONE if answered else Exit.SOME_FAILED


def _named(call: Call, office: "Office") -> bool:
    from mailroom.cli.payloads import argument_text
    from mailroom.cli.register import say_older

    ids, answered = [], True
    for number in call.options.numbers:
        try:
            detail = office.shipments.by_number(office.operator, argument_text(number))
        except MailroomError as error:
            call.output.trouble(error, number)
            answered = False
            continue
        say_older(call, detail.row.shipment.tracking_number, len(detail.older_ids))
        ids.append(detail.row.shipment.id)
    for one in office.tracking.ask(office.operator, tuple(dict.fromkeys(ids))):
        answered = _print(call, one, office.zone) and answered
    return answered


_ANSWERS = frozenset({"Found", "NotYetKnown", "UnknownNumber"})


def _print(call: Call, asked: "Asked", zone: str) -> bool:
    from mailroom.wording.moments import office_time
    from mailroom.wording.tracking import outcome_words

    again = "" if asked.retry_at is None else office_time(asked.retry_at, zone)
    words = outcome_words(asked.outcome, asked.reason, asked.words, again)
    record = {
        "tracking_number": asked.number,
        "outcome": asked.outcome.value,
        "status": asked.status.value if asked.outcome.value == "Found" else None,
        "interface": asked.interface or None,
        "events_added": asked.added,
        "events_without_time": asked.unplaced,
        "proofs_added": asked.proofs,
        "others": asked.others,
        "message": words,
        "reason": asked.reason or None,
        "retry_at": None if asked.retry_at is None else asked.retry_at.isoformat(),
        "link": asked.link or None,
        "shipment_id": asked.shipment_id,
    }
    call.output.result(record, _asked_lines)
    answered = asked.outcome.value in _ANSWERS
    if not answered:
        call.output.say(" ".join(part for part in (f"{asked.number}:", words, asked.link) if part))
    return answered


def _asked_lines(record: Json) -> list[str]:
    from mailroom.domain.status import Status
    from mailroom.wording import plural
    from mailroom.wording.statuses import status_word

    parts = [record["tracking_number"], record["outcome"]]
    if record["status"]:
        parts.append(status_word(Status(record["status"])))
        added = record["events_added"]
        parts.append(plural("{n} new event", "{n} new events", added))
    return ["  ".join(parts)]
