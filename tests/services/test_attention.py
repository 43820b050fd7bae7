"""The work list over a planted week: exactly the planted problems; what people do about them; what changes them."""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailroom.domain.alerts import alert_rules
from mailroom.domain.alerts.situation import Urgency
from mailroom.domain.attention import AlertAct, AlertFilter, AlertState, ThresholdRule
from mailroom.domain.command import utc_text
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator, Role
from mailroom.domain.shipment import PieceFields
from mailroom.domain.timeline import EventKind
from mailroom.errors import MailroomError
from mailroom.services.office import Office

_spec = importlib.util.spec_from_file_location("planted_week", Path(__file__).with_name("planted_week.py"))
assert _spec is not None
assert _spec.loader is not None
planted_week = importlib.util.module_from_spec(_spec)
sys.modules["planted_week"] = planted_week  # dataclasses look their module up
_spec.loader.exec_module(planted_week)

Found = set[tuple[str, str]]


@pytest.fixture
def week(office: Office, who: Operator, clock: Any) -> Any:
    return planted_week.Week(office.intake.desk, who, clock.now, seed=0)


def found(office: Office, who: Operator, *states: AlertState) -> Found:
    office.attention.refresh(who)
    wanted = AlertFilter(states=states or tuple(AlertState))
    return {(one.alert.kind, one.alert.shipment_id) for one in office.attention.alerts(who, wanted)}


@pytest.mark.parametrize(
    ("office", "seed"), [("sqlite", 1), ("sqlite", 20), ("sqlite", 300), ("postgresql", 20)], indirect=["office"]
)
def test_a_planted_week_gives_exactly_what_was_planted(office: Office, who: Operator, clock: Any, seed: int) -> None:
    week = planted_week.Week(office.intake.desk, who, clock.now, seed)
    planted_week.plant(week)

    assert {kind for kind, _id in week.planted} == {rule.kind for rule in alert_rules()}
    assert found(office, who) == week.planted
    # one by one says the same as all at once
    one_by_one = {
        (one.alert.kind, shipment_id)
        for shipment_id in [*week.ordinary, *sorted({shipment for _kind, shipment in week.planted})]
        for one in office.attention.of_shipment(who, shipment_id)
    }
    assert one_by_one == week.planted
    counts = office.attention.counts(who)
    assert counts.open == len(week.planted) == sum(counts.by_urgency.values())


def test_the_most_urgent_comes_first(office: Office, who: Operator, week: Any) -> None:
    planted_week.plant(week)

    rows = office.attention.alerts(who)

    assert [one.alert.finding.urgency for one in rows] == sorted(
        (one.alert.finding.urgency for one in rows), key=list(Urgency).index
    )
    assert office.attention.alerts(who, AlertFilter(limit=3)) == rows[:3]
    assert {one.alert.kind for one in office.attention.alerts(who, AlertFilter(kinds=("customs",)))} == {"customs"}
    by_carrier = office.attention.alerts(who, AlertFilter(carriers=("ups",), urgencies=(Urgency.SOON,)))
    assert {(one.row.shipment.carrier, one.alert.finding.urgency) for one in by_carrier} == {("ups", Urgency.SOON)}


def test_an_event_changes_what_is_found_and_nothing_else_is_judged(office: Office, who: Operator, week: Any) -> None:
    # GIVEN a stalled piece among others
    planted_week.plant(week)
    quiet = week.put((1, "accepted"), recorded=2)
    stalled = next(shipment for kind, shipment in week.planted if kind == "no_movement")
    week.planted -= {("claim_opens", stalled)}  # once it moves, nothing is lost
    assert office.attention.refresh(who)
    looked_at = office.attention.book.looked_at
    # WHEN it moves, and an ordinary piece gets into trouble
    week.happen(stalled, (0.1, "in_transit", "TAMPA, FL"))  # where none of them has been
    week.happen(quiet, (0.2, "exception", "", "Damaged"))
    # THEN the book follows without judging all
    assert office.attention.refresh(who, whole=False)
    week.planted -= {("no_movement", stalled)}
    week.planted |= {("exception", quiet)}
    assert {(one.alert.kind, one.alert.shipment_id) for one in office.attention.alerts(who)} == week.planted
    assert office.attention.book.looked_at == looked_at


