"""A test asserts something: one that cannot fail is none."""

import ast

ASSERTING = ("assert", "check", "expect", "raises", "wait_until", "waituntil", "waitsignal")


def asserts(function: ast.FunctionDef, trusted: set[str]) -> bool:
    """Does a function assert, expect an error, or call something that does?"""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in trusted or name.lower().lstrip("_").startswith(ASSERTING):
                return True
    return False


def silent(tree: ast.Module) -> list[str]:
    """The tests of one file that assert nothing, not even by a function of the same file."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    trusted = {one.name for one in functions if asserts(one, set())}
    return [one.name for one in functions if one.name.startswith("test_") and not asserts(one, trusted)]


def test_every_test_asserts(tests: dict[str, ast.Module]) -> None:
    found = [f"{name}: {test}" for name, tree in tests.items() for test in silent(tree)]
    assert not found, "\n".join(found)


def test_the_check_finds_a_silent_test() -> None:
    tree = ast.parse(
        "def sound(x):\n    assert x\n"
        "def test_a():\n    print(1)\ndef test_b():\n    assert x\ndef test_c():\n    assert_same(1)\n"
        "def test_d():\n    sound(1)\n"
    )
    assert silent(tree) == ["test_a"]
