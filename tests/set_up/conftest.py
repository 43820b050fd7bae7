"""The modules of `packaging/`, which are no package: their folder goes on the import path while a test runs."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def packaging_folder() -> Path:
    """Where the set-up's own files are."""
    return PACKAGING


def _module(name: str) -> Iterator[ModuleType]:
    sys.path.insert(0, str(PACKAGING))
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(PACKAGING))
        for one in ("workplace", "systempackages", "translations"):
            sys.modules.pop(one, None)


@pytest.fixture
def workplace() -> Iterator[ModuleType]:
    """`packaging/workplace.py`."""
    yield from _module("workplace")


@pytest.fixture
def systempackages() -> Iterator[ModuleType]:
    """`packaging/systempackages.py`."""
    yield from _module("systempackages")


@pytest.fixture
def translations() -> Iterator[ModuleType]:
    """`packaging/translations.py`."""
    yield from _module("translations")