def test_neighbours_are_judged_again_too(office: Office, who: Operator, week: Any) -> None:
    # GIVEN three delayed pieces on one lane, and two pieces that shared a number
    lane = {"carrier": "ups", "service": "Ground"}
    ids = [week.put((3, "accepted"), (2, "delayed"), recorded=4, postal_code=f"0095{at}", **lane) for at in range(3)]
    fourth = week.put((1, "accepted"), recorded=4, postal_code="00957", **lane)
    old = week.put((58, "accepted"), (56, "delivered"), recorded=60, number="1ZTWIN")
    new = week.put((1, "accepted"), recorded=2, number="1ZTWIN")
    assert found(office, who) == set()
    # WHEN a fourth joins the lane, and the old piece is under way again
    week.happen(fourth, (0.5, "delayed"))
    week.happen(old, (0.5, "in_transit"))
    # THEN all concerned are on the list, and leave it together
    assert office.attention.refresh(who, whole=False)
    expected = {("recurring_lane", one) for one in (*ids, fourth)} | {("number_twice", old), ("number_twice", new)}
    assert {(one.alert.kind, one.alert.shipment_id) for one in office.attention.alerts(who)} == expected
    week.happen(fourth, (0.2, "in_transit"))
    week.happen(old, (0.2, "delivered"))
    assert office.attention.refresh(who, whole=False)
    assert office.attention.alerts(who) == ()


def test_silence_says_something_only_once_the_carrier_has_told_of_others(
    office: Office, who: Operator, week: Any
) -> None:
    # GIVEN a carrier whose last news is older than a piece that it never mentioned
    usps = {"carrier": "usps", "service": "Ground Advantage"}
    week.put((9, "accepted"), (6, "delivered"), recorded=10, **usps)
    silent = week.put(recorded=5, **usps)
    assert found(office, who) == set()
    # WHEN it tells of another one
    week.put((1, "accepted"), recorded=2, **usps)
    # THEN the silent one never reached it
    assert {one.alert.kind for one in office.attention.of_shipment(who, silent)} == {"not_accepted"}


def test_a_new_day_judges_all_again(office: Office, who: Operator, week: Any, clock: Any) -> None:
    week.put((4, "accepted"), (3.5, "in_transit"), recorded=5)
    assert found(office, who) == set()

    clock.forward(days=1)

    assert not office.attention.refresh(who, whole=False)
    assert {kind for kind, _id in found(office, who)} == {"no_movement"}


def test_a_snooze_ends_on_its_day(office: Office, who: Operator, week: Any, clock: Any) -> None:
    shipment_id = week.put((5, "accepted"), (4.5, "in_transit"), recorded=6)
    (row,) = office.attention.of_shipment(who, shipment_id)
    today = office.attention.today()

    office.attention.snooze(who, (row,), today + timedelta(days=2), "recipient is away  until Monday")

    assert found(office, who, AlertState.OPEN) == set()
    (snoozed,) = office.attention.alerts(who, AlertFilter(states=(AlertState.SNOOZED,)))
    assert (snoozed.standing.until, snoozed.standing.reason) == (
        today + timedelta(days=2),
        "recipient is away until Monday",
    )
    assert office.attention.counts(who).snoozed == 1
    clock.forward(days=1)
    assert found(office, who, AlertState.OPEN) == set()
    clock.forward(days=1)
    assert found(office, who, AlertState.OPEN) == {("no_movement", shipment_id)}


def test_done_holds_until_it_is_more_urgent_or_the_evidence_changes(
    office: Office, who: Operator, week: Any, clock: Any
) -> None:
    shipment_id = week.put((5, "accepted"), (4.5, "in_transit"), recorded=6)
    (row,) = office.attention.of_shipment(who, shipment_id)
    assert row.alert.finding.urgency is Urgency.WATCH

    office.attention.done(who, (row,), "called")

    assert found(office, who, AlertState.OPEN) == set()
    clock.forward(days=1)  # one more day of the same silence
    assert found(office, who, AlertState.OPEN) == set()
    clock.forward(days=2)  # seven days: to be asked about
    assert found(office, who, AlertState.OPEN) == {("no_movement", shipment_id)}
    (row,) = office.attention.of_shipment(who, shipment_id)
    office.attention.done(who, (row,))
    week.happen(shipment_id, (-3, "in_transit", "RENO, NV"))  # it moved just now, and stands still again
    assert found(office, who) == set()
    clock.forward(days=5)
    assert found(office, who, AlertState.OPEN) == {("no_movement", shipment_id)}
    assert [one.act for one in office.attention.history(who, shipment_id)] == [AlertAct.DONE, AlertAct.DONE]


