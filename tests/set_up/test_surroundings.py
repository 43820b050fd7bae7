"""What `packaging/test.py` gives the tests: where their temporary files are, and that modules stay compiled."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest


@pytest.fixture
def script(workplace: ModuleType, packaging_folder: Path) -> ModuleType:
    """`packaging/test.py`; Python's own `test` would be found by the name."""
    spec = importlib.util.spec_from_file_location("packaging_test", packaging_folder / "test.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_kept_in_memory_only_where_there_is_room_for_them(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr(script, "ROOM", room // 2)
    assert script.in_memory(tmp_path) is (sys.platform == "linux")
    assert not script.in_memory(tmp_path / "not there")
    monkeypatch.setattr(script, "ROOM", room * 2)
    assert not script.in_memory(tmp_path)


def test_files_are_not_kept_where_no_program_may_be_started(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounted = SimpleNamespace(f_bavail=script.ROOM, f_frsize=1, f_flag=0)
    monkeypatch.setattr(os, "statvfs", lambda _place: mounted, raising=False)
    assert script.in_memory(tmp_path) is (sys.platform == "linux")
    mounted.f_flag = getattr(os, "ST_NOEXEC", 8)
    assert not script.in_memory(tmp_path)


def test_a_place_that_somebody_chose_stays(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/chosen")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    around = script.surroundings()
    assert around["TMPDIR"] == "/chosen"
    assert "PYTHONDONTWRITEBYTECODE" not in around


def test_modules_of_tests_are_compiled_once_before_several_processes_load_them(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a checkout with a test that fails and a module that cannot be read
    monkeypatch.setattr(script.workplace, "TOP", tmp_path)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    (tmp_path / "test_this.py").write_text("def test_it():\n    assert False\n")
    (tmp_path / "test_that.py").write_text("def broken(:\n")
    # WHEN they are compiled THEN nobody is told yet, and what pytest makes of the good one is there
    script.compile_all(Path(sys.executable))
    assert [one.name.split(".")[0] for one in (tmp_path / "__pycache__").glob("*-pytest-*.pyc")] == ["test_this"]
