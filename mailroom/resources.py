"""Where the files of `resources/` are: in a checkout, an installed wheel and a frozen build alike."""

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds icons, fonts, sounds, translations, rules, help and samples."""
    frozen = getattr(sys, "_MEIPASS", None)
    here = Path(__file__).resolve().parent
    for place in ([Path(frozen) / "resources"] if frozen else []) + [here / "_resources", here.parent / "resources"]:
        if place.is_dir():
            return place
    raise FileNotFoundError("resources")


def folder(name: str) -> Path:
    """One folder of resources, such as `icons`."""
    return root() / name


def file(name: str) -> Path:
    """One resource by its path inside `resources/`, such as `rules/usps_service_codes.csv`."""
    return root() / name
