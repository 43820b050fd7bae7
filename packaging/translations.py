"""Gather the texts for translators and make their catalogues usable: `.venv/bin/python packaging/translations.py`.

Writes `resources/translations/mailroom.pot`, brings every `<language>/LC_MESSAGES/mailroom.po` up to date with it
and compiles it to `.mo`, which is committed beside it. `... translations.py de` begins a catalogue for German.
"""

import csv
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "translations"
KEYWORDS = {"_": None, "mark": None, "plural": (1, 2)}  # the functions of `mailroom/wording/` that mark a text
NO_ONE_NEEDS = tuple(f'"{field}:' for field in ("POT-Creation-Date", "Project-Id-Version", "Report-Msgid-Bugs-To"))


def gather() -> Catalog:
    """Every marked text of the program, with the files that hold it and the comments for translators before it."""
    catalogue = Catalog(header_comment="# What a person reads in Mailroom; gathered by packaging/translations.py.")
    found = extract_from_dir(
        TOP / "mailroom", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"]
    )
    for file, _line, message, comments, context in found:
        # No line numbers: they would change with every edit of a file.
        place = (Path("mailroom", file).as_posix(), 0)
        catalogue.add(message, locations=[place], auto_comments=comments, context=context)
    with (TOP / "resources" / "rules" / "event_codes.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            catalogue.add(row["means"], locations=[("resources/rules/event_codes.csv", 0)])
    return catalogue


def write(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue without fields such as the moment of its making, so that the same texts give the same file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, catalogue, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(NO_ONE_NEEDS)), encoding="utf-8")


def main(languages: list[str]) -> None:
    """Gather, then update and compile every catalogue, the new ones among `languages` included."""
    template = gather()
    write(template, FOLDER / "mailroom.pot")
    there = [path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/mailroom.po")]
    for language in sorted({*there, *languages}):
        file = FOLDER / language / "LC_MESSAGES" / "mailroom.po"
        catalogue = Catalog(locale=language)
        if file.exists():
            with file.open("rb") as source:
                catalogue = read_po(source, locale=language)
        catalogue.update(template, no_fuzzy_matching=True)
        write(catalogue, file)
        with file.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)


if __name__ == "__main__":
    main(sys.argv[1:])
