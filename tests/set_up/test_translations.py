"""From marked texts to a catalogue that the program can use."""

import gettext
import shutil
from pathlib import Path
from types import ModuleType

import pytest


def test_a_translated_text_reaches_the_program(
    translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a part of the program, as gathering all of it takes seconds
    for part in ("mailroom/wording", "resources/rules"):
        shutil.copytree(translations.TOP / part, tmp_path / "top" / part)
    monkeypatch.setattr(translations, "TOP", tmp_path / "top")
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    # AND a new German catalogue in which somebody translated a text
    translations.main(["de"])
    file = tmp_path / "de" / "LC_MESSAGES" / "mailroom.po"
    text = file.read_text(encoding="utf-8")
    wanted = 'msgid "“{text}” is not a weight."\nmsgstr ""'
    assert wanted in text
    file.write_text(text.replace(wanted, wanted[:-1] + '„{text}“ ist kein Gewicht."'), encoding="utf-8")
    # WHEN the catalogues are brought up to date
    translations.main([])
    # THEN the program finds it, and a second run changes nothing
    german = gettext.translation("mailroom", tmp_path, ["de"])
    assert german.gettext("“{text}” is not a weight.") == "„{text}“ ist kein Gewicht."
    before = file.read_bytes()
    translations.main([])
    assert file.read_bytes() == before


def test_texts_are_gathered_from_all_marking_functions(
    translations: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "TOP", tmp_path)
    (tmp_path / "mailroom" / "room").mkdir(parents=True)
    (tmp_path / "mailroom" / "room" / "some.py").write_text(
        '# Translators: a button\na = _("Print")\nTABLE = {"x": mark("Late")}\n'
        'c = plural("{n} day", "{n} days", n)\nd = print("not a text")\n'
    )
    (tmp_path / "resources" / "rules").mkdir(parents=True)
    (tmp_path / "resources" / "rules" / "event_codes.csv").write_text("carrier,code,means\nusps,01,It was delivered.\n")
    found = {message.id: message for message in translations.gather() if message.id}
    assert set(found) == {"Print", "Late", ("{n} day", "{n} days"), "It was delivered."}
    assert found["Print"].auto_comments == ["Translators: a button"]
    assert found["Late"].locations == [("mailroom/room/some.py", 0)]
