"""Questions about claims on record, their steps, and the office's own versions of the rules."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, func, select
from sqlalchemy.engine import Connection

from mailroom.domain.claim_life import ClaimFilter, ClaimMove, ClaimRow, ClaimState, OpenClaim
from mailroom.domain.claim_payloads import rule_from, terms_from
from mailroom.domain.claims import RuleChange
from mailroom.domain.folding import fold, fold_number
from mailroom.domain.money import Money
from mailroom.errors import MailroomError
from mailroom.store.claim_tables import claim_case, claim_move, claim_rule_change
from mailroom.store.tables import shipment

Columns = TypeVarTuple("Columns")

Look = Connection  # a connection that reads, as callers hold it

_CHUNK = 500  # ids in one IN list

_ROWS = select(
    claim_case,
    shipment.c.carrier,
    shipment.c.service,
    shipment.c.tracking_number,
    shipment.c.fields,
    shipment.c.department_id,
).join(shipment, shipment.c.id == claim_case.c.shipment_id)


def claim(connection: Connection, id_: str) -> ClaimRow:
    """One claim. Raises `claim_unknown`."""
    row = connection.execute(_ROWS.where(claim_case.c.id == id_)).one_or_none()
    if row is None:
        raise MailroomError("claim_unknown", id=id_)
    return _row(row)


def claims(connection: Connection, wanted: ClaimFilter, limit: int) -> tuple[ClaimRow, ...]:
    """Claims that fit, newest opened first; `limit` 0 means all."""
    query = _restricted(_ROWS, wanted).order_by(claim_case.c.opened_position.desc())
    found = tuple(_row(row) for row in connection.execute(query))
    if wanted.text:
        words, number = fold(wanted.text), fold_number(wanted.text)
        found = tuple(one for one in found if _has(one, words, number))
    return found[:limit] if limit else found


def of_shipments(connection: Connection, ids: Iterable[str] | None = None) -> tuple[OpenClaim, ...]:
    """The claims of these shipments, or of all, newest opened first."""
    query = _ROWS.order_by(claim_case.c.opened_position.desc())
    if ids is None:
        return tuple(_row(row).claim for row in connection.execute(query))
    wanted, found = sorted(set(ids)), list[OpenClaim]()
    for start in range(0, len(wanted), _CHUNK):
        some = query.where(claim_case.c.shipment_id.in_(wanted[start : start + _CHUNK]))
        found.extend(_row(row).claim for row in connection.execute(some))
    return tuple(found)


def counts(connection: Connection, wanted: ClaimFilter) -> Mapping[ClaimState, int]:
    """How many claims stand in each state; the filter's own states and text are left aside."""
    query = (
        select(claim_case.c.state, func.count())
        .select_from(claim_case.join(shipment, shipment.c.id == claim_case.c.shipment_id))
        .group_by(claim_case.c.state)
    )
    found = connection.execute(_restricted(query, wanted, states=False)).all()
    return {ClaimState(row[0]): int(row[1]) for row in found}


def moves(connection: Connection, claim_id: str) -> tuple[ClaimMove, ...]:
    """The steps of a claim, the first one first."""
    query = select(claim_move).where(claim_move.c.claim_id == claim_id).order_by(claim_move.c.ordinal)
    return tuple(
        ClaimMove(
            state=ClaimState(row.state),
            before=ClaimState(row.before),
            on=date.fromisoformat(row.happened_on),
            made_at=row.made_at,
            made_by=row.made_by,
            reference=row.reference,
            note=row.note,
            money=_money(row.mills, row.currency),
        )
        for row in connection.execute(query)
    )


def rule_changes(connection: Connection, rule_id: str = "") -> tuple[RuleChange, ...]:
    """The office's own versions of rules, of one or of all, the oldest first."""
    query = select(claim_rule_change).order_by(claim_rule_change.c.command_position)
    if rule_id:
        query = query.where(claim_rule_change.c.rule_id == rule_id)
    return tuple(
        RuleChange(
            rule_id=row.rule_id,
            rule=rule_from(json.loads(row.body)) if row.body else None,
            note=row.note,
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )
        for row in connection.execute(query)
    )


def _restricted(query: Select[*Columns], wanted: ClaimFilter, *, states: bool = True) -> Select[*Columns]:
    if wanted.states and states:
        query = query.where(claim_case.c.state.in_([one.value for one in wanted.states]))
    if wanted.shipment_id:
        query = query.where(claim_case.c.shipment_id == wanted.shipment_id)
    if wanted.carriers:
        query = query.where(shipment.c.carrier.in_(wanted.carriers))
    if wanted.department_ids:
        query = query.where(shipment.c.department_id.in_(wanted.department_ids))
    return query


def _has(row: ClaimRow, words: str, number: str) -> bool:
    texts = (row.claim.number, row.tracking_number, row.claim.reference)
    return words in fold(row.recipient) or any(number in fold_number(one) for one in texts if number)


def _row(row: Row[*tuple[Any, ...]]) -> ClaimRow:
    demanded, granted = _money(row.demanded_mills, row.currency), _money(row.granted_mills, row.currency)
    recipient = json.loads(row.fields).get("recipient") or {}
    opened = OpenClaim(
        id=row.id,
        number=row.number,
        shipment_id=row.shipment_id,
        version=row.version,
        state=ClaimState(row.state),
        terms=terms_from(json.loads(row.terms)),
        demanded=demanded,
        expected=granted if granted is not None else demanded,
        received=_money(row.received_mills, row.currency),
        reference=row.reference,
        filed_on=_day(row.filed_on),
        decided_on=_day(row.decided_on),
        appeals=row.appeals,
        reason=row.reason,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        changed_at=row.changed_at,
    )
    return ClaimRow(
        claim=opened,
        carrier=row.carrier,
        service=row.service,
        tracking_number=row.tracking_number,
        recipient=recipient.get("name") or recipient.get("company") or "",
        department_id=row.department_id or "",
    )


def _money(mills: int | None, currency: str) -> Money | None:
    return None if mills is None else Money(mills, currency)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
