"""Claims: opened, filled in, checked, moved on step by step, with the clock that says until when."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mailroom.domain.claim_checklist import ChecklistEntry, checklist_of, is_ready
from mailroom.domain.claim_clock import FirstStep, ShipmentClock, clock_of, first_steps, match_inquiries
from mailroom.domain.claim_life import (
    BEFORE_FILING,
    ClaimFilter,
    ClaimItem,
    ClaimMove,
    ClaimRow,
    ClaimState,
    ClaimTerms,
    next_states,
)
from mailroom.domain.claim_payloads import terms_json
from mailroom.domain.claim_rules import gaps_of, mailing_day, promised_day, rule_for, service_words, window_of
from mailroom.domain.claims import ClaimKind, ClaimRule, ClaimWindow
from mailroom.domain.documents import Document
from mailroom.domain.ids import new_id
from mailroom.domain.insurers import answering
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.papers import ClaimPacket
from mailroom.domain.piece_parts import money_json
from mailroom.domain.recognition import Reason
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.claim_checks import checked_terms, first_terms
from mailroom.services.claim_values import claim_on_record, packet_value
from mailroom.services.desk import Desk
from mailroom.services.rights import demand, departments_of
from mailroom.services.rules import inquiry_rules, rules_in_force
from mailroom.services.shipments import Shipments
from mailroom.store import claims as stored

_LONGEST_NOTE = 4000  # characters
_NEEDS_MONEY = frozenset({ClaimState.PART})


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Everything about one claim: its shipment, its steps, what may come next, its checklist, clock and papers."""

    row: ClaimRow
    detail: ShipmentDetail
    moves: tuple[ClaimMove, ...]
    next: tuple[ClaimState, ...]
    checklist: tuple[ChecklistEntry, ...]
    ready: bool
    clock: ShipmentClock
    packet: ClaimPacket  # as it would be made now, without number and moment
    gaps: tuple[Reason, ...]
    papers: tuple[Document, ...]  # newest first

    @property
    def settled(self) -> int:
        """How many documents of the checklist that are asked for are there or explained."""
        return sum(1 for one in self.checklist if one.required and one.settled)

    @property
    def asked(self) -> int:
        """How many documents are asked for."""
        return sum(1 for one in self.checklist if one.required)


