"""The work list: alerts with what people did about them, and the office's own thresholds."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mailroom.domain.alerts.situation import URGENCY_ORDER, Alert, Thresholds, Urgency
from mailroom.domain.command import canonical_json, utc_text
from mailroom.domain.folding import fold
from mailroom.domain.keeping import kept_days
from mailroom.domain.register import ShipmentRow

# What grows by itself while nothing happens: it makes no new alert of an old one.
_GROWING = frozenset({"days", "left"})
_NEIGHBOURS = "recurring_lane"  # its count of others changes with every other piece


class AlertAct(StrEnum):
    """What a person did about an alert."""

    SNOOZED = "snoozed"
    ASSIGNED = "assigned"
    DONE = "done"
    REOPENED = "reopened"


class AlertState(StrEnum):
    """Where an alert stands on the list."""

    OPEN = "open"
    SNOOZED = "snoozed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Handled:
    """One act about an alert, as it is on record. `evidence_key` is that of the alert it was made about."""

    shipment_id: str
    kind: str
    act: AlertAct
    evidence_key: str
    urgency: Urgency  # of the alert at that moment
    until: date | None  # of a snooze: the office's day on which it shows again
    reason: str
    to_id: str  # of an assignment; empty with ASSIGNED: nobody's again
    to_name: str
    made_at: datetime  # aware UTC
    made_by: str  # the operator's name


@dataclass(frozen=True, slots=True)
class Standing:
    """What the acts about an alert come to."""

    state: AlertState = AlertState.OPEN
    until: date | None = None
    reason: str = ""
    to_id: str = ""
    to_name: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as the list shows it, with its shipment."""

    alert: Alert
    row: ShipmentRow
    key: str
    standing: Standing = Standing()

    @property
    def id(self) -> str:
        """Unique on the list: a shipment has at most one alert of a kind."""
        return f"{self.alert.kind}:{self.alert.shipment_id}"


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Which alerts: all given conditions hold, empty ones do not restrict."""

    kinds: tuple[str, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    carriers: tuple[str, ...] = ()
    states: tuple[AlertState, ...] = (AlertState.OPEN,)
    to_id: str = ""  # assigned to this operator
    nobodys: bool = False  # assigned to nobody
    limit: int = 0  # 0: all


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """How many alerts there are: open ones by urgency, rule and carrier; and those put aside.

    `today` tells the first thousands of those to act on today apart: rule and id of the shipment.
    """

    open: int = 0
    mine: int = 0
    nobodys: int = 0
    snoozed: int = 0
    done: int = 0
    by_urgency: Mapping[Urgency, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_carrier: Mapping[str, int] = field(default_factory=dict)
    today: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The office's own days: for a carrier (empty: all) and a service (words in its name, empty: all)."""

    carrier: str = ""
    service: str = ""
    values: tuple[tuple[str, int], ...] = ()  # name of a field of Thresholds, days


def evidence_key(alert: Alert) -> str:
    """What tells this alert from a later one of the same rule and shipment: SHA-256 of its facts, hexadecimal."""
    facts = {
        name: text
        for name, text in alert.finding.evidence
        if name not in _GROWING and not (name == "others" and alert.kind == _NEIGHBOURS)
    }
    due = alert.finding.due.isoformat() if alert.finding.due else ""
    return hashlib.sha256(canonical_json([alert.kind, utc_text(alert.finding.since), due, facts])).hexdigest()


def standing(acts: Iterable[Handled], alert: Alert, key: str, today: date) -> Standing:
    """What the acts (oldest first) about this very evidence come to on a day of the office.

    A snooze ends on its day; what was done with shows again once it is more urgent than it was then.
    """
    found = Standing()
    for one in acts:
        if one.evidence_key != key:
            continue
        if one.act is AlertAct.ASSIGNED:
            found = dataclasses.replace(found, to_id=one.to_id, to_name=one.to_name)
            continue
        state = {AlertAct.SNOOZED: AlertState.SNOOZED, AlertAct.DONE: AlertState.DONE}.get(one.act, AlertState.OPEN)
        if state is AlertState.SNOOZED and (one.until is None or one.until <= today):
            state = AlertState.OPEN
        if state is AlertState.DONE and URGENCY_ORDER[alert.finding.urgency] < URGENCY_ORDER[one.urgency]:
            state = AlertState.OPEN
        found = Standing(state, one.until, one.reason, found.to_id, found.to_name, one.made_by, one.made_at)
    return found


def thresholds_for(rules: Iterable[ThresholdRule], carrier: str, service: str) -> Thresholds:
    """The days that hold for a piece: as usual with its carrier, over it what the office says of all, over it the
    carrier's, over it the service's.
    """
    wanted = fold(service)
    fitting = [
        one for one in rules if one.carrier in ("", carrier) and (not one.service or fold(one.service) in wanted)
    ]
    values = kept_days(carrier)
    for one in sorted(fitting, key=lambda rule: (bool(rule.service), bool(rule.carrier))):
        values.update(one.values)
    return dataclasses.replace(Thresholds(), **values)


def threshold_names() -> tuple[str, ...]:
    """The names of all thresholds."""
    return tuple(one.name for one in dataclasses.fields(Thresholds))


def threshold_json(rules: Iterable[ThresholdRule]) -> list[dict[str, Any]]:
    """The office's own thresholds as the record keeps them."""
    return [{"carrier": one.carrier, "service": one.service, "values": dict(one.values)} for one in rules]


def thresholds_from(value: Iterable[Mapping[str, Any]]) -> tuple[ThresholdRule, ...]:
    """The reverse of `threshold_json`; a name that is no threshold any more is left aside."""
    known = threshold_names()
    return tuple(
        ThresholdRule(
            one["carrier"],
            one["service"],
            tuple(sorted((name, int(days)) for name, days in one["values"].items() if name in known)),
        )
        for one in value
    )
