"""What the Claims page does off the GUI thread: reading, saving, steps, documents, papers, exports, decisions."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.claim_checklist import ChecklistEntry
from mailroom.domain.claim_life import ChecklistAnswer, ClaimRow, ClaimState, ClaimTerms
from mailroom.domain.claims import RuleDocument
from mailroom.domain.documents import AttachmentRole, Document
from mailroom.domain.insurers import answering
from mailroom.domain.photo_plan import Shot, photo_plan, role_of
from mailroom.errors import MailroomError
from mailroom.services.claims import ClaimView
from mailroom.services.office import Office
from mailroom.ui.claim_pane import ClaimPane
from mailroom.ui.claim_sheets import AnswerSheet, Step, StepSheet, with_answer
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.paper_work import PaperWork
from mailroom.ui.photo_plan_sheet import PhotoPlanSheet
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.wording import _
from mailroom.wording.claims import document_word, shot_caption, state_word

ROLES: dict[RuleDocument, AttachmentRole] = {
    RuleDocument.PROOF_OF_MAILING: AttachmentRole.RECEIPT,
    RuleDocument.PROOF_OF_INSURANCE: AttachmentRole.INSURANCE,
    RuleDocument.PROOF_OF_VALUE: AttachmentRole.PROOF_OF_VALUE,
    RuleDocument.REPAIR_ESTIMATE: AttachmentRole.PROOF_OF_VALUE,
    RuleDocument.TRACKING_HISTORY: AttachmentRole.SNAPSHOT,
    RuleDocument.PHOTOGRAPHS: AttachmentRole.DAMAGE_PHOTO,
    RuleDocument.CONTACT_LOG: AttachmentRole.CORRESPONDENCE,
    RuleDocument.RECIPIENT_STATEMENT: AttachmentRole.RECIPIENT_STATEMENT,
    RuleDocument.CUSTOMS_PAPERS: AttachmentRole.CUSTOMS,
}


class ClaimWork(QObject):
    """Keeps the pane in step with the record, and puts on record what a person does there."""

    changed = Signal(str)  # id of a claim that this page changed
    gone = Signal()
    view_shown = Signal()  # the claim as it stands on record now

    def __init__(self, bench: Bench, page: QWidget, pane: ClaimPane, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench, self._page, self._pane, self._strip = bench, page, pane, strip
        self._wanted = ""
        self._asked = ""
        self._dirty = False
        self._then: Callable[[], None] | None = None
        self._step: StepSheet | None = None
        self._waiting: Step | None = None
        self._plan: PhotoPlanSheet | None = None
        self._entry: ChecklistEntry | None = None
        self._shot: Shot | None = None
        self._files = FileChoice(bench.desk, page, self._on_files_chosen)
        self.paper_work = PaperWork(bench, page, strip)
        pane.save_wanted.connect(self.save)
        pane.step_wanted.connect(self.ask_step)
        pane.packet_wanted.connect(self.make_packet)
        pane.internal_wanted.connect(self.make_internal)
        pane.paper_pressed.connect(self._on_paper)
        pane.shipment_wanted.connect(self._on_shipment)
        pane.checklist.attach_wanted.connect(self.ask_files)
        pane.checklist.answer_wanted.connect(self.ask_answer)
        pane.checklist.plan_wanted.connect(self.ask_plan)

    # reading

    @property
    def shown(self) -> str:
        """Id of the claim that is shown or on its way; empty for none."""
        return self._wanted

    def show(self, claim_id: str) -> None:
        """Show a claim, empty for none."""
        self._wanted = claim_id
        if not claim_id:
            self._pane.show_nothing()
        elif self._asked:
            self._dirty = True
        else:
            self._ask()

    def _ask(self) -> None:
        claim_id = self._asked = self._wanted
        self._dirty = False
        office = self._bench.office

        def read() -> tuple[ClaimView, date]:
            return office.claims.get(office.operator, claim_id), office.claims.today()

        self._bench.runners.run("reader", read, self._on_read, self._on_read_failed)

    def _on_read(self, answer: tuple[ClaimView, date]) -> None:
        asked, self._asked = self._asked, ""
        if asked == self._wanted:
            self._pane.show_claim(*answer)
            self._show_plan()
            self.view_shown.emit()
        if self._wanted and (asked != self._wanted or self._dirty):
            self._ask()

    def _on_read_failed(self, error: BaseException) -> None:
        self._asked = ""
        self.show("")
        self._bench.notices.show(error)
        self.gone.emit()

    # saving

    def save(self) -> None:
        """Put what was typed on record."""
        terms = self._pane.terms()
        if terms is not None:
            self._save(terms)

    def _saved_first(self, then: Callable[[], None]) -> None:
        """Do something with the claim as typed: what is not on record yet goes there first."""
        if not self._pane.dirty:
            then()
            return
        terms = self._pane.terms()
        if terms is not None:
            self._then = then
            self._save(terms)

    def _save(self, terms: ClaimTerms) -> None:
        view, office = self._pane.view, self._bench.office
        if view is None:
            return
        claim = view.row.claim

        def act() -> ClaimRow:
            return office.claims.edit(office.operator, claim.id, terms, claim.version)

        self._bench.runners.run("writer", act, self._on_saved, self._on_not_saved)

    def _on_saved(self, row: ClaimRow) -> None:
        self._pane.saved()
        self._after(row.claim.id, row.claim.shipment_id)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_not_saved(self, error: BaseException) -> None:
        self._then = None
        if not (isinstance(error, MailroomError) and self._pane.items.refuse(error)):
            self._bench.notices.show(error)

    def _after(self, claim_id: str, shipment_id: str) -> None:
        self.show(claim_id)
        self.changed.emit(claim_id)
        self._bench.routes.shipments_changed.emit((shipment_id,))

    # steps

    def ask_step(self, state: ClaimState) -> None:
        """Ask for what a step needs; being ready, or being prepared again, needs nothing."""
        view = self._pane.view
        if view is None:
            return
        if state in (ClaimState.READY, ClaimState.PREPARING):
            self._saved_first(self._to_ready if state is ClaimState.READY else self._to_preparing)
            return
        sheet = StepSheet(self._page.window(), view.row.claim, state, view.packet.today)
        self._step = sheet
        sheet.given.connect(self._on_step_given)
        sheet.finished.connect(self._on_step_closed)
        sheet.open()

    def _to_ready(self) -> None:
        self._move(Step(ClaimState.READY, None, "", "", None))

    def _to_preparing(self) -> None:
        self._move(Step(ClaimState.PREPARING, None, "", "", None))

    def _on_step_given(self, step: Step) -> None:
        if self._pane.dirty:
            terms = self._pane.terms()
            if terms is None:
                return
            self._waiting = step
            self._then = self._move_waiting
            self._save(terms)
        else:
            self._move(step)

    def _move_waiting(self) -> None:
        if self._waiting is not None:
            self._move(self._waiting)

    def _move(self, step: Step) -> None:
        view, office = self._pane.view, self._bench.office
        if view is None:
            return
        claim_id = view.row.claim.id

        def act() -> ClaimView:
            return office.claims.move(
                office.operator,
                claim_id,
                step.state,
                on=step.on,
                reference=step.reference,
                note=step.note,
                money=step.money,
            )

        self._bench.runners.run("writer", act, self._on_moved, self._on_not_moved)

    def _on_moved(self, view: ClaimView) -> None:
        claim = view.row.claim
        if self._step is not None:
            self._step.accept()
        self._after(claim.id, claim.shipment_id)
        told = _("{number}: {state}").format(number=claim.number, state=state_word(claim.state))
        self._bench.notices.tell(told)

    def _on_not_moved(self, error: BaseException) -> None:
        if self._step is not None and isinstance(error, MailroomError):
            self._step.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_step_closed(self) -> None:
        self._step = None

    # documents

    def ask_files(self, entry: ChecklistEntry) -> None:
        """Ask for files that are this document."""
        self._entry, self._shot = entry, None
        patterns = _("Pictures and PDFs (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic);;All files (*)")
        title = _("Attach {document}").format(document=document_word(entry.document))
        self._files.open(title, patterns, many=True)

    def _on_files_chosen(self, files: tuple[Path, ...]) -> None:
        if self._entry is not None:
            self.attach(self._entry.document, files)

    def attach(self, document: RuleDocument, files: tuple[Path, ...], shot: Shot | None = None) -> None:
        """Keep files with the shipment as this document, or as a shot of the photo plan."""
        view, office, runners = self._pane.view, self._bench.office, self._bench.runners
        if view is None:
            return
        claim = view.row.claim
        role = role_of(shot) if shot is not None else ROLES[document]
        caption = shot_caption(shot) if shot is not None else ""

        def act() -> tuple[str, tuple[MailroomError, ...]]:
            troubles = []
            for path in files:
                try:
                    kept = office.attachments.attach(
                        office.operator, claim.shipment_id, path, role=role, caption=caption, write=runners.write
                    )
                    if shot is not None:
                        runners.write(lambda id_=kept.id: _add_photo(office, claim.id, shot, id_))  # type: ignore[misc]
                except MailroomError as trouble:
                    troubles.append(trouble)
            return claim.shipment_id, tuple(troubles)

        runners.run("work", act, self._on_attached, self._bench.notices.show)

    def _on_attached(self, answer: tuple[str, tuple[MailroomError, ...]]) -> None:
        shipment_id, troubles = answer
        self._after(self._wanted, shipment_id)
        for trouble in troubles:
            self._bench.notices.show(trouble)

    def ask_answer(self, entry: ChecklistEntry) -> None:
        """Ask why a document is not there."""
        view = self._pane.view
        if view is None:
            return
        terms = view.row.claim.terms
        sheet = AnswerSheet(self._page.window(), entry, terms.answer_for(entry.document), terms.statement_on)
        sheet.answered.connect(self._on_answered)
        sheet.open()

    def _on_answered(self, given: ChecklistAnswer | None, signed_on: date | None) -> None:
        terms = self._pane.terms()
        if terms is None:
            return
        if given is not None:
            terms = dataclasses.replace(terms, answers=with_answer(terms.answers, given))
        if signed_on is not None:
            terms = dataclasses.replace(terms, statement_on=signed_on)
        self._save(terms)

    def ask_plan(self) -> None:
        """Show the photographs that the carrier wants."""
        view = self._pane.view
        if view is None:
            return
        self._plan = PhotoPlanSheet(self._page.window(), self._bench.desk, view.row.claim.number)
        self._plan.photo_given.connect(self._on_photo)
        self._plan.finished.connect(self._on_plan_closed)
        self._show_plan()
        self._plan.open()

    def _show_plan(self) -> None:
        view = self._pane.view
        if self._plan is not None and view is not None:
            terms = view.row.claim.terms
            plan = photo_plan(answering(view.row.carrier, terms.insurer), terms.kind)
            self._plan.show_plan(plan, terms.photos, view.detail.attachments)

    def _on_photo(self, shot: Shot, path: Path) -> None:
        self.attach(RuleDocument.PHOTOGRAPHS, (path,), shot)

    def _on_plan_closed(self) -> None:
        self._plan = None

    # papers

    def make_packet(self) -> None:
        """Issue the packet of the claim as it stands."""
        self._saved_first(self._packet)

    def _packet(self) -> None:
        office, claim_id = self._bench.office, self._wanted
        self.paper_work.start(
            _("Making the claim packet …"),
            lambda write: office.claim_papers.packet(office.operator, claim_id, write=write),
        )

    def make_internal(self) -> None:
        """Issue the page that stays in the office."""
        self._saved_first(self._internal)

    def _internal(self) -> None:
        office, claim_id = self._bench.office, self._wanted
        self.paper_work.start(
            _("Making the internal page …"),
            lambda write: office.claim_papers.internal(office.operator, claim_id, write=write),
        )

    def make_list(self, claim_ids: tuple[str, ...]) -> None:
        """Issue one list of claims."""
        office = self._bench.office
        self.paper_work.start(
            _("Making the list of claims …"),
            lambda write: office.claim_papers.covering_list(office.operator, claim_ids, write=write),
        )

    def make_book(self, first: date | None, last: date | None) -> None:
        """Issue the book of claims."""
        office = self._bench.office
        self.paper_work.start(
            _("Making the book of claims …"),
            lambda write: office.claim_papers.book(office.operator, first, last, write=write),
        )

    def _on_paper(self, document: Document) -> None:
        self.paper_work.reprint(document)

    def _on_shipment(self) -> None:
        if self._pane.view is not None:
            self._bench.routes.shipment_wanted.emit(self._pane.view.row.claim.shipment_id)


def _add_photo(office: Office, claim_id: str, shot: Shot, attachment_id: str) -> ClaimRow:
    """Name a photograph in the plan; the one it replaces stays with the shipment."""
    claims, who = office.claims, office.operator
    row = claims.get(who, claim_id).row
    photos = (*(pair for pair in row.claim.terms.photos if pair[0] != shot.value), (shot.value, attachment_id))
    return claims.edit(who, claim_id, dataclasses.replace(row.claim.terms, photos=photos), row.claim.version)