@dataclass(frozen=True, slots=True)
class Claims:
    """Use cases of claims on record."""

    desk: Desk

    def open(
        self, who: Operator, shipment_id: str, kind: ClaimKind = ClaimKind.LOSS, terms: ClaimTerms | None = None
    ) -> ClaimRow:
        """Open a claim with what the record knows of the goods. Raises `shipment_unknown`, and as `edit`."""
        demand(who, "claims.open")
        detail = Shipments(self.desk).get(who, shipment_id)
        given = first_terms(detail, kind) if terms is None else checked_terms(terms, None)
        now, claim_id = self.desk.clock(), new_id()
        facts = {"act": "opened", "kind": given.kind.value}
        payload = {
            "shipment_id": shipment_id,
            "year": self.today().year,
            "letter": who.desk_letter,
            "terms": terms_json(given),
            "event": self.desk.own_event(who, shipment_id, EventKind.CLAIM, now, facts),
        }
        self.desk.accept(who, "claim_opened", claim_id, payload, made_at=now)
        return self._row(who, claim_id)

    def edit(self, who: Operator, claim_id: str, terms: ClaimTerms, base_version: int) -> ClaimRow:
        """Enter what is claimed; before it is filed, and after that only where the carrier asked for more.

        Raises `claim_unknown`, `claim_changed_meanwhile`, `claim_filed_already`, `item_too_vague`, `item_bad`,
        `item_less_over_value`, `item_repair_over_value`, `amount_not_positive`, `currencies_differ`.
        """
        demand(who, "claims.edit")
        row = self._row(who, claim_id)
        given = checked_terms(terms, row.claim.terms)
        if given == row.claim.terms:
            return row
        now = self.desk.clock()
        event = self.desk.own_event(who, row.claim.shipment_id, EventKind.CLAIM, now, {"act": "changed"})
        payload = {
            "terms": terms_json(given),
            "late": row.claim.state is ClaimState.DOCUMENTS_ASKED,
            "event": event,
        }
        self.desk.accept(who, "claim_changed", claim_id, payload, base_version=base_version, made_at=now)
        return self._row(who, claim_id)

    def move(
        self,
        who: Operator,
        claim_id: str,
        state: ClaimState,
        *,
        on: date | None = None,
        reference: str = "",
        note: str = "",
        money: Money | None = None,
    ) -> ClaimView:
        """Take a claim a step further. `on` is the day it happened, today unless told; `money` was granted or paid.

        Raises `claim_unknown`, `claim_move_not_possible`, `claim_reference_needed`, `claim_not_ready`,
        `claim_money_needed`, `claim_day_ahead`, `currencies_differ`, `text_too_long`.
        """
        demand(who, "claims.move")
        view = self.get(who, claim_id)
        claim, today = view.row.claim, self.today()
        day = on or today
        reference, note = " ".join(reference.split()), note.strip()
        if state not in view.next:
            raise MailroomError(
                "claim_move_not_possible", number=claim.number, before=claim.state.value, after=state.value
            )
        if day > today + timedelta(days=1):
            raise MailroomError("claim_day_ahead", day=day.isoformat())
        if state is ClaimState.FILED and not (reference or claim.reference):
            raise MailroomError("claim_reference_needed", number=claim.number)
        if state is ClaimState.READY and not view.ready:
            raise MailroomError("claim_not_ready", number=claim.number, open=view.asked - view.settled)
        if state in _NEEDS_MONEY and money is None:
            raise MailroomError("claim_money_needed", number=claim.number)
        if money is not None and money.mills <= 0:
            raise MailroomError("amount_not_positive", amount=money.amount)
        if money is not None and claim.demanded is not None and money.currency != claim.demanded.currency:
            raise MailroomError("currencies_differ", first=claim.demanded.currency, second=money.currency)
        for text in (reference, note):
            if len(text) > _LONGEST_NOTE:
                raise MailroomError("text_too_long", length=len(text), limit=_LONGEST_NOTE)
        self._move(who, view.row, state, day, reference, note, money)
        return self.get(who, claim_id)

    def _move(
        self, who: Operator, row: ClaimRow, state: ClaimState, day: date, reference: str, note: str, money: Money | None
    ) -> None:
        now = self.desk.clock()
        facts = {"act": "moved", "state": state.value}
        payload = {
            "state": state.value,
            "before": row.claim.state.value,
            "on": day.isoformat(),
            "reference": reference,
            "note": note,
            "money": money_json(money),
            "event": self.desk.own_event(who, row.claim.shipment_id, EventKind.CLAIM, now, facts, note),
        }
        self.desk.accept(who, "claim_moved", row.claim.id, payload, made_at=now)

    def find(self, who: Operator, wanted: ClaimFilter | None = None, limit: int = 0) -> tuple[ClaimRow, ...]:
        """Claims that fit, newest opened first; `limit` 0 means all."""
        demand(who, "claims.find")
        with self.desk.store.read() as connection:
            return stored.claims(connection, _seen_by(who, wanted or ClaimFilter()), limit)

    def counts(self, who: Operator, wanted: ClaimFilter | None = None) -> Mapping[ClaimState, int]:
        """How many claims stand in each state."""
        demand(who, "claims.counts")
        with self.desk.store.read() as connection:
            return stored.counts(connection, _seen_by(who, wanted or ClaimFilter()))

    def get(self, who: Operator, claim_id: str) -> ClaimView:
        """Everything about one claim. Raises `claim_unknown`."""
        demand(who, "claims.get")
        row = self._row(who, claim_id)
        claim = row.claim
        detail = Shipments(self.desk).get(who, claim.shipment_id)
        with self.desk.store.read() as connection:
            moves = stored.moves(connection, claim_id)
        rule, window, first = self.days(detail, claim.terms.kind, claim.terms.insurer)
        packet = packet_value(self.desk, who, claim_on_record(row, detail), detail, rule, window, self.today())
        packet = dataclasses.replace(packet, first=first)
        country = self.desk.in_force.settings.country
        shipment = detail.row.shipment
        checklist = checklist_of(claim.terms, shipment, detail.attachments, rule, window, country)
        return ClaimView(
            row=row,
            detail=detail,
            moves=moves,
            next=next_states(claim.state, claim.appeals, referenced=bool(claim.reference)),
            checklist=checklist,
            ready=is_ready(checklist, claim.terms),
            clock=dataclasses.replace(
                clock_of(claim.terms.kind, rule, window, self.today(), first, claim), insurer=claim.terms.insurer
            ),
            packet=packet,
            gaps=gaps_of(packet) if claim.demanded is not None else (),
            papers=tuple(one for one in detail.documents if belongs(one.number, claim.number)),
        )

    def clock(
        self, who: Operator, detail: ShipmentDetail, kind: ClaimKind | None = None, insurer: str | None = None
    ) -> ShipmentClock:
        """Whether a claim for this shipment can be filed today, until when, and what the carrier wants asked first.

        Without a `kind` it is that of the newest claim on record, else damage for what was delivered, else loss;
        without an `insurer` ("": the carrier itself) the one of that claim.
        """
        demand(who, "claims.clock")
        found = [row.claim for row in self.find(who, ClaimFilter(shipment_id=detail.row.shipment.id))]
        if kind is None:
            delivered = detail.row.shipment.status is Status.DELIVERED
            usual = ClaimKind.DAMAGE if delivered else ClaimKind.LOSS
            kind = found[0].terms.kind if found else usual
        claim = next((one for one in found if one.terms.kind is kind), None)
        covering = claim.terms.insurer if insurer is None and claim is not None else insurer or ""
        rule, window, first = self.days(detail, kind, covering)
        told = clock_of(kind, rule, window, self.today(), first, claim)
        return dataclasses.replace(told, insurer=covering)

    def closing(self, who: Operator) -> tuple[tuple[ClaimRow, ShipmentClock], ...]:
        """Claims not filed yet and appeals still open, each with its clock, the most pressing first."""
        demand(who, "claims.closing")
        found: list[tuple[ClaimRow, ShipmentClock]] = []
        states = (*BEFORE_FILING, ClaimState.PART, ClaimState.DENIED)
        for row in self.find(who, ClaimFilter(states=states)):
            clock = self.get(who, row.claim.id).clock
            if row.claim.state in BEFORE_FILING or clock.appeal_by is not None:
                found.append((row, clock))
        return tuple(sorted(found, key=lambda one: _pressing(one[1])))

    def today(self) -> date:
        """The day in the office's zone."""
        return self.desk.clock().astimezone(self.desk.in_force.zone).date()

    def days(
        self, detail: ShipmentDetail, kind: ClaimKind, insurer: str = ""
    ) -> tuple[ClaimRule | None, ClaimWindow | None, tuple[FirstStep, ...]]:
        """The rule in force on the mailing date, the days it gives, and what the carrier wants first.

        An insurer's rule is not the carrier's, and what the carrier wants first is nothing to it.
        """
        shipment, zone = detail.row.shipment, self.desk.in_force.zone
        mailed_on, _basis = mailing_day(shipment, detail.events, zone, self.today())
        country = self.desk.in_force.settings.country
        rule = rule_for(rules_in_force(self.desk), shipment, kind, mailed_on, country, insurer)
        window = window_of(rule, shipment, detail.events, zone, self.today()) if rule is not None else None
        asked = match_inquiries(inquiry_rules(), answering(shipment.carrier, insurer), service_words(shipment, country))
        return rule, window, first_steps(asked, kind, mailed_on, promised_day(shipment, detail.events))

    def _row(self, who: Operator, claim_id: str) -> ClaimRow:
        with self.desk.store.read() as connection:
            row = stored.claim(connection, claim_id)
        visible = departments_of(who)
        if visible and row.department_id not in visible:
            raise MailroomError("claim_unknown")
        return row


