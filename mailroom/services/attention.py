"""Attention: what needs a person, and what people do about it."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from mailroom.domain.alerts.situation import URGENCY_ORDER, Alert
from mailroom.domain.attention import (
    AlertAct,
    AlertCounts,
    AlertFilter,
    AlertRow,
    AlertState,
    Handled,
    Standing,
    ThresholdRule,
    evidence_key,
    standing,
    threshold_json,
    threshold_names,
)
from mailroom.domain.operator import Operator
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.alert_book import AlertBook
from mailroom.services.alert_history import Spell, spells
from mailroom.services.alert_shelf import AlertShelf, Line, counted
from mailroom.services.desk import Desk
from mailroom.services.rights import demand, departments_of
from mailroom.services.writing import Write, at_once
from mailroom.store import attention as stored
from mailroom.store.attention import Acts
from mailroom.store.lists import operators
from mailroom.store.shipments import get_shipment

LONGEST_SNOOZE = 366  # days
LONGEST_REASON = 1000  # characters
_LONGEST_THRESHOLD = 3650  # days or minutes; more is a typing error


@dataclass(frozen=True, slots=True)
class Attention:
    """Use cases of the work list. Lists and counts are as of the last `refresh`; the first one judges by itself."""

    desk: Desk
    book: AlertBook = field(default_factory=AlertBook)

    def refresh(self, who: Operator, *, whole: bool = True) -> bool:
        """Judge what changed, all of it once an office day. Without `whole`: false where all would be judged now."""
        demand(who, "attention.refresh")
        return self.book.refresh(self.desk, whole=whole)

    def alerts(self, who: Operator, wanted: AlertFilter | None = None) -> tuple[AlertRow, ...]:
        """The alerts that fit (by default all open ones), the most urgent first, then by last day and age."""
        demand(who, "attention.alerts")
        wanted = wanted or AlertFilter()
        fitting = self._fitting(wanted, departments_of(who))
        with self.desk.store.read() as connection:
            rows = stored.shipment_rows(connection, list(dict.fromkeys(line.position for _alert, line in fitting)))
        made = ((alert, *self._stand(alert, self.book.acts)) for alert, _line in fitting)
        return tuple(
            AlertRow(alert, rows[alert.shipment_id], key, state)
            for alert, key, state in made
            if alert.shipment_id in rows
        )

    def counts(self, who: Operator) -> AlertCounts:
        """How many there are of each sort."""
        demand(who, "attention.counts")
        visible, states, mine, given = departments_of(who), Counter[AlertState](), 0, 0
        with self._judged() as shelf:
            groups, today = shelf.groups(visible), shelf.for_today(visible)
            for shipment_id, kind in self.book.acts:
                line = shelf.line(shipment_id)
                if line is None or (visible and line.department_id not in visible):
                    continue
                for alert in shelf.of(shipment_id):
                    if alert.kind != kind:
                        continue
                    _key, state = self._stand(alert, self.book.acts)
                    states[state.state] += 1
                    if state.state is not AlertState.OPEN:
                        groups[line.department_id, line.carrier, kind, alert.finding.urgency.value] -= 1
                        today.discard((kind, shipment_id))
                    elif state.to_id:
                        mine, given = mine + (state.to_id == who.id), given + 1
        counts = counted(groups, mine, given, states[AlertState.SNOOZED], states[AlertState.DONE])
        return dataclasses.replace(counts, today=frozenset(today))

    def of_shipment(self, who: Operator, shipment_id: str) -> tuple[AlertRow, ...]:
        """The alerts of one shipment, judged now, those put off or dealt with too. Raises `shipment_unknown`."""
        demand(who, "attention.of_shipment")
        with self.desk.store.read() as connection:
            row = get_shipment(connection, shipment_id).row
        visible = departments_of(who)
        if visible and row.department_id not in visible:
            raise MailroomError("shipment_unknown")
        alerts, acts = self.book.of_one(self.desk, shipment_id)
        made = [(alert, *self._stand(alert, acts)) for alert in sorted(alerts, key=_order)]
        return tuple(AlertRow(alert, row, key, state) for alert, key, state in made)

    def history(self, who: Operator, shipment_id: str) -> tuple[Handled, ...]:
        """What people did about the alerts of a shipment, those that cleared themselves too; oldest first."""
        demand(who, "attention.history")
        with self.desk.store.read() as connection:
            return stored.acts(connection, shipment_id=shipment_id)

    def spells(self, who: Operator, shipment_id: str) -> tuple[Spell, ...]:
        """What was on the list about a shipment and what is, the newest first. Raises `shipment_unknown`."""
        demand(who, "attention.spells")
        with self.desk.store.read() as connection:
            row = get_shipment(connection, shipment_id).row
        visible = departments_of(who)
        if visible and row.department_id not in visible:
            raise MailroomError("shipment_unknown")
        return spells(self.desk, shipment_id)

    def people(self, who: Operator) -> tuple[Operator, ...]:
        """Those an alert can be given to."""
        demand(who, "attention.people")
        with self.desk.store.read() as connection:
            return operators(connection)

    def snooze(self, who: Operator, rows: Sequence[AlertRow], until: date, reason: str, write: Write = at_once) -> None:
        """Put alerts off until a day of the office. Raises `snooze_day_bad`, `reason_missing`, `text_too_long`."""
        demand(who, "attention.snooze")
        today = self.today()
        if not today < until <= today + timedelta(days=LONGEST_SNOOZE):
            raise MailroomError("snooze_day_bad", day=until.isoformat(), limit=LONGEST_SNOOZE)
        if not reason.strip():
            raise MailroomError("reason_missing")
        self._act(who, rows, AlertAct.SNOOZED, write, until=until, reason=reason)

    def assign(self, who: Operator, rows: Sequence[AlertRow], to_id: str, write: Write = at_once) -> None:
        """Give alerts to an operator, or back to nobody with an empty id. Raises `operator_unknown`."""
        demand(who, "attention.assign")
        to = next((one for one in self.people(who) if one.id == to_id), None)
        if to_id and to is None:
            raise MailroomError("operator_unknown", id=to_id)
        self._act(who, rows, AlertAct.ASSIGNED, write, to=to)

    def done(self, who: Operator, rows: Sequence[AlertRow], reason: str = "", write: Write = at_once) -> None:
        """Say that alerts are dealt with; they show again when the evidence changes or becomes more urgent."""
        demand(who, "attention.done")
        self._act(who, rows, AlertAct.DONE, write, reason=reason)

    def reopen(self, who: Operator, rows: Sequence[AlertRow], reason: str = "", write: Write = at_once) -> None:
        """Put alerts that were put off or dealt with on the list again."""
        demand(who, "attention.reopen")
        self._act(who, rows, AlertAct.REOPENED, write, reason=reason)

    def thresholds(self, who: Operator) -> tuple[ThresholdRule, ...]:
        """The office's own days; what is not in them is as `thresholds_for` says."""
        demand(who, "attention.thresholds")
        with self.desk.store.read() as connection:
            return stored.thresholds(connection)

    def change_thresholds(self, who: Operator, rules: Sequence[ThresholdRule]) -> tuple[ThresholdRule, ...]:
        """Put these in force instead of all earlier ones. Raises `threshold_bad`, `carrier_unknown`."""
        demand(who, "attention.change_thresholds")
        carriers = {one.id for one in self.desk.carriers}
        for rule in rules:
            if rule.carrier and rule.carrier not in carriers:
                raise MailroomError("carrier_unknown", name=rule.carrier, known=", ".join(sorted(carriers)))
            for name, days in rule.values:
                if name not in threshold_names() or not 0 <= days <= _LONGEST_THRESHOLD:
                    raise MailroomError("threshold_bad", name=name, value=days, limit=_LONGEST_THRESHOLD)
        if tuple(rules) != self.thresholds(who):
            changes = {stored.THRESHOLDS: threshold_json(rules)}
            self.desk.accept(who, "office_changed", "office", {"changes": changes})
        return self.thresholds(who)

    def today(self) -> date:
        """The office's day."""
        return self.desk.clock().astimezone(self.desk.in_force.zone).date()

    # within

    def _act(
        self,
        who: Operator,
        rows: Sequence[AlertRow],
        act: AlertAct,
        write: Write,
        *,
        until: date | None = None,
        reason: str = "",
        to: Operator | None = None,
    ) -> None:
        reason = " ".join(reason.split())
        if len(reason) > LONGEST_REASON:
            raise MailroomError("text_too_long", length=len(reason), limit=LONGEST_REASON)
        visible = departments_of(who)
        if visible and any(one.row.department_id not in visible for one in rows):
            raise MailroomError("shipment_unknown")
        day = until.isoformat() if until else ""
        for one in rows:
            now = self.desk.clock()
            facts = {"kind": one.alert.kind, "act": act.value, "until": day, "to": to.name if to else ""}
            payload = {
                "kind": one.alert.kind,
                "act": act.value,
                "evidence_key": one.key,
                "urgency": one.alert.finding.urgency.value,
                "until": day,
                "reason": reason,
                "to": {"id": to.id, "name": to.name} if to else None,
                "event": self.desk.own_event(who, one.alert.shipment_id, EventKind.ALERT, now, facts, reason),
            }
            command = self.desk.command(who, "alert_handled", one.alert.shipment_id, payload, made_at=now)
            write(lambda command=command: self.desk.store.accept(command))  # type: ignore[misc]
        self.book.refresh(self.desk, whole=False)

    @contextmanager
    def _judged(self) -> Iterator[AlertShelf]:
        """All alerts, judged at least once; nobody changes them meanwhile."""
        if self.book.empty:
            self.book.refresh(self.desk)
        with self.book.lock:
            yield self.book.shelf

    def _fitting(self, wanted: AlertFilter, visible: Sequence[str]) -> list[tuple[Alert, Line]]:
        """The alerts that fit in the order of the list, as many as are wanted."""
        found: list[tuple[Alert, Line]] = []
        with self._judged() as shelf:
            for urgency, kind, shipment_id, line in shelf.in_order():
                if (
                    (wanted.urgencies and urgency not in wanted.urgencies)
                    or (wanted.kinds and kind not in wanted.kinds)
                    or (wanted.carriers and line.carrier not in wanted.carriers)
                    or (visible and line.department_id not in visible)
                ):
                    continue
                acted = (shipment_id, kind) in self.book.acts
                if not acted and not _fits(Standing(), wanted):
                    continue
                alert = next(one for one in shelf.of(shipment_id) if one.kind == kind)
                if acted and not _fits(self._stand(alert, self.book.acts)[1], wanted):
                    continue
                found.append((alert, line))
                if len(found) == wanted.limit:
                    break
        return found

    def _stand(self, alert: Alert, acts: Acts) -> tuple[str, Standing]:
        key = evidence_key(alert)
        done = acts.get((alert.shipment_id, alert.kind), ())
        return key, standing(done, alert, key, self.today()) if done else Standing()


def _fits(state: Standing, wanted: AlertFilter) -> bool:
    return (
        (not wanted.states or state.state in wanted.states)
        and (not wanted.to_id or state.to_id == wanted.to_id)
        and not (wanted.nobodys and state.to_id)
    )


def _order(alert: Alert) -> tuple[int, str, str, str, str]:
    """The most urgent first; then those with a last day, the nearest first; then the oldest."""
    finding = alert.finding
    due = finding.due.isoformat() if finding.due else "9999"
    return URGENCY_ORDER[finding.urgency], due, finding.since.isoformat(), alert.kind, alert.shipment_id
