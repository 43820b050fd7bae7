"""The clocks of claims as the alert rules see them: only of pieces that there is something to claim for."""

from collections.abc import Iterable
from datetime import date, tzinfo

from mailroom.domain.alerts.situation import Situation
from mailroom.domain.claim_clock import ShipmentClock, clock_of
from mailroom.domain.claim_life import OpenClaim
from mailroom.domain.claim_rules import cover_for, mailing_day, rule_for, window_of
from mailroom.domain.claims import ClaimKind, ClaimRule
from mailroom.domain.status import Status

_UNDER_WAY = frozenset({Status.ACCEPTED, Status.IN_TRANSIT, Status.OUT_FOR_DELIVERY, Status.DELAYED})
_LONGEST = 400  # days from its record after which no carrier takes a claim any more


class ClaimWatch:
    """What is needed to tell the clocks of shipments on one day of the office."""

    def __init__(
        self, rules: tuple[ClaimRule, ...], claims: Iterable[OpenClaim], zone: tzinfo, today: date, country: str = ""
    ) -> None:
        self._rules, self._zone, self._today, self._country = rules, zone, today, country
        self._claims: dict[str, OpenClaim] = {}  # the newest of each shipment
        for one in claims:
            self._claims.setdefault(one.shipment_id, one)

    def clock(self, seen: Situation) -> ShipmentClock | None:
        """The clock where a claim is on record or the piece is gone for long and the carrier answers for it."""
        shipment = seen.shipment
        claim = self._claims.get(shipment.id)
        if claim is not None:
            if claim.ended:
                return None
            kind = claim.terms.kind
        elif not _gone(seen):
            return None
        else:
            kind = ClaimKind.LOSS
        mailed_on, _basis = mailing_day(shipment, seen.moves, self._zone, self._today)
        insurer = claim.terms.insurer if claim is not None else ""
        rule = rule_for(self._rules, shipment, kind, mailed_on, self._country, insurer)
        cover = cover_for(shipment, rule, insurer)
        if claim is None and (cover is None or cover.mills <= 0):
            return None
        window = window_of(rule, shipment, seen.moves, self._zone, self._today) if rule is not None else None
        return clock_of(kind, rule, window, self._today, (), claim)


def _gone(seen: Situation) -> bool:
    """Lost, or without a word for so long that it counts as lost; not so long ago that no carrier would answer."""
    status = seen.shipment.status
    silent = status in _UNDER_WAY and seen.moves and seen.silent_days >= seen.thresholds.no_movement_lost
    return bool(silent or status is Status.LOST) and (seen.now - seen.shipment.recorded_at).days <= _LONGEST
