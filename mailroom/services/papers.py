"""Papers: built from the record, rendered, stored by hash and printed identical ever after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mailroom.domain.claim_life import OpenClaim
from mailroom.domain.claims import ClaimKind, ClaimRule, ClaimWindow
from mailroom.domain.documents import Document, UnusedNumber
from mailroom.domain.operator import Operator
from mailroom.domain.recognition import Reason
from mailroom.domain.register import ShipmentDetail
from mailroom.services import issuing
from mailroom.services.checking import PaperState, PaperVerdict, check_against_record
from mailroom.services.claim_drafts import ClaimDraft, issue_drafted
from mailroom.services.claims import Claims
from mailroom.services.desk import Desk
from mailroom.services.mail_draft import mail_draft
from mailroom.services.office_key import KeyState, bring_key, certificate, key_state, open_office_key, unlock_key
from mailroom.services.proofs import ProofOrder, issue_proof, issue_separately
from mailroom.services.reissue import issue_again
from mailroom.services.rights import demand
from mailroom.services.writing import Write, at_once, ignore_progress, never_cancelled
from mailroom.store import documents as stored

__all__ = ["ClaimDraft", "IssuedPaper", "PaperState", "PaperVerdict", "Papers"]


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper just issued; `gaps` say what a carrier may object to, `went_on` is the open claim it goes on with."""

    document: Document
    pdf: bytes
    gaps: tuple[Reason, ...] = ()
    went_on: OpenClaim | None = None  # as it was before

    @property
    def signed(self) -> bool:
        """Whether the file carries the office's signature."""
        return issuing.is_signed(self.pdf)


@dataclass(frozen=True, slots=True)
class Papers:
    """Use cases of documents."""

    desk: Desk

    def issue_proof_of_delivery(
        self,
        who: Operator,
        shipment_ids: Sequence[str],
        *,
        purpose: str = "",
        asked_by: str = "",
        needed_by: str = "",
        chosen: str = "",
        left_out: Sequence[tuple[str, str]] = (),
        write: Write = at_once,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> IssuedPaper:
        """Render, keep and number a proof-of-delivery report; for several shipments one paper with contents.

        `chosen` says how they were chosen, `left_out` which numbers have no report and why.
        Raises `shipment_unknown`, `no_shipment_chosen`, `too_many_shipments`, `stopped`.
        """
        demand(who, "papers.issue_proof_of_delivery")
        order = ProofOrder(tuple(shipment_ids), purpose, chosen, tuple(left_out), asked_by, needed_by)
        return IssuedPaper(*issue_proof(self.desk, who, order, write, progress, cancelled))

    def issue_claim_packet(
        self, who: Operator, shipment_id: str, draft: ClaimDraft, *, write: Write = at_once
    ) -> IssuedPaper:
        """Make a claim and its packet. Before its window, over the cap or incomplete it is made all the same.

        Where a claim of this kind is open, it goes on: its packet is issued again with the amount now demanded.
        Raises `shipment_unknown`, `amount_not_positive`, `claim_filed_already`, `claim_changed_meanwhile`.
        """
        demand(who, "papers.issue_claim_packet")
        made = issue_drafted(self.desk, who, shipment_id, draft, write)
        return IssuedPaper(made.document, made.pdf, made.gaps, made.went_on)

    def claim_window(
        self, who: Operator, detail: ShipmentDetail, kind: ClaimKind = ClaimKind.LOSS
    ) -> tuple[ClaimRule | None, ClaimWindow | None]:
        """The rule in force for this shipment and the days it gives; none where no rule is on record."""
        demand(who, "papers.claim_window")
        rule, window, _first = Claims(self.desk).days(detail, kind)
        return rule, window

    def pdf(self, who: Operator, document_id: str) -> bytes:
        """The bytes of a paper as they were issued. Raises `document_unknown`, `blob_missing`."""
        demand(who, "papers.pdf")
        with self.desk.store.read() as connection:
            found = stored.document(connection, document_id)
        return self.desk.store.blobs.read(found.sha256)

    def mail_draft(self, who: Operator, document_id: str) -> bytes:
        """An e-mail (`.eml`) with the paper attached, for a mail program. Raises `document_unknown`, `blob_missing`."""
        demand(who, "papers.mail_draft")
        with self.desk.store.read() as connection:
            found = stored.document(connection, document_id)
        return mail_draft(self.desk, found, self.desk.store.blobs.read(found.sha256))

    def documents(self, who: Operator, limit: int = 200) -> tuple[Document, ...]:
        """Papers issued, newest first."""
        demand(who, "papers.documents")
        with self.desk.store.read() as connection:
            return stored.documents(connection, limit)

    def unused_numbers(self, who: Operator) -> tuple[UnusedNumber, ...]:
        """Numbers given out on which no paper was issued, newest first; among them that of a paper being made."""
        demand(who, "papers.unused_numbers")
        with self.desk.store.read() as connection:
            return stored.unused_numbers(connection)

    def verify(self, who: Operator, pdf: bytes, name: str = "PDF") -> PaperVerdict:
        """Was this file issued here, and is it unchanged? Raises `file_not_a_pdf`, `file_damaged` by its `name`."""
        demand(who, "papers.verify")
        return check_against_record(self.desk, pdf, name)

    def issue_proofs_separately(
        self,
        who: Operator,
        shipment_ids: Sequence[str],
        *,
        purpose: str = "",
        asked_by: str = "",
        needed_by: str = "",
        chosen: str = "",
        left_out: Sequence[tuple[str, str]] = (),
        write: Write = at_once,
        progress: Callable[[int, int], None] = ignore_progress,
        cancelled: Callable[[], bool] = never_cancelled,
    ) -> Iterator[IssuedPaper]:
        """As `issue_proof_of_delivery`, a paper for each shipment, each given out once issued; last their list."""
        demand(who, "papers.issue_proofs_separately")
        order = ProofOrder(tuple(shipment_ids), purpose, chosen, tuple(left_out), asked_by, needed_by)
        for document, pdf in issue_separately(self.desk, who, order, write, progress, cancelled):
            yield IssuedPaper(document, pdf)

    def issue_again(self, who: Operator, number: str, *, write: Write = at_once) -> IssuedPaper:
        """A paper again from its own record, as a new issue: signed, where a key is at hand now.

        Raises `paper_unknown`, `paper_not_repeated`.
        """
        demand(who, "papers.issue_again")
        return IssuedPaper(*issue_again(self.desk, who, number, write))

    def certificate(self, who: Operator) -> bytes:
        """The office's certificate as PEM, with which others check its papers; empty where there is none yet."""
        demand(who, "papers.certificate")
        open_office_key(self.desk)  # made where it can be, so that it can be handed out before the first paper
        return certificate(self.desk)

    def key_state(self, who: Operator) -> KeyState:
        """How it stands with the signing key; none is made."""
        demand(who, "papers.key_state")
        return key_state(self.desk)

    def unlock_key(self, who: Operator, passphrase: str) -> KeyState:
        """Make a key, or open the one there is, for as long as this program runs.

        Raises `passphrase_short`, `key_not_opened`, `key_not_usable`.
        """
        demand(who, "papers.unlock_key")
        unlock_key(self.desk, passphrase)
        return key_state(self.desk)

    def bring_key(self, who: Operator, p12: bytes, passphrase: str) -> str:
        """Sign with a key made elsewhere (PKCS#12); the SHA-256 of its certificate.

        Raises `key_not_opened`, `key_not_usable`, `key_is_there`.
        """
        demand(who, "papers.bring_key")
        return bring_key(self.desk, p12, passphrase).fingerprint
