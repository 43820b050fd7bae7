"""What was done about alerts, said in a sentence, and how it is undone: each alert stands again as it stood."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mailroom.domain.attention import AlertAct, AlertRow, AlertState, Standing
from mailroom.domain.operator import Operator
from mailroom.services.attention import Attention
from mailroom.services.writing import Write
from mailroom.wording import plural
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import day_text


@dataclass(frozen=True, slots=True)
class Acted:
    """An act about some alerts; `rows` are as they stood before it."""

    act: AlertAct
    rows: tuple[AlertRow, ...]
    until: date | None = None  # of a snooze
    to_name: str = ""  # of an assignment; empty: to nobody

    @property
    def alerts(self) -> frozenset[tuple[str, str]]:
        """Rule and id of the shipment of each."""
        return frozenset((one.alert.kind, one.alert.shipment_id) for one in self.rows)


def acted_text(acted: Acted, today: date) -> str:
    """What was done, with how many."""
    count = len(acted.rows)
    if acted.act is AlertAct.SNOOZED and acted.until:
        text = plural("{n} alert put off until {{day}}", "{n} alerts put off until {{day}}", count)
        return text.format(day=day_text(acted.until, today))
    if acted.act is AlertAct.DONE:
        return plural("{n} alert dealt with", "{n} alerts dealt with", count)
    if acted.act is AlertAct.ASSIGNED and acted.to_name:
        text = plural("{n} alert given to {{name}}", "{n} alerts given to {{name}}", count)
        return text.format(name=one_line(acted.to_name))
    if acted.act is AlertAct.ASSIGNED:
        return plural("{n} alert is nobody’s again", "{n} alerts are nobody’s again", count)
    return plural("{n} alert on the list again", "{n} alerts on the list again", count)


def undone_text(acted: Acted) -> str:
    """That it is as it was."""
    return plural("Undone: {n} alert stands as before", "Undone: {n} alerts stand as before", len(acted.rows))


def take_back(attention: Attention, who: Operator, acted: Acted, write: Write) -> None:
    """Do what makes these alerts stand as they stood; that is on record as well. Raises what the acts raise."""
    if acted.act is AlertAct.ASSIGNED:
        for to_id, theirs in groupby(sorted(acted.rows, key=_whose), key=_whose):
            attention.assign(who, tuple(theirs), to_id, write)
        return
    for _key, alike in groupby(sorted(acted.rows, key=_how), key=_how):
        rows = tuple(alike)
        before = rows[0].standing
        if before.state is AlertState.DONE:
            attention.done(who, rows, before.reason, write)
        elif before.state is AlertState.SNOOZED and before.until and before.until > attention.today():
            attention.snooze(who, rows, before.until, before.reason, write)
        else:
            attention.reopen(who, rows, "", write)


def _whose(row: AlertRow) -> str:
    return row.standing.to_id


def _how(row: AlertRow) -> tuple[str, str, str]:
    standing: Standing = row.standing
    return standing.state.value, standing.until.isoformat() if standing.until else "", standing.reason
