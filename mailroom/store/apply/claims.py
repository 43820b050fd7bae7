"""Commands about claims: opened, changed, moved on; and about the office's own versions of the rules."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from mailroom.domain.claim_life import APPEALS, BEFORE_FILING, DECIDED, ENDED, ClaimState, ClaimTerms, next_states
from mailroom.domain.claim_payloads import prepared_terms, terms_from, terms_text
from mailroom.domain.numbers import paper_number
from mailroom.errors import MailroomError
from mailroom.store.apply import own_numbers, rows
from mailroom.store.apply.timeline import append_events
from mailroom.store.claim_tables import claim_case, claim_move, claim_rule_change
from mailroom.store.journal import Change

Result = Mapping[str, Any]


def open_claim(change: Change) -> Result:
    """`claim_opened`: a claim gets this desk's next number, and the timeline of its shipment says so."""
    given = change.payload
    year = int(given["year"])

    def written(count: int) -> str:
        return paper_number("CLM", year, given["letter"], count)

    number = own_numbers.take(change, "claim_packet", year, written, change.command.subject)
    _tell(change, given["shipment_id"], number, given["event"])
    _insert(change, change.command.subject, number, given["shipment_id"], terms_from(given["terms"]))
    return {"number": number}


def take_prepared(change: Change, given: Mapping[str, Any]) -> None:
    """A claim on record of one that was prepared in one go, under the id of that command's subject."""
    reference = given.get("carrier_case_number", "")
    _insert(change, change.command.subject, given["number"], given["shipment_id"], prepared_terms(given), reference)


def take_drafted(change: Change, given: Mapping[str, Any]) -> None:
    """The claim of a packet that is put on record with it: a new one, or the open one it goes on with.

    Raises `claim_open_already`, and as `change_claim`.
    """
    if given.get("base_version") is not None:
        _change(change, given["id"], given["base_version"], given)
        return
    shipment_id, terms = given["shipment_id"], terms_from(given["terms"])
    same = (claim_case.c.shipment_id == shipment_id, claim_case.c.kind == terms.kind.value)
    ended = claim_case.c.state.in_([one.value for one in ENDED])
    there = change.connection.scalar(select(claim_case.c.number).where(*same, ~ended))
    if there is not None:
        raise MailroomError("claim_open_already", number=there)
    append_events(change, {shipment_id: [given["event"]]})
    _insert(change, given["id"], given["number"], shipment_id, terms, given.get("reference", ""))


def change_claim(change: Change) -> Result:
    """`claim_changed`: other terms, before it is filed. Raises `claim_unknown`, `claim_changed_meanwhile`,
    `claim_filed_already`."""
    return _change(change, change.command.subject, change.command.base_version, change.payload)


def _change(change: Change, claim_id: str, base: int | None, given: Mapping[str, Any]) -> Result:
    row = _head(change, claim_id)
    if base is not None and base != row.version:
        raise MailroomError("claim_changed_meanwhile", number=row.number)
    terms = terms_from(given["terms"])
    if ClaimState(row.state) not in BEFORE_FILING and not given.get("late"):
        raise MailroomError("claim_filed_already", number=row.number)
    _tell(change, row.shipment_id, row.number, given["event"])
    more = {"reference": given["reference"]} if given.get("reference") else {}
    _set(change, row, kind=terms.kind.value, terms=terms_text(terms), **_money(terms), **more)
    return {"version": row.version + 1}


def move_claim(change: Change) -> Result:
    """`claim_moved`: the next step. Raises `claim_unknown`, `claim_moved_meanwhile`, `claim_move_not_possible`."""
    given, row = change.payload, _head(change, change.command.subject)
    before, state = ClaimState(row.state), ClaimState(given["state"])
    if given["before"] != row.state:
        raise MailroomError("claim_moved_meanwhile", number=row.number, state=row.state)
    if state not in next_states(before, row.appeals, referenced=bool(row.reference)):
        raise MailroomError("claim_move_not_possible", number=row.number, before=row.state, after=state.value)
    money = given.get("money") or {}
    last = change.connection.scalar(select(func.max(claim_move.c.ordinal)).where(claim_move.c.claim_id == row.id))
    _tell(change, row.shipment_id, row.number, given["event"])
    change.connection.execute(
        insert(claim_move),
        {
            "claim_id": row.id,
            "ordinal": (last or 0) + 1,
            "command_position": change.position,
            "state": state.value,
            "before": row.state,
            "happened_on": given["on"],
            "reference": given.get("reference", ""),
            "note": given.get("note", ""),
            "mills": money.get("mills"),
            "currency": money.get("currency", ""),
            "made_at": change.command.made_at,
            "made_by": change.by,
        },
    )
    _set(change, row, state=state.value, **_moved(row, before, state, given))
    return {"version": row.version + 1}


