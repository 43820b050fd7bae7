"""`record`: labels onto the record, one line each, printed only after its commit."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailroom.cli import piece_options
from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _, mark
from mailroom.wording.errors import error_text

if TYPE_CHECKING:
    from mailroom.domain.reading import Reading
    from mailroom.domain.recognition import Recognition
    from mailroom.domain.shipment import PieceFields
    from mailroom.services.intake import Intaken
    from mailroom.services.office import Office

Json = dict[str, Any]

_ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic", ".heif", ".pdf")
_SHOWN = 60  # characters of a payload in a sentence
_NO_RECORD = ("disk_", "database_")  # codes of a record that takes nothing, whatever the label


@dataclass(frozen=True, slots=True)
class Label:
    """One label to put on record: its readings, or the trouble that its file made; `file` is empty for a payload."""

    readings: "tuple[Reading, ...]" = ()
    file: str = ""
    page: int = 0
    trouble: MailroomError | None = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """The labels, and what is to be put on record with all of them."""
    parser.add_argument(
        "items", metavar="PAYLOAD-or-FILE", nargs="*", default=[], help=_("else one payload a line from stdin")
    )
    piece_options.arguments(parser)
    parser.add_argument(
        "--keep-bad-check", action="store_true", help=_("record a number although its check digit does not hold")
    )
    parser.add_argument(
        "--internal",
        action="store_true",
        help=_("give a piece without a carrier's number (blank, a meter's imprint, no code) one of our own"),
    )


def run(call: Call) -> int:
    """Put every label on record. 1 when some were asked about or refused, 2 when none could be read or kept."""
    outcomes = set()
    with opened(call) as office:
        fields = piece_options.piece_fields(call, office)
        for label in _labels(call):
            record = _record(call, office, fields, label)
            call.output.result(record, _lines)
            kept_nothing = label.trouble or record["code"].startswith(_NO_RECORD)
            outcomes.add("failed" if kept_nothing else record["outcome"])
    if outcomes == {"failed"}:
        return Exit.REFUSED
    return Exit.DONE if outcomes <= {"recorded", "repeated"} else Exit.SOME_FAILED


def _labels(call: Call) -> Iterator[Label]:
    """Each payload, page and line of stdin as a label of its own, in order."""
    from datetime import UTC, datetime

    from mailroom.cli.payloads import argument_text, from_stdin
    from mailroom.domain.reading import Reading, ReadingSource

    def typed(text: str) -> Label:
        return Label((Reading(text, ReadingSource.TYPED, datetime.now(UTC)),))

    items = call.options.items
    if not items:
        lines = from_stdin(call.output)  # a line without a payload is none, unless such a piece gets our own number
        yield from (typed(one) for one in lines if call.options.internal or one.strip())
        return
    if not any(_is_file(one) or _names_a_file(one) for one in items):
        yield from (typed(argument_text(one)) for one in items)
        return

    from mailroom.capture.files import file_sandbox, read_pages
    from mailroom.cli.read import accepts

    accept_page = accepts(call.wiring.recogniser())
    with file_sandbox() as sandbox:
        for item in items:
            if _names_a_file(item):
                yield Label(file=item, trouble=MailroomError("file_missing", name=item))
                continue
            if not _is_file(item):
                yield typed(argument_text(item))
                continue
            try:
                for page in read_pages(item, accept_page=accept_page, sandbox=sandbox):
                    yield Label(page.readings, item, page.page)
            except MailroomError as error:
                yield Label(file=item, trouble=error)


def _is_file(item: str) -> bool:
    """Whether it is there: a folder only where it is called like a path or a picture, as no number is."""
    if not os.path.exists(item):  # noqa: PTH110 - no error for a name too long
        return False
    return not os.path.isdir(item) or os.sep in item or item.lower().endswith(_ENDINGS)  # noqa: PTH112


def _names_a_file(item: str) -> bool:
    """Whether it reads like the name of a picture or PDF, and there is none: no label has such an ending."""
    return item.lower().endswith(_ENDINGS) and not os.path.exists(item)  # noqa: PTH110 - no error for a name too long


def _record(call: Call, office: "Office", fields: "PieceFields", label: Label) -> Json:
    """Put one label on record and say what became of it; trouble with one is no trouble with the next."""
    try:
        if label.trouble is not None:
            raise label.trouble
        if call.options.internal and _without_number(office, label):
            taken = office.intake.record_without_number(office.operator, label.readings, fields)
        elif label.file and not label.readings:
            raise MailroomError("no_code_found", file=label.file, page=label.page)
        else:
            taken = office.intake.record(
                office.operator, label.readings, fields, keep_bad_check=call.options.keep_bad_check
            )
    except MailroomError as error:
        payload = label.readings[0].raw if label.readings else ""
        call.output.trouble(error, about=_short(payload) if payload else (label.file if label.trouble else ""))
        return _object(payload, "refused", error.code, error_text(error), label)
    return _taken_object(call, label, taken)


def _without_number(office: "Office", label: Label) -> bool:
    """Whether a label has nothing that may be a carrier's number: an imprint, a postal code, nothing at all."""
    from mailroom.domain.recognition import PayloadKind

    found = office.intake.recognise(office.operator, label.readings)
    if any(one.raw.strip() for one in label.readings):
        return not found.candidates and found.kind in (PayloadKind.INDICIUM, PayloadKind.ROUTING)
    return True


