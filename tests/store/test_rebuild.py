"""The tables follow from the commands: replayed into an empty database of either engine, they are the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from mailroom.domain.command import Command
from mailroom.errors import MailroomError
from mailroom.store import Store, integrity, open_store, rebuild
from mailroom.store.tables import command, event

KINDS = (
    "piece",
    "piece",
    "again",
    "events",
    "answer",
    "edit",
    "codes",
    "postage",
    "file",
    "import",
    "undo",
    "undo",
    "paper",
    "claim",
    "lists",
    "alert",
    "bench",
    "told",
)


def a_life(make: Any, choices: list[tuple[str, int]]) -> Iterator[Command]:
    """Commands of every kind, by choices of (what, which); each names what earlier ones put on record."""
    pieces: list[Command] = []
    done: list[Command] = []
    for step, (what, which) in enumerate(choices):
        make.now += timedelta(minutes=which - 3)  # also a clock that was set back
        subject = pieces[which % len(pieces)].subject if pieces else "nobody"
        for one in commands_of(make, what, which, step, subject, done):
            if one.kind == "piece_recorded":
                pieces.append(one)
            done.append(one)
            yield one


def commands_of(make: Any, what: str, which: int, step: int, subject: str, done: list[Command]) -> list[Command]:
    event = make.event(status=("accepted", "delivered", "", "unknown")[which % 4], text=f"t{which % 3}")
    if what in ("piece", "again"):
        number = f"1Z{which % 4 if what == 'again' else step}"
        names = {
            "department": ("", "Legal", "legal")[which % 3],
            "run": ("", "Noon")[which % 2],
            "account": ("A", "")[which % 2],
        }
        return [make.piece(number, fields={"note": f"n{which}"}, postage=[make.postage(which)], meter="M", **names)]
    if what == "events":
        return [make.events(subject, event, event | {"id": f"{step}"})]
    if what == "answer":
        told = {"interface": "ups", "http_status": 200, "body_gzip_sha256": "00", "mapping": "2026-11-23"}
        carried = event | {"source": "carrier", "mapping": "2026-11-23", "code": f"c{which % 2}"}
        return [make.command("carrier_answered", subject, {"events": [carried], "answer": told})]
    if what == "edit":
        return [make.edit(subject, {"order": f"o{which}"}, {"order": ""}, department=("", "Legal")[which % 2])]
    if what == "codes":
        number = {"number": f"RR{which}", "carrier": "usps", "role": "partner", "check": "ok"}
        payload = {
            "readings": [make.reading("420")],
            "numbers": [number],
            "destination": None,
            "event": make.event("codes_added"),
        }
        return [make.command("codes_added", subject, payload)]
    if what == "postage":
        return [make.command("postage_added", subject, {"postage": [make.postage(5)], "event": make.event("edited")})]
    if what == "import":
        rows = {"rows": [{"row": 2, "shipment_id": subject, "event": event}]}
        opened = {"file_name": "f", "sha256": "00", "kind": "events", "mapping": None, "row_count": 1}
        kinds = [("import_opened", opened), ("import_rows", rows), ("import_closed", {"refused": 1})]
        return [make.command(kind, f"i{step}", one) for kind, one in kinds] + (
            [make.command("import_undone", f"i{step}", {})] if which % 2 else []
        )
    if what == "alert":
        act = {"kind": "exception", "act": ("snoozed", "done")[which % 2], "evidence_key": "k", "urgency": "soon"}
        more = {"until": "2026-11-20", "reason": "away", "to": None, "event": make.event("alert")}
        return [make.command("alert_handled", subject, act | more)]
    if what == "told":
        told = {"shipment_id": subject, **make.event("told"), "code": "delivered"}
        derived = {"shipment_id": subject, "ordinal": 1 + which % 3, "status": ("delivered", "delayed")[which % 2]}
        return [
            make.command("requester_told", "requesters", {"to": "a@b.example", "how": "mail", "events": [told]}),
            make.command("statuses_derived", "office", {"mapping": f"2026-11-{20 + which}", "events": [derived]}),
        ]
    if what == "bench":
        return bench_commands(make, which, step, subject)
    if what == "undo":
        return [make.undo(done[which % len(done)])] if done else []
    return others(make, what, which, step, subject)


def others(make: Any, what: str, which: int, step: int, subject: str) -> list[Command]:
    if what == "file":
        value = {
            "id": f"a{step}",
            "sha256": "00",
            "name": "n",
            "media_type": "m",
            "size": 1,
            "pages": 1,
            "role": "other",
        }
        photo = value | {"id": f"p{step}", "role": "label_photo"}
        erased = [make.command("label_photos_erased", "label_photos", {"ids": [f"p{step}"]})] if which % 2 else []
        return [
            make.command("attachment_added", subject, {"attachment": value, "event": make.event("attached")}),
            make.command("label_photo_kept", subject, {"attachment": photo, "event": make.event("attached")}),
            *erased,
        ]
    if what == "paper":
        number = {"kind": "pod", "prefix": "POD", "year": 2026, "letter": "A"}
        paper = {
            "number": f"POD-{step}",
            "kind": "proof_of_delivery",
            "sha256": "00",
            "record_sha256": "00",
            "pages": 1,
            "language": "en",
            "shipment_ids": [subject],
        }
        note = make.event("document") | {"shipment_id": subject}
        claim = {
            "number": f"C{step}",
            "shipment_id": subject,
            "kind": "loss",
            "amount": {"mills": 1, "currency": "USD"},
        }
        return [
            make.command("document_numbered", f"d{step}", number),
            make.command("document_issued", f"d{step}", {"document": paper, "events": [note]}),
            make.command("claim_prepared", f"c{step}", {"claim": claim, "event": make.event("claim")}),
            *packet_commands(make, step, subject, paper),
        ]
    if what == "claim":
        return claim_commands(make, which, step, subject)
    reading = {
        "id": f"r{step}",
        "read_at": "2026-11-16T09:00:00.000000Z",
        "used": {"mills": 1, "currency": "USD"},
        "available": {"mills": 1, "currency": "USD"},
        "pieces": 1,
    }
    return [
        make.command("operator_added", "op-1", {"name": f"Ada {which}", "role": "clerk", "departments": []}),
        make.command("office_changed", "office", {"changes": {"name": f"Quay {which}"}}),
        make.command("account_added", f"a{step}", {"name": f"Dept {which}", "parent_id": "", "code": ""}),
        make.command("meter_added", f"m{step}", {"name": f"Meter {step}", "serial": "", "maker": ""}),
        make.command("meter_reading_added", f"m{step}", reading),
        make.command("run_opened", f"n{step}", {"name": f"Run {step}", "carrier": ""}),
        make.command("run_closed", f"n{step}", {}),
        make.command("reading_kept", f"k{step}", {"readings": [make.reading("?")], "outcome": "asked"}),
    ]


def packet_commands(make: Any, step: int, subject: str, paper: dict[str, Any]) -> list[Command]:
    """A packet that brings its claim, and one that goes on with it."""
    made = []
    for count, base in enumerate((None, 1), 1):
        claim = {"id": f"k{step}", "number": f"K{step}", "shipment_id": subject, "base_version": base}
        claim |= {"terms": {"kind": "missing", "amount": {"mills": count, "currency": "USD"}}, "reference": f"R{count}"}
        claim |= {"event": make.event("claim"), "late": False}
        issued = {"document": paper | {"number": f"K{step}-{count}", "kind": "claim_packet"}, "claim": claim}
        note = make.event("document") | {"shipment_id": subject}
        made.append(make.command("document_issued", f"kd{step}-{count}", issued | {"events": [note]}))
        if count == 2:
            closed = {"state": "closed", "before": "preparing", "on": "2026-11-16", "event": make.event("claim")}
            made.append(make.command("claim_moved", f"k{step}", closed))
    return made


def bench_commands(make: Any, which: int, step: int, subject: str) -> list[Command]:
    """A run that is paused, taken up, closed with a piece left over, and handed over; a badge; a question put aside."""
    over = {"id": f"h{step}", "carrier": "usps", "driver": "Kim", "pieces": which}
    over |= {"handed_at": "2026-11-16T09:00:00.000000Z", "signed": "drawn", "signature": "00"}
    kept = make.command("reading_kept", f"q{step}", {"readings": [make.reading("?")], "outcome": "asked"})
    run = f"b{step}"
    in_run = make.piece(f"1ZR{step}", run=f"Bench {step}")
    in_run.payload["run"]["id"] = run
    return [
        in_run,
        make.command("run_paused", run, {}),
        *([make.command("run_resumed", run, {})] if which % 2 else []),
        make.command(
            "run_closed",
            run,
            {
                "hand_over": over,
                "kept": [in_run.subject, *([subject] if which % 3 == 0 and subject != "nobody" else [])],
                "next_run": make.named("Noon"),
            },
        ),
        make.command("run_handed_over", run, {"hand_over": over | {"id": f"l{step}"}}),
        make.command("operator_added", "op-1", {"name": "Ada", "role": "clerk", "departments": []}),
        make.command("badge_issued", "op-1", {"digest": f"d{step}"}),
        make.command("operator_seated", "op-1", {}),
        make.command("operator_pin_set", "op-1", {"hash": f"h{which}" if which % 3 else ""}),
        make.command("operator_role_changed", "op-1", {"role": ("admin", "clerk")[which % 2]}),
        make.command("sign_in_required", "office", {"on": bool(which % 2)}),
        make.command("operator_active_set", "op-1", {"active": which % 4 != 1}),
        *(make.command("pin_tried", "op-1", {}) for _try in range(which)),
        make.command("operator_seated", "op-1", {"by": ("pin", "idle", "name")[which % 3]}),
        kept,
        make.command("reading_dropped", f"q{step}", {"command_id": kept.id}),
    ]


def claim_commands(make: Any, which: int, step: int, subject: str) -> list[Command]:
    """A claim that is opened, changed, filed, decided one way or the other; and a rule of the office's own."""
    terms = {"kind": ("loss", "damage")[which % 2], "postage": {"mills": which, "currency": "USD"}}
    opened = {"shipment_id": subject, "year": 2026, "letter": "A", "terms": terms, "event": make.event("claim")}
    steps = (("preparing", "filed"), ("filed", ("denied", "approved")[which % 2]), ("denied", "appeal_1"))
    return [
        make.command("claim_opened", f"q{step}", opened),
        make.command("claim_changed", f"q{step}", {"terms": terms, "event": make.event("claim")}),
        *(
            make.command(
                "claim_moved",
                f"q{step}",
                {"before": before, "state": state, "on": "2026-11-20", "reference": "R", "event": make.event("claim")},
            )
            for before, state in steps
        ),
        make.command("rule_changed", f"rule-{which}", {"rule": None, "note": "n"}),
    ]


