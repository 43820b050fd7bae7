"""Statuses from codes and words: on import, again by a later table, and which of several events is the newest."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft, TimelineEvent
from mailroom.domain.times import parse_carrier_time
from mailroom.services import deriving
from mailroom.services.exchange import kinds
from mailroom.services.office import Office
from mailroom.store import open_store, rebuild

UPS = "1Z6R44100366174260"


@pytest.fixture
def piece(office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]) -> str:
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    return done.row.shipment.id


def imported(office: Office, who: Operator, folder: Path, text: str) -> tuple[int, int]:
    path = folder / "events.csv"
    path.write_text(text, "utf-8")
    report = office.exchange.import_events(who, path)
    assert not report.refused, [str(one.reason) for one in report.refused]
    return report.added, report.known


def tracked(office: Office, who: Operator, id_: str) -> list[TimelineEvent]:
    return [one for one in office.shipments.get(who, id_).events if one.kind.value == "tracking"]


def status(office: Office, who: Operator, id_: str) -> Status:
    return office.shipments.get(who, id_).row.shipment.status


def test_codes_and_words_of_a_file_without_statuses(office: Office, who: Operator, piece: str, tmp_path: Path) -> None:
    # GIVEN a file that has codes and words, and no status of ours
    text = (
        "tracking_number,happened_at,code,text\n"
        f"{UPS},2026-11-18T09:00-07:00,021,Out for delivery\n"
        f"{UPS},2026-11-18T10:00-07:00,,A word that nobody knows\n"
        f"{UPS},2026-11-18T11:00-07:00,022,\n"
    )
    assert imported(office, who, tmp_path, text) == (3, 0)

    # THEN each says by which table it was derived, and what says nothing overwrites nothing
    newest, silent, oldest = tracked(office, who, piece)
    assert (oldest.status, oldest.mapping) == (Status.OUT_FOR_DELIVERY, kinds.MAPPING_VERSION)
    assert (silent.status, silent.mapping) == (None, "")
    assert (newest.status, newest.text) == (Status.ATTEMPTED, "")
    assert status(office, who, piece) is Status.ATTEMPTED


def test_a_status_word_of_the_carrier_is_kept_beside_its_text(
    office: Office, who: Operator, piece: str, tmp_path: Path
) -> None:
    text = "tracking_number,happened_at,status,text\n"
    rows = f"{UPS},2026-11-18T09:00Z,Zorbed,By the crew\n{UPS},2026-11-18T10:00Z,zapped,Zapped by the crew\n"
    imported(office, who, tmp_path, text + rows)

    assert [(one.text, one.note) for one in tracked(office, who, piece)] == [
        ("Zapped by the crew", ""),
        ("By the crew", "Zorbed"),
    ]
    assert imported(office, who, tmp_path, text + rows) == (0, 2)


def test_a_stated_status_is_not_derived(office: Office, who: Operator, piece: str, tmp_path: Path) -> None:
    text = f"tracking_number,happened_at,status,code,text\n{UPS},2026-11-18T09:00Z,delayed,011,Delivered\n"
    imported(office, who, tmp_path, text)
    assert (tracked(office, who, piece)[0].status, tracked(office, who, piece)[0].mapping) == (Status.DELAYED, "")


def test_a_later_table_derives_again_and_a_repeat_still_adds_nothing(
    office: Office, who: Operator, piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN events taken in while the table did not know their code
    text = (
        "tracking_number,happened_at,status,code,text\n"
        f"{UPS},2026-11-18T09:00Z,Zorbed,Q7,\n{UPS},2026-11-18T10:00Z,,Q8,Zapped by the crew\n"
    )
    imported(office, who, tmp_path, text)
    assert status(office, who, piece) is Status.LABEL_CREATED

    # WHEN the next version of the table knows both
    def later(_carrier: str, *, code: str = "", **_more: str) -> Status:
        return {"Q7": Status.IN_TRANSIT, "Q8": Status.DELIVERED}.get(code, Status.UNKNOWN)

    for module in (deriving, kinds):
        monkeypatch.setattr(module, "MAPPING_VERSION", "2099-01-01")
        monkeypatch.setattr(module, "status_of", later)
    done = office.timeline.derive_again(who)

    # THEN statuses and head follow, a second time nothing changes, and the same file is known
    assert (done.version, done.changed, done.shipments) == ("2099-01-01", 2, 1)
    assert [one.mapping for one in tracked(office, who, piece)] == ["2099-01-01"] * 2
    assert status(office, who, piece) is Status.DELIVERED
    assert office.timeline.derive_again(who).changed == 0
    assert imported(office, who, tmp_path, text) == (0, 2)
    assert not office.safety.check(who)
    again = open_store("", profile=tmp_path / "again")
    with office.timeline.desk.store.read() as source:
        rebuild.replay(source, again)
        with again.read() as target:
            assert list(rebuild.differences(source, target)) == []
    again.close()


def test_of_one_moment_the_farther_one_is_the_newer(office: Office, who: Operator, piece: str, tmp_path: Path) -> None:
    # a carrier lists newest first, and gives both the same minute
    text = (
        "tracking_number,happened_at,status\n"
        f"{UPS},2026-11-18T09:00Z,delivered\n{UPS},2026-11-18T09:00Z,out_for_delivery\n"
    )
    imported(office, who, tmp_path, text)
    assert status(office, who, piece) is Status.DELIVERED
    assert [one.status for one in tracked(office, who, piece)] == [Status.DELIVERED, Status.OUT_FOR_DELIVERY]


def test_a_bare_day_of_delivery_stands_after_the_van_of_that_day(
    office: Office, who: Operator, piece: str, tmp_path: Path
) -> None:
    office.settings.change_office(who, zone="America/Chicago")
    text = (
        "tracking_number,happened_at,status\n"
        f"{UPS},2026-11-18,delivered\n{UPS},2026-11-18T09:00:00-05:00,out_for_delivery\n{UPS},2026-11-18,accepted\n"
    )
    imported(office, who, tmp_path, text)
    wanted = [Status.DELIVERED, Status.OUT_FOR_DELIVERY, Status.ACCEPTED]
    assert [one.status for one in tracked(office, who, piece)] == wanted
    assert status(office, who, piece) is Status.DELIVERED
    assert str(tracked(office, who, piece)[0].happened) == "2026-11-18"  # as given


def test_a_typed_code_means_a_status_and_today_is_not_tomorrow(office: Office, who: Operator, piece: str) -> None:
    office.settings.change_office(who, zone="America/Chicago")
    today = parse_carrier_time("2026-11-20")
    detail = office.timeline.add_event(who, piece, EventDraft(today, code="011", text="Left at the desk"))
    event = detail.events[0]
    assert event.status is Status.DELIVERED
    assert event.mapping == kinds.MAPPING_VERSION
    assert event.sort_at <= office.timeline.desk.clock() + timedelta(seconds=1)


def test_a_delivery_that_words_never_meant_is_taken_back_and_a_stated_one_stays(
    office: Office, who: Operator, piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN words that an earlier table took for a delivery, beside a file that says itself that it was accepted
    def earlier(_carrier: str, *, text: str = "", **_more: str) -> Status:
        return Status.DELIVERED if text else Status.UNKNOWN

    text = (
        "tracking_number,happened_at,status,text\n"
        f"{UPS},2026-11-17T09:00Z,accepted,Not yet delivered\n{UPS},2026-11-18T09:00Z,,Not yet delivered\n"
    )
    with monkeypatch.context() as before:
        before.setattr(kinds, "MAPPING_VERSION", "2020-01-01")
        before.setattr(kinds, "status_of", earlier)
        imported(office, who, tmp_path, text)
    assert status(office, who, piece) is Status.DELIVERED

    done = office.timeline.derive_again(who)

    assert done.changed == 1
    assert [one.status for one in tracked(office, who, piece)] == [Status.UNKNOWN, Status.ACCEPTED]
    assert status(office, who, piece) is Status.ACCEPTED
    assert office.timeline.derive_again(who).changed == 0
    assert imported(office, who, tmp_path, text) == (0, 2)
    assert not office.safety.check(who)
