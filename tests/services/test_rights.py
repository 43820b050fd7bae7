"""Every use case has its row, asks for it, and takes the operator first."""

import ast
import inspect
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError
from mailroom.services.office import USE_CASES, Office
from mailroom.services.rights import RIGHTS, demand


def _kind(place: str) -> type:
    module, _colon, name = place.partition(":")
    found: type = getattr(import_module(f"mailroom.services.{module}"), name)
    return found


GROUPS = {name: _kind(place) for name, place in USE_CASES.items()}


def use_cases() -> list[tuple[str, object]]:
    return [
        (f"{group}.{name}", method)
        for group, kind in GROUPS.items()
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_") and "who" in inspect.signature(method).parameters
    ]


def test_an_office_has_what_its_annotations_say() -> None:
    own = {"desk", "seat", "wired", "zone"}
    said = {name: kind for name, kind in inspect.get_annotations(Office).items() if name not in own}
    assert said == {name: kind.__name__ for name, kind in GROUPS.items()}


def test_a_use_case_is_made_once_and_as_the_wiring_wants(office: Office) -> None:
    wired = []
    office.wired["books"] = wired.append
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _turn: office.books, range(64)))
    assert {id(one) for one in found} == {id(office.books)}
    assert office.books in wired
    with pytest.raises(AttributeError):
        office.nothing  # noqa: B018 - asking is the test
    with pytest.raises(AttributeError):
        office.books = found[0]  # type: ignore[misc]


def test_every_use_case_has_a_row_and_every_row_a_use_case() -> None:
    assert {name for name, _method in use_cases()} == set(RIGHTS)


@pytest.mark.parametrize(("name", "method"), use_cases(), ids=lambda one: one if isinstance(one, str) else "")
def test_a_use_case_takes_the_operator_first_and_demands_its_right(name: str, method: object) -> None:
    assert list(inspect.signature(method).parameters)[1] == "who"  # type: ignore[arg-type]
    source = Path(inspect.getfile(method)).read_text("utf-8")  # type: ignore[arg-type]
    wanted = f"demand(who, '{name}')"
    assert wanted in {ast.unparse(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)}


def test_staff_may_not_record() -> None:
    who = Operator("o1", "Ida", Role.STAFF, "desk")

    with pytest.raises(MailroomError) as refused:
        demand(who, "intake.record")

    assert refused.value.code == "not_allowed"
