"""Everything that is shipped beside the code says where it comes from and under which licence."""

import re
import wave
from pathlib import Path

import pytest

NOT_MEDIA = {"SOURCES.md", "LICENSE"}


def licences(folder: Path) -> set[str]:
    """The licence texts in a folder."""
    return {path.name for path in folder.iterdir() if re.match(r"LICENSE|OFL", path.name)}


@pytest.mark.parametrize("name", ["colour", "fonts", "icons", "sounds"])
def test_every_file_is_listed_beside_its_licence(top: Path, name: str) -> None:
    folder = top / "resources" / name
    listed = set(re.findall(r"`([\w.-]+\.\w+)`", (folder / "SOURCES.md").read_text(encoding="utf-8")))
    there = {path.name for path in folder.iterdir()}
    assert licences(folder)
    assert there - NOT_MEDIA - licences(folder) <= listed
    assert {one for one in listed if one.endswith((".ttf", ".svg", ".wav", ".icc", ".txt"))} <= there


def test_icons_can_be_coloured(top: Path) -> None:
    """The window puts colour and stroke in when it draws: both must stand in the file as expected."""
    odd = [
        path.name
        for path in (top / "resources" / "icons").glob("*.svg")
        if 'stroke="currentColor"' not in (text := path.read_text(encoding="utf-8")) or 'stroke-width="2"' not in text
    ]
    assert not odd


def test_sounds_are_short_and_plain(top: Path) -> None:
    for path in sorted((top / "resources" / "sounds").glob("*.wav")):
        with wave.open(str(path)) as sound:
            assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 44_100), path.name
        assert path.stat().st_size < 60_000, path.name
