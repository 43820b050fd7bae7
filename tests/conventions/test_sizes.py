"""Sizes that a newcomer can hold: 400 lines a file, 60 lines a function."""

import ast
from collections.abc import Iterator

FILE_LINES = 400
FUNCTION_LINES = 60


def too_long(name: str, text: str, tree: ast.Module) -> Iterator[str]:
    """What is over its size in one file."""
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        yield f"{name}: {lines} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines"


def test_no_file_and_no_function_is_too_long(
    program: dict[str, ast.Module], set_up: dict[str, ast.Module], texts: dict[str, str]
) -> None:
    found = [one for name, tree in (program | set_up).items() for one in too_long(name, texts[name], tree)]
    assert not found, "\n".join(found)


def test_the_check_finds_what_is_too_long() -> None:
    text = "def long():\n" + "    pass\n" * FUNCTION_LINES + "\n" * FILE_LINES
    assert list(too_long("x.py", text, ast.parse(text))) == ["x.py: 461 lines", "x.py:1: long has 61 lines"]
