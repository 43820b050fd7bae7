"""What was on the work list about a shipment, day by day: alerts are no record, so it is judged again as of each day.

By today's rules and days, from what was on record at the end of each of the office's days. Rules about claims are left
out: they follow from what the office did, which its claims tell better; and so is what follows from other pieces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from mailroom.domain.alerts import alert_rules
from mailroom.domain.alerts.situation import Alert, RuleBook, situations, start_of
from mailroom.domain.attention import thresholds_for
from mailroom.services.alert_book import ENDED_DAYS, late_kinds, long_over
from mailroom.services.desk import Desk
from mailroom.store import attention as stored
from mailroom.store.past import heads_at
from mailroom.store.shipments import get_shipment

LONGEST = 180  # days looked back
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """Office days on which a rule spoke without a break: the alert as on the last of them; `last_on` none: still."""

    alert: Alert
    first_on: date
    last_on: date | None


def spells(desk: Desk, shipment_id: str) -> tuple[Spell, ...]:
    """What was on the list about a shipment, the newest first. Raises `shipment_unknown`."""
    now, zone = desk.clock(), desk.in_force.zone
    today = now.astimezone(zone).date()
    with desk.store.read() as connection:
        shipment = get_shipment(connection, shipment_id).row.shipment
        first = max(shipment.recorded_at.astimezone(zone).date(), today - timedelta(days=LONGEST))
        days = [first + count * _DAY for count in range((today - first).days + 1)]
        moments = [min(now, start_of(day + _DAY, zone) - _SECOND) for day in days]
        telling = shipment.carrier in stored.heard_of(connection)
        told = lru_cache(maxsize=None)(partial(stored.told_since, connection, shipment.carrier))
        limits = thresholds_for(stored.thresholds(connection), shipment.carrier, shipment.service)
        book = RuleBook(tuple(rule for rule in alert_rules() if not rule.clocked))
        late = late_kinds()
        saved_at = stored.proof_saved_at(connection, shipment_id)
        found: list[tuple[date, tuple[Alert, ...]]] = []
        for day, moment, (head, moves) in zip(days, moments, heads_at(connection, shipment, moments), strict=True):
            make = situations(
                now=moment,
                zone=zone,
                thresholds=limits,
                told_since=lambda since: telling and told(since),
                read_here=partial(stored.read_here, connection),
                clock_for=lambda _seen: None,
            )
            alerts = book.judge(make(head, moves, proof_saved=saved_at is not None and saved_at <= moment))
            over = long_over(head, day - ENDED_DAYS * _DAY, zone)
            found.append((day, tuple(one for one in alerts if not over or one.kind in late)))
    return tuple(sorted(_joined(found), key=lambda one: (one.last_on is None, one.first_on), reverse=True))


def _joined(found: list[tuple[date, tuple[Alert, ...]]]) -> Iterator[Spell]:
    """Days in a row of one rule as one spell."""
    going: dict[str, tuple[Alert, date]] = {}
    for day, alerts in found:
        spoken = {one.kind: one for one in alerts}
        for kind in going.keys() - spoken.keys():
            alert, first = going.pop(kind)
            yield Spell(alert, first, day - _DAY)
        for kind, alert in spoken.items():
            going[kind] = alert, going[kind][1] if kind in going else day
    for alert, first in going.values():
        yield Spell(alert, first, None)
