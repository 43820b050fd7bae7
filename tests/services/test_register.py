"""Finding, editing, events by hand, lists, settings and safety."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mailroom.domain.money import Money
from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, EventKind, EventSource
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.wording.events import event_title

Read = Callable[..., tuple[Reading, ...]]
UPS = "1Z6R44100366174260"
GROUND = "9400111899560197440716"


def put(office: Office, who: Operator, read: Read, raw: str = UPS, fields: PieceFields | None = None) -> str:
    done = office.intake.record(who, read(raw), fields)
    assert done.row is not None
    return done.row.shipment.id


def test_any_part_of_a_word_is_found(office: Office, who: Operator, read: Read) -> None:
    one = put(office, who, read, UPS, PieceFields(recipient=Party(name="Żaneta Wójcik"), order="24-1187-R"))
    put(office, who, read, GROUND, PieceFields(recipient=Party(name="Alder & Finch LLP")))

    for text in ("zaneta", "WOJC", "ójci", "1187", "6617426", "24", "za"):
        page = office.shipments.find(who, ShipmentFilter(text=text))
        assert [row.shipment.id for row in page.rows] == [one], text
    assert office.shipments.find(who, ShipmentFilter(text="nothing like it")).rows == ()
    assert len(office.shipments.find(who, ShipmentFilter()).rows) == 2


def test_the_timeline_says_what_was_changed_and_a_day_from_which_to_which(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    done = office.intake.record(who, read("1Z6R44100366174260"))
    assert done.row is not None
    old = done.row.shipment
    fields = replace(old.fields, promised_on=date(2026, 11, 28), order="PO 7", recipient=Party(name="Ida Low"))
    changed = office.shipments.edit(who, old.id, fields, old.version)
    now = changed.row.shipment
    office.shipments.edit(who, old.id, replace(now.fields, promised_on=date(2026, 11, 30)), now.version)
    edits = [one for one in office.shipments.get(who, old.id).events if one.kind is EventKind.EDITED]
    assert {event_title(one) for one in edits} == {
        "Changed: Order or reference; Wanted by – → 2026-11-28; Recipient",
        "Changed: Wanted by 2026-11-28 → 2026-11-30",
    }
    assert not any("Ida" in value for one in edits for _name, value in one.facts)


def test_an_edit_is_on_record_and_a_stale_one_is_refused(office: Office, who: Operator, read: Read) -> None:
    shipment_id = put(office, who, read)
    old = office.shipments.get(who, shipment_id).row.shipment
    changed = office.shipments.edit(
        who, shipment_id, replace(old.fields, order="26-0417", department="Claims"), old.version
    )

    assert (changed.row.shipment.fields.order, changed.row.department) == ("26-0417", "Claims")
    assert changed.events[0].kind is EventKind.EDITED
    with pytest.raises(MailroomError) as stale:
        office.shipments.edit(who, shipment_id, replace(old.fields, order="other"), old.version)
    assert stale.value.code == "changed_meanwhile"
    assert office.shipments.get(who, shipment_id).row.shipment.fields.order == "26-0417"


def test_an_edit_can_be_taken_back(office: Office, who: Operator, read: Read) -> None:
    shipment_id = put(office, who, read, UPS, PieceFields(order="first"))
    old = office.shipments.get(who, shipment_id).row.shipment
    office.shipments.edit(who, shipment_id, replace(old.fields, order="second"), old.version)
    office.intake.undo_last(who)

    assert office.shipments.get(who, shipment_id).row.shipment.fields.order == "first"


def test_an_event_by_hand_says_who_typed_it(office: Office, who: Operator, read: Read) -> None:
    shipment_id = put(office, who, read)
    draft = EventDraft(
        parse_carrier_time("2026-11-19T09:30-06:00"), status=Status.ATTEMPTED, text="No one to sign", source_name="UPS"
    )
    detail = office.timeline.add_event(who, shipment_id, draft)

    event = next(one for one in detail.events if one.kind is EventKind.TRACKING)
    assert (event.source, event.recorded_by, event.source_name) == (EventSource.TYPED, "M. Vega", "UPS")
    assert detail.row.shipment.status is Status.ATTEMPTED


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EventDraft(parse_carrier_time("2026-11-19")), "event_empty"),
        (EventDraft(parse_carrier_time("2026-11-29"), status=Status.DELIVERED), "event_in_future"),
        (EventDraft(parse_carrier_time("2026-11-19"), note="x" * 50_000), "text_too_long"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    office: Office, who: Operator, read: Read, draft: EventDraft, code: str
) -> None:
    shipment_id = put(office, who, read)

    with pytest.raises(MailroomError) as refused:
        office.timeline.add_event(who, shipment_id, draft)

    assert refused.value.code == code


def test_staff_see_their_own_department_only(
    office: Office, who: Operator, read: Read, other_role: Callable[..., Operator]
) -> None:
    legal = put(office, who, read, UPS, PieceFields(department="Legal"))
    claims = put(office, who, read, GROUND, PieceFields(department="Claims"))
    department = next(one for one in office.lists.departments(who) if one.name == "Legal")
    staff = other_role(who, Role.STAFF, department.id)

    assert [row.shipment.id for row in office.shipments.find(staff, ShipmentFilter()).rows] == [legal]
    assert office.shipments.counts(staff, ShipmentFilter()).total == 1
    assert office.shipments.get(staff, legal).row.shipment.id == legal
    with pytest.raises(MailroomError) as hidden:
        office.shipments.get(staff, claims)
    assert hidden.value.code == "shipment_unknown"


def test_counts_leave_out_what_was_taken_back(office: Office, who: Operator, read: Read) -> None:
    put(office, who, read, UPS)
    put(office, who, read, GROUND)
    office.intake.undo_last(who)
    counts = office.shipments.counts(who, ShipmentFilter())

    assert counts.total == 1
    assert dict(counts.by_carrier) == {"ups": 1}
    assert counts.by_status[Status.LABEL_CREATED] == 1


def test_rows_of_other_processes_are_noticed(office: Office, who: Operator, read: Read) -> None:
    mark, changed = office.shipments.changed_since(who, "")
    assert changed == ()
    shipment_id = put(office, who, read)

    mark, changed = office.shipments.changed_since(who, mark)
    assert changed == (shipment_id,)
    assert office.shipments.changed_since(who, mark)[1] == ()


def test_settings_change_and_stay(office: Office, who: Operator) -> None:
    changed = office.settings.change_office(who, name="Brindle Harbor", address=("1 Pier",), zone="America/Chicago")

    assert (changed.name, changed.address, changed.zone) == ("Brindle Harbor", ("1 Pier",), "America/Chicago")
    assert office.settings.office(who) == changed
    assert office.settings.zone_name() == "America/Chicago"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"zone": "Mars/Olympus"}, "zone_unknown"),
        ({"colour": "red"}, "setting_unknown"),
        ({"country": "usa"}, "setting_bad"),
        ({"page_size": "A3"}, "setting_bad"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(
    office: Office, who: Operator, changes: dict[str, str], code: str
) -> None:
    before = office.settings.office(who)
    with pytest.raises(MailroomError) as refused:
        office.settings.change_office(who, **changes)

    assert refused.value.code == code
    assert office.settings.office(who) == before


def test_lists_grow_by_use(office: Office, who: Operator, read: Read) -> None:
    put(office, who, read, UPS, PieceFields(department="Legal", account="Closings", run="Afternoon", meter="M-2"))
    put(office, who, read, GROUND, PieceFields(department="legal ", run="Afternoon", postage=Money(1)))
    office.lists.add_meter(who, "M-3", "4W0031187")

    assert [one.name for one in office.lists.departments(who)] == ["Legal"]
    assert [one.name for one in office.lists.accounts(who) if one.parent_id] == ["Closings"]
    assert [one.name for one in office.lists.runs(who)] == ["Afternoon"]
    assert sorted(one.name for one in office.lists.meters(who)) == ["M-2", "M-3"]


def test_all_holds_after_a_day_of_work(office: Office, who: Operator, read: Read) -> None:
    shipment_id = put(office, who, read)
    put(office, who, read, GROUND)
    office.timeline.add_event(who, shipment_id, EventDraft(parse_carrier_time("2026-11-19"), note="called"))
    office.intake.undo_last(who)

    assert office.safety.check(who) == ()
    assert office.safety.verify_chain(who) == ()
