"""Every module and every public class and function says in a line what it is."""

import ast
from collections.abc import Iterator


def undocumented(name: str, tree: ast.Module) -> Iterator[str]:
    """The public things of one file that say nothing of themselves."""
    if tree.body and not ast.get_docstring(tree):
        yield f"{name}: the module"
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        for node in waiting.pop().body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("_") or any(_is_repeat(one) for one in node.decorator_list):
                continue
            if not (ast.get_docstring(node) or "").strip():
                yield f"{name}:{node.lineno}: {node.name}"
            if isinstance(node, ast.ClassDef):
                waiting.append(node)


def _is_repeat(decorator: ast.expr) -> bool:
    """An override, a setter or an overload is documented where it is first told of."""
    name = decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
    return name in ("override", "overload", "setter")


def test_everything_public_says_what_it_is(program: dict[str, ast.Module], set_up: dict[str, ast.Module]) -> None:
    found = [one for name, tree in (program | set_up).items() for one in undocumented(name, tree)]
    assert not found, "\n".join(found)


def test_the_check_finds_what_is_silent() -> None:
    tree = ast.parse("class A:\n    def b(self): ...\n    def _c(self): ...\ndef d():\n    '''Said.'''\n")
    assert list(undocumented("x.py", tree)) == ["x.py: the module", "x.py:1: A", "x.py:2: b"]
