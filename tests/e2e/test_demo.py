"""The demonstration: labels drawn in this run, read, recorded, followed, printed, photographed."""

import os
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mailroom.services.samples import shipped_samples


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One demonstration with further labels, shared by the tests; its folder, objects and temporary folder."""
    import json
    import sys

    top = tmp_path_factory.mktemp("demo")
    (top / "temporary").mkdir()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR")
    }
    environment |= {"TMPDIR": str(top / "temporary"), "MAILROOM_PROFILE": str(top / "own")}
    command = [sys.executable, "-m", "mailroom", "demo", "--seed", "41", "--out", str(top / "out"), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert done.stderr == b""  # nothing was asked about, and Qt has nothing to say to a terminal
    return top, [json.loads(line) for line in done.stdout.splitlines()]


def _steps(run: Any, step: str) -> list[dict[str, Any]]:
    return [one for one in run[1] if one["step"] == step]


def test_every_label_was_read_and_recorded_as_it_was_printed(run: Any) -> None:
    printed = [page.tracking_number for one in shipped_samples() for page in one.pages]
    read = [one["tracking_number"] for one in _steps(run, "label")]
    assert [one or "" for one in read[: len(printed)]] == printed
    drawn = read[len(printed) :]
    assert len(drawn) == len(printed)
    assert not {one for one in drawn if one} & set(printed)
    assert all(Path(one["file"]).is_file() for one in _steps(run, "label"))


def test_the_papers_carry_the_numbers_of_this_run(run: Any) -> None:
    papers = _steps(run, "paper")
    assert {one["number"][:3] for one in papers} == {"POD", "CLM"}
    read = {one["tracking_number"] for one in _steps(run, "label")}
    for one in papers:
        text = subprocess.run(["pdftotext", one["file"], "-"], capture_output=True, text=True, check=True).stdout
        assert one["tracking_number"] in text
        assert one["tracking_number"] in read
        assert one["number"] in text
    assert len({one["tracking_number"] for one in papers}) == len(papers) >= 4
    for one in _steps(run, "exhibit"):
        text = subprocess.run(["pdftotext", one["file"], "-"], capture_output=True, text=True, check=True).stdout
        assert one["tracking_number"] in text


def test_pictures_of_the_window_were_taken(run: Any) -> None:
    pictures = _steps(run, "picture")
    assert len(pictures) >= 3
    for one in pictures:
        head = Path(one["file"]).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", head[16:24]) == (1440, 900)
        assert Path(one["file"]).parent == run[0] / "out"


def test_it_says_that_everything_held_and_leaves_nothing_else_behind(run: Any) -> None:
    top, objects = run
    assert _steps(run, "check")[0]["holds"]
    assert (objects[-1]["step"], objects[-1]["held"], objects[-1]["folder"]) == ("end", True, str(top / "out"))
    assert _steps(run, "events")[0]["added"] > 20
    assert list((top / "temporary").iterdir()) == []
    assert not (top / "own").exists()


def test_a_place_that_cannot_be_is_one_sentence(shell: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = shell.run("demo", "--out", tmp_path / "file")
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1
