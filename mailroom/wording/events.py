"""Titles and sources of timeline events; the text is made when it is shown, in the reader's language."""

from mailroom.domain.claim_life import ClaimState
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.wording import _, mark
from mailroom.wording.alerts import act_title
from mailroom.wording.claims import state_word
from mailroom.wording.exchange import FIELD_WORDS, field_word
from mailroom.wording.moments import by_mail_time
from mailroom.wording.statuses import status_word

KIND_TITLES: dict[EventKind, str] = {
    EventKind.RECORDED: mark("Put on record"),
    EventKind.REPEATED: mark("Read again"),
    EventKind.TRACKING: mark("Tracking event"),
    EventKind.CODES_ADDED: mark("Other codes of the label added"),
    EventKind.EDITED: mark("Details changed"),
    EventKind.ATTACHED: mark("File attached: {name}"),
    EventKind.NOTE: mark("Note"),
    EventKind.DOCUMENT: mark("Paper issued: {number}"),
    EventKind.CLAIM: mark("Claim prepared: {number}"),
    EventKind.ALERT: mark("Alert"),
    EventKind.TOLD: mark("Requester told: {status}"),
    EventKind.UNDONE: mark("Taken back"),
}

_WHOSE: dict[str, str] = {
    "recipient": mark("Recipient"),
    "sender": mark("Sender"),
    "promised_on": mark("Wanted by"),
    "dimensions": mark("Sizes"),
    "imprint": mark("Imprint"),
    "from_imprint": mark("What the imprint filled in"),
    "contact_id": mark("Entry of the address book"),
}


def event_title(event: TimelineEvent) -> str:
    """What happened in a few words: the status for a carrier's event, our own words for our own acts."""
    if event.kind is EventKind.TRACKING and event.status is not None:
        return status_word(event.status)
    if event.kind is EventKind.NOTE and event.promised_on and not event.note:
        return _("The carrier gives another day")
    facts = {"name": "", "number": ""} | dict(event.facts)
    if event.kind is EventKind.CLAIM and "act" in facts:
        return _claim_title(facts)
    if event.kind is EventKind.ALERT:
        return act_title(facts)
    if event.kind is EventKind.EDITED:
        return _edited_title(facts)
    if event.kind is EventKind.TOLD:
        word = status_word(Status(facts.get("status", Status.UNKNOWN)))
        if facts.get("how") == "refused":
            return _("Requester could not be told: {status}").format(status=word)
        if facts.get("how") == "draft":
            return _("Draft for the requester saved: {status}").format(status=word)
        facts["status"] = word
    return _(KIND_TITLES[event.kind]).format(**facts)


def _edited_title(facts: dict[str, str]) -> str:
    """Which details were changed; of a day also from which to which."""
    names = [name for name in facts.get("fields", "").split(",") if name]
    words = [_changed_words(name, facts) for name in sorted(names, key=_WHOSE.__contains__)]
    return _("Changed: {details}").format(details="; ".join(words)) if words else _(KIND_TITLES[EventKind.EDITED])


def _changed_words(name: str, facts: dict[str, str]) -> str:
    word = _(_WHOSE[name]) if name in _WHOSE else field_word(name) if name in FIELD_WORDS else name
    if f"{name}_after" not in facts:
        return word
    before, after = (facts[f"{name}_{one}"] or "–" for one in ("before", "after"))
    return _("{detail} {before} → {after}").format(detail=word, before=before, after=after)


def _claim_title(facts: dict[str, str]) -> str:
    """A step of a claim on record."""
    if facts["act"] == "moved":
        word = state_word(ClaimState(facts["state"]))
        return _("Claim {number}: {state}").format(number=facts["number"], state=word)
    template = _("Claim opened: {number}") if facts["act"] == "opened" else _("Claim changed: {number}")
    return template.format(number=facts["number"])


def told_text(event: TimelineEvent) -> str:
    """By which way a requester was told, at which address; empty for other events."""
    facts = dict(event.facts)
    to, how = facts.get("to", ""), facts.get("how", "")
    if event.kind is not EventKind.TOLD or not to:
        return ""
    if how == "refused":
        return _("The mail server refused the mail to {address}").format(address=to)
    way = _("Draft of a mail to {address}") if how == "draft" else _("Mail to {address}")
    return way.format(address=to)


def source_text(event: TimelineEvent) -> str:
    """Where the event came from, so that nobody takes a typed line for a carrier's."""
    if event.source is EventSource.CARRIER:
        return _("{name} interface").format(name=event.source_name)
    if event.source is EventSource.IMPORT:
        place = _("file {file}, row {row}").format(file=event.file_name, row=event.file_row)
        if event.source_name:
            place = _("{place}, which names {name}").format(place=place, name=event.source_name)
        return place
    if event.source is EventSource.NOTICE:
        told = _("e-mail notice from {name}, not certain").format(name=event.source_name or _("nobody named"))
        return _("{notice}, time of the mail").format(notice=told) if by_mail_time(event) else told
    if event.source is EventSource.TYPED:
        typed = _("typed by {operator}").format(operator=event.recorded_by)
        return _("{typed}, from {name}").format(typed=typed, name=event.source_name) if event.source_name else typed
    return _("Mailroom, {operator}").format(operator=event.recorded_by)
