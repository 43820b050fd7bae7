"""The sentences of what a check finds wrong: the database, its log of changes, and the files beside it."""

from mailroom.wording import mark
from mailroom.wording.sentence import Sentence
from mailroom.wording.sentence import sentence as _s

_TAMPERED = mark("Somebody or something changed the database without Mailroom.")
_ANCHOR = mark("Keep a copy of this database as it is, and compare it with the last backup.")
_REST = mark("Put back the last backup; what was recorded since then is in the log of changes.")

FAULTS: dict[str, Sentence] = {
    "chain_broken": _s(
        mark("Change {seq} of desk {desk} is not what was written: the log was altered there."), _TAMPERED, _ANCHOR
    ),
    "chain_gap": _s(mark("Change {seq} of desk {desk} is missing from the log."), _TAMPERED, _ANCHOR),
    "count_differs": _s(
        mark("The count of shipments by status and carrier ({status}, {carrier}) does not agree with the list."),
        _TAMPERED,
        _REST,
    ),
    "database_page_bad": _s(
        mark("The database file is damaged: {said}."),
        mark("A disk or a copy program changed the file."),
        mark("Keep the file, and put back the last backup."),
    ),
    "file_changed": _s(
        mark("The file with the hash {sha256} is not what was kept."),
        mark("It was changed in the folder “blobs”."),
        mark("Put the file back from a backup."),
    ),
    "file_gone": _s(
        mark("The file with the hash {sha256} is missing."),
        mark("It was removed from the folder “blobs”, or the profile was moved without it."),
        mark("Put the file back from a backup."),
    ),
    "head_differs": _s(
        mark("The status of shipment {id} does not follow from its timeline."),
        _TAMPERED,
        _REST,
    ),
    "payload_changed": _s(mark("What change {seq} of desk {desk} holds is not what was written."), _TAMPERED, _ANCHOR),
    "postage_differs": _s(
        mark("The postage of shipment {id} is not the sum of its lines."),
        _TAMPERED,
        _REST,
    ),
    "row_differs": _s(
        mark("Table {table}, row {key}: what stands there does not follow from the log of changes."),
        _TAMPERED,
        _REST,
    ),
    "row_orphaned": _s(
        mark("A row of table {table} belongs to a row of {parent} that is not there."),
        _TAMPERED,
        _REST,
    ),
    "search_differs": _s(
        mark("The search index does not agree with the shipments: search may miss some."),
        mark("Its part of the database file is damaged, or was changed without Mailroom."),
        _REST,
    ),
}
