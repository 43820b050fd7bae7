"""Record, ask or refuse: the rules of the bench on recognitions made by hand and on real payloads."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailroom.domain.recognition import Candidate, Check, PayloadKind, Reason, Recognition, Verdict
from mailroom.recognition.decision import decide
from mailroom.wording.reasons import REASONS, reason_text

Read = Callable[..., Recognition]

GOOD = Candidate("purolator", "320595463938", Check.OK, "p12", "purolator:320595463938")
TWIN = replace(GOOD, carrier="fedex", format="f12", piece="fedex:320595463938")
WRONG = replace(
    TWIN, check=Check.BAD, expected_check="4", why=Reason("check_wrong", (("read", "8"), ("expected", "4")))
)
WEAK = Candidate("dhl", "60120172242323", Check.NONE, "d14", "dhl:1", weak=True, why=Reason("only_shape"))
OTHER_WEAK = replace(WEAK, carrier="dpd", piece="dpd:1")


def _of(*candidates: Candidate) -> Recognition:
    return Recognition((), PayloadKind.TRACKING, candidates)


def test_one_good_number_is_recorded_whatever_its_carrier() -> None:
    decision = decide(_of(GOOD), enabled=("usps",))
    assert (decision.verdict, decision.candidate) == (Verdict.RECORD, GOOD)


def test_nothing_is_refused_with_the_reason(read: Read) -> None:
    decision = decide(read("42078745"), enabled=("usps",))
    assert (decision.verdict, decision.reason.code, decision.candidate) == (Verdict.REFUSE, "postal_code", None)


@pytest.mark.parametrize(
    ("enabled", "run_carrier", "verdict", "carrier"),
    [
        ((), "", Verdict.ASK, "purolator"),
        (("fedex", "purolator"), "", Verdict.ASK, "purolator"),
        (("usps",), "", Verdict.ASK, "purolator"),
        (("fedex", "usps"), "", Verdict.RECORD, "fedex"),
        (("fedex", "purolator"), "purolator", Verdict.RECORD, "purolator"),
        (("fedex",), "purolator", Verdict.RECORD, "purolator"),
    ],
)
def test_a_tie_between_carriers(enabled: tuple[str, ...], run_carrier: str, verdict: Verdict, carrier: str) -> None:
    decision = decide(_of(GOOD, TWIN), enabled=enabled, run_carrier=run_carrier)
    assert decision.verdict is verdict
    assert decision.candidate is not None
    assert decision.candidate.carrier == carrier
    if verdict is Verdict.ASK:
        assert decision.reason.code == "several_carriers"
        assert decision.choices == (GOOD, TWIN)


def test_the_office_does_not_choose_between_numbers_of_two_codes() -> None:
    other = replace(TWIN, tracking_number="986578788855", piece="fedex:986578788855", reading_index=1)
    decision = decide(_of(GOOD, other), enabled=("fedex",), run_carrier="fedex")
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "several_numbers")


def test_candidates_of_one_piece_are_no_tie(read: Read) -> None:
    for payload, carrier in (("RB123456785US", "usps"), ("61299998820821171811", "fedex")):
        decision = decide(read(payload), enabled=())
        assert decision.verdict is Verdict.RECORD
        assert decision.candidate is not None
        assert decision.candidate.carrier == carrier


def test_a_number_that_is_right_for_a_stranger_and_wrong_for_us_is_asked_about() -> None:
    decision = decide(_of(GOOD, WRONG), enabled=("fedex", "usps"))
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "not_an_office_carrier")
    assert decide(_of(GOOD, WRONG), enabled=("purolator",)).verdict is Verdict.RECORD
    assert decide(_of(GOOD, WRONG), enabled=()).verdict is Verdict.RECORD
    decision = decide(_of(GOOD, WRONG), enabled=(), run_carrier="fedex")
    assert (decision.verdict, decision.reason.code) == (Verdict.ASK, "not_the_runs_carrier")


@pytest.mark.parametrize(
    ("run_carrier", "verdict"), [("", Verdict.ASK), ("usps", Verdict.ASK), ("dhl", Verdict.RECORD)]
)
def test_a_weak_shape_is_recorded_only_for_the_runs_carrier(run_carrier: str, verdict: Verdict) -> None:
    decision = decide(_of(WEAK, OTHER_WEAK), enabled=("dhl",), run_carrier=run_carrier)
    assert decision.verdict is verdict
    if verdict is Verdict.ASK:
        assert decision.reason.code == "only_shape"


def test_a_strangers_weak_shape_does_not_hide_the_wrong_check_digit_of_an_office_carrier() -> None:
    decision = decide(_of(WEAK, WRONG), enabled=("fedex",))
    assert (decision.verdict, decision.reason.code, decision.choices) == (Verdict.ASK, "check_wrong", (WRONG, WEAK))
    assert decide(_of(WEAK, WRONG), enabled=("fedex", "dhl")).candidate == WEAK


def test_what_else_makes_a_number_doubtful_is_asked_about_on_a_run_too() -> None:
    doubtful = replace(TWIN, weak=True, why=Reason("product_twin"))
    assert decide(_of(doubtful), enabled=(), run_carrier="fedex").verdict is Verdict.ASK


def test_a_wrong_check_digit_is_asked_about_and_kept_only_when_told(read: Read) -> None:
    recognition = read("1Z999AA10123456783")
    asked = decide(recognition, enabled=("ups",), run_carrier="ups")
    assert (asked.verdict, asked.reason.code) == (Verdict.ASK, "check_wrong")
    kept = decide(recognition, enabled=("ups",), keep_bad_check=True)
    assert kept.verdict is Verdict.RECORD
    assert kept.candidate is not None
    assert kept.candidate.check is Check.BAD


def test_a_wrong_check_digit_of_two_carriers_is_asked_about_even_when_told_to_keep() -> None:
    both = _of(WRONG, replace(WRONG, carrier="purolator", piece="purolator:320595463938"))
    assert decide(both, enabled=(), keep_bad_check=True).verdict is Verdict.ASK
    kept = decide(both, enabled=("purolator",), keep_bad_check=True)
    assert kept.verdict is Verdict.RECORD
    assert kept.candidate is not None
    assert kept.candidate.carrier == "purolator"


def test_a_weak_number_is_never_recorded_because_a_wrong_check_is_kept() -> None:
    assert decide(_of(WEAK), enabled=(), keep_bad_check=True).verdict is Verdict.ASK


def test_every_choice_that_is_asked_about_has_a_phrase(read: Read) -> None:
    for payload in ("1Z999AA10123456783", "D986578788855", "000123450000000027", "https://example.org", "0000"):
        decision = decide(read(payload), enabled=())
        assert decision.verdict is not Verdict.RECORD
        assert reason_text(decision.reason)
        assert all(reason_text(one.why) for one in decision.choices)


def test_phrases_have_no_full_stop() -> None:
    assert not [code for code, phrase in REASONS.items() if phrase.endswith(".")]
