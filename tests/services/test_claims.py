"""Claims: opened from the record, filled in, checked against the rule, moved on, with a clock that says until when."""

import contextlib
import dataclasses
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mailroom.domain.claim_checklist import CheckState
from mailroom.domain.claim_clock import ClockState, InquiryAction
from mailroom.domain.claim_life import Answer, ChecklistAnswer, ClaimFilter, ClaimItem, ClaimState
from mailroom.domain.claim_rules import cover_of
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.documents import AttachmentRole
from mailroom.domain.insurers import INSURERS
from mailroom.domain.money import Money
from mailroom.domain.operator import Operator, Role
from mailroom.domain.photo_plan import Shot, photo_plan, role_of
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.claim_drafts import ClaimDraft
from mailroom.services.office import Office
from mailroom.wording.alerts import alert_evidence, alert_title
from mailroom.wording.errors import error_remedy
from mailroom.wording.events import event_title
from mailroom.wording.reasons import reason_text

UPS = "1Z6R44100366174260"
USPS = "9405511899560000000000"
Recording = Callable[..., str]


@pytest.fixture
def record(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> Recording:
    """Puts a piece on record; its id."""

    def make(number: str = UPS, **fields: object) -> str:
        given = {"contents": "Harlow HB-40 mount, black", "invoice_amount": Money(382_000), "postage": Money(18_350)}
        taken = office.intake.record(who, read(number), PieceFields(**{**given, **fields}))  # type: ignore[arg-type]
        assert taken.row is not None, taken.reason
        return taken.row.shipment.id

    return make


def event(office: Office, who: Operator, shipment_id: str, status: Status, when: str) -> None:
    office.timeline.add_event(who, shipment_id, EventDraft(parse_carrier_time(when), status, text=str(status)))


def photo(folder: Path, name: str) -> Path:
    path = folder / name
    Image.new("RGB", (60, 40), "white").save(path)
    return path


def refused(act: Callable[[], object]) -> MailroomError:
    with pytest.raises(MailroomError) as caught:
        act()
    return caught.value


def test_a_claim_begins_with_what_the_record_knows(office: Office, who: Operator, record: Recording) -> None:
    row = office.claims.open(who, record(recipient=Party(name="Ida Brandt")), ClaimKind.LOSS)

    assert (row.claim.number, row.claim.state) == ("CLM-2026-A0001", ClaimState.PREPARING)
    assert row.claim.terms.items == (ClaimItem("Harlow HB-40 mount, black", 1, Money(382_000)),)
    assert row.claim.demanded == Money(400_350)
    assert (row.recipient, row.carrier) == ("Ida Brandt", "ups")
    top = office.shipments.get(who, row.claim.shipment_id).events[0]
    assert (top.kind, event_title(top)) == (EventKind.CLAIM, "Claim opened: CLM-2026-A0001")


def test_a_packet_and_a_claim_share_their_numbers(office: Office, who: Operator, record: Recording) -> None:
    shipment_id = record()
    paper = office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(120_000)))
    second = office.claims.open(who, shipment_id, ClaimKind.DAMAGE)

    assert (paper.document.number, second.claim.number) == ("CLM-2026-A0001", "CLM-2026-A0002")
    found = office.claims.find(who)
    assert [one.claim.number for one in found] == ["CLM-2026-A0002", "CLM-2026-A0001"]
    assert office.claims.get(who, found[1].claim.id).papers[0].id == paper.document.id


