"""How a file is to be understood: which column is which field, how its dates and amounts are written."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import FIELDS, ImportKind, guess, needed, order_said, plain

Json = dict[str, Any]

_LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """`columns`: pairs of our field and the file's title. The last four say how this one file is read."""

    columns: tuple[tuple[str, str], ...] = ()
    order: DateOrder | None = None  # of day and month where only numbers stand
    decimal_comma: bool = False  # amounts and weights are written 7,64
    carrier: str = ""  # id, for rows that name none
    name: str = ""  # under which it is saved; empty for one that is not
    keep_bad_check: bool = False
    sheet: str = ""  # of a workbook; empty: the first
    encoding: str = ""  # of a text; empty: as found

    @property
    def mapping(self) -> dict[str, str]:
        """Our fields with the file's titles."""
        return dict(self.columns)


def plan_json(plan: ImportPlan) -> Json:
    """What is kept of a plan under its name, and of every import."""
    return {
        "name": plan.name,
        "columns": dict(plan.columns),
        "order": plan.order.value if plan.order else "",
        "decimal_comma": plan.decimal_comma,
        "carrier": plan.carrier,
        "keep_bad_check": plan.keep_bad_check,
    }


def plan_from(kind: ImportKind, value: Mapping[str, Any]) -> ImportPlan:
    """The reverse of `plan_json`; fields that this version does not have are left out."""
    given = value.get("columns", {})
    columns = tuple((spec.name, str(given[spec.name])) for spec in FIELDS[kind] if given.get(spec.name))
    order = value.get("order")
    return ImportPlan(
        columns=columns,
        order=DateOrder(order) if order else None,
        decimal_comma=bool(value.get("decimal_comma")),
        carrier=str(value.get("carrier", "")),
        name=str(value.get("name", "")),
        keep_bad_check=bool(value.get("keep_bad_check")),
    )


def guessed(kind: ImportKind, titles: Sequence[str]) -> ImportPlan:
    """The plan that the titles of a file suggest."""
    columns = guess(kind, titles)
    return ImportPlan(tuple(columns.items()), order_said(tuple(columns.values())))


def fitting(kind: ImportKind, titles: Sequence[str], saved: Sequence[ImportPlan]) -> ImportPlan | None:
    """The saved plan all of whose titles the file has; the one with the most columns of several."""
    here = {plain(title) for title in titles}
    fit = [
        plan
        for plan in saved
        if all(plain(title) in here for _field, title in plan.columns) and set(needed(kind)) <= plan.mapping.keys()
    ]
    return max(fit, key=lambda plan: len(plan.columns), default=None)


def checked(plan: ImportPlan, kind: ImportKind, titles: Sequence[str], name: str) -> ImportPlan:
    """The plan with the file's own spelling of its titles. Raises `columns_missing`, `column_unknown`."""
    spelled = {plain(title): title for title in reversed(titles)}
    for field, title in plan.columns:
        if title not in titles and plain(title) not in spelled:
            raise MailroomError("column_unknown", name=name, column=title, found=shown(titles))
        if field not in {spec.name for spec in FIELDS[kind]}:
            raise MailroomError("field_unknown", field=field, known=", ".join(spec.name for spec in FIELDS[kind]))
    columns = tuple((field, title if title in titles else spelled[plain(title)]) for field, title in plan.columns)
    missing = [one for one in needed(kind) if one not in dict(columns)]
    if missing:
        raise MailroomError("columns_missing", name=name, missing=", ".join(missing), found=shown(titles))
    return dataclasses.replace(plan, columns=columns)


def clean_plan_name(name: str) -> str:
    """A name as it is kept. Raises `name_empty`."""
    cleaned = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:_LONGEST_NAME]
    if not cleaned:
        raise MailroomError("name_empty")
    return cleaned


def shown(titles: Sequence[str]) -> str:
    """Titles in a sentence, cut where there are too many."""
    return ", ".join(titles)[:200]
