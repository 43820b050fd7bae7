"""`list` and `show`: the register and one shipment's timeline."""

import argparse
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _, plural

if TYPE_CHECKING:
    from mailroom.domain.attention import AlertRow
    from mailroom.domain.status import Status
    from mailroom.services.alert_history import Spell

Json = dict[str, Any]

_SHOWN = 200  # shipments, unless --limit says otherwise
_WHOLE_SEARCH = 3  # characters from which a text is found inside words, too
_PAGE = 500  # rows asked for at a time, so that any number of them fits in memory


def list_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `list`."""
    parser.add_argument("--search", metavar="TEXT", default="", help=_("any part of a number, name, order or note"))
    parser.add_argument(
        "--status", metavar="STATUS", action="append", default=[], help=_("such as delivered; may be repeated")
    )
    parser.add_argument("--limit", metavar="N", type=int, default=_SHOWN, help=_("at most so many; 0 means all"))


def run_list(call: Call) -> int:
    """Print the shipments that fit, newest first, one a line."""
    from mailroom.cli.shapes import shipment_object
    from mailroom.domain.register import ShipmentFilter

    options = call.options
    if options.limit < 0:
        raise MailroomError("bad_limit", limit=options.limit)
    if 0 < len(options.search.strip()) < _WHOLE_SEARCH:
        call.output.say(_("One or two characters find only what begins with them; three find them anywhere."))
    wanted = ShipmentFilter(text=options.search, statuses=tuple(status_of(one) for one in options.status))
    left = options.limit or None
    with opened(call) as office:
        after = ""
        while True:
            page = office.shipments.find(office.operator, wanted, min(_PAGE, left or _PAGE), after)
            for row in page.rows:
                call.output.result(shipment_object(row), lambda record: [_line(record, office.zone)])
            left = None if left is None else left - len(page.rows)
            after = page.after
            if not after or left == 0:
                return Exit.DONE


def show_arguments(parser: argparse.ArgumentParser) -> None:
    """The argument of `show`."""
    parser.add_argument("number", metavar="NUMBER", help=_("any number of the shipment"))


def run_show(call: Call) -> int:
    """Print one shipment with its timeline, newest event first."""
    from mailroom.cli.payloads import argument_text
    from mailroom.cli.shapes import detail_object
    from mailroom.cli.timeline_lines import timeline_lines

    with opened(call) as office:
        detail = office.shipments.by_number(office.operator, argument_text(call.options.number))
        say_older(call, detail.row.shipment.tracking_number, len(detail.older_ids))
        who, id_ = office.operator, detail.row.shipment.id
        alerts, spells = office.attention.of_shipment(who, id_), office.attention.spells(who, id_)
        record = {**detail_object(detail, alerts), "alert_history": [_spell(one) for one in spells]}
        call.output.result(
            record, lambda record: [*_head(record, office.zone, alerts), *_ended(spells), *timeline_lines(detail)]
        )
    return Exit.DONE


def _spell(one: "Spell") -> Json:
    """A rule that spoke: the office's days from the first to the last, null while it still does."""
    last = None if one.last_on is None else one.last_on.isoformat()
    return {"kind": one.alert.kind, "from": one.first_on.isoformat(), "until": last}


def _ended(spells: "tuple[Spell, ...]") -> list[str]:
    """What was on the work list and is not any more."""
    from datetime import date

    from mailroom.wording.alert_history import spell_days
    from mailroom.wording.alerts import alert_title

    return [
        f"{_('Was listed') + ':':<13}{spell_days(one.first_on, one.last_on, date.min)}: {alert_title(one.alert)}"
        for one in spells
        if one.last_on is not None
    ]


def say_older(call: Call, number: str, older: int) -> None:
    """Say that a number has several shipments and that the newest is meant."""
    if older:
        text = plural(
            "{number}: the newest is taken; {n} older shipment has this number too.",
            "{number}: the newest is taken; {n} older shipments have this number too.",
            older,
        )
        call.output.say(text.replace("{number}", number))


def status_of(text: str) -> "Status":
    """The status that an option names. Raises `status_unknown`."""
    from mailroom.domain.status import Status, parse_status

    status = parse_status(text)
    if status is None:
        raise MailroomError("status_unknown", text=text, known=", ".join(Status))
    return status


def _standing(record: Json) -> str:
    from mailroom.domain.status import Status
    from mailroom.wording.statuses import standing_word

    return standing_word(Status(record["status"]), unsure=not record["status_sure"])


def _line(record: Json, zone: str) -> str:
    from mailroom.wording.carriers import carrier_name

    parts = [
        _local(record["recorded_at"], zone),
        f"{record['tracking_number'] or record['own_number'] or '':<26}",
        f"{carrier_name(record['carrier'] or '') + ' ' + (record['service'] or ''):<32}",
        f"{_standing(record):<17}",
        record["recipient"] or "",
        record["department"] or "",
    ]
    return "  ".join(parts).rstrip()


def _local(moment: str, zone: str) -> str:
    """One of our own moments in the office's zone: `2026-11-23 04:48`."""
    from zoneinfo import ZoneInfo

    from mailroom.domain.command import parse_utc

    return f"{parse_utc(moment).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _head(record: Json, zone: str, alerts: tuple["AlertRow", ...]) -> list[str]:
    from mailroom.wording.alerts import alert_title
    from mailroom.wording.carriers import carrier_name

    shipment = record["shipment"]
    where = shipment["destination"]
    recorded = _local(shipment["recorded_at"], zone)
    rows = [
        (_("Number"), shipment["tracking_number"] or shipment["own_number"] or ""),
        (_("Carrier"), f"{carrier_name(shipment['carrier'] or '')} {shipment['service'] or ''}".strip()),
        (_("Status"), f"{_standing(shipment)} {shipment['status_at'] or ''}".strip()),
        (_("Recorded"), _("{moment} by {operator}").format(moment=recorded, operator=shipment["recorded_by"])),
        (_("Recipient"), shipment["recipient"]),
        (_("Destination"), " ".join(filter(None, (where["postal_code"], where["country"])))),
        (_("Department"), shipment["department"]),
        (_("Mail run"), shipment["run"]),
        (_("Order"), shipment["order"]),
        (_("Postage"), "{amount} {currency}".format(**shipment["postage"]) if shipment["postage"] else ""),
        (_("Attention"), "; ".join(alert_title(one.alert) for one in alerts)),
        (_("Papers"), ", ".join(one["number"] for one in record["documents"])),
        (_("Files"), ", ".join(one["name"] for one in record["attachments"])),
    ]
    return [f"{name + ':':<13}{value}" for name, value in rows if value]
