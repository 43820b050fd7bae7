"""A command goes into its desk's chain once, with its effect, or not at all."""

import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from mailroom.domain.command import GENESIS, chain_hash, parse_utc, utc_text
from mailroom.errors import MailroomError
from mailroom.store import Accepted, Store, apply, audit, open_store
from mailroom.store.tables import command, event, shipment


def commands_on_record(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(command)) or 0


def test_a_command_gets_its_place_in_the_chain(store: Store, make: Any) -> None:
    # WHEN two commands of a desk and one of another are accepted
    first, second = store.accept(make.piece("1Z1")), store.accept(make.piece("1Z2"))
    other = store.accept(make.piece("1Z3", desk="desk-2"))
    # THEN each desk counts on its own, gapless, and each hash covers the one before
    assert [one.command.seq for one in (first, second, other)] == [1, 2, 1]
    assert first.hash != second.hash
    with store.read() as connection:
        assert audit.head(connection, "desk-1") == audit.Head(2, second.hash)
        assert audit.head(connection, "desk-2") == audit.Head(1, other.hash)
        assert audit.head(connection, "nobody") == audit.Head(0, GENESIS)
        digest = connection.scalar(select(command.c.payload_digest).where(command.c.id == second.command.id))
        assert audit.verify_chain(connection) == ()
    assert chain_hash(first.hash, second.command, str(digest)) == second.hash


def test_the_same_command_again_changes_nothing_and_has_the_same_answer(store: Store, make: Any) -> None:
    given = make.piece()
    first = store.accept(given)
    again = store.accept(given)
    assert (first.known, again.known) == (False, True)
    assert (again.result, again.hash, again.command.seq) == (first.result, first.hash, first.command.seq)
    assert commands_on_record(store) == 1


def test_a_moment_comes_back_to_the_microsecond(store: Store, make: Any) -> None:
    given = make.piece()
    store.accept(given)
    with store.read() as connection:
        assert connection.scalar(select(command.c.made_at)) == given.made_at
        assert parse_utc(utc_text(given.made_at)) == given.made_at


@pytest.mark.parametrize("bad", ["A\0B", "\ud800", {"deep": ["x", {"y": "\0"}]}, {"\0": 1}])
def test_text_that_no_engine_keeps_is_refused(store: Store, make: Any, bad: object) -> None:
    given = make.piece(fields={"note": bad})
    with pytest.raises(MailroomError) as caught:
        store.accept(given)
    assert caught.value.code == "text_not_storable"
    assert commands_on_record(store) == 0


def test_control_characters_and_astral_text_are_kept(store: Store, make: Any) -> None:
    store.accept(make.piece(raw="[)>\x1e01\x1d96\x04\\u0000", fields={"note": "𝄞 日本 \x7f"}))
    with store.read() as connection:
        fields = connection.scalar(select(shipment.c.fields))
    assert "𝄞 日本 \x7f" in str(fields)


def test_integers_over_64_bits_are_refused(store: Store, make: Any) -> None:
    with pytest.raises(MailroomError) as caught:
        store.accept(make.piece(postage=[make.postage(2**63)]))
    assert caught.value.code == "number_not_storable"


def test_floats_and_naive_times_are_bugs(store: Store, make: Any) -> None:
    with pytest.raises(TypeError):
        store.accept(make.piece(fields={"weight": 1.5}))
    with pytest.raises(ValueError, match="naive"):
        store.accept(replace(make.piece(), made_at=make.now.replace(tzinfo=None)))
    assert commands_on_record(store) == 0


def test_what_apply_refuses_leaves_nothing_behind(store: Store, make: Any, recorded: Accepted) -> None:
    # GIVEN a command whose first half works and whose second half does not
    wrong = make.events("nobody", make.event())
    # WHEN it is refused
    with pytest.raises(MailroomError) as caught:
        store.accept(wrong)
    # THEN there is neither a command nor an event of it, and the next one is number 2
    assert caught.value.code == "shipment_unknown"
    assert commands_on_record(store) == 1
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(event)) == 1
    assert store.accept(make.piece("1Z2")).command.seq == 2


def test_a_bug_in_the_middle_leaves_nothing_behind(store: Store, make: Any) -> None:
    given = make.piece()
    broken = replace(given, payload={**given.payload, "event": {"kind": "recorded"}})
    with pytest.raises(KeyError):
        store.accept(broken)
    assert commands_on_record(store) == 0
    assert store.accept(given).result["outcome"] == "recorded"


def test_the_name_of_the_operator_is_put_beside_what_they_did(store: Store, make: Any) -> None:
    store.accept(make.command("operator_added", "op-1", {"name": "Ada", "role": "admin", "departments": []}))
    assert store.accept(make.piece()).result["first_recorded_by"] == "Ada"


def test_reading_connections_cannot_write(store: Store, recorded: Accepted) -> None:
    with pytest.raises(MailroomError) as caught, store.read() as connection:
        connection.execute(shipment.delete())
    assert caught.value.code == "database_readonly"
    assert commands_on_record(store) == 1


def test_a_reader_sees_one_state(store: Store, make: Any, recorded: Accepted) -> None:
    with store.read() as connection:
        before = connection.scalar(select(func.count()).select_from(shipment))
        store.accept(make.piece("1Z2"))
        assert connection.scalar(select(func.count()).select_from(shipment)) == before
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(shipment)) == 2


def test_it_is_all_there_after_opening_again(address: str, tmp_path: Path, make: Any) -> None:
    store = open_store(address, profile=tmp_path / "profile")
    store.accept(make.piece())
    store.close()
    again = open_store(address, profile=tmp_path / "profile", create=False)
    assert commands_on_record(again) == 1
    assert again.engine_version
    again.close()


def test_every_kind_of_command_is_where_the_table_says() -> None:
    found = {}
    for module in pkgutil.iter_modules(apply.__path__):
        kinds = getattr(importlib.import_module(f"{apply.__name__}.{module.name}"), "APPLY", None)
        if kinds is not None:
            found[module.name] = tuple(kinds)
    assert found == dict(apply.KINDS)
    for kinds in found.values():
        assert all(callable(apply.apply_of(kind)) for kind in kinds)
    with pytest.raises(KeyError):
        apply.apply_of("nothing")
