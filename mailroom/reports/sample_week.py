"""The week that the sample labels live through, told as a file of events with dates that end yesterday.

`resources/samples/week.csv` is the story: `sample` and `page` name the label, `days_ago` and `time` (local, with its
offset) the moment, and `{city}`, `{state}`, `{postal_code}` in `place` stand for the label's own address. One piece is
delivered with a name, one has not moved for eight days, one is returned, the others are under way.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mailroom import resources

COLUMNS = ("tracking_number", "status", "happened_at", "place", "text", "code", "source", "name_given")


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A page of a sample file and what is on it; `sample` is the file's name without its suffix."""

    sample: str
    page: int
    tracking_number: str
    carrier: str
    service: str
    order: str
    recipient: str
    company: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str


def sample_pages() -> tuple[SamplePage, ...]:
    """The pages of the samples that come with the program, from `resources/samples/labels.csv`."""
    with resources.file("samples/labels.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_page(row) for row in csv.DictReader(file))


def _page(row: dict[str, Any]) -> SamplePage:
    return SamplePage(**{**row, "page": int(row["page"])})


def week_csv(pages: Iterable[SamplePage], today: date) -> str:
    """The events of these pages as CSV, oldest first; `today` is the day that `days_ago` counts back from."""
    known = {(one.sample, one.page): one for one in pages}
    rows: list[tuple[str, ...]] = []
    with resources.file("samples/week.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            page = known.get((row["sample"], int(row["page"])))
            if page is None:
                continue
            place = row["place"].format(city=page.city, state=page.state, postal_code=page.postal_code[:5])
            happened = f"{today - timedelta(days=int(row['days_ago']))}T{row['time']}"
            told = (row["text"], row["code"], row["source"], row["name_given"])
            rows.append((page.tracking_number, row["status"], happened, place, *told))
    rows.sort(key=lambda row: row[2])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
