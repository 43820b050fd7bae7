"""The project speaks of itself only, promises nothing it has not done, and its tests neither sleep nor skip."""

import re

# Written in two parts, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a registry's host": r"\bpy" r"pi\.org|pyth" r"onhosted|npm" r"js\.|deb\.deb" r"ian\.org|crates\." r"io\b",
    "a path of one machine": r"(?<![\w.])/(work|far" r"m|root|home/\w+|Users/\w+)/|\.\./sha" r"red\b",
    "something unfinished": r"\b(TO" r"DO|FIX" r"ME)\b|NotImplemented" r"Error",
}

FORBIDDEN_IN_TESTS = {
    "a sleep": r"\btime\.sle" r"ep\(|\bqtbot\.wa" r"it\(|QTest\.qWa" r"it\(|QThread\.(m|u)?sle" r"ep\(",
    "a skip": r"\bpytest\.(mark\.)?(ski" r"p|xfai" r"l)|importorski" r"p|unittest\.ski" r"p",
    "a mock": r"unittest\.mo" r"ck|\bMagicMo" r"ck\b|\bmocker\b",
}


def hits(name: str, text: str, patterns: dict[str, str]) -> list[str]:
    """Where a text holds what it should not."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match.group()}"
        for what, pattern in patterns.items()
        for match in re.finditer(pattern, text)
    ]


def test_no_file_says_what_does_not_belong_in_public(texts: dict[str, str]) -> None:
    found = [hit for name, text in texts.items() for hit in hits(name, text, FORBIDDEN)]
    assert not found, "\n".join(found)


def test_no_test_sleeps_skips_or_mocks(texts: dict[str, str]) -> None:
    own = {name: text for name, text in texts.items() if name.startswith("tests/")}
    found = [hit for name, text in own.items() for hit in hits(name, text, FORBIDDEN_IN_TESTS)]
    assert not found, "\n".join(found)


def test_the_check_finds_what_it_looks_for() -> None:
    text = "fine\nsee https://py" + "pi.org/x and /wo" + "rk/x\n# TO" + "DO later\n"
    assert [hit.split(":")[1] for hit in hits("x", text, FORBIDDEN)] == ["2", "2", "3"]
    assert len(hits("x", "time.sle" + "ep(1); pytest.mark.ski" + "p", FORBIDDEN_IN_TESTS)) == 2
