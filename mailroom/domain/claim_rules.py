"""Which rule of a carrier a claim falls under, which days it gives, and what a carrier may object to.

Rules come from `resources/rules/claim_rules.csv`, the most particular first; each names its source and the day it was
looked up, and every printed deadline says so. Months are counted as 30 days, so that no computed deadline is late.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, timedelta, tzinfo
from itertools import takewhile

from mailroom.domain.claim_clock import FirstStep
from mailroom.domain.claims import (
    GOODS_LINES,
    ClaimKind,
    ClaimRule,
    ClaimWindow,
    Clock,
    Confidence,
    DayBasis,
    ExhibitStatus,
    ExhibitTitle,
    RuleDocument,
    WindowState,
)
from mailroom.domain.exhibits import exhibits_of
from mailroom.domain.insurers import answering
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimPacket
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import SAME_PIECE_DAYS, PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent

_HOME = {"canada_post": "CA"}  # whose "international" is not that of the United States
_MILITARY_REGIONS = frozenset({"AA", "AE", "AP"})  # where a state stands in a military address
_MILITARY = re.compile(r"\b(apo|fpo|dpo)\b")
_ABROAD_ONLY = re.compile(r"[CHLMUV][A-Z][0-9]{9}US")  # S10: parcels, packets, M-bags, letters
_DECLARED_IS_COVER = frozenset({"ups", "fedex", "dhl", "purolator"})  # they sell cover by declared value


def parse_rules(text: str) -> tuple[ClaimRule, ...]:
    """The rules of a CSV file, in its order."""
    return tuple(_rule(row) for row in csv.DictReader(io.StringIO(text)))


def _rule(row: dict[str, str]) -> ClaimRule:
    cover = row["cover_mills"]
    return ClaimRule(
        id=row["id"],
        carrier=row["carrier"],
        title=row["title"],
        services=tuple(tuple(words.split()) for words in row["services"].split("|") if words),
        without=tuple(row["without"].split()),
        kind=ClaimKind(row["kind"]),
        clock=Clock(row["clock"]),
        earliest_day=_number(row["earliest_day"]),
        latest_day=_number(row["latest_day"]),
        appeal_days=_number(row["appeal_days"]),
        included_cover=Money(int(cover), row["currency"]) if cover else None,
        documents=tuple(RuleDocument(code) for code in row["documents"].split()),
        source=row["source"],
        appeal_source=row["appeal_source"],
        confidence=Confidence(row["confidence"]),
        effective_from=_day(row["effective_from"]),
        effective_to=_day(row["effective_to"]),
        checked_on=date.fromisoformat(row["checked_on"]),
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def merged_rules(shipped: Iterable[ClaimRule], own: Iterable[ClaimRule]) -> tuple[ClaimRule, ...]:
    """All rules, the most particular first: an office's own version stands before the shipped one of the same id.

    `own` is in the order it was entered; of two for the same first day the later one counts, and of several days
    the latest one that has begun. A rule with an id of its own goes before all others.
    """
    versions: dict[str, dict[date, ClaimRule]] = {}
    for one in own:
        versions.setdefault(one.id, {})[one.effective_from or date.min] = one
    known = tuple(shipped)
    ids = {one.id for one in known}
    added = [rule for id_, some in versions.items() if id_ not in ids for rule in _newest_first(some)]
    merged: list[ClaimRule] = list(added)
    for one in known:
        merged += [*_newest_first(versions.get(one.id, {})), one]
    return tuple(merged)


def _newest_first(versions: dict[date, ClaimRule]) -> list[ClaimRule]:
    return [versions[day] for day in sorted(versions, reverse=True)]


def match_rule(
    rules: Iterable[ClaimRule], carrier: str, service: str, kind: ClaimKind, mailed_on: date
) -> ClaimRule | None:
    """The first rule of the carrier whose words occur in `service` and that was in force on the mailing date."""
    words = service.casefold()
    if _MILITARY.search(words):
        words = f"{words} military"
    for rule in rules:
        if rule.carrier != carrier or rule.kind is not kind or any(word in words for word in rule.without):
            continue
        if rule.effective_from is not None and mailed_on < rule.effective_from:
            continue
        if rule.effective_to is not None and mailed_on > rule.effective_to:
            continue
        if not rule.services or any(all(word in words for word in group) for group in rule.services):
            return rule
    return None


def rule_for(
    rules: Iterable[ClaimRule],
    shipment: Shipment,
    kind: ClaimKind,
    mailed_on: date | None = None,
    office_country: str = "",
    insurer: str = "",
) -> ClaimRule | None:
    """The rule for a shipment by its service, where it comes from and goes, and what cover was bought; mailed when it
    was recorded unless told otherwise. It is the insurer's where one covers the goods."""
    day = mailed_on or shipment.fields.mailed_on or shipment.recorded_at.date()
    return match_rule(rules, answering(shipment.carrier, insurer), service_words(shipment, office_country), kind, day)


