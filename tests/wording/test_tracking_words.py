"""What is said of asking a carrier."""

from mailroom.domain.tracking import Outcome
from mailroom.wording.tracking import outcome_words, why_not_words


def test_a_moment_that_is_known_is_named() -> None:
    assert why_not_words("waiting", "17 Nov 14:05") == "It is left alone until 17 Nov 14:05."
    assert why_not_words("waiting") == "It is left alone for a while."
    assert why_not_words("day_full", "1 Dec 01:00") == (
        "The calls of this day are used up. It can be asked again from 1 Dec 01:00."
    )
    assert why_not_words("") == ""
    assert outcome_words(Outcome.RATE_LIMITED, "", "Slow down", "17 Nov 14:05") == (
        "The carrier wants to be asked later. It said: “Slow down” It can be asked again from 17 Nov 14:05."
    )
