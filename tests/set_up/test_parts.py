"""The set-up's own decisions: what is missing, what is stale, where a window can open."""

import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest


def test_a_library_is_there_under_its_old_or_its_new_name(systempackages: ModuleType) -> None:
    status = "installed libcups2t64\ninstalled libgl1\nconfig-files qpdf\nnot-installed xvfb\n"
    assert systempackages.missing(["libcups2", "libgl1", "qpdf", "xvfb", "xauth"], status) == ["qpdf", "xvfb", "xauth"]


def test_the_name_to_install_is_the_one_that_a_source_has(systempackages: ModuleType) -> None:
    policy = (
        "libcups2:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
        "libcups2t64:\n  Installed: (none)\n  Candidate: 2.4.7-1.2\n  Version table:\n     2.4.7-1.2 500\n"
        "libgl1:\n  Installed: (none)\n  Candidate: 1.7.0-1\n"
    )
    assert systempackages.available(["libcups2", "libgl1", "qpdf"], policy) == (["libcups2t64", "libgl1"], ["qpdf"])


def test_tests_want_all_that_a_desk_wants(systempackages: ModuleType) -> None:
    assert set(systempackages.wanted("run")) < set(systempackages.wanted("test"))


@pytest.mark.parametrize(
    ("environment", "system", "display"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_where_a_window_can_open(
    workplace: ModuleType, environment: dict[str, str], system: str, display: bool
) -> None:
    assert workplace.has_display(environment, system) is display


@pytest.fixture
def checkout(tmp_path: Path, packaging_folder: Path) -> Path:
    """The files that an environment is made from, in a place of their own."""
    (tmp_path / "packaging").mkdir()
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / "packaging" / name).write_bytes((packaging_folder / name).read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((packaging_folder.parent / "pyproject.toml").read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["packaging/requirements.txt", "pyproject.toml"])
def test_a_changed_file_makes_the_stamp_stale(workplace: ModuleType, checkout: Path, name: str) -> None:
    before = workplace.fingerprint("run", checkout)
    assert workplace.fingerprint("run", checkout) == before
    (checkout / name).write_bytes((checkout / name).read_bytes() + b"\n")
    assert workplace.fingerprint("run", checkout) != before


def test_a_moved_checkout_and_another_purpose_have_other_stamps(
    workplace: ModuleType, checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    moved = tmp_path_factory.mktemp("moved") / "checkout"
    here = workplace.fingerprint("run", checkout), workplace.fingerprint("test", checkout)
    checkout.rename(moved)
    assert len({*here, workplace.fingerprint("run", moved)}) == 3


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "\x00"])
def test_a_damaged_stamp_counts_as_none(workplace: ModuleType, tmp_path: Path, content: str) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(content)
    assert workplace.read_stamp(stamp) == {}
    workplace.write_stamp(stamp, {"run": "x"})
    assert workplace.read_stamp(stamp) == {"run": "x"}


def pins(file: Path) -> dict[str, str]:
    """Package -> version and marker of a pinned file, names in the one spelling that all tools agree on."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+.*?) *\\?$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def names(requirements: list[str]) -> set[str]:
    """The packages that requirements name."""
    found = (re.match(r"[A-Za-z0-9_.-]+", one) for one in requirements)
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in found if match}


def test_the_pinned_files_hold_what_the_project_asks_for(packaging_folder: Path) -> None:
    project = tomllib.loads((packaging_folder.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, test = pins(packaging_folder / "requirements.txt"), pins(packaging_folder / "requirements-test.txt")
    assert names(project["dependencies"] + extras["build"]) <= set(run)
    assert names(extras["test"]) <= set(test)
    assert run.items() <= test.items()


def test_the_pinned_files_name_no_address(packaging_folder: Path) -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (packaging_folder / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