def service_words(shipment: Shipment, office_country: str = "") -> str:
    """What rules are matched with: the service, and what addresses, bought cover and status say of it."""
    recipient = shipment.fields.recipient
    words = [shipment.service.casefold().replace("-", " ")]
    country = recipient.country or shipment.destination.country
    if country and country != _HOME.get(shipment.carrier, "US"):
        words += ["international", f"to-{country.casefold()}"]
    elif not country and _goes_abroad(shipment):
        words.append("international")
    if shipment.fields.insured_value is not None:
        words.append("insured")
    if shipment.status is Status.DELIVERED:
        words.append("delivered")
    origin = shipment.fields.sender.country or office_country
    if origin and origin != _HOME.get(shipment.carrier, "US"):
        words.append("origin-abroad")
    if recipient.region.upper() in _MILITARY_REGIONS:
        words.append("military")
    words += _MILITARY.findall(" ".join((*recipient.address, recipient.city)).casefold())
    return " ".join(words)


def _goes_abroad(shipment: Shipment) -> bool:
    """Whether the number alone says so, where nothing on record says where a piece goes.

    The post of the United States prints S10 numbers for parcels, packets and letters on mail to other countries only;
    registered and express mail has them at home too, and there the earlier days, those at home, stand.
    """
    to = shipment.fields.recipient
    known = to.postal_code or to.region or shipment.destination.postal_code
    return shipment.carrier == "usps" and not known and _ABROAD_ONLY.fullmatch(shipment.tracking_number) is not None


# No sign that the carrier had a piece from then on: a label, and the end of a way that must have begun before.
_NO_MAILING = frozenset({Status.LABEL_CREATED, Status.RETURNED, Status.LOST, Status.CANCELLED})


def mailing_day(
    shipment: Shipment, events: Iterable[TimelineEvent], zone: tzinfo, today: date | None = None
) -> tuple[date, DayBasis]:
    """The day of mailing and what it rests on; never later than the true one as far as the record knows.

    The earliest of the acceptance, the day as entered and the oldest movement before a delivery; without the first two
    the day of the record where that is earlier still. None after `today`, where it is told, and no event from so long
    before the day as entered that it is another piece's. The date of a carrier's e-mail is none of the piece's.
    """
    entered = shipment.fields.mailed_on
    if entered is not None and today is not None and entered > today:
        entered = None
    oldest = entered - timedelta(days=SAME_PIECE_DAYS) if entered is not None else date.min
    tracked = sorted(
        (
            one
            for one in events
            if one.kind is EventKind.TRACKING
            and one.source is not EventSource.NOTICE
            and oldest <= one.happened.local.date() <= (today or date.max)
        ),
        key=lambda one: one.sort_at,
    )
    known: list[tuple[date, DayBasis]] = []
    accepted = [one.happened.local.date() for one in tracked if one.status is Status.ACCEPTED]
    if accepted:
        known.append((min(accepted), DayBasis.ACCEPTANCE_EVENT))
    if entered is not None:
        known.append((entered, DayBasis.MAILING_DATE))
    if not known:
        known.append((shipment.recorded_at.astimezone(zone).date(), DayBasis.RECORDED))
    under_way = takewhile(lambda one: one.status is not Status.DELIVERED, tracked)
    moved = [one.happened.local.date() for one in under_way if one.status not in _NO_MAILING]
    if moved:
        known.append((min(moved), DayBasis.FIRST_EVENT))
    return min(known, key=lambda one: one[0])  # of one day the first


