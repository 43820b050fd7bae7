"""Every bad input that is listed in `tests/data/bad_inputs.csv` is the parameter of a test, and none is made up."""

import ast
import csv
import re
from pathlib import Path

IDS = re.compile(r"B[0-9]{3}")
AREAS = {"scan", "text", "import_export", "attachment", "carrier_api", "roles_audit"}


def rows(top: Path) -> dict[str, dict[str, str]]:
    with (top / "tests/data/bad_inputs.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def parameters(tree: ast.Module) -> set[str]:
    """Ids that stand in the decorators of tests."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                for part in ast.walk(decorator):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and IDS.fullmatch(part.value):
                        found.add(part.value)
    return found


def test_every_bad_input_has_a_test_and_every_test_a_row(top: Path, tests: dict[str, ast.Module]) -> None:
    tested = set()
    for name, tree in tests.items():
        if Path(name).name.startswith("test_bad_inputs") and "conventions" not in name:
            tested |= parameters(tree)
    listed = rows(top)
    assert sorted(set(listed) - tested) == []
    assert sorted(tested - set(listed)) == []


def test_every_row_says_what_goes_in_and_what_comes_out(top: Path) -> None:
    for id_, row in rows(top).items():
        assert IDS.fullmatch(id_)
        assert row["area"] in AREAS
        assert row["input"]
        assert row["expected"]
    assert {row["area"] for row in rows(top).values()} == AREAS


def test_the_check_finds_ids_in_decorators_only() -> None:
    tree = ast.parse(
        "@pytest.mark.parametrize('bad', ['B001', pytest.param('x', id='B002')])\ndef test_a(bad): assert 'B003'\n"
        "@mark('B004')\ndef helper(): ...\n"
    )
    assert parameters(tree) == {"B001", "B002"}
