"""Record, ask or refuse: what the bench does with a recognition. A wrong read is worse than none."""

from collections.abc import Collection, Sequence

from mailroom.domain.recognition import Candidate, Check, Decision, PayloadKind, Reason, Recognition, Verdict


def decide(
    recognition: Recognition,
    *,
    enabled: Collection[str],
    run_carrier: str = "",
    keep_bad_check: bool = False,
) -> Decision:
    """Record the one good number; ask on a tie, a weak shape or a wrong check digit; refuse what is no number.

    `enabled`: ids of the office's carriers, which decide a tie where that leaves one. `run_carrier`: the carrier the
    run or the call was set to; its weak shapes are recorded. `keep_bad_check`: the clerk said to keep a wrong check.
    """
    candidates = recognition.candidates
    if not candidates:
        # A metered piece need not have a number: whether this one has is for the clerk to say.
        verdict = Verdict.ASK if recognition.kind is PayloadKind.INDICIUM else Verdict.REFUSE
        return Decision(verdict, recognition.reason)
    good = [one for one in candidates if one.good]
    if good:
        return _among_good(good, candidates, enabled, run_carrier)
    weak = [one for one in candidates if one.check is not Check.BAD]
    if weak:
        decision = _among_weak(weak, candidates, enabled, run_carrier)
        if recognition.kind is PayloadKind.PRODUCT and decision.verdict is not Verdict.RECORD:
            return Decision(Verdict.REFUSE, recognition.reason)
        return decision
    return _among_bad(candidates, enabled, run_carrier, keep_bad_check)


def _among_good(
    good: list[Candidate], candidates: tuple[Candidate, ...], enabled: Collection[str], run_carrier: str
) -> Decision:
    left = _narrowed(good, enabled, run_carrier)
    if _pieces(left) > 1:
        same = len({one.tracking_number for one in left}) == 1
        return _ask(Reason("several_carriers" if same else "several_numbers"), left, candidates)
    chosen = left[0]
    rivals = [one for one in candidates if not one.good and one.reading_index == chosen.reading_index]
    if run_carrier and chosen.carrier != run_carrier and any(one.carrier == run_carrier for one in rivals):
        return _ask(Reason("not_the_runs_carrier", (("carrier", chosen.carrier),)), left, candidates)
    foreign = bool(enabled) and chosen.carrier not in enabled and chosen.carrier != run_carrier
    if foreign and any(one.carrier in enabled for one in rivals):
        return _ask(Reason("not_an_office_carrier", (("carrier", chosen.carrier),)), left, candidates)
    return Decision(Verdict.RECORD, chosen.why, chosen, candidates)


def _among_weak(
    weak: list[Candidate], candidates: tuple[Candidate, ...], enabled: Collection[str], run_carrier: str
) -> Decision:
    own = [one for one in weak if one.carrier == run_carrier and one.why.code not in _NEVER_UNASKED]
    if own and _pieces(own) == 1:
        return Decision(Verdict.RECORD, own[0].why, own[0], candidates)
    misread = [one for one in candidates if one.check is Check.BAD and one.carrier in enabled]
    if misread and not any(one.carrier in enabled for one in weak):
        return _ask(misread[0].why, misread, candidates)
    return _ask(weak[0].why, weak, candidates)


# Weak for another cause than their shape: the run's carrier says nothing about these.
_NEVER_UNASKED = frozenset({"codes_disagree", "product_twin", "routing_twin", "code_letter", "beginning_missing"})


def _among_bad(
    candidates: tuple[Candidate, ...], enabled: Collection[str], run_carrier: str, keep_bad_check: bool
) -> Decision:
    left = _narrowed(list(candidates), enabled, run_carrier)
    if keep_bad_check and _pieces(left) == 1:
        return Decision(Verdict.RECORD, left[0].why, left[0], candidates)
    if keep_bad_check:
        same = len({one.tracking_number for one in left}) == 1
        return _ask(Reason("several_carriers" if same else "several_numbers"), left, candidates)
    return _ask(left[0].why, left, candidates)


def _ask(reason: Reason, first: Sequence[Candidate], candidates: tuple[Candidate, ...]) -> Decision:
    rest = tuple(one for one in candidates if one not in first)
    return Decision(Verdict.ASK, reason, first[0], (*first, *rest))


def _narrowed(candidates: list[Candidate], enabled: Collection[str], run_carrier: str) -> list[Candidate]:
    """Those of the run's carrier, else of the office's carriers, where that leaves one piece; else all.

    Numbers from different codes of a label are no tie between carriers: two pieces are in view.
    """
    one_code = len({one.reading_index for one in candidates}) == 1
    if _pieces(candidates) == 1 or not (one_code or len({one.tracking_number for one in candidates}) == 1):
        return candidates
    for wanted in ((run_carrier,), enabled):
        pieces = {one.piece for one in candidates if one.carrier in wanted}
        if len(pieces) == 1:
            return [one for one in candidates if one.piece in pieces]
    return candidates


def _pieces(candidates: Sequence[Candidate]) -> int:
    return len({one.piece for one in candidates})