def test_a_second_packet_goes_on_with_the_open_claim(office: Office, who: Operator, record: Recording) -> None:
    shipment_id = record()
    office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(120_000), statement="Gone"))
    again = office.papers.issue_claim_packet(
        who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(150_000), missing=(("A", "the counter was closed"),))
    )
    other = office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.DAMAGE, Money(150_000)))

    assert (again.document.number, other.document.number) == ("CLM-2026-A0001-2", "CLM-2026-A0002")
    assert again.went_on is not None
    assert again.went_on.demanded == Money(120_000)
    assert "claim_sum_differs" not in {one.code for one in again.gaps}
    claim = office.claims.find(who)[1].claim
    assert (claim.number, claim.demanded, claim.version) == ("CLM-2026-A0001", Money(150_000), 2)
    assert (claim.terms.statement, claim.terms.answers[0].because) == ("Gone", "the counter was closed")

    office.claims.move(who, claim.id, ClaimState.FILED, reference="R-1")
    late = ClaimDraft(ClaimKind.LOSS, Money(1000))
    assert refused(lambda: office.papers.issue_claim_packet(who, shipment_id, late)).code == "claim_filed_already"
    office.claims.move(who, claim.id, ClaimState.DOCUMENTS_ASKED)
    assert office.papers.issue_claim_packet(who, shipment_id, late).document.number == "CLM-2026-A0001-3"
    office.claims.move(who, claim.id, ClaimState.CLOSED)
    assert office.papers.issue_claim_packet(who, shipment_id, late).document.number == "CLM-2026-A0003"


def test_what_a_person_entered_of_an_open_claim_stays(office: Office, who: Operator, record: Recording) -> None:
    row = office.claims.open(who, record(), ClaimKind.LOSS)
    goods = (ClaimItem("Harlow HB-40 mount, black", 2, Money(191_000), less=Money(2000)),)
    office.claims.edit(who, row.claim.id, dataclasses.replace(row.claim.terms, items=goods), row.claim.version)
    paper = office.papers.issue_claim_packet(who, row.claim.shipment_id, ClaimDraft(ClaimKind.LOSS, Money(90_000)))

    terms = office.claims.get(who, row.claim.id).row.claim.terms
    assert (paper.document.number, terms.items, terms.demanded) == ("CLM-2026-A0001", goods, Money(90_000))
    assert "claim_sum_differs" in {one.code for one in paper.gaps}


def test_neither_a_packet_nor_its_claim_is_on_record_without_the_other(
    office: Office, who: Operator, record: Recording
) -> None:
    shipment_id, draft = record(), ClaimDraft(ClaimKind.LOSS, Money(120_000))
    done: list[int] = []

    def dies(act: Callable[[], Any], /) -> Any:
        """The process ends as soon as the packet is on record, or before."""
        if len(done) == stops:
            raise SystemExit
        done.append(1)
        return act()

    for stops, there in ((0, 0), (1, 0), (2, 1)):  # noqa: B007 - read within
        done.clear()
        with contextlib.suppress(SystemExit):
            office.papers.issue_claim_packet(who, shipment_id, draft, write=dies)
        papers = office.papers.documents(who)
        assert [one.claim.number for one in office.claims.find(who)] == [one.number for one in papers]
        assert len(papers) == there
    assert office.safety.check(who) == ()


def test_a_claim_opened_meanwhile_is_not_opened_twice(office: Office, who: Operator, record: Recording) -> None:
    shipment_id, draft = record(), ClaimDraft(ClaimKind.LOSS, Money(120_000))
    other = ClaimDraft(ClaimKind.LOSS, Money(90_000))
    turns = iter((False, True))

    def late(act: Callable[[], Any], /) -> Any:
        """Another process puts its packet on record just before this one's."""
        if next(turns):
            office.papers.issue_claim_packet(who, shipment_id, other)
        return act()

    error = refused(lambda: office.papers.issue_claim_packet(who, shipment_id, draft, write=late))
    assert error.code == "claim_open_already"
    assert [one.claim.demanded for one in office.claims.find(who)] == [Money(90_000)]
    assert len(office.papers.documents(who)) == 1


