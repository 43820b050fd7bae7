"""Many claims at once: a lost bag, and the carrier's decisions from a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailroom.domain.claim_life import BEFORE_FILING, ClaimFilter, ClaimRow, ClaimState
from mailroom.domain.claims import ClaimKind
from mailroom.domain.folding import fold
from mailroom.domain.money import Money, parse_money
from mailroom.domain.numbers import normal_number
from mailroom.domain.operator import Operator
from mailroom.domain.times import DateOrder, parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.reports.batch import packet_maker
from mailroom.services.attachments import clean_name
from mailroom.services.claim_papers import ClaimPapers
from mailroom.services.claims import Claims
from mailroom.services.desk import Desk
from mailroom.services.exchange.table import read_table
from mailroom.services.papers import IssuedPaper
from mailroom.services.proofs import path_of
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, ignore_progress, never_cancelled

MOST = 200  # claims in one go
COLUMNS = {
    "claim": ("claim number", "claim no", "our claim", "our reference", "claim id"),
    "tracking_number": ("tracking", "tracking no", "number", "label number", "package id"),
    "reference": ("case", "case number", "carrier claim", "carrier claim number", "carrier reference", "confirmation"),
    "decision": ("status", "state", "result", "outcome", "claim status"),
    "amount": ("amount paid", "paid", "approved amount", "granted", "payment", "payment amount"),
    "decided_on": ("date", "decision date", "paid on", "payment date"),
    "reason": ("denial reason", "note", "remarks", "comment", "why"),
}
_WORDS = {
    ClaimState.APPROVED: ("approved", "accepted", "granted", "allowed", "paid in full"),
    ClaimState.PART: ("part", "approved in part", "partial", "partially approved", "part approved", "partly approved"),
    ClaimState.DENIED: ("denied", "declined", "rejected", "refused", "disallowed", "closed no payment"),
    ClaimState.PAID: ("paid", "payment issued", "cheque issued", "check issued", "closed paid"),
    ClaimState.DOCUMENTS_ASKED: ("documents asked", "more documents", "information requested", "pending documents"),
    ClaimState.FILED: ("filed", "received", "open", "submitted"),
}
_STATES = {word: state for state, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of each: claims with their packets in the order asked, what was refused, and the covering list."""

    claims: tuple[ClaimRow, ...]
    packets: tuple[IssuedPaper, ...]
    refused: tuple[tuple[str, MailroomError], ...]  # id of a shipment or claim, and why
    covering_list: IssuedPaper | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class RefusedDecision:
    """A row that was not taken, with its line in the file (the header is 1)."""

    row: int
    reason: MailroomError


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """What a file of decisions did; `known` rows said what the record holds already."""

    file_name: str
    rows: int
    moved: int
    known: int
    refused: tuple[RefusedDecision, ...]


