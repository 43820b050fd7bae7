"""Which rule a claim falls under, the days it gives, and which documents stand behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mailroom import resources
from mailroom.domain.claim_clock import first_steps, match_inquiries, parse_inquiry_rules
from mailroom.domain.claim_rules import (
    first_delivery,
    gaps_of,
    mailing_day,
    match_rule,
    parse_rules,
    promised_day,
    rule_for,
    service_words,
    window_of,
)
from mailroom.domain.claims import (
    Claim,
    ClaimKind,
    ClaimLine,
    ClaimLineKind,
    ClaimRule,
    ClaimWindow,
    Clock,
    DayBasis,
    ExhibitStatus,
    WindowState,
)
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.exhibits import exhibits_of
from mailroom.domain.money import Money
from mailroom.domain.papers import ClaimPacket, OfficeHead, PaperHead
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party, PieceFields, PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import parse_carrier_time
from mailroom.wording.insurers import insurer_of

RULES = parse_rules(resources.file("rules/claim_rules.csv").read_text("utf-8"))
ZONE = ZoneInfo("America/Chicago")
NOVEMBER = date(2026, 11, 2)


def piece(carrier: str = "usps", service: str = "Ground Advantage", **given: object) -> Shipment:
    """A shipment recorded on November 2, 2026, late in the evening of the office."""
    usual = Shipment(
        id="s",
        version=1,
        carrier=carrier,
        tracking_number="9270190123456700118420",
        check=Check.OK,
        service=service,
        service_code="",
        status=Status.IN_TRANSIT,
        status_at=None,
        recorded_at=datetime(2026, 11, 3, 4, 0, tzinfo=UTC),
        recorded_by="T. Okonjo",
        recorded_by_id="o",
        desk="d",
        destination=Destination(),
        fields=PieceFields(),
        postage=Money(0),
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def event(status: Status, when: str, source: EventSource = EventSource.CARRIER, promised_on: str = "") -> TimelineEvent:
    happened = parse_carrier_time(when)
    return TimelineEvent(
        id=when,
        shipment_id="s",
        kind=EventKind.TRACKING,
        status=status,
        happened=happened,
        sort_at=happened.order_key(ZONE),
        recorded_at=datetime(2026, 11, 20, tzinfo=UTC),
        recorded_by="T. Okonjo",
        source=source,
        promised_on=promised_on,
    )


def packet(shipment: Shipment, kind: ClaimKind = ClaimKind.LOSS, **given: object) -> ClaimPacket:
    rule = rule_for(RULES, shipment, kind)
    usual = ClaimPacket(
        head=PaperHead("CLM-2026-A0001", datetime(2026, 11, 23, tzinfo=UTC), "America/Chicago", "T. Okonjo", "clerk"),
        office=OfficeHead(),
        row=ShipmentRow(shipment),
        claim=Claim("CLM-2026-A0001", kind, Money(50000)),
        today=date(2026, 11, 23),
        rule=rule,
        window=window_of(rule, shipment, (), ZONE) if rule else None,
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def codes(value: ClaimPacket) -> list[str]:
    return [one.code for one in gaps_of(value)]


def test_the_rules_that_ship_are_sound() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) > 50
    for rule in RULES:
        assert rule.source
        assert rule.checked_on >= date(2026, 11, 22)
        if rule.earliest_day is not None and rule.latest_day is not None:
            assert rule.earliest_day < rule.latest_day, rule.id
        if rule.effective_from and rule.effective_to:
            assert rule.effective_from <= rule.effective_to


@pytest.mark.parametrize("kind", ClaimKind)
@pytest.mark.parametrize("carrier", ["usps", "ups", "fedex", "dhl"])
def test_every_kind_has_a_rule_at_the_large_carriers(carrier: str, kind: ClaimKind) -> None:
    service = "Priority Mail" if carrier == "usps" else ""
    assert match_rule(RULES, carrier, service, kind, NOVEMBER) is not None


@pytest.mark.parametrize(
    ("service", "days"),
    [
        ("Priority Mail Express", (7, 60)),
        ("Priority Mail Express COD", (15, 60)),
        ("Registered Mail", (15, 60)),
        ("Priority Mail", (15, 60)),
        ("USPS Ground Advantage", (15, 60)),
        ("Priority Mail Express APO", (21, 180)),
        ("Priority Mail APO", (45, 365)),
        ("Media Mail insured to an APO", (75, 365)),
        ("First-Class Mail insured, DPO", (45, 365)),
        ("First-Class Mail Letter, APO", (None, None)),
        ("Certified Mail, APO", (None, None)),
        ("Certified Mail", (None, None)),
        ("First-Class Mail", (None, None)),
    ],
)
def test_days_for_a_loss_by_usps(service: str, days: tuple[int | None, int | None]) -> None:
    rule = match_rule(RULES, "usps", service, ClaimKind.LOSS, NOVEMBER)
    assert rule is not None
    assert (rule.earliest_day, rule.latest_day) == days


def test_no_earliest_day_is_asserted_before_the_amendment() -> None:
    before = match_rule(RULES, "usps", "Ground Advantage", ClaimKind.LOSS, date(2026, 1, 17))
    after = match_rule(RULES, "usps", "Ground Advantage", ClaimKind.LOSS, date(2026, 1, 18))
    assert before is not None
    assert after is not None
    assert (before.earliest_day, after.earliest_day) == (None, 15)


def test_damage_counts_from_mailing_at_usps() -> None:
    rule = match_rule(RULES, "usps", "Priority Mail", ClaimKind.DAMAGE, NOVEMBER)
    assert rule is not None
    assert (rule.clock, rule.earliest_day, rule.latest_day) == (Clock.MAILING, 0, 60)


def test_bought_cover_and_destination_choose_the_rule() -> None:
    insured = piece(service="First-Class Mail", fields=PieceFields(insured_value=Money(1000)))
    abroad = piece(service="Priority Mail", destination=Destination("", "PT"))
    soldier = piece(
        service="Priority Mail", fields=PieceFields(recipient=Party("A", address=("PSC 3", "APO AE 09021")))
    )
    found = [rule_for(RULES, one, ClaimKind.LOSS) for one in (insured, abroad, soldier)]
    assert [one.id if one else "" for one in found] == ["usps-insured-loss", "usps-intl-loss", "usps-military-loss"]


def test_where_a_piece_comes_from_and_whether_it_came_choose_the_rule() -> None:
    fedex = piece("fedex", service="Ground COD")
    came = replace(fedex, status=Status.DELIVERED)
    found = [
        rule_for(RULES, piece("ups", service="Standard"), ClaimKind.DAMAGE, NOVEMBER, country)
        for country in ("US", "DE")
    ]
    found += [rule_for(RULES, one, ClaimKind.LOSS, NOVEMBER, "US") for one in (fedex, came)]
    apo = PieceFields(recipient=Party("A", region="AE"))
    found.append(rule_for(RULES, piece("dhl", service="eCommerce", fields=apo), ClaimKind.LOSS))
    assert [(one.clock, one.earliest_day, one.latest_day) if one else None for one in found] == [
        (Clock.DELIVERY, 0, 60),
        (Clock.DELIVERY, 0, 14),
        (Clock.MAILING, None, 270),
        (Clock.DELIVERY, 0, 21),
        (Clock.MAILING, 45, 90),
    ]


def test_what_the_carrier_wants_first_is_a_gap_until_it_is_on_file() -> None:
    rules = parse_inquiry_rules(resources.file("rules/inquiry_rules.csv").read_text("utf-8"))
    abroad = piece(service="Priority Mail", destination=Destination("", "PT"))
    asked = first_steps(match_inquiries(rules, "usps", service_words(abroad)), ClaimKind.LOSS, NOVEMBER, None)
    gaps = gaps_of(packet(abroad, first=asked))
    assert [one.code for one in gaps] == ["claim_asked_first_days", "claim_documents_missing"]
    facts = dict(gaps[0].facts)
    assert (facts["action"], facts["opens_on"], facts["last_on"]) == ("inquiry", "2026-11-09", "2027-05-01")
    letters = (attachment(AttachmentRole.CORRESPONDENCE, "letter"),)
    assert codes(packet(abroad, first=asked, attachments=letters)) == ["claim_documents_missing"]
    trace = first_steps(match_inquiries(rules, "dhl", "express"), ClaimKind.LOSS, NOVEMBER, None)
    assert codes(packet(piece("dhl"), first=trace))[:1] == ["claim_asked_first"]


def test_an_unknown_carrier_has_no_rule() -> None:
    assert rule_for(RULES, piece("yodel"), ClaimKind.LOSS) is None
    assert codes(packet(piece("yodel")))[0] == "claim_no_rule"
    covered = Claim("C", ClaimKind.LOSS, Money(1000), insurer="u_pic")
    assert dict(gaps_of(packet(piece("yodel"), claim=covered))[0].facts) == {"insurer": "u_pic"}


def test_the_mailing_day_and_what_it_rests_on() -> None:
    accepted, moved = event(Status.ACCEPTED, "2026-10-30T18:00"), event(Status.IN_TRANSIT, "2026-10-29T01:00")
    typed = piece(fields=PieceFields(mailed_on=date(2026, 11, 1)))
    assert mailing_day(typed, (accepted,), ZONE) == (date(2026, 10, 30), DayBasis.ACCEPTANCE_EVENT)
    assert mailing_day(typed, (), ZONE) == (date(2026, 11, 1), DayBasis.MAILING_DATE)
    assert mailing_day(piece(), (moved,), ZONE) == (date(2026, 10, 29), DayBasis.FIRST_EVENT)
    # whichever is the earliest
    assert mailing_day(typed, (accepted, moved), ZONE) == (date(2026, 10, 29), DayBasis.FIRST_EVENT)
    early = piece(fields=PieceFields(mailed_on=date(2026, 10, 28)))
    assert mailing_day(early, (accepted, moved), ZONE) == (date(2026, 10, 28), DayBasis.MAILING_DATE)
    # but none of another piece with the number, nor a day to come
    other = event(Status.IN_TRANSIT, "2026-06-29T01:00")
    assert mailing_day(typed, (other,), ZONE) == (date(2026, 11, 1), DayBasis.MAILING_DATE)
    assert mailing_day(typed, (), ZONE, date(2026, 10, 31)) == (NOVEMBER, DayBasis.RECORDED)
    ahead = event(Status.ACCEPTED, "2027-10-30T18:00")
    assert mailing_day(piece(), (ahead,), ZONE, NOVEMBER) == (NOVEMBER, DayBasis.RECORDED)
    # recorded at 4:00 UTC on November 3 is still November 2 at the office
    assert mailing_day(piece(), (), ZONE) == (NOVEMBER, DayBasis.RECORDED)


def test_neither_a_label_nor_a_delivery_nor_a_mail_is_the_mailing() -> None:
    # GIVEN a piece that was put on record on November 2, and what happened to it before
    label, delivered = event(Status.LABEL_CREATED, "2026-10-20T10:00"), event(Status.DELIVERED, "2026-10-28T10:00")
    late = event(Status.DELAYED, "2026-10-30T10:00", EventSource.NOTICE)
    scanned_after = event(Status.IN_TRANSIT, "2026-10-29T10:00")
    under_way = event(Status.IN_TRANSIT, "2026-10-25T10:00")

    for events in ((delivered,), (label, delivered), (delivered, scanned_after), (late,), (label, late)):
        assert mailing_day(piece(), events, ZONE) == (NOVEMBER, DayBasis.RECORDED)
    by_mail = event(Status.ACCEPTED, "2026-10-27T10:00", EventSource.NOTICE)
    assert mailing_day(piece(), (label, by_mail, delivered), ZONE) == (NOVEMBER, DayBasis.RECORDED)
    assert mailing_day(piece(), (label, under_way, delivered), ZONE) == (date(2026, 10, 25), DayBasis.FIRST_EVENT)


def test_what_is_no_promise_of_the_carrier_starts_no_clock() -> None:
    day = date(2026, 11, 5)
    wanted = piece("ups", promised_on=day, promise_basis=PromiseBasis.USER)
    promised = piece("ups", promised_on=day, promise_basis=PromiseBasis.CARRIER)
    mail = event(Status.DELAYED, "2026-11-04T10:00", EventSource.NOTICE, "2026-11-05")
    told = event(Status.IN_TRANSIT, "2026-11-03T10:00", promised_on="2026-11-05")

    assert promised_day(wanted, ()) is None
    assert promised_day(promised, (mail,)) is None
    assert promised_day(promised, (mail, told)) == promised_day(promised, (told,)) == promised_day(promised, ()) == day
    for shipment, events in ((wanted, ()), (promised, (mail,)), (piece("ups"), (mail,))):
        window = window_of(rule_of(Clock.EXPECTED), shipment, events, ZONE)
        assert window is not None
        assert (window.starts_on, window.basis) == (NOVEMBER, DayBasis.RECORDED)


def test_a_day_that_was_put_off_counts_from_the_first_one() -> None:
    put_off = piece("ups", promised_on=date(2026, 11, 12), promise_basis=PromiseBasis.CARRIER)
    first = event(Status.ACCEPTED, "2026-11-02T10:00", promised_on="2026-11-05")
    then = event(Status.DELAYED, "2026-11-05T10:00", promised_on="2026-11-12")
    by_mail = event(Status.ACCEPTED, "2026-11-01T10:00", EventSource.NOTICE, "2026-11-03")
    for events, day in (((then, first, by_mail), 5), ((then,), 12), ((), 12)):
        window = window_of(rule_of(Clock.EXPECTED), put_off, events, ZONE)
        assert window is not None
        assert (window.starts_on, window.basis) == (date(2026, 11, day), DayBasis.EXPECTED_DATE)
    sooner = piece("ups", promised_on=date(2026, 11, 4), promise_basis=PromiseBasis.CARRIER)
    window = window_of(rule_of(Clock.EXPECTED), sooner, (first,), ZONE)
    assert window is not None
    assert window.starts_on == date(2026, 11, 4)


def test_a_piece_put_on_record_after_its_delivery() -> None:
    delivered, other = event(Status.DELIVERED, "2026-10-28T10:00"), event(Status.DELIVERED, "2026-06-28T10:00")
    for clock in Clock:  # the delivery is nearer to the mailing than the record is
        window = window_of(rule_of(clock), piece("ups"), (delivered,), ZONE)
        assert window is not None
        assert (window.starts_on, window.basis) == (date(2026, 10, 28), DayBasis.DELIVERY_EVENT)
    # a delivery of another piece, long before with the same number, says nothing
    assert first_delivery(piece("ups"), (other,), ZONE) is None
    assert first_delivery(piece("ups"), (other, delivered), ZONE) is delivered


def rule_of(clock: Clock) -> ClaimRule:
    return replace(next(one for one in RULES if one.id == "ups-damage"), clock=clock, earliest_day=1, latest_day=60)


def test_day_zero_follows_the_clock_and_never_comes_late() -> None:
    delivered = event(Status.DELIVERED, "2026-11-06T10:00")
    promised = piece("ups", promised_on=date(2026, 11, 5), promise_basis=PromiseBasis.CARRIER)
    starts = [
        window_of(rule_of(clock), shipment, events, ZONE)
        for clock, shipment, events in (
            (Clock.DELIVERY, promised, (delivered,)),
            (Clock.DELIVERY, promised, ()),
            (Clock.DELIVERY, piece("ups"), ()),
            (Clock.EXPECTED, promised, (delivered,)),
            (Clock.EXPECTED, piece("ups"), (delivered,)),
            (Clock.MAILING, promised, (delivered,)),
        )
    ]
    assert [one.basis if one else None for one in starts] == [
        DayBasis.DELIVERY_EVENT,
        DayBasis.EXPECTED_DATE,
        DayBasis.RECORDED,
        DayBasis.EXPECTED_DATE,
        DayBasis.RECORDED,
        DayBasis.RECORDED,
    ]
    first = starts[0]
    assert first is not None
    assert (first.starts_on, first.opens_on, first.last_on) == (date(2026, 11, 6), date(2026, 11, 7), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 16), WindowState.NOT_OPEN),
        (date(2026, 11, 17), WindowState.OPEN),
        (date(2026, 12, 18), WindowState.OPEN),
        (date(2026, 12, 19), WindowState.CLOSING),
        (date(2027, 1, 1), WindowState.CLOSING),
        (date(2027, 1, 2), WindowState.MISSED),
    ],
)
def test_the_state_on_a_day(day: date, state: WindowState) -> None:
    rule = rule_for(RULES, piece(), ClaimKind.LOSS)
    assert rule is not None
    window = window_of(rule, piece(), (), ZONE)
    assert window is not None
    assert window.state(day) is state


def test_a_window_without_bounds() -> None:
    certified = match_rule(RULES, "usps", "Certified Mail", ClaimKind.LOSS, NOVEMBER)
    assert certified is not None
    assert window_of(certified, piece(), (), ZONE) is None
    endless = ClaimWindow(NOVEMBER, Clock.MAILING, DayBasis.RECORDED, NOVEMBER, None)
    assert endless.state(date(2030, 1, 1)) is WindowState.OPEN
    assert endless.days_left(date(2030, 1, 1)) is None


def test_what_a_carrier_may_object_to() -> None:
    early = packet(piece(), today=date(2026, 11, 5))
    late = packet(piece(), today=date(2027, 3, 1))
    over = packet(piece(), claim=Claim("C", ClaimKind.LOSS, Money(900000)))
    torn = Claim("C", ClaimKind.LOSS, Money(50000), (ClaimLine("a", Money(1000), ClaimLineKind.CONTENTS),))
    assert codes(early) == ["claim_window_not_open", "claim_documents_missing"]
    assert codes(late) == ["claim_window_missed", "claim_documents_missing"]
    assert codes(over) == ["claim_over_cover", "claim_documents_missing"]
    assert codes(packet(piece(), claim=torn)) == ["claim_sum_differs", "claim_documents_missing"]
    assert codes(packet(piece(service="Certified Mail")))[0] == "claim_no_cover"


def test_declared_value_is_cover_where_it_is_sold_as_such() -> None:
    fields = PieceFields(declared_value=Money(2_000_000))
    assert "claim_over_cover" not in codes(
        packet(piece("ups", fields=fields), claim=Claim("C", ClaimKind.LOSS, Money(900000)))
    )
    assert "claim_over_cover" in codes(packet(piece(fields=fields), claim=Claim("C", ClaimKind.LOSS, Money(900000))))


def attachment(role: AttachmentRole, name: str) -> Attachment:
    return Attachment(
        name, "s", "0" * 64, name, "application/pdf", 1, 1, role, "", "", "", datetime(2026, 11, 20, tzinfo=UTC), "T"
    )


def test_every_role_has_its_letter() -> None:
    files = tuple(attachment(role, role.value) for role in AttachmentRole)
    found = {
        one: exhibit.letter
        for exhibit in exhibits_of(packet(piece(), attachments=files))
        for one in exhibit.attachment_ids
    }
    assert set(found) == {role.value for role in AttachmentRole}
    assert (found["receipt"], found["proof_of_value"], found["damage_photo"], found["other"]) == ("A", "C", "E", "I")


def test_missing_is_told_from_not_asked_for() -> None:
    claim = Claim("C", ClaimKind.DAMAGE, Money(1), missing_because=(("E", "nobody took any"), ("F", "nobody wrote")))
    found = {one.letter: one for one in exhibits_of(packet(piece(), ClaimKind.DAMAGE, claim=claim))}
    assert found["D"].status is ExhibitStatus.PRESENT
    assert (found["E"].status, found["E"].missing_because) == (ExhibitStatus.MISSING, "nobody took any")
    assert found["F"].status is ExhibitStatus.MISSING
    assert found["G"].status is ExhibitStatus.NOT_APPLICABLE
    assert found["A"].missing_because == ""
    assert "I" not in found


@pytest.mark.parametrize(
    ("insurer", "country", "kind", "earliest", "latest"),
    [
        ("u_pic", "US", "loss", 21, None),
        ("u_pic", "DE", "loss", 45, None),
        ("u_pic", "IT", "loss", 60, None),
        ("parcelguard", "US", "loss", 30, 120),
        ("parcelguard", "US", "damage", 0, 120),
        ("pb_parcel_protection", "US", "loss", 30, 90),
        ("pb_parcel_protection", "US", "damage", 0, 90),
    ],
)
def test_an_insurer_has_rules_of_its_own(
    insurer: str, country: str, kind: str, earliest: int, latest: int | None
) -> None:
    abroad = piece(destination=Destination(country=country))
    rule = rule_for(RULES, abroad, ClaimKind(kind), NOVEMBER, insurer=insurer)
    assert rule is not None
    assert (rule.carrier, rule.earliest_day, rule.latest_day) == (insurer, earliest, latest)


def test_an_insurer_names_no_days_for_what_its_page_does_not_tell() -> None:
    assert rule_for(RULES, piece(), ClaimKind.DAMAGE, NOVEMBER, insurer="u_pic") is None
    assert insurer_of(" U-Pic ") == insurer_of("u pic") == "u_pic"
    assert insurer_of("Pitney Bowes Parcel Protection") == "pb_parcel_protection"
    assert insurer_of("Lloyd") is None


@pytest.mark.parametrize(
    ("number", "given", "abroad"),
    [
        ("CP123456785US", {}, True),
        ("LZ123456785US", {}, True),
        ("HA123456785US", {"recipient": Party("Ida Brandt")}, True),
        ("CP123456785US", {"recipient": Party(postal_code="43215")}, False),
        ("CP123456785US", {"recipient": Party(country="US")}, False),
        ("RE123456785US", {}, False),  # registered mail has such numbers at home, too
        ("EE123456785US", {}, False),
        ("9270190123456700118420", {}, False),
    ],
)
def test_some_numbers_alone_say_that_a_piece_goes_abroad(number: str, given: dict[str, Party], abroad: bool) -> None:
    one = piece(service="Parcel", tracking_number=number, fields=PieceFields(**given))  # type: ignore[arg-type]
    assert ("international" in service_words(one, "US")) is abroad