def belongs(document_number: str, claim_number: str) -> bool:
    """Whether a paper is one of a claim's: numbered as the claim, or with a count or a letter behind it."""
    return document_number == claim_number or document_number.startswith(f"{claim_number}-")


def following_number(number: str, papers: Sequence[Document]) -> str:
    """The number of a claim's next paper: the given one the first time, then `…-2`, `…-3`."""
    taken = {one.number for one in papers}
    if number not in taken:
        return number
    count = 2
    while f"{number}-{count}" in taken:
        count += 1
    return f"{number}-{count}"


def without(terms: ClaimTerms, places: Iterable[int]) -> ClaimTerms:
    """The terms without some items, by their places from 0."""
    gone = set(places)
    kept: tuple[ClaimItem, ...] = tuple(one for at, one in enumerate(terms.items) if at not in gone)
    return dataclasses.replace(terms, items=kept)


def _pressing(clock: ShipmentClock) -> tuple[date, str]:
    days = [day for day in (clock.appeal_by, clock.window.last_on if clock.window else None) if day is not None]
    return min(days, default=date.max), clock.claim_number


def _seen_by(who: Operator, wanted: ClaimFilter) -> ClaimFilter:
    visible = departments_of(who)
    return dataclasses.replace(wanted, department_ids=visible) if visible else wanted
