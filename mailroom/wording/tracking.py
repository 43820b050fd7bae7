"""What carriers' interfaces said, in words."""

from mailroom.domain.tracking import Outcome, TrackAnswer
from mailroom.wording import _, mark

_OUTCOMES: dict[Outcome, str] = {
    Outcome.FOUND: mark("Answered."),
    Outcome.NOT_YET_KNOWN: mark("The carrier has no events for this number yet."),
    Outcome.UNKNOWN_NUMBER: mark("The carrier does not know this number."),
    Outcome.NO_ACCESS: mark("The carrier does not let this office's key see this number. It is not asked again."),
    Outcome.BAD_CREDENTIALS: mark("The carrier does not accept the keys. Nothing is asked until they are changed."),
    Outcome.RATE_LIMITED: mark("The carrier wants to be asked later."),
    Outcome.UNAVAILABLE: mark("The carrier could not be asked."),
}

_REASONS: dict[str, str] = {
    "timed_out": mark("It did not answer in time."),
    "connection_failed": mark("There is no connection to it: check the network, the address and the proxy."),
    "connection_cut": mark("The connection broke off in the middle."),
    "certificate_bad": mark("Its certificate cannot be trusted, so nothing was sent."),
    "answer_too_large": mark("Its answer was larger than 2 MB and was not read to the end."),
    "answer_unreadable": mark("What came back is no answer that can be read."),
    "server_error": mark("Its server is out of order."),
    "token_bad": mark("It gave no token that can be used."),
    "not_answered": mark("It did not say anything about this number."),
    "not_asked": mark("It has not been asked yet."),
    "other_number": mark("It answered about another number; nothing was recorded."),
    "scope_missing": mark("The keys do not include tracking: ask the carrier to add it."),
    "stopped": mark("The program was closing."),
    "waiting": mark("It is left alone for a while."),
    "quiet": mark("It is not asked in its quiet hours."),
    "hour_full": mark("The calls of this hour are used up."),
    "day_full": mark("The calls of this day are used up."),
    "no_interface": mark("No interface for this carrier is set up."),
    "no_keys": mark("Its keys are missing."),
    "off": mark("It is switched off."),
}
_NOT_ASKED = frozenset({"waiting", "quiet", "hour_full", "day_full"})


def outcome_words(outcome: Outcome, reason: str = "", words: str = "", again: str = "") -> str:
    """One or two sentences: what came of asking, why, and the carrier's own words in quotation marks.

    `again` is the moment from which it may be asked again, in words, where that is known.
    """
    if reason in ("no_interface", *_NOT_ASKED):
        return why_not_words(reason, again)
    told = _(_REASONS[reason]) if reason in _REASONS else ""
    said = _("It said: “{words}”").format(words=words) if words else ""
    return " ".join(part for part in (_(_OUTCOMES[outcome]), told, said, _again(again)) if part)


def answer_words(answer: TrackAnswer) -> str:
    """`outcome_words` of an answer."""
    return outcome_words(answer.outcome, answer.reason, answer.words)


def why_not_words(why: str, again: str = "") -> str:
    """Why an interface is not asked now, and until when (`again`, in words) where that is known; empty where it is."""
    if why == "waiting" and again:
        return _("It is left alone until {moment}.").format(moment=again)
    return f"{_(_REASONS[why])} {_again(again)}".strip() if why in _REASONS else ""


def _again(moment: str) -> str:
    return _("It can be asked again from {moment}.").format(moment=moment) if moment else ""


KEY_LABELS: dict[str, str] = {
    "client_id": mark("Client ID"),
    "client_secret": mark("Client secret"),
    "api_key": mark("API key"),
    "api_secret": mark("API secret"),
    "account": mark("Account number (optional)"),
    "service": mark("DHL unit (optional)"),
    "carrier": mark("Carrier of the numbers (optional)"),
}


def key_label(name: str) -> str:
    """What a key is called on the carrier's page."""
    return _(KEY_LABELS.get(name, name))