def test_every_act_is_on_the_timeline(office: Office, who: Operator, week: Any) -> None:
    shipment_id = week.put((3, "accepted"), (1, "exception", "", "Missent"), recorded=4)
    rows = office.attention.of_shipment(who, shipment_id)

    office.attention.assign(who, rows, who.id)
    office.attention.done(who, office.attention.alerts(who), "address corrected")
    office.attention.reopen(who, office.attention.of_shipment(who, shipment_id))

    (row,) = office.attention.alerts(who, AlertFilter(to_id=who.id))
    assert (row.standing.state, row.standing.to_name) == (AlertState.OPEN, "M. Vega")
    assert office.attention.counts(who).mine == 1
    assert office.attention.alerts(who, AlertFilter(nobodys=True)) == ()
    events = [one for one in office.shipments.get(who, shipment_id).events if one.kind is EventKind.ALERT]
    assert [dict(one.facts)["act"] for one in reversed(events)] == ["assigned", "done", "reopened"]
    assert [one.note for one in reversed(events)] == ["", "address corrected", ""]
    office.attention.assign(who, (row,), "")
    assert office.attention.counts(who).nobodys == 1


def test_many_are_put_off_at_once(office: Office, who: Operator, week: Any) -> None:
    planted_week.plant(week)
    rows = office.attention.alerts(who)

    office.attention.snooze(who, rows, office.attention.today() + timedelta(days=7), "the carrier is on strike")

    counts = office.attention.counts(who)
    assert (counts.open, counts.snoozed) == (0, len(week.planted))


def test_what_cannot_be_is_refused(
    office: Office, who: Operator, week: Any, other_role: Callable[..., Operator]
) -> None:
    shipment_id = week.put((3, "accepted"), (1, "exception", "", "Missent"), recorded=4)
    rows = office.attention.of_shipment(who, shipment_id)
    attention, today = office.attention, office.attention.today()

    def refused(act: Callable[[], object]) -> str:
        with pytest.raises(MailroomError) as error:
            act()
        return error.value.code

    assert refused(lambda: attention.snooze(who, rows, today, "why")) == "snooze_day_bad"
    assert refused(lambda: attention.snooze(who, rows, today + timedelta(days=2), "  ")) == "reason_missing"
    assert refused(lambda: attention.done(who, rows, "x" * 1001)) == "text_too_long"
    assert refused(lambda: attention.assign(who, rows, "nobody")) == "operator_unknown"
    assert refused(lambda: attention.of_shipment(who, "nothing")) == "shipment_unknown"
    assert refused(lambda: attention.done(other_role(who, Role.STAFF), rows)) == "not_allowed"
    bad = (ThresholdRule("", "", (("no_movement_watch", -1),)),)
    assert refused(lambda: attention.change_thresholds(who, bad)) == "threshold_bad"
    assert refused(lambda: attention.change_thresholds(who, (ThresholdRule("pigeon"),))) == "carrier_unknown"
    assert found(office, who, AlertState.OPEN) == {("exception", shipment_id)}


def test_staff_see_their_departments_only(
    office: Office, who: Operator, week: Any, other_role: Callable[..., Operator]
) -> None:
    mine = week.put((3, "accepted"), (1, "exception", "", "Missent"), recorded=4)
    other = week.put((3, "accepted"), (1, "exception", "", "Missent"), recorded=4)
    for shipment_id, name in ((mine, "Legal"), (other, "Sales")):
        old = office.shipments.get(who, shipment_id).row.shipment
        office.shipments.edit(who, shipment_id, replace(old.fields, department=name), old.version)
    legal = office.shipments.get(who, mine).row.department_id
    staff = other_role(who, Role.STAFF, legal)

    assert found(office, staff) == {("exception", mine)}
    assert office.attention.counts(staff).open == 1
    with pytest.raises(MailroomError) as hidden:
        office.attention.of_shipment(staff, other)
    assert hidden.value.code == "shipment_unknown"


