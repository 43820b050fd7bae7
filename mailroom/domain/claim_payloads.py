"""Claims and their rules as JSON of a command's payload, and back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mailroom.domain.claim_life import Answer, ChecklistAnswer, ClaimItem, ClaimTerms, Remedy
from mailroom.domain.claims import ClaimKind, ClaimRule, Clock, Confidence, RuleDocument
from mailroom.domain.money import Money
from mailroom.domain.piece_parts import money_from, money_json

Json = dict[str, Any]


def item_json(item: ClaimItem) -> Json:
    """One kind of goods."""
    return {
        "description": item.description,
        "quantity": item.quantity,
        "unit_value": money_json(item.unit_value),
        "less": money_json(item.less),
        "repair": money_json(item.repair),
    }


def terms_json(terms: ClaimTerms) -> Json:
    """All of a claim's terms, empty ones too."""
    return {
        "kind": terms.kind.value,
        "items": [item_json(one) for one in terms.items],
        "postage": money_json(terms.postage),
        "amount": money_json(terms.amount),
        "remedy": terms.remedy.value,
        "remedy_note": terms.remedy_note,
        "payee": terms.payee,
        "insurer": terms.insurer,
        "statement": terms.statement,
        "left_out": terms.left_out,
        "statement_on": _iso(terms.statement_on),
        "declaration": terms.declaration,
        "answers": [
            {"document": one.document.value, "answer": one.answer.value, "because": one.because}
            for one in terms.answers
        ],
        "photos": [list(pair) for pair in terms.photos],
    }


def terms_from(value: Mapping[str, Any]) -> ClaimTerms:
    """The reverse of `terms_json`; what is missing has its default."""
    day = value.get("statement_on")
    return ClaimTerms(
        kind=ClaimKind(value["kind"]),
        items=tuple(_item(one) for one in value.get("items", ())),
        postage=money_from(value.get("postage")),
        amount=money_from(value.get("amount")),
        remedy=Remedy(value.get("remedy") or Remedy.PAY),
        remedy_note=value.get("remedy_note", ""),
        payee=value.get("payee", ""),
        insurer=value.get("insurer", ""),
        statement=value.get("statement", ""),
        left_out=value.get("left_out", ""),
        statement_on=date.fromisoformat(day) if day else None,
        declaration=bool(value.get("declaration", True)),
        answers=tuple(
            ChecklistAnswer(RuleDocument(one["document"]), Answer(one["answer"]), one.get("because", ""))
            for one in value.get("answers", ())
        ),
        photos=tuple((one[0], one[1]) for one in value.get("photos", ())),
    )


def prepared_terms(given: Mapping[str, Any]) -> ClaimTerms:
    """The terms of a claim that was prepared in one go, from its command's payload."""
    amount = money_from(given.get("amount"))
    contents = given.get("contents", "")
    items = (ClaimItem(contents, 1, amount),) if contents and amount is not None else ()
    return ClaimTerms(
        kind=ClaimKind(given["kind"]),
        items=items,
        amount=amount,
        remedy_note=given.get("remedy", ""),
        statement=given.get("statement", ""),
        answers=answers_of(pair for pair in given.get("missing", ()) if not isinstance(pair, str)),
    )


def answers_of(missing: Iterable[Sequence[str]]) -> tuple[ChecklistAnswer, ...]:
    """What was said of missing documents, from pairs of an exhibit's letter and the reason."""
    documents = {letter: document for document, letter in LETTER_OF_DOCUMENT.items()}
    return tuple(
        ChecklistAnswer(documents[pair[0]], Answer.MISSING, pair[1])
        for pair in missing
        if len(pair) == 2 and pair[0] in documents
    )


LETTER_OF_DOCUMENT = {
    RuleDocument.PROOF_OF_MAILING: "A",
    RuleDocument.PROOF_OF_INSURANCE: "B",
    RuleDocument.PROOF_OF_VALUE: "C",
    RuleDocument.TRACKING_HISTORY: "D",
    RuleDocument.PHOTOGRAPHS: "E",
    RuleDocument.CONTACT_LOG: "F",
    RuleDocument.RECIPIENT_STATEMENT: "G",
    RuleDocument.CUSTOMS_PAPERS: "H",
}


def _item(value: Mapping[str, Any]) -> ClaimItem:
    unit = money_from(value["unit_value"])
    if unit is None:
        unit = Money(0)
    return ClaimItem(
        description=value["description"],
        quantity=int(value["quantity"]),
        unit_value=unit,
        less=money_from(value.get("less")),
        repair=money_from(value.get("repair")),
    )


def rule_json(rule: ClaimRule) -> Json:
    """A carrier's rule, as an office's own version of it is kept."""
    return {
        "id": rule.id,
        "carrier": rule.carrier,
        "title": rule.title,
        "services": [list(words) for words in rule.services],
        "without": list(rule.without),
        "kind": rule.kind.value,
        "clock": rule.clock.value,
        "earliest_day": rule.earliest_day,
        "latest_day": rule.latest_day,
        "appeal_days": rule.appeal_days,
        "included_cover": money_json(rule.included_cover),
        "documents": [one.value for one in rule.documents],
        "source": rule.source,
        "appeal_source": rule.appeal_source,
        "confidence": rule.confidence.value,
        "effective_from": _iso(rule.effective_from),
        "effective_to": _iso(rule.effective_to),
        "checked_on": rule.checked_on.isoformat(),
    }


def rule_from(value: Mapping[str, Any]) -> ClaimRule:
    """The reverse of `rule_json`."""
    first, last = value.get("effective_from"), value.get("effective_to")
    return ClaimRule(
        id=value["id"],
        carrier=value["carrier"],
        title=value["title"],
        services=tuple(tuple(words) for words in value["services"]),
        without=tuple(value["without"]),
        kind=ClaimKind(value["kind"]),
        clock=Clock(value["clock"]),
        earliest_day=value.get("earliest_day"),
        latest_day=value.get("latest_day"),
        appeal_days=value.get("appeal_days"),
        included_cover=money_from(value.get("included_cover")),
        documents=tuple(RuleDocument(one) for one in value["documents"]),
        source=value["source"],
        appeal_source=value.get("appeal_source", ""),
        confidence=Confidence(value["confidence"]),
        effective_from=date.fromisoformat(first) if first else None,
        effective_to=date.fromisoformat(last) if last else None,
        checked_on=date.fromisoformat(value["checked_on"]),
    )


def terms_text(terms: ClaimTerms) -> str:
    """Terms as a column holds them."""
    return json.dumps(terms_json(terms), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