def test_a_vague_description_is_refused_with_a_good_one(office: Office, who: Operator, record: Recording) -> None:
    row = office.claims.open(who, record(contents="Electronics"), ClaimKind.LOSS)
    claim = row.claim
    worse = dataclasses.replace(claim.terms, items=(ClaimItem("various goods", 1, Money(1000)),))

    error = refused(lambda: office.claims.edit(who, claim.id, worse, claim.version))

    assert (error.code, error.facts["group"]) == ("item_too_vague", "goods")
    assert "Bellweather desk lamp" in error_remedy(error)
    # what the record itself says stays until it is put right, and keeps the claim from being ready
    kept = office.claims.edit(who, claim.id, dataclasses.replace(claim.terms, payee="Office"), claim.version)
    assert kept.claim.terms.payee == "Office"
    assert refused(lambda: office.claims.move(who, claim.id, ClaimState.READY)).code == "claim_not_ready"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"quantity": 0}, "item_bad"),
        ({"less": Money(400_000)}, "item_less_over_value"),
        ({"repair": Money(383_000)}, "item_repair_over_value"),
        ({"less": Money(1, "EUR")}, "currencies_differ"),
    ],
)
def test_a_line_that_cannot_be_paid_is_refused(
    office: Office, who: Operator, record: Recording, changes: dict[str, object], code: str
) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    item = dataclasses.replace(claim.terms.items[0], **changes)  # type: ignore[arg-type]
    terms = dataclasses.replace(claim.terms, items=(item,))

    assert refused(lambda: office.claims.edit(who, claim.id, terms, claim.version)).code == code


def test_depreciation_and_repair_make_the_demand(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.DAMAGE).claim
    items = (
        ClaimItem("Calibration plate, chrome, 50 mm", 2, Money(46_500), less=Money(13_000)),
        ClaimItem("Harlow HB-40 mount, black", 1, Money(289_000), repair=Money(60_000)),
    )
    terms = dataclasses.replace(claim.terms, items=items, postage=None)
    row = office.claims.edit(who, claim.id, terms, claim.version)

    assert row.claim.demanded == Money(80_000 + 60_000)
    packet = office.claims.get(who, claim.id).packet
    assert [line.kind.value for line in packet.claim.lines] == ["contents", "repair"]