def test_thresholds_hold_for_a_carrier_and_a_service(office: Office, who: Operator, week: Any) -> None:
    silent = ((5, "accepted"), (2.5, "in_transit"))
    ups = week.put(*silent, recorded=6, carrier="ups", service="Ground")
    saver = week.put(*silent, recorded=6, carrier="ups", service="Express Saver")
    usps = week.put(*silent, recorded=6, carrier="usps", service="Priority Mail")
    assert found(office, who) == set()

    office.attention.change_thresholds(who, (ThresholdRule("ups", "", (("no_movement_watch", 2),)),))
    assert found(office, who) == {("no_movement", ups), ("no_movement", saver)}

    rules = (
        ThresholdRule("ups", "", (("no_movement_watch", 2),)),
        ThresholdRule("ups", "express", (("no_movement_watch", 3),)),
        ThresholdRule("", "", (("no_movement_watch", 1),)),
    )
    assert office.attention.change_thresholds(who, rules) == rules
    assert found(office, who) == {("no_movement", ups), ("no_movement", usps)}
    assert office.settings.office(who).name == ""  # the other settings are as they were


def test_each_carrier_keeps_proofs_as_long_as_it_does_and_the_offices_own_days_come_first(
    office: Office, who: Operator, week: Any
) -> None:
    def delivered(days: float, carrier: str, service: str = "") -> tuple[str, str]:
        steps = ((days + 3, "accepted"), (days, "delivered"))
        return "proof_expiring", week.put(*steps, recorded=days + 4, carrier=carrier, service=service)

    ups, dhl, fedex = delivered(95, "ups", "Ground Signature Required"), delivered(70, "dhl"), delivered(705, "fedex")
    later = delivered(95, "fedex")
    delivered(95, "dhl")
    delivered(705, "ups", "Ground Signature Required")
    assert found(office, who) == {ups, dhl, fedex}

    own = (("proof_kept", 150), ("proof_warning", 80))
    office.attention.change_thresholds(who, (ThresholdRule("fedex", "", own),))
    assert found(office, who) == {ups, dhl, later}


def test_what_ended_long_ago_comes_back_for_its_proof_alone(office: Office, who: Operator, week: Any) -> None:
    steps = ((99, "accepted"), (95, "delivered", "OMAHA, NE 68108"))
    shipment_id = week.put(*steps, recorded=100, carrier="usps", postal_code="60622")
    assert found(office, who) == {("proof_expiring", shipment_id)}
    assert [one.alert.kind for one in office.attention.of_shipment(who, shipment_id)] == ["proof_expiring"]


def test_a_saved_proof_needs_nobody(office: Office, who: Operator, week: Any) -> None:
    shipment_id = week.put((99, "accepted"), (95, "delivered"), recorded=100, carrier="ups")
    assert found(office, who) == {("proof_expiring", shipment_id)}
    value = {"id": new_id(), "sha256": "00", "name": "n.png", "media_type": "image/png", "size": 1, "pages": 1}

    attached = {"attachment": value | {"role": "signature_image"}, "event": event(office, who, shipment_id)}
    office.intake.desk.accept(who, "attachment_added", shipment_id, attached)

    assert found(office, who) == set()


def test_a_piece_taken_back_is_off_the_list(
    office: Office, who: Operator, read: Callable[..., Any], clock: Any
) -> None:
    done = office.intake.record(who, read("1Z6R44100366174260"), PieceFields(promised_on=date(2026, 11, 17)))
    assert done.row is not None
    assert {kind for kind, _id in found(office, who)} == {"past_promise"}

    office.intake.undo_last(who)

    assert office.attention.refresh(who, whole=False)
    assert office.attention.alerts(who) == ()
    assert utc_text(clock.now)


def event(office: Office, who: Operator, shipment_id: str) -> dict[str, Any]:
    desk = office.intake.desk
    return desk.own_event(who, shipment_id, EventKind.ATTACHED, desk.clock(), {"name": "n.png"})
