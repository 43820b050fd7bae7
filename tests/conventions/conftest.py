"""The project's own files, as the conventions look at them: by path from the top of the checkout, with slashes."""

import ast
import os
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "__pycache__", ".hypothesis", "dist", "build", "out"}  # and caches: never committed


def _trees(folder: str) -> dict[str, ast.Module]:
    return {
        path.relative_to(TOP).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((TOP / folder).rglob("*.py"))
    }


@pytest.fixture(scope="session")
def top() -> Path:
    """The top of the checkout."""
    return TOP


@pytest.fixture(scope="session")
def program() -> dict[str, ast.Module]:
    """Every Python file of `mailroom/`."""
    return _trees("mailroom")


@pytest.fixture(scope="session")
def set_up() -> dict[str, ast.Module]:
    """Every Python file of `packaging/`."""
    return _trees("packaging")


@pytest.fixture(scope="session")
def tests() -> dict[str, ast.Module]:
    """Every Python file of `tests/`."""
    return _trees("tests")


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Every text file of the project."""
    found = {}
    for folder, folders, names in os.walk(TOP):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        for name in sorted(set(names) - NOT_OURS):  # in a second work tree `.git` is a file
            path = Path(folder, name)
            try:
                found[path.relative_to(TOP).as_posix()] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a picture, a font, a sound
    return found
