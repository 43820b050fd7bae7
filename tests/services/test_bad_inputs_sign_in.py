"""Bad input at signing in: PINs that are none, and too many wrong ones."""

import io
import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from mailroom.domain.bench_codes import parse_bench_code
from mailroom.domain.operator import Operator, Role
from mailroom.domain.sign_in import held_until, pin_text
from mailroom.errors import MailroomError
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.store import open_store
from mailroom.store.tables import command

PIN, WRONG = "482913", "482914"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param("", id="B055"),
        *("0", "123", "1" * 13, " " * 8, "short", "x" * 129, "9" * 5000, "ü" * 600, "\ud800" * 400, "tab\tinside it"),
    ],
)
def test_what_is_no_pin_is_refused_and_not_hashed(given: str) -> None:
    with pytest.raises(MailroomError) as refused:
        pin_text(given)
    assert refused.value.code == "pin_form"


@pytest.mark.parametrize("bad", ["B055"])
def test_what_is_no_pin_sets_and_tries_nothing(office: Office, who: Operator, bad: str) -> None:
    for given in ("", "0", " " * 6, "7" * 5000):
        with pytest.raises(MailroomError) as refused:
            office.people.set_pin(who, who.id, given)
        assert refused.value.code == "pin_form", bad
    office.people.set_pin(who, who.id, PIN)
    with pytest.raises(MailroomError) as refused:
        office.sign_in.sit_down(who, who.id, "7" * 5000)
    assert refused.value.code == "pin_form"
    assert kinds(office).count("pin_tried") == 0
    assert pin_text("cafe\u0301 au lait") == "café au lait"  # however the keyboard composes it


@pytest.mark.parametrize("bad", ["B056"])
def test_ten_wrong_pins_hold_one_operator_up(
    office: Office, who: Operator, clock: Any, tmp_path: Path, bad: str
) -> None:
    # GIVEN an office where people sign in, and a second person with a badge
    office.people.set_pin(who, who.id, PIN)
    ada = office.people.add(who, "Ada Moss", Role.MANAGER)
    office.people.set_pin(who, ada, PIN)
    office.sign_in.require(who, on=True)
    badge = badge_of(office, who, ada)
    # WHEN a wrong PIN is given again and again, as soon as one is looked at
    waits = []
    for _wrong in range(10):
        while (code := tried(office, who, WRONG)) == "pin_wait":
            [held] = [one.held_until for one in office.people.all(who) if one.operator.id == who.id]
            assert held is not None
            waits.append(round((held - clock.now).total_seconds(), -1))
            assert tried(office, who, PIN) == "pin_wait"  # the right one waits, too
            clock.now = held
        assert code == "pin_wrong", bad
    # THEN each wait was twice the last, and every try is in the log, while those in a wait are not
    assert waits == [30, 60, 120, 240, 480]
    assert kinds(office).count("pin_tried") == 10
    # AND a restart ends no wait
    again = make_office(open_desk(office.people.desk.store, clock), who)
    assert tried(again, who, PIN) == "pin_wait"
    # AND others are not held up: neither by their badge nor by their PIN
    assert office.command_codes.sit_down(who, badge).role is Role.CLERK
    assert office.sign_in.sit_down(who, ada, PIN).role is Role.MANAGER
    # AND after the wait the right one seats, and what was before is forgotten
    clock.forward(seconds=1000)
    assert tried(office, who, PIN) == "seated"
    assert tried(office, who, WRONG) == "pin_wrong"
    assert tried(office, who, PIN) == "seated"
    # AND a new PIN ends a wait; the chain of the log holds
    for _wrong in range(5):
        tried(office, who, WRONG)
    assert tried(office, who, PIN) == "pin_wait"
    office.people.set_pin(who, who.id, "1234")
    assert tried(office, who, "1234") == "seated"
    assert office.safety.verify_chain(who) == ()


@pytest.mark.parametrize("bad", ["B140"])
def test_a_managers_rights_fall_back(office: Office, who: Operator, bad: str) -> None:
    office.people.set_pin(who, who.id, PIN)
    office.sign_in.require(who, on=True)
    seated = office.sign_in.sit_down(who, who.id, PIN)
    fallen = office.sign_in.fall_back(seated)
    assert (seated.role, fallen.role, fallen.id) == (Role.ADMIN, Role.CLERK, who.id), bad
    assert office.sign_in.fall_back(fallen) == fallen
    with office.people.desk.store.read() as connection:
        found = connection.scalars(select(command.c.payload).where(command.c.kind == "operator_seated"))
        assert [json.loads(str(one))["by"] for one in found] == ["pin", "idle"]


def test_two_that_guess_at_once_gain_nothing(tmp_path: Path, clock: Any) -> None:
    # a try counts before it is looked at: the fifth holds the sixth up, whoever began first
    assert held_until(4, clock.now) is None
    assert held_until(5, clock.now) == clock.now + timedelta(seconds=30)
    assert held_until(10_000, clock.now) == clock.now + timedelta(hours=1)
    store = open_store("", profile=tmp_path)
    office = make_office(open_desk(store, lambda: clock.now), Operator("o", "O", Role.ADMIN, "d"))
    who = office.operator
    operator_id = office.people.add(who, "Ada", Role.CLERK)
    codes = []
    for _try in range(7):
        try:
            office.people.desk.accept(who, "pin_tried", operator_id, {})
            codes.append("looked at")
        except MailroomError as refused:
            codes.append(refused.code)
    store.close()
    assert codes == ["looked at"] * 5 + ["pin_wait"] * 2


def tried(office: Office, who: Operator, pin: str) -> str:
    try:
        office.sign_in.sit_down(who, who.id, pin)
    except MailroomError as refused:
        return refused.code
    return "seated"


def kinds(office: Office) -> list[str]:
    with office.people.desk.store.read() as connection:
        return [str(one) for one in connection.scalars(select(command.c.kind))]


def badge_of(office: Office, who: Operator, operator_id: str) -> Any:
    pdf = office.command_codes.issue_badges(who, (operator_id,))
    page = subprocess.run(["pdftoppm", "-r", "200", "-png", "-"], input=pdf, capture_output=True, check=True).stdout
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    return parse_bench_code(found.text)