def test_steps_ask_for_what_they_need(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    move = office.claims.move

    assert refused(lambda: move(who, claim.id, ClaimState.FILED)).code == "claim_reference_needed"
    assert refused(lambda: move(who, claim.id, ClaimState.PAID)).code == "claim_move_not_possible"
    ahead = date(2027, 1, 1)
    assert refused(lambda: move(who, claim.id, ClaimState.FILED, on=ahead, reference="R-1")).code == "claim_day_ahead"
    view = move(who, claim.id, ClaimState.FILED, reference=" R-1 ", on=date(2026, 11, 19))
    assert (view.row.claim.reference, view.row.claim.filed_on) == ("R-1", date(2026, 11, 19))
    assert view.clock.state is ClockState.FILED
    assert refused(lambda: move(who, claim.id, ClaimState.PART)).code == "claim_money_needed"
    assert refused(lambda: move(who, claim.id, ClaimState.PART, money=Money(1, "EUR"))).code == "currencies_differ"
    view = move(who, claim.id, ClaimState.PART, money=Money(100_000), note="Value of one item not proven")
    assert view.row.claim.expected == Money(100_000)
    assert view.next[0] is ClaimState.APPEAL_1
    view = move(who, claim.id, ClaimState.PAID)
    assert (view.row.claim.received, view.row.claim.ended) == (Money(100_000), True)
    assert [one.state for one in view.moves] == [ClaimState.FILED, ClaimState.PART, ClaimState.PAID]


def test_a_closed_claim_comes_back_with_its_reference(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(), ClaimKind.LOSS).claim
    office.claims.move(who, claim.id, ClaimState.CLOSED)
    assert office.claims.get(who, claim.id).next == (ClaimState.PREPARING,)
    office.claims.move(who, claim.id, ClaimState.PREPARING)
    office.claims.move(who, claim.id, ClaimState.FILED, reference="R-2")
    office.claims.move(who, claim.id, ClaimState.CLOSED)
    view = office.claims.move(who, claim.id, ClaimState.FILED)
    assert (view.row.claim.state, view.row.claim.reference) == (ClaimState.FILED, "R-2")


def test_staff_see_the_claims_of_their_departments(
    office: Office, who: Operator, record: Recording, other_role: Callable[..., Operator]
) -> None:
    claim = office.claims.open(who, record(department="Legal"), ClaimKind.LOSS).claim
    (legal,) = office.lists.departments(who)
    stranger, member = other_role(who, Role.STAFF, "elsewhere"), other_role(who, Role.STAFF, legal.id)

    assert refused(lambda: office.claims.get(stranger, claim.id)).code == "claim_unknown"
    assert office.claims.find(stranger) == ()
    assert dict(office.claims.counts(stranger)) == {}
    assert office.claims.get(member, claim.id).row.claim.id == claim.id
    assert refused(lambda: office.claims.move(member, claim.id, ClaimState.CLOSED)).code == "not_allowed"


def test_the_clock_runs_from_not_yet_to_missed(
    office: Office, who: Operator, record: Recording, clock: Callable[[], datetime]
) -> None:
    shipment_id = record(USPS, service="Priority Mail", insured_value=Money(500_000))
    event(office, who, shipment_id, Status.ACCEPTED, "2026-11-20 09:00")
    seen = []
    for day in ((2026, 11, 25), (2026, 12, 10), (2027, 1, 6), (2027, 1, 20)):
        clock.now = datetime(*day, 15, tzinfo=UTC)  # type: ignore[attr-defined]
        found = office.claims.clock(who, office.shipments.get(who, shipment_id))
        seen.append((found.state, found.days_left))
    assert seen == [
        (ClockState.NOT_YET, 55),
        (ClockState.OPEN, 40),
        (ClockState.CLOSING, 13),
        (ClockState.MISSED, -1),
    ]


def test_abroad_an_inquiry_comes_first_and_elsewhere_a_trace(office: Office, who: Operator, record: Recording) -> None:
    abroad = record("LX123456785US", recipient=Party(name="Ida", country="DE"), service="Priority Mail International")
    found = office.claims.clock(who, office.shipments.get(who, abroad))
    assert (found.state, [one.rule.action for one in found.first]) == (ClockState.NO_DAYS, [InquiryAction.INQUIRY])
    assert (found.first[0].opens_on, found.first[0].last_on) == (date(2026, 11, 27), date(2027, 5, 19))

    parcel = office.claims.clock(who, office.shipments.get(who, record()))
    assert [one.rule.action for one in parcel.first] == [InquiryAction.TRACE]


def test_the_appeal_date_counts_from_the_decision(office: Office, who: Operator, record: Recording) -> None:
    claim = office.claims.open(who, record(USPS, service="Priority Mail"), ClaimKind.LOSS).claim
    office.claims.move(who, claim.id, ClaimState.FILED, reference="R-1")
    view = office.claims.move(who, claim.id, ClaimState.DENIED, note="Not insured", on=date(2026, 11, 19))
    assert (view.clock.appeal_by, view.clock.appeal) == (date(2026, 12, 19), 1)
    office.claims.move(who, claim.id, ClaimState.APPEAL_1)
    view = office.claims.move(who, claim.id, ClaimState.DENIED)
    assert view.clock.appeal == 2
    assert [row.claim.id for row, _clock in office.claims.closing(who)] == [claim.id]


def test_the_checklist_asks_for_what_the_rule_asks_for(
    office: Office, who: Operator, record: Recording, tmp_path: Path
) -> None:
    shipment_id = record(USPS, service="Priority Mail", insured_value=Money(500_000))
    claim = office.claims.open(who, shipment_id, ClaimKind.LOSS).claim

    def states() -> dict[RuleDocument, CheckState]:
        return {one.document: one.state for one in office.claims.get(who, claim.id).checklist}

    assert states()[RuleDocument.PROOF_OF_VALUE] is CheckState.MISSING
    assert states()[RuleDocument.TRACKING_HISTORY] is CheckState.PRESENT
    assert states()[RuleDocument.PHOTOGRAPHS] is CheckState.NOT_APPLICABLE
    assert states()[RuleDocument.CLAIM_FORM] is CheckState.AT_FILING
    # one attached, one explained, one said not to apply
    office.attachments.attach(who, shipment_id, photo(tmp_path, "r.png"), role=AttachmentRole.RECEIPT)
    answers = (
        ChecklistAnswer(RuleDocument.PROOF_OF_VALUE, Answer.MISSING, "The shop has closed"),
        ChecklistAnswer(RuleDocument.PROOF_OF_INSURANCE, Answer.NOT_APPLICABLE, "Cover is on the label"),
    )
    row = office.claims.edit(who, claim.id, dataclasses.replace(claim.terms, answers=answers), claim.version)
    found = states()
    assert found[RuleDocument.PROOF_OF_MAILING] is CheckState.PRESENT
    assert found[RuleDocument.PROOF_OF_VALUE] is CheckState.EXPLAINED
    assert found[RuleDocument.PROOF_OF_INSURANCE] is CheckState.NOT_APPLICABLE
    packet = office.claims.get(who, row.claim.id).packet
    assert packet.claim.missing_because == (("C", "The shop has closed"),)
    assert packet.claim.not_applicable == ("B",)
    assert office.claims.move(who, claim.id, ClaimState.READY).row.claim.state is ClaimState.READY


def test_a_statement_counts_after_the_waiting_period(
    office: Office, who: Operator, record: Recording, tmp_path: Path
) -> None:
    shipment_id = record(USPS, service="Priority Mail", insured_value=Money(500_000), mailed_on=date(2026, 11, 1))
    office.attachments.attach(who, shipment_id, photo(tmp_path, "s.png"), role=AttachmentRole.RECIPIENT_STATEMENT)
    claim = office.claims.open(who, shipment_id, ClaimKind.LOSS).claim

    def signed(day: date | None) -> tuple[CheckState, str]:
        row = office.claims.get(who, claim.id).row
        terms = dataclasses.replace(row.claim.terms, statement_on=day)
        office.claims.edit(who, claim.id, terms, row.claim.version)
        checklist = office.claims.get(who, claim.id).checklist
        entry = next(one for one in checklist if one.document is RuleDocument.RECIPIENT_STATEMENT)
        return entry.state, entry.trouble.code if entry.trouble else ""

    rule = office.claims.get(who, claim.id).clock.rule
    assert rule is not None
    office.rules.change(
        who,
        dataclasses.replace(
            rule,
            documents=(*rule.documents, RuleDocument.RECIPIENT_STATEMENT),
            checked_on=date(2026, 11, 20),
            source="our insurer",
        ),
    )
    assert signed(None) == (CheckState.MISSING, "claim_statement_undated")
    assert signed(date(2026, 11, 10)) == (CheckState.MISSING, "claim_statement_early")
    assert signed(date(2026, 11, 17)) == (CheckState.PRESENT, "")


def test_ups_wants_seven_photographs(office: Office, who: Operator, record: Recording, tmp_path: Path) -> None:
    shipment_id = record()
    claim = office.claims.open(who, shipment_id, ClaimKind.DAMAGE).claim
    plan = photo_plan("ups", ClaimKind.DAMAGE)
    assert len(plan) == 7
    kept = [
        (shot.value, office.attachments.attach(who, shipment_id, photo(tmp_path, f"{shot}.png"), role=role_of(shot)).id)
        for shot in plan
    ]

    def photographs() -> tuple[CheckState, str]:
        checklist = office.claims.get(who, claim.id).checklist
        entry = next(one for one in checklist if one.document is RuleDocument.PHOTOGRAPHS)
        return entry.state, dict(entry.trouble.facts)["count"] if entry.trouble else ""

    assert photographs() == (CheckState.MISSING, "7")
    row = office.claims.edit(who, claim.id, dataclasses.replace(claim.terms, photos=tuple(kept[:6])), claim.version)
    assert photographs() == (CheckState.MISSING, "1")
    terms = dataclasses.replace(row.claim.terms, photos=tuple(kept))
    office.claims.edit(who, claim.id, terms, row.claim.version)
    assert photographs() == (CheckState.PRESENT, "")
    assert Shot(kept[3][0]) is Shot.LABEL


def test_the_rule_of_the_mailing_day_applies_with_the_offices_own_version(
    office: Office, who: Operator, record: Recording, other_role: Callable[..., Operator]
) -> None:
    early = record(USPS, service="Priority Mail", mailed_on=date(2026, 3, 1))
    late = record("9405511899560000000017", service="Priority Mail", mailed_on=date(2026, 11, 10))
    rule = office.claims.clock(who, office.shipments.get(who, late)).rule
    assert rule is not None
    own = dataclasses.replace(
        rule,
        latest_day=45,
        effective_from=date(2026, 11, 1),
        source="Notice of 1 November",
        checked_on=date(2026, 11, 19),
    )
    office.rules.change(who, own, "told by the carrier's desk")

    after = office.claims.clock(who, office.shipments.get(who, late))
    before = office.claims.clock(who, office.shipments.get(who, early))
    assert after.rule == own
    assert after.window is not None
    assert after.window.last_on == date(2026, 12, 25)
    assert before.rule is not None
    assert before.rule.latest_day == 60
    assert [one.note for one in office.rules.history(who, rule.id)] == ["told by the carrier's desk"]
    assert refused(lambda: office.rules.change(other_role(who, Role.CLERK), own)).code == "not_allowed"
    office.rules.withdraw(who, rule.id)
    assert office.claims.clock(who, office.shipments.get(who, late)).rule == rule


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"earliest_day": 70, "latest_day": 60}, "rule_days_bad"),
        ({"latest_day": -1}, "rule_days_bad"),
        ({"effective_from": date(2026, 2, 2), "effective_to": date(2026, 2, 1)}, "rule_dates_bad"),
        ({"source": " "}, "rule_source_missing"),
        ({"checked_on": date(2030, 1, 1)}, "rule_checked_later"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(
    office: Office, who: Operator, changes: dict[str, object], code: str
) -> None:
    rule = office.rules.claims(who)[0]
    assert refused(lambda: office.rules.change(who, dataclasses.replace(rule, **changes))).code == code  # type: ignore[arg-type]


def test_claims_are_counted_by_state(office: Office, who: Operator, record: Recording) -> None:
    shipment_id = record()
    first = office.claims.open(who, shipment_id, ClaimKind.LOSS).claim
    office.claims.open(who, shipment_id, ClaimKind.DAMAGE)
    office.claims.move(who, first.id, ClaimState.CLOSED)

    assert office.claims.counts(who) == {ClaimState.PREPARING: 1, ClaimState.CLOSED: 1}
    assert len(office.claims.find(who, ClaimFilter(states=(ClaimState.CLOSED,)))) == 1


def test_the_days_of_a_claim_stand_on_the_work_list_until_it_is_filed(
    office: Office, who: Operator, record: Recording, clock: Any
) -> None:
    def raised() -> list[str]:
        office.attention.refresh(who)
        return [one.alert.kind for one in office.attention.alerts(who) if one.alert.kind.startswith("claim_")]

    # GIVEN a lost piece with cover, mailed the day before
    shipment_id = record(USPS, insured_value=Money(400_000))
    event(office, who, shipment_id, Status.ACCEPTED, "2026-11-19T10:00:00-06:00")
    event(office, who, shipment_id, Status.LOST, "2026-11-20T08:00:00-06:00")
    assert raised() == []
    # WHEN its window opens, closes, and has passed
    clock.forward(days=20)
    assert raised() == ["claim_opens"]
    clock.forward(days=31)
    assert raised() == ["claim_closing"]
    row = next(one for one in office.attention.alerts(who) if one.alert.kind == "claim_closing")
    said = alert_evidence(row.alert, UTC, clock.now)
    assert "No claim is on record. Rule as of 18 Jan 2026; confirm with the carrier." in said
    # THEN filing it clears the list, and a denial brings the appeal's date
    opened = office.claims.open(who, shipment_id, ClaimKind.LOSS)
    assert raised() == ["claim_closing"]
    office.claims.move(who, opened.claim.id, ClaimState.FILED, reference="8841-22")
    assert raised() == []
    office.claims.move(who, opened.claim.id, ClaimState.DENIED, note="Filing tolerance")
    assert raised() == ["claim_appeal"]
    clock.forward(days=60)
    assert raised() == []


def test_a_claim_that_was_prepared_and_not_filed_is_missed(
    office: Office, who: Operator, record: Recording, clock: Any
) -> None:
    shipment_id = record(USPS, insured_value=Money(400_000))
    event(office, who, shipment_id, Status.LOST, "2026-11-20T08:00:00-06:00")
    office.claims.open(who, shipment_id, ClaimKind.LOSS)

    clock.forward(days=63)
    office.attention.refresh(who)

    missed = [one for one in office.attention.alerts(who) if one.alert.kind.startswith("claim_")]
    assert [(one.alert.kind, alert_title(one.alert)) for one in missed] == [
        ("claim_missed", "The days for a claim have passed")
    ]


def test_the_insurer_of_a_claim_decides_on_its_rule_and_addressee(
    office: Office, who: Operator, record: Recording
) -> None:
    shipment_id = record(declared_value=Money(900_000))
    draft = ClaimDraft(ClaimKind.LOSS, Money(120_000), insurer="parcelguard")
    paper = office.papers.issue_claim_packet(who, shipment_id, draft)
    claim = office.claims.find(who)[0].claim
    view = office.claims.get(who, claim.id)

    assert view.clock.rule is not None
    assert view.clock.window is not None
    assert (view.clock.rule.id, view.clock.insurer) == ("parcelguard-loss", "parcelguard")
    assert (view.clock.window.opens_on - view.clock.window.starts_on).days == 30  # type: ignore[operator]
    assert cover_of(view.packet) is None  # nobody but the carrier answers for what was declared to it
    told = text_of(paper.pdf)
    assert "ParcelGuard Claims department" in told
    assert (
        "We hold ParcelGuard, which covers this piece, liable for its loss; United Parcel Service carried it." in told
    )
    assert "confirm with the insurer" in told
    # the clock of the piece follows the claim, and another draft that names nobody leaves it so
    assert office.claims.clock(who, view.detail).rule == view.clock.rule
    office.papers.issue_claim_packet(who, shipment_id, ClaimDraft(ClaimKind.LOSS, Money(130_000)))
    assert office.claims.get(who, claim.id).row.claim.terms.insurer == "parcelguard"
    office.papers.issue_claim_packet(who, shipment_id, dataclasses.replace(draft, insurer=""))
    again = office.claims.get(who, claim.id)
    assert again.clock.rule is not None
    assert (again.clock.rule.carrier, cover_of(again.packet)) == ("ups", Money(900_000))
    other = dataclasses.replace(again.row.claim.terms, insurer="lloyd")
    assert refused(lambda: office.claims.edit(who, claim.id, other, again.row.claim.version)).code == "insurer_unknown"


@pytest.mark.parametrize("insurer", [one for one in INSURERS if one != "u_pic"])  # it names no last day
def test_days_of_an_insurers_rule_are_confirmed_with_the_insurer(
    office: Office, who: Operator, record: Recording, clock: Any, insurer: str
) -> None:
    """Window, work list, gaps and lists name whose rule it is."""
    draft = ClaimDraft(ClaimKind.LOSS, Money(120_000), insurer=insurer)
    shipment_id = record()
    office.papers.issue_claim_packet(who, shipment_id, draft)
    claim = office.claims.find(who)[0].claim
    last = office.claims.get(who, claim.id).clock.window
    assert last is not None
    assert last.last_on is not None
    clock.forward(days=(last.last_on - clock.now.date()).days + 1)

    office.attention.refresh(who)
    [row] = [one for one in office.attention.alerts(who) if one.alert.kind == "claim_missed"]
    told = [alert_evidence(row.alert, UTC, clock.now)]
    told += [reason_text(one) for one in office.claims.get(who, claim.id).gaps if one.code == "claim_window_missed"]
    told.append(text_of(office.claim_papers.covering_list(who, [claim.id]).pdf))
    assert len(told) == 3
    for words in told:
        assert "confirm with the insurer" in words
        assert "confirm with the carrier" not in words
    # beside a claim that the carrier answers for, a list names both
    other = office.claims.open(who, record("1Z999AA10123456784"), ClaimKind.LOSS).claim
    both = text_of(office.claim_papers.covering_list(who, [claim.id, other.id]).pdf)
    assert "confirm with the carrier or the insurer named" in both


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
