"""Whole starts in a checkout of a package that only says how it was started, with a real environment and real pip."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

BACKEND = '''
"""The smallest build backend: a wheel that links to the checkout."""
import pathlib, zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "mailroom-0.1.0-py3-none-any.whl"
    info = "mailroom-0.1.0.dist-info"
    files = {
        "mailroom_link.pth": str(pathlib.Path.cwd()),
        f"{info}/METADATA": "Metadata-Version: 2.1\\nName: mailroom\\nVersion: 0.1.0\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: tiny\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    record = "".join(f"{file},,\\n" for file in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        for file, text in {**files, f"{info}/RECORD": record}.items():
            wheel.writestr(file, text)
    return name
'''
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "mailroom"
version = "0.1.0"
"""
MAIN = (
    "import os, sys\nprint(os.getcwd(), sys.prefix, *sys.argv[1:], sep='|')\nsys.exit(7 if 'fail' in sys.argv else 0)\n"
)


def start(checkout: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(checkout / "packaging" / "run.py"), *arguments]


def environment(**more: str) -> dict[str, str]:
    foreign = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH")  # a path would lead out of the checkout
    return {name: value for name, value in os.environ.items() if name not in foreign} | more


def run(checkout: Path, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        start(checkout, *arguments), cwd=cwd or checkout, env=environment(**more), capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that nothing has been prepared in, without any package to download."""
    place = tmp_path_factory.mktemp("set-up") / "my checkout"
    (place / "packaging").mkdir(parents=True)
    for name in ("run.py", "workplace.py", "systempackages.py"):
        shutil.copy(Path(__file__).resolve().parents[2] / "packaging" / name, place / "packaging" / name)
    for name in ("requirements.txt", "requirements-test.txt"):
        (place / "packaging" / name).write_text("# nothing\n")
    (place / "mailroom").mkdir()
    (place / "mailroom" / "__init__.py").touch()
    (place / "mailroom" / "__main__.py").write_text(MAIN)
    (place / "backend.py").write_text(BACKEND)
    (place / "pyproject.toml").write_text(PROJECT)
    return place


@pytest.fixture(scope="module")
def first_starts(checkout: Path) -> list[tuple[int, str, str]]:
    """What each of two first starts at once answered: exit code, stdout, stderr."""
    both = [
        subprocess.Popen(
            start(checkout, str(number)),
            cwd=checkout,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2)
    ]
    answers = [(*one.communicate(timeout=300), one.returncode) for one in both]
    return [(code, out, err) for out, err, code in answers]


@pytest.fixture
def prepared(checkout: Path, first_starts: object) -> Path:
    """The checkout, ready again after whatever another test did to it."""
    assert run(checkout, "x").returncode == 0
    return checkout


def test_two_first_starts_wait_for_each_other(checkout: Path, first_starts: list[tuple[int, str, str]]) -> None:
    assert [code for code, _, _ in first_starts] == [0, 0], first_starts
    given = [out.strip() for _, out, _ in first_starts]
    assert given == [f"{checkout}|{checkout / '.venv'}|{number}" for number in (1, 2)]
    said = "".join(err for _, _, err in first_starts)
    assert said.count("Installing Python packages") == 1
    assert said.count("waiting") == 1


def test_the_program_is_compiled_for_starts_that_may_not_write(checkout: Path, first_starts: object) -> None:
    # Python itself never keeps the module that it was started with
    assert list((checkout / "mailroom" / "__pycache__").glob("__main__.*.pyc"))


def test_a_prepared_checkout_starts_without_a_word(prepared: Path, tmp_path: Path) -> None:
    checkout = prepared
    # GIVEN a folder whose files bear the names of libraries
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    (tmp_path / "mailroom.py").write_text("raise SystemExit('the wrong mailroom')")
    # WHEN Mailroom is started from there
    done = run(checkout, "list", "a b", cwd=tmp_path)
    # THEN it runs there, with the arguments as given
    assert (done.stdout.strip(), done.stderr) == (f"{tmp_path}|{checkout / '.venv'}|list|a b", "")
    assert run(checkout, "fail").returncode == 7


def test_without_a_display_and_arguments_it_runs_the_demo(prepared: Path) -> None:
    bare = run(prepared)
    assert bare.stdout.strip().endswith("|demo")
    assert "no display" in bare.stderr
    shown = run(prepared, DISPLAY=":9")
    assert shown.stdout.strip().endswith("/.venv")
    assert shown.stderr == ""


def test_a_set_up_that_was_killed_is_made_good(checkout: Path, first_starts: object) -> None:
    # GIVEN a change that asks for another set-up, killed while packages are being installed
    (checkout / "pyproject.toml").write_text(PROJECT + "# changed\n")
    with subprocess.Popen(
        start(checkout, "x"), env=environment(), stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as first:
        assert first.stderr is not None
        assert any("Installing Python packages" in line for line in first.stderr)
        os.killpg(first.pid, signal.SIGKILL)
    # WHEN Mailroom is started again
    again = run(checkout, "x")
    # THEN the environment is built from nothing and works
    assert "anew" in again.stderr
    assert (again.returncode, again.stdout.strip()) == (0, f"{checkout}|{checkout / '.venv'}|x")
    assert run(checkout, "x").stderr == ""


def test_what_cannot_be_installed_is_said(checkout: Path, first_starts: object) -> None:
    pinned = checkout / "packaging" / "requirements.txt"
    usual = pinned.read_text()
    pinned.write_text("mailroom-has-no-such-library==1.0 --hash=sha256:" + "0" * 64 + "\n")
    done = run(checkout, "x", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="")
    pinned.write_text(usual)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be installed" in done.stderr


def test_a_moved_checkout_and_a_lost_interpreter_are_noticed(checkout: Path, first_starts: object) -> None:
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    python = moved / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("python-that-is-gone")
    done = run(moved, "x")
    moved.rename(checkout)
    assert "anew" in done.stderr
    assert (done.returncode, done.stdout.strip()) == (0, f"{moved}|{moved / '.venv'}|x")
