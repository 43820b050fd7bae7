"""Commands about alerts: put off, given to somebody, dealt with, opened again."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from mailroom.store.alert_tables import alert_act
from mailroom.store.apply.timeline import append_events
from mailroom.store.journal import Change


def handle(change: Change) -> Mapping[str, Any]:
    """`alert_handled`: one act about one alert, told on its shipment's timeline. Raises `shipment_unknown`."""
    given = change.payload
    to = given.get("to") or {}
    append_events(change, {change.command.subject: [given["event"]]})
    change.connection.execute(
        insert(alert_act),
        {
            "command_position": change.position,
            "shipment_id": change.command.subject,
            "kind": given["kind"],
            "act": given["act"],
            "evidence_key": given["evidence_key"],
            "urgency": given["urgency"],
            "until": given.get("until") or "",
            "reason": given.get("reason") or "",
            "to_id": to.get("id", ""),
            "to_name": to.get("name", ""),
            "made_at": change.command.made_at,
            "made_by": change.by,
        },
    )
    return {}


APPLY = {"alert_handled": handle}