def promised_day(shipment: Shipment, events: Iterable[TimelineEvent]) -> date | None:
    """The day that the carrier, a file or a standard promised, as far as a carrier's rule may count from it.

    Neither the day that the sender wants it there nor one that only an e-mail of the carrier names is such a promise.
    """
    day = shipment.promised_on
    if day is None or shipment.promise_basis is PromiseBasis.USER:
        return None
    known = tuple(events)
    if any(one.source is EventSource.NOTICE for one in known):  # most pieces have none, and need no closer look
        named = {one.source is EventSource.NOTICE for one in known if one.promised_on == day.isoformat()}
        if named == {True}:
            return None
    return day


def first_promised(shipment: Shipment, events: Iterable[TimelineEvent]) -> date | None:
    """The day that was promised first, as far as the events at hand tell it: a carrier that puts its day off counts
    from the one that it gave before. Never a later one than `promised_day`, and none where that is none.
    """
    known = tuple(events)
    day = promised_day(shipment, known)
    if day is None:
        return None
    by_age = sorted((one for one in known if one.source is not EventSource.NOTICE), key=lambda one: one.sort_at)
    first = next((told for one in by_age if (told := one.promised_on)), "")  # the oldest soon tells it
    return min(day, date.fromisoformat(first[:10])) if first else day


def window_of(
    rule: ClaimRule,
    shipment: Shipment,
    events: Iterable[TimelineEvent],
    zone: tzinfo,
    today: date | None = None,
) -> ClaimWindow | None:
    """The days a rule gives, counted from its clock date, or from an earlier one where that is not known; none where
    the rule knows no bounds."""
    if rule.earliest_day is None and rule.latest_day is None:
        return None
    known = tuple(events)
    start, basis = _day_zero(rule.clock, shipment, known, zone, today)
    return ClaimWindow(
        starts_on=start,
        clock=rule.clock,
        basis=basis,
        opens_on=_after(start, rule.earliest_day),
        last_on=_after(start, rule.latest_day),
    )


def first_delivery(
    shipment: Shipment, events: Iterable[TimelineEvent], zone: tzinfo, today: date | None = None
) -> TimelineEvent | None:
    """Of several deliveries on record the earliest since the mailing, so that no day counted from it is late.

    A piece may be put on record after its delivery, though not as long as until its number is another piece's.
    """
    known = tuple(events)
    mailed, basis = mailing_day(shipment, known, zone, today)
    earliest = mailed - timedelta(days=SAME_PIECE_DAYS) if basis is DayBasis.RECORDED else mailed
    delivered = [one for one in known if one.kind is EventKind.TRACKING and one.status is Status.DELIVERED]
    since = [one for one in delivered if one.happened.local.date() >= earliest]
    return min(since, key=lambda one: one.sort_at, default=None)


def _after(start: date, days: int | None) -> date | None:
    return None if days is None else start + timedelta(days=days)


def _day_zero(
    clock: Clock, shipment: Shipment, events: tuple[TimelineEvent, ...], zone: tzinfo, today: date | None
) -> tuple[date, DayBasis]:
    first = first_delivery(shipment, events, zone, today)
    if clock is Clock.DELIVERY and first is not None:
        return first.happened.local.date(), DayBasis.DELIVERY_EVENT
    promised = first_promised(shipment, events) if clock is not Clock.MAILING else None
    if promised is not None:
        return promised, DayBasis.EXPECTED_DATE
    day, basis = mailing_day(shipment, events, zone, today)
    if basis is DayBasis.RECORDED and first is not None and first.happened.local.date() < day:
        return first.happened.local.date(), DayBasis.DELIVERY_EVENT  # nothing on record is nearer to the mailing
    return day, basis


