"""`identify`: what payloads are, one line out for every line in, without opening a record."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit
from mailroom.errors import MailroomError
from mailroom.wording import _, mark

if TYPE_CHECKING:
    from mailroom.domain.reading import Symbology

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The payloads and how they are to be taken."""
    parser.add_argument("payloads", metavar="PAYLOAD", nargs="*", default=[], help=_("else one a line from stdin"))
    parser.add_argument("--escaped", action="store_true", help=_(r"undo Python's escapes, such as \x1d"))
    parser.add_argument("--symbology", metavar="NAME", default="", help=_("such as Code128, ITF, QRCode"))


def run(call: Call) -> int:
    """Identify every payload, blank ones too. Always 0: an unknown payload is an answer."""
    from datetime import UTC, datetime

    from mailroom.cli.payloads import given, stretches_of_stdin, unescaped
    from mailroom.domain.reading import Reading, ReadingSource
    from mailroom.recognition.as_json import identify_object
    from mailroom.wording.reasons import reason_text

    options = call.options
    symbology = _symbology(options.symbology)
    recognise = call.wiring.recogniser()
    now = datetime.now(UTC)  # one moment for all: nothing here is put on record
    escaped, result = options.escaped, call.output.result
    for some in (given(options.payloads),) if options.payloads else stretches_of_stdin(call.output):
        for text in some:
            raw = unescaped(text) if escaped else text
            reading = Reading(raw, ReadingSource.TYPED, now, symbology)
            result(identify_object(recognise((reading,)), reason_text), describe, more=True)
        call.output.flush()
    return Exit.DONE


def describe(record: Json) -> list[str]:
    """One line for people: what the payload is, whose number it holds, whether the number is sound."""
    from mailroom.wording.carriers import carrier_name

    if record["tracking_number"] is None:
        doubtful = ", ".join(_doubtful(one) for one in record["candidates"][:3])
        kind = _(KINDS[record["kind"]])
        if "indicium" in record:
            return [f"{kind}: {_imprint(record['indicium'])}"]
        return [f"{record['payload']}  {kind}" + (f": {doubtful}" if doubtful else "")]
    where = record["destination"] or {}
    parts = [
        record["tracking_number"],
        f"{carrier_name(record['carrier'])} {record['service'] or ''}".rstrip(),
        _(CHECKS[record["check"]]),
        f"{where.get('postal_code') or ''} {where.get('country') or ''}".strip(),
    ]
    return ["  ".join(part for part in parts if part)]


KINDS: dict[str, str] = {
    "tracking": mark("no sound tracking number"),
    "routing": mark("routing code"),
    "indicium": mark("postage imprint"),
    "product": mark("product code"),
    "text": mark("text"),
    "unknown": mark("not a tracking number"),
}
CHECKS: dict[str, str] = {
    "ok": mark("check digit holds"),
    "none": mark("no check digit"),
    "bad": mark("check digit does not hold"),
}


def _imprint(told: Json) -> str:
    """What an imprint says, on one line; its own bytes would say nothing."""
    from mailroom.domain.indicium import Indicium
    from mailroom.domain.money import parse_money
    from mailroom.domain.times import parse_day
    from mailroom.wording.imprints import imprint_facts

    money, day = told["postage"], told["mailed_on"]
    imprint = Indicium(
        told["format"],
        told["meter"],
        told["piece"],
        parse_money(money["amount"], money["currency"]) if money else None,
        parse_day(day) if day else None,
        tuple(told["unconfirmed"]),
    )
    return ", ".join(f"{name} {value}" for name, value in imprint_facts(imprint))


def _doubtful(candidate: Json) -> str:
    from mailroom.wording.carriers import carrier_name

    return f"{carrier_name(candidate['carrier'])} {candidate['tracking_number']} ({_(CHECKS[candidate['check']])})"


def _symbology(name: str) -> "Symbology | None":
    """The symbology of this name in any case, none for no name. Raises `symbology_unknown`."""
    from mailroom.domain.reading import Symbology

    if not name:
        return None
    for one in Symbology:
        if one.value.lower() == name.lower():
            return one
    raise MailroomError("symbology_unknown", name=name, known=", ".join(Symbology))
