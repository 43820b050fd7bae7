"""Who may do what: one row a use case. A test fails for a use case without one."""

from mailroom.domain.operator import Operator, Role
from mailroom.errors import MailroomError

_EVERYONE = frozenset(Role)
_BENCH = frozenset({Role.CLERK, Role.MANAGER, Role.ADMIN})
_MANAGERS = frozenset({Role.MANAGER, Role.ADMIN})
_ADMINS = frozenset({Role.ADMIN})

RIGHTS: dict[str, frozenset[Role]] = {
    "intake.recognise": _EVERYONE,
    "intake.decide": _EVERYONE,
    "intake.record": _BENCH,
    "intake.record_without_number": _BENCH,
    "intake.add_codes": _BENCH,
    "intake.undo": _BENCH,
    "intake.undo_last": _BENCH,
    "intake.undoable": _BENCH,
    "intake.readings_since": _BENCH,
    "shipments.find": _EVERYONE,
    "shipments.counts": _EVERYONE,
    "shipments.get": _EVERYONE,
    "shipments.by_number": _EVERYONE,
    "shipments.edit": _BENCH,
    "shipments.correct_postage": _BENCH,
    "shipments.changed_since": _EVERYONE,
    "timeline.add_event": _BENCH,
    "exchange.import_events": _BENCH,
    "exchange.undo_import": _BENCH,
    "attachments.attach": _EVERYONE,
    "attachments.read": _EVERYONE,
    "papers.issue_proof_of_delivery": _EVERYONE,
    "papers.issue_claim_packet": _EVERYONE,
    "papers.pdf": _EVERYONE,
    "papers.documents": _EVERYONE,
    "papers.verify": _EVERYONE,
    "papers.claim_window": _EVERYONE,
    "claims.open": _EVERYONE,
    "claims.edit": _EVERYONE,
    "claims.move": _BENCH,
    "claims.find": _EVERYONE,
    "claims.counts": _EVERYONE,
    "claims.get": _EVERYONE,
    "claims.clock": _EVERYONE,
    "claims.closing": _EVERYONE,
    "rules.claims": _EVERYONE,
    "rules.inquiries": _EVERYONE,
    "rules.history": _EVERYONE,
    "rules.change": _MANAGERS,
    "rules.withdraw": _MANAGERS,
    "lists.departments": _EVERYONE,
    "lists.accounts": _EVERYONE,
    "lists.meters": _EVERYONE,
    "lists.runs": _EVERYONE,
    "lists.add_department": _BENCH,
    "lists.add_meter": _BENCH,
    "lists.open_run": _BENCH,
    "lists.close_run": _BENCH,
    "addresses.form": _EVERYONE,
    "addresses.check": _EVERYONE,
    "addresses.structured": _EVERYONE,
    "addresses.lines": _EVERYONE,
    "addresses.customs_gaps": _EVERYONE,
    "addresses.sender": _EVERYONE,
    "labels.internal": _EVERYONE,
    "address_book.find": _EVERYONE,
    "address_book.get": _EVERYONE,
    "address_book.add": _BENCH,
    "address_book.change": _BENCH,
    "address_book.remove": _BENCH,
    "address_book.remember": _BENCH,
    "address_book.import_file": _BENCH,
    "settings.office": _EVERYONE,
    "settings.change_office": _MANAGERS,
    "safety.check": _MANAGERS,
    "safety.verify_chain": _EVERYONE,
}


def demand(who: Operator, use_case: str) -> None:
    """Raise MailroomError `not_allowed` where this operator's role may not do it."""
    if who.role not in RIGHTS[use_case]:
        raise MailroomError("not_allowed", operator=who.name, use_case=use_case)


def departments_of(who: Operator) -> tuple[str, ...]:
    """The ids of the departments that this operator may see; empty means all."""
    return who.departments if who.role is Role.STAFF else ()
