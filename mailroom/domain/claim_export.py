"""In which form a carrier takes the papers of a claim, and how large they may be."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ExportForm(StrEnum):
    """One PDF, the packet and a file an exhibit, or pictures only."""

    PDF = "pdf"
    FILES = "files"
    IMAGES = "images"


@dataclass(frozen=True, slots=True)
class UploadProfile:
    """What a carrier's claim page takes; `most_bytes` is of one file, none where no limit is known."""

    carrier: str  # empty: any other carrier
    form: ExportForm
    most_bytes: int | None = None
    source: str = ""
    checked_on: date | None = None


_ANY = UploadProfile("", ExportForm.PDF)


def parse_profiles(text: str) -> tuple[UploadProfile, ...]:
    """The profiles of a CSV file."""
    return tuple(
        UploadProfile(
            row["carrier"],
            ExportForm(row["form"]),
            int(row["most_bytes"]) if row["most_bytes"] else None,
            row["source"],
            date.fromisoformat(row["checked_on"]),
        )
        for row in csv.DictReader(io.StringIO(text))
    )


def profile_for(profiles: Iterable[UploadProfile], carrier: str, form: ExportForm | None = None) -> UploadProfile:
    """The carrier's own profile, or one of the form that a person chose, within the carrier's limit for it."""
    own = next((one for one in profiles if one.carrier == carrier), _ANY)
    if form is None or form is own.form:
        return own
    return UploadProfile(carrier, form)