def cover_of(packet: ClaimPacket) -> Money | None:
    """The most the carrier answers for, as far as known: cover that was bought, else what the rule includes."""
    return cover_for(packet.row.shipment, packet.rule, packet.claim.insurer)


def cover_for(shipment: Shipment, rule: ClaimRule | None, insurer: str = "") -> Money | None:
    """As `cover_of`, for a shipment that nothing is claimed for yet. No insurer answers for a declared value."""
    fields = shipment.fields
    if fields.insured_value is not None:
        return fields.insured_value
    if not insurer and shipment.carrier in _DECLARED_IS_COVER and fields.declared_value is not None:
        return fields.declared_value
    return rule.included_cover if rule is not None else None


def goods_of(packet: ClaimPacket) -> Money:
    """What is demanded for the goods: the lines for them, or the whole amount where no lines were given."""
    return packet.claim.sum_of(*GOODS_LINES) if packet.claim.lines else packet.claim.amount


def gaps_of(packet: ClaimPacket) -> tuple[Reason, ...]:
    """What a carrier may object to: a closed window, an amount over the cover, documents that are missing."""
    gaps: list[Reason] = []
    cover, goods = cover_of(packet), goods_of(packet)
    whose = (("insurer", packet.claim.insurer),) if packet.claim.insurer else ()  # none: the carrier's own rule
    if packet.rule is None:
        gaps.append(Reason("claim_no_rule", whose))
    elif cover is not None and cover.mills == 0:
        gaps.append(Reason("claim_no_cover", whose))
    if packet.window is not None and packet.rule is not None:
        state, as_of = packet.window.state(packet.today), str(packet.rule.as_of)
        if state is WindowState.NOT_OPEN:
            gaps.append(
                Reason("claim_window_not_open", (("day", str(packet.window.opens_on)), ("as_of", as_of), *whose))
            )
        elif state is WindowState.MISSED:
            gaps.append(Reason("claim_window_missed", (("day", str(packet.window.last_on)), ("as_of", as_of), *whose)))
    there = {one.title for one in exhibits_of(packet) if one.status is ExhibitStatus.PRESENT}
    if ExhibitTitle.CONTACT_LOG not in there:
        gaps += [asked_first_of(step) for step in packet.first]
    if cover is not None and cover.mills and cover.currency == goods.currency and goods.mills > cover.mills:
        gaps.append(Reason("claim_over_cover", (("amount", _told(goods)), ("cover", _told(cover)))))
    if packet.claim.lines and packet.claim.sum_of() != packet.claim.amount:
        gaps.append(Reason("claim_sum_differs", (("sum", _told(packet.claim.sum_of())),)))
    missing = [one.letter for one in exhibits_of(packet) if one.status is ExhibitStatus.MISSING]
    if missing:
        gaps.append(Reason("claim_documents_missing", (("letters", ", ".join(missing)),)))
    return tuple(gaps)


def asked_first_of(step: FirstStep) -> Reason:
    """What the carrier wants before such a claim, with its days as far as they are known."""
    action, as_of = step.rule.action.value, step.rule.checked_on.isoformat()
    if step.opens_on is None:
        return Reason("claim_asked_first", (("action", action), ("as_of", as_of)))
    opens = step.opens_on.isoformat()
    if step.last_on is None:
        return Reason("claim_asked_first_from", (("action", action), ("as_of", as_of), ("opens_on", opens)))
    last = step.last_on.isoformat()
    return Reason(
        "claim_asked_first_days", (("action", action), ("as_of", as_of), ("opens_on", opens), ("last_on", last))
    )


def _told(amount: Money) -> str:
    """`120.00 USD`; the third decimal only where there are mills."""
    return f"{amount.amount if amount.mills % 10 else amount.amount[:-1]} {amount.currency}"
