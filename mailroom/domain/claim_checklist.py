"""The checklist of a claim: each document that its rule asks for, there, explained, missing, or not applicable."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mailroom.domain.claim_life import Answer, ClaimTerms
from mailroom.domain.claim_payloads import LETTER_OF_DOCUMENT
from mailroom.domain.claims import ClaimKind, ClaimRule, ClaimWindow, RuleDocument
from mailroom.domain.documents import Attachment
from mailroom.domain.exhibits import TITLE_OF_DOCUMENT, title_of
from mailroom.domain.goods_words import vague_class
from mailroom.domain.insurers import answering
from mailroom.domain.photo_plan import lacking, photo_plan
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import Shipment

_ALWAYS = (RuleDocument.PROOF_OF_MAILING, RuleDocument.PROOF_OF_VALUE, RuleDocument.TRACKING_HISTORY)
_SERIAL = re.compile(r"(?i)\b(s/?n|serial|imei|no\.?)\b[\s.:#]*[A-Z0-9-]{3,}|\b[A-Z0-9]{2,}-?[0-9]{4,}\b")


class CheckState(StrEnum):
    """How it stands with a document of the checklist."""

    PRESENT = "present"
    EXPLAINED = "explained"  # missing, and it was typed why
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    AT_FILING = "at_filing"  # filled in on the carrier's own page when the claim is filed


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """One document. `letter` is its exhibit's, empty for none; `trouble` says what is wrong with what is there."""

    document: RuleDocument
    state: CheckState
    required: bool
    letter: str = ""
    attachment_ids: tuple[str, ...] = ()
    because: str = ""
    trouble: Reason | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.state is not CheckState.MISSING


def checklist_of(
    terms: ClaimTerms,
    shipment: Shipment,
    attachments: Iterable[Attachment],
    rule: ClaimRule | None,
    window: ClaimWindow | None,
    office_country: str,
) -> tuple[ChecklistEntry, ...]:
    """All documents in the order of their exhibits, what is not asked for at the end."""
    files = tuple(attachments)
    asked = _asked(terms.kind, shipment, rule, office_country)
    entries = [
        _entry(document, document in asked, terms, shipment, files, window)
        for document in RuleDocument
        if document in asked or document in LETTER_OF_DOCUMENT
    ]
    return tuple(sorted(entries, key=lambda one: not one.required and not one.attachment_ids))


def _asked(kind: ClaimKind, shipment: Shipment, rule: ClaimRule | None, country: str) -> frozenset[RuleDocument]:
    asked = set(_ALWAYS)
    if rule is not None:
        asked |= set(rule.documents)
    if shipment.fields.insured_value is not None:
        asked.add(RuleDocument.PROOF_OF_INSURANCE)
    if kind is not ClaimKind.LOSS:
        asked |= {RuleDocument.PHOTOGRAPHS, RuleDocument.KEEP_GOODS}
    else:
        asked.discard(RuleDocument.KEEP_GOODS)
    there = shipment.fields.recipient.country or shipment.destination.country
    if there and there != country:
        asked.add(RuleDocument.CUSTOMS_PAPERS)
    return frozenset(asked)


def _entry(
    document: RuleDocument,
    required: bool,
    terms: ClaimTerms,
    shipment: Shipment,
    files: tuple[Attachment, ...],
    window: ClaimWindow | None,
) -> ChecklistEntry:
    title = TITLE_OF_DOCUMENT.get(document)
    ids = tuple(one.id for one in files if title_of(one, terms.kind) is title)
    state, trouble = _looked_at(document, terms, shipment, files, window, bool(ids))
    answer = terms.answer_for(document)
    because = ""
    if state is CheckState.MISSING and answer is not None:
        if answer.answer is Answer.MISSING and answer.because:
            state, because = CheckState.EXPLAINED, answer.because
        elif answer.answer is Answer.NOT_APPLICABLE:
            state, because = CheckState.NOT_APPLICABLE, answer.because
        elif answer.answer is Answer.DONE and document not in LETTER_OF_DOCUMENT:
            state = CheckState.PRESENT
    if state is CheckState.MISSING and not required:
        state, trouble = CheckState.NOT_APPLICABLE, None
    letter = LETTER_OF_DOCUMENT.get(document, "")
    return ChecklistEntry(document, state, required, letter, ids, because, trouble)


def _looked_at(
    document: RuleDocument,
    terms: ClaimTerms,
    shipment: Shipment,
    files: tuple[Attachment, ...],
    window: ClaimWindow | None,
    there: bool,
) -> tuple[CheckState, Reason | None]:
    present, missing = (CheckState.PRESENT, None), CheckState.MISSING
    if document is RuleDocument.CLAIM_FORM:
        return CheckState.AT_FILING, None
    if document is RuleDocument.TRACKING_HISTORY:
        return present
    if document is RuleDocument.GOODS_DESCRIPTION:
        vague = next((one for one in terms.items if vague_class(one.description)), None)
        if vague is not None:
            return missing, Reason("claim_item_vague", (("text", vague.description),))
        return present if terms.items else (missing, None)
    if document is RuleDocument.SERIAL_NUMBERS:
        return present if any(_SERIAL.search(one.description) for one in terms.items) else (missing, None)
    if document is RuleDocument.REPAIR_ESTIMATE:
        repaired = any(one.repair is not None for one in terms.items)
        return (missing, None) if repaired else (CheckState.NOT_APPLICABLE, None)
    if document is RuleDocument.PHOTOGRAPHS and there:
        lack = lacking(photo_plan(answering(shipment.carrier, terms.insurer), terms.kind), terms.photos, files)
        return (missing, Reason("claim_photos_lacking", (("count", str(len(lack))),))) if lack else present
    if document is RuleDocument.RECIPIENT_STATEMENT and there:
        return _statement(terms, window)
    return present if there else (missing, None)


def _statement(terms: ClaimTerms, window: ClaimWindow | None) -> tuple[CheckState, Reason | None]:
    """A statement counts only where it was signed after the waiting period: a loss is not certain before."""
    opens = window.opens_on if window is not None else None
    if terms.kind is not ClaimKind.LOSS or opens is None:
        return CheckState.PRESENT, None
    if terms.statement_on is None:
        return CheckState.MISSING, Reason("claim_statement_undated", (("day", opens.isoformat()),))
    if terms.statement_on < opens:
        facts = (("date", terms.statement_on.isoformat()), ("day", opens.isoformat()))
        return CheckState.MISSING, Reason("claim_statement_early", facts)
    return CheckState.PRESENT, None


def is_ready(entries: Iterable[ChecklistEntry], terms: ClaimTerms) -> bool:
    """Whether every document is there or explained, and an amount above zero is demanded for goods that are named."""
    demanded = terms.demanded
    named = bool(terms.items) and not any(vague_class(one.description) for one in terms.items)
    return all(one.settled for one in entries) and demanded is not None and demanded.mills > 0 and named
