"""What each kind of command does to the tables: one function a kind, of the command and the database only."""

from collections.abc import Callable, Mapping
from typing import Any

from mailroom.store.apply import (
    alerts,
    bench,
    claims,
    contacts,
    edits,
    events,
    imports,
    office,
    papers,
    pieces,
    runs,
    sign_in,
    undo,
)
from mailroom.store.journal import Change

Apply = Callable[[Change], Mapping[str, Any]]

APPLY: dict[str, Apply] = {
    **pieces.APPLY,
    **edits.APPLY,
    **events.APPLY,
    **imports.APPLY,
    **papers.APPLY,
    **claims.APPLY,
    **office.APPLY,
    **contacts.APPLY,
    **alerts.APPLY,
    **runs.APPLY,
    **bench.APPLY,
    **sign_in.APPLY,
    **undo.APPLY,
}