def _moved(
    row: Row[*tuple[Any, ...]], before: ClaimState, state: ClaimState, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What a step changes in the head besides the state."""
    mills = (given.get("money") or {}).get("mills")
    values: dict[str, Any] = {}
    if given.get("reference"):
        values["reference"] = given["reference"]
    if state is ClaimState.FILED and before in BEFORE_FILING:
        values["filed_on"] = given["on"]
    if state in DECIDED:
        values |= {"decided_on": given["on"], "reason": given.get("note", "")}
        granted = mills if mills is not None else row.demanded_mills if state is ClaimState.APPROVED else None
        values["granted_mills"] = 0 if state is ClaimState.DENIED else granted
    if state in APPEALS:
        values["appeals"] = APPEALS[state]
    if state is ClaimState.PAID:
        paid = mills if mills is not None else row.granted_mills or 0
        values["received_mills"] = (row.received_mills or 0) + paid
    return values


def change_rule(change: Change) -> Result:
    """`rule_changed`: the office's own version of a carrier's rule, or none any more."""
    given = change.payload
    change.connection.execute(
        insert(claim_rule_change),
        {
            "command_position": change.position,
            "rule_id": change.command.subject,
            "body": rows.json_text(given["rule"]) if given.get("rule") else "",
            "note": given.get("note", ""),
            "changed_at": change.command.made_at,
            "changed_by": change.by,
        },
    )
    return {}


def _insert(
    change: Change, claim_id: str, number: str, shipment_id: str, terms: ClaimTerms, reference: str = ""
) -> None:
    change.connection.execute(
        insert(claim_case),
        {
            "id": claim_id,
            "opened_position": change.position,
            "changed_position": change.position,
            "number": number,
            "shipment_id": shipment_id,
            "version": 1,
            "state": ClaimState.PREPARING.value,
            "kind": terms.kind.value,
            "terms": terms_text(terms),
            **_money(terms),
            "granted_mills": None,
            "received_mills": None,
            "reference": reference,
            "filed_on": "",
            "decided_on": "",
            "appeals": 0,
            "reason": "",
            "opened_at": change.command.made_at,
            "opened_by": change.by,
            "changed_at": change.command.made_at,
        },
    )


def _money(terms: ClaimTerms) -> dict[str, Any]:
    demanded = terms.demanded
    currency = "" if demanded is None else demanded.currency
    return {"demanded_mills": None if demanded is None else demanded.mills, "currency": currency}


def _head(change: Change, id_: str) -> Row[*tuple[Any, ...]]:
    row = change.connection.execute(select(claim_case).where(claim_case.c.id == id_)).one_or_none()
    if row is None:
        raise MailroomError("claim_unknown", id=id_)
    return row


def _set(change: Change, row: Row[*tuple[Any, ...]], **values: object) -> None:
    values |= {
        "version": row.version + 1,
        "changed_position": change.position,
        "changed_at": change.command.made_at,
    }
    change.connection.execute(update(claim_case).where(claim_case.c.id == row.id).values(**values))


def _tell(change: Change, shipment_id: str, number: str, told: Mapping[str, Any]) -> None:
    """Say it on the shipment's timeline, with the claim's number."""
    event = dict(told)
    event["facts"] = {**event.get("facts", {}), "number": number}
    append_events(change, {shipment_id: [event]})


APPLY = {
    "claim_opened": open_claim,
    "claim_changed": change_claim,
    "claim_moved": move_claim,
    "rule_changed": change_rule,
}