def _taken_object(call: Call, label: Label, taken: "Intaken") -> Json:
    from mailroom.cli.shapes import coded_object, shipment_object
    from mailroom.wording.reasons import reason_text

    payload = _payload(taken.recognition)
    message = reason_text(taken.reason)
    if taken.outcome in ("asked", "refused"):
        call.output.say(f"{_short(payload)}: {_ended(message)}")
    if taken.reason.code == "not_an_office_carrier" and taken.decision.candidate is not None:
        hint = _("If it is, give --carrier {carrier}.")
        call.output.say(hint.format(carrier=taken.decision.candidate.carrier))
    for warning in taken.warnings:
        call.output.say(f"{_short(payload)}: {_ended(reason_text(warning))}")
    record = _object(payload, taken.outcome.value, taken.reason.code, message, label)
    if taken.warnings:
        record["warnings"] = [coded_object(one, reason_text(one)) for one in taken.warnings]
    if taken.row is not None:
        record["shipment"] = shipment_object(taken.row)
    if taken.first_recorded_at is not None:
        from mailroom.domain.command import utc_text

        record["first_recorded_at"] = utc_text(taken.first_recorded_at)
        record["first_recorded_by"] = taken.first_recorded_by
    if taken.outcome == "asked":
        record["choices"] = [
            {"carrier": one.carrier, "tracking_number": one.tracking_number, "check": one.check.value}
            for one in taken.decision.choices
        ]
    return record


def _payload(recognition: "Recognition") -> str:
    """The payload that gave the number, of a label with several codes; else its first."""
    readings, candidates = recognition.readings, recognition.candidates
    first = recognition.best or (candidates[0] if candidates else None)
    return readings[first.reading_index if first else 0].raw if readings else ""


def _short(payload: str) -> str:
    """A payload as sentences name it: what a bar code may hold is longer than a line."""
    if not payload.strip():
        return _("(blank)") if payload else _("(empty)")
    return payload if len(payload) <= _SHOWN else payload[:_SHOWN] + "…"


def _ended(sentence: str) -> str:
    """With a full stop, unless it is a question."""
    return sentence if sentence.endswith("?") else f"{sentence}."


def _object(payload: str, outcome: str, code: str, message: str, label: Label) -> Json:
    record: Json = {"payload": payload, "outcome": outcome, "code": code, "message": message, "shipment": None}
    if label.file:
        record |= {"file": label.file, "page": label.page or None}
    return record


def _lines(record: Json) -> list[str]:
    from mailroom.wording.carriers import carrier_name

    shipment = record["shipment"]
    outcome = _(OUTCOMES[record["outcome"]])
    if shipment is None:
        where = record["payload"] or record.get("file", "")
        return [f"{outcome:<10}{where}  {record['message']}"]
    service = f"{carrier_name(shipment['carrier'] or '')} {shipment['service'] or ''}".strip()
    line = f"{outcome:<10}{shipment['tracking_number'] or shipment['own_number']}  {service}"
    if record["outcome"] == "recorded" and shipment["check"] == "bad":
        line += "  " + _("kept as unverified: its check digit is wrong")
    if "first_recorded_at" in record:
        line += "  " + _("first recorded {first_recorded_at} by {first_recorded_by}").format(**record)
    return [line]


OUTCOMES: dict[str, str] = {
    "recorded": mark("recorded"),
    "repeated": mark("repeated"),
    "asked": mark("asked"),
    "refused": mark("refused"),
}
