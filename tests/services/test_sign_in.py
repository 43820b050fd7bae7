"""Signing in with a PIN: off at first, who gets which rights, the list of operators, and what a name alone gives."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.services.operators import operator_of_profile
from mailroom.store.tables import command

PIN, LONG = "482913", "correct horse, blue stapler"


def code_of(act: object, *given: object, **more: object) -> str:
    with pytest.raises(MailroomError) as trouble:
        act(*given, **more)  # type: ignore[operator]
    return trouble.value.code


def seat_at(office: Office, name: str, pin: str | None = None) -> Operator:
    """Who a call with this operator's name becomes; no PIN: nobody was named on the call."""
    desk, sits = office.people.desk, office.operator
    return operator_of_profile(desk, sits.desk, "A", name, None if pin is None else lambda _name: pin)


def test_a_fresh_profile_is_open_and_asks_nothing(office: Office, who: Operator) -> None:
    assert office.sign_in.required(who) is False
    assert seat_at(office, "Ida New", "never looked at").role is Role.ADMIN
    assert office.sign_in.fall_back(who) == who
    [ida] = [one for one in office.sign_in.people(who) if one.operator.name == "Ida New"]
    assert office.sign_in.sit_down(who, ida.operator.id).role is Role.ADMIN


def test_the_pin_raises_and_the_name_alone_does_not(office: Office, who: Operator) -> None:
    # GIVEN an office where people sign in, with an administrator, a manager, and one without a PIN
    people, sign_in = office.people, office.sign_in
    assert code_of(sign_in.require, who, on=True) == "sign_in_nobody"
    people.set_pin(who, who.id, PIN)
    ada = people.add(who, "Ada  Moss", Role.MANAGER)
    bo = people.add(who, "Bo Lind", Role.MANAGER)
    people.set_pin(who, ada, LONG)
    sign_in.require(who, on=True)
    # THEN the PIN gives all rights, in the window and on a call
    assert sign_in.sit_down(who, ada, LONG).role is Role.MANAGER
    assert seat_at(office, "ada moss", LONG).role is Role.MANAGER
    # AND a name alone gives a clerk's, as does a desk that names nobody
    assert sign_in.sit_down(who, bo).role is Role.CLERK
    assert seat_at(office, "Bo Lind", PIN).role is Role.CLERK
    assert seat_at(office, who.name).role is Role.CLERK
    assert seat_at(office, "A new computer's user").role is Role.CLERK
    # AND the wrong PIN, or a name that nobody has, gives nothing
    assert code_of(sign_in.sit_down, who, ada, PIN) == "pin_wrong"
    assert code_of(seat_at, office, "Ada Moss", "0000") == "pin_wrong"
    assert code_of(seat_at, office, "Nobody", PIN) == "operator_unknown"
    # AND a clerk's seat changes neither the list nor the setting
    clerk = seat_at(office, who.name)
    assert code_of(sign_in.require, clerk, on=False) == "not_allowed"
    assert code_of(people.set_pin, clerk, ada, PIN) == "not_allowed"


def test_the_list_of_operators(office: Office, who: Operator) -> None:
    people = office.people
    ada = people.add(who, "Ada Moss", Role.CLERK)
    assert code_of(people.add, who, "ADA moss", Role.CLERK) == "operator_known"
    assert code_of(people.add, who, " ", Role.CLERK) == "operator_name_bad"
    people.change_role(who, ada, Role.STAFF)
    assert {one.operator.name: one.operator.role for one in people.all(who)}["Ada Moss"] is Role.STAFF
    # somebody who leaves is not offered any more, and comes back with what they had
    people.set_active(who, ada, active=False)
    assert "Ada Moss" not in {one.operator.name for one in office.sign_in.people(who)}
    assert code_of(office.sign_in.sit_down, who, ada) == "operator_unknown"
    assert code_of(seat_at, office, "Ada Moss") == "operator_inactive"
    people.set_active(who, ada, active=True)
    assert office.sign_in.sit_down(who, ada).role is Role.STAFF
    assert code_of(people.set_active, who, who.id, active=False) == "operator_self"


def test_an_administrator_with_a_pin_always_remains(office: Office, who: Operator) -> None:
    people = office.people
    people.set_pin(who, who.id, PIN)
    office.sign_in.require(who, on=True)
    assert code_of(people.clear_pin, who, who.id) == "sign_in_nobody"
    assert code_of(people.change_role, who, who.id, Role.CLERK) == "sign_in_nobody"
    assert code_of(people.set_active, dataclasses.replace(who, id="another"), who.id, active=False) == "sign_in_nobody"
    office.sign_in.require(who, on=False)
    people.clear_pin(who, who.id)
    assert [one.has_pin for one in people.all(who)] == [False]


def test_no_pin_is_on_record_in_the_clear(office: Office, who: Operator, tmp_path: Path) -> None:
    office.people.set_pin(who, who.id, PIN)
    office.people.set_pin(who, who.id, LONG)
    office.sign_in.sit_down(who, who.id, LONG)
    with office.people.desk.store.read() as connection:
        payloads = [str(one) for one in connection.scalars(select(command.c.payload))]
    assert not any(PIN in one or LONG in one for one in payloads)
    hashes = [json.loads(one)["hash"] for one in payloads if "argon2id" in one]
    assert len(set(hashes)) == 2


def test_argon2_is_loaded_when_first_needed() -> None:
    code = "import sys, mailroom.services.office; print('argon2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
