"""A test asserts something: one that cannot fail is none."""

import ast

ASSERTING = ("assert", "check", "expect", "raises", "wait_until", "waituntil", "waitsignal")


def asserts(test: ast.FunctionDef) -> bool:
    """Does a test assert, expect an error, or call something named for asserting?"""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name.lower().lstrip("_").startswith(ASSERTING):
                return True
    return False


def test_every_test_asserts(tests: dict[str, ast.Module]) -> None:
    silent = [
        f"{name}:{node.lineno}: {node.name}"
        for name, tree in tests.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node)
    ]
    assert not silent, "\n".join(silent)


def test_the_check_finds_a_silent_test() -> None:
    tree = ast.parse("def test_a():\n    print(1)\ndef test_b():\n    assert x\ndef test_c():\n    assert_same(1)\n")
    found = [asserts(node) for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert found == [False, True, True]