@dataclass(frozen=True, slots=True)
class ClaimBatches:
    """Use cases of many claims at once."""

    desk: Desk

    def open_many(
        self,
        who: Operator,
        shipment_ids: Sequence[str],
        kind: ClaimKind = ClaimKind.LOSS,
        note: str = "",
        *,
        write: Write = at_once,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> BatchReport:
        """Open a claim for each shipment, make its packet, and one list of them all.

        A claim of this kind that is not filed yet is taken as it is; one that is with the carrier is refused, and so
        is a shipment whose claim demands nothing. The others are made all the same.
        Raises `no_shipment_chosen`, `too_many_shipments`.
        """
        demand(who, "claim_batches.open_many")
        ids = tuple(dict.fromkeys(shipment_ids))
        if not ids:
            raise MailroomError("no_shipment_chosen")
        if len(ids) > MOST:
            raise MailroomError("too_many_shipments", count=len(ids), limit=MOST)
        papers = ClaimPapers(self.desk)
        rows: list[ClaimRow] = []
        packets: list[IssuedPaper] = []
        refused: list[tuple[str, MailroomError]] = []
        with packet_maker(path_of(self.desk), len(ids)) as make:
            for at, one in enumerate(ids):
                progress(at, len(ids))
                if cancelled():
                    return BatchReport(tuple(rows), tuple(packets), tuple(refused), cancelled=True)
                try:
                    row = self._row(who, one, kind, write)
                    packets.append(papers.packet(who, row.claim.id, write=write, make=make))
                    rows.append(row)
                except MailroomError as trouble:
                    refused.append((one, trouble))
        cover = None
        if rows:
            cover = papers.covering_list(who, [one.claim.id for one in rows], note, write=write)
        progress(len(ids), len(ids))
        return BatchReport(tuple(rows), tuple(packets), tuple(refused), cover)

    def _row(self, who: Operator, shipment_id: str, kind: ClaimKind, write: Write) -> ClaimRow:
        """The claim of this kind that is not filed yet, else a new one. Raises `claim_filed_already`."""
        claims = Claims(self.desk)
        known = claims.find(who, ClaimFilter(shipment_id=shipment_id))
        row = next((each for each in known if each.claim.terms.kind is kind and not each.claim.ended), None)
        if row is not None and row.claim.state not in BEFORE_FILING:
            raise MailroomError("claim_filed_already", number=row.claim.number)
        return row or write(lambda: claims.open(who, shipment_id, kind))

    def decide(
        self, who: Operator, path: Path, *, order: DateOrder | None = None, write: Write = at_once
    ) -> DecisionReport:
        """Enter a carrier's decisions from a table, each row by our claim's number, the tracking number or theirs.

        Raises `file_missing`, `file_not_regular`, `file_empty`, `file_not_table`, `columns_missing`, `file_too_large`.
        """
        demand(who, "claim_batches.decide")
        name = clean_name(path.name)
        table = read_table(path, COLUMNS, ("decision",))
        moved = known = count = 0
        refused: list[RefusedDecision] = []
        for line, values in table.rows():
            count += 1
            try:
                if isinstance(values, MailroomError):
                    raise values
                if self._decide(who, values, order, name, write):
                    moved += 1
                else:
                    known += 1
            except MailroomError as reason:
                refused.append(RefusedDecision(line, reason))
        return DecisionReport(name, count, moved, known, tuple(refused))

    def _decide(self, who: Operator, values: dict[str, str], order: DateOrder | None, name: str, write: Write) -> bool:
        """Whether the record did not say so before."""
        claims = Claims(self.desk)
        claim = self._claim(who, claims, values).claim
        state = _state(values["decision"])
        day = parse_carrier_time(values["decided_on"], order).local.date() if values.get("decided_on") else None
        currency = claim.demanded.currency if claim.demanded is not None else self.desk.in_force.settings.currency
        money = _amount(values.get("amount", ""), currency)
        demanded = claim.demanded
        if state is ClaimState.APPROVED and money is not None and demanded is not None and money.mills < demanded.mills:
            state = ClaimState.PART
        if claim.state is state:
            return False
        told = values.get("reason", "") or name

        def move(to: ClaimState, amount: Money | None) -> None:
            reference = values.get("reference", "")
            write(lambda: claims.move(who, claim.id, to, on=day, reference=reference, note=told, money=amount))

        if state is ClaimState.PAID and claim.state in (ClaimState.FILED, ClaimState.DOCUMENTS_ASKED):
            part = money is not None and demanded is not None and money.mills < demanded.mills
            move(ClaimState.PART if part else ClaimState.APPROVED, money)
        move(state, None if state in (ClaimState.DENIED, ClaimState.FILED, ClaimState.DOCUMENTS_ASKED) else money)
        return True

    def _claim(self, who: Operator, claims: Claims, values: dict[str, str]) -> ClaimRow:
        rows = claims.find(who)
        for key in ("claim", "reference", "tracking_number"):
            wanted = normal_number(values.get(key, ""))
            found = [row for row in rows if wanted and normal_number(_names(row)[key]) == wanted]
            still = [row for row in found if not row.claim.ended] or found
            if len(still) > 1:
                raise MailroomError("claims_several", number=values[key])
            if still:
                return still[0]
        told = values.get("claim") or values.get("reference") or values.get("tracking_number") or ""
        raise MailroomError("claim_not_found", number=told)


def _names(row: ClaimRow) -> dict[str, str]:
    """What a claim goes by, by the column that names it."""
    return {
        "claim": row.claim.number,
        "reference": row.claim.reference,
        "tracking_number": row.tracking_number,
    }


def _state(word: str) -> ClaimState:
    found = _STATES.get(" ".join(fold(word).replace("-", " ").replace(":", " ").split()))
    if found is None:
        raise MailroomError("decision_unknown", text=word)
    return found


def _amount(text: str, currency: str) -> Money | None:
    """An amount as files have it: with a currency sign, or with commas between thousands; none where it is empty."""
    plain = text.strip().removeprefix("$").removeprefix(currency).strip()
    if not plain:
        return None
    head, _point, _tail = plain.partition(".")
    groups = head.split(",")
    if len(groups) > 1 and all(len(one) == 3 for one in groups[1:]):
        plain = plain.replace(",", "")
    amount = parse_money(plain, currency)
    return amount if amount.mills > 0 else None