def live(store: Store, make: Any, choices: list[tuple[str, int]]) -> int:
    """Put a life on record; what may be refused by then is refused as a whole."""
    accepted = 0
    for one in a_life(make, choices):
        try:
            store.accept(one)
        except MailroomError:
            continue
        accepted += 1
    return accepted


STORY = [(kind, number) for number in range(7) for kind in dict.fromkeys(KINDS)]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 7)), max_size=25))
def test_any_record_is_what_its_commands_say(
    tmp_path_factory: pytest.TempPathFactory, make: Any, choices: list[tuple[str, int]]
) -> None:
    first = open_store("", profile=tmp_path_factory.mktemp("first"))
    second = open_store("", profile=tmp_path_factory.mktemp("second"))
    accepted = live(first, make, choices)
    with first.read() as connection:
        assert rebuild.replay(connection, second) == accepted
        with second.read() as other:
            assert list(rebuild.differences(connection, other)) == []
    faults = [fault for fault in integrity.check(first) if fault.code != "file_gone"]  # blobs are not made here
    assert faults == []
    first.close()
    second.close()


def test_the_other_engine_says_the_same(address: str, tmp_path: Path, made_postgres: str, make: Any) -> None:
    # GIVEN a record of every kind of command on either engine
    first = open_store(address, profile=tmp_path / "profile")
    assert live(first, make, STORY) > 100
    # WHEN it is replayed into another one: SQLite into PostgreSQL, PostgreSQL into SQLite
    other = f"sqlite:///{tmp_path / 'other.sqlite'}" if first.engine_name == "postgresql" else made_postgres
    second = open_store(other, profile=tmp_path / "other")
    # THEN every row of every table is the same, hashes and answers too
    with first.read() as one:
        rebuild.replay(one, second)
        with second.read() as another:
            assert list(rebuild.differences(one, another)) == []
    assert {fault.code for fault in integrity.check(first)} <= {"file_gone"}
    assert {fault.code for fault in integrity.check(second)} <= {"file_gone"}
    first.close()
    second.close()


def test_a_row_that_no_command_wrote_is_found(store: Store, tmp_path: Path, make: Any, recorded: Any) -> None:
    with store.write() as connection:
        connection.execute(update(event).values(place="elsewhere"))
    other = open_store("", profile=tmp_path / "other")
    with store.read() as connection:
        rebuild.replay(connection, other)
        with other.read() as second:
            (fault,) = rebuild.differences(connection, second)
    assert (fault.code, dict(fault.facts)) == (
        "row_differs",
        {"table": "event", "key": f"{recorded.command.subject}/1"},
    )
    other.close()


def test_erased_commands_cannot_be_replayed(store: Store, tmp_path: Path, recorded: Any) -> None:
    with store.write() as connection:
        connection.execute(update(command).values(payload=None, salt=None))
    other = open_store("", profile=tmp_path / "other")
    with pytest.raises(MailroomError) as caught, store.read() as connection:
        rebuild.replay(connection, other)
    assert caught.value.code == "payload_erased"
    other.close()


def test_a_command_of_another_version_keeps_its_version(store: Store, make: Any) -> None:
    given = replace(make.piece(), version=2)
    assert store.accept(given).command.version == 2
