"""`alerts`: what needs a person now, the most urgent first."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.errors import MailroomError
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.domain.alerts.situation import Urgency
    from mailroom.domain.attention import AlertRow

Json = dict[str, Any]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `alerts`."""
    parser.add_argument(
        "--kind", metavar="KIND", action="append", default=[], help=_("such as no_movement; may be repeated")
    )
    parser.add_argument(
        "--urgency", metavar="URGENCY", action="append", default=[], help=_("today, soon or watch; may be repeated")
    )


def run(call: Call) -> int:
    """Print the open alerts that fit, one a line or one JSON object a line. Done also where there is none."""
    from mailroom.cli.shapes import alert_object
    from mailroom.domain.attention import AlertFilter

    wanted = AlertFilter(
        kinds=tuple(_kind(one) for one in call.options.kind),
        urgencies=tuple(_urgency(one) for one in call.options.urgency),
    )
    with opened(call) as office:
        office.attention.refresh(office.operator)
        for row in office.attention.alerts(office.operator, wanted):
            lines = _lines(row, office.zone)
            call.output.result(alert_object(row), lambda _record, lines=lines: lines)  # type: ignore[misc]
    return Exit.DONE


def _kind(text: str) -> str:
    from mailroom.domain.alerts import alert_rules

    kinds = [rule.kind for rule in alert_rules()]
    if text not in kinds:
        raise MailroomError("alert_kind_unknown", text=text, known=", ".join(kinds))
    return text


def _urgency(text: str) -> "Urgency":
    from mailroom.domain.alerts.situation import Urgency

    if text not in list(Urgency):
        raise MailroomError("urgency_unknown", text=text, known=", ".join(Urgency))
    return Urgency(text)


def _lines(row: "AlertRow", zone: str) -> list[str]:
    from zoneinfo import ZoneInfo

    from mailroom.wording.alerts import about_piece, alert_evidence, alert_title, urgency_word, what_to_do
    from mailroom.wording.numbers import grouped

    finding = row.alert.finding
    number = grouped(row.row.shipment.shown_number)
    about = "  ".join(part for part in (number, about_piece(row)) if part)
    told = (about, alert_evidence(row.alert, ZoneInfo(zone), datetime.now(UTC)), what_to_do(row.alert.kind))
    return [
        f"{urgency_word(finding.urgency) + ':':<16}{alert_title(row.alert)}",
        *(f"{'':<16}{one}" for one in told if one),
    ]
