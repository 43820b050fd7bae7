"""Payloads of command bar codes: read back whole, not read when a letter is wrong, of one office alone."""

from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.bench_codes import (
    ALONE,
    LETTERS,
    NAMED,
    BenchKind,
    badge_code,
    badge_digest,
    looks_like_bench_code,
    office_code,
    parse_bench_code,
    spell_bench_code,
)

# What the keys of a US keyboard type on other layouts, where that differs; Turkish has another i.
AZERTY = str.maketrans("AQZWMaqzwm", "QAWZ?qaw?,")
QWERTZ = str.maketrans("YZyz", "ZYzy")
TURKISH = str.maketrans("Ii", "Iı")
KEY = bytes(range(32))
codes = st.one_of(
    st.binary(min_size=8, max_size=8).map(badge_code),
    st.builds(office_code, st.binary(min_size=32, max_size=32), st.sampled_from(ALONE)),
    st.builds(office_code, st.binary(min_size=32, max_size=32), st.sampled_from(NAMED), st.text(max_size=40)),
)


@given(codes)
def test_a_code_is_read_back_with_any_layout_and_with_caps_lock(code: object) -> None:
    payload = spell_bench_code(code)  # type: ignore[arg-type]
    assert parse_bench_code(payload) == code
    assert parse_bench_code(payload.swapcase()) == code
    for layout in (AZERTY, QWERTZ, TURKISH):
        assert payload.translate(layout) == payload
        assert payload.lower().translate(layout) == payload.lower()
    assert not any(one.isdigit() for one in payload)


@given(codes, st.integers(0, 28), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
def test_no_code_is_read_with_one_character_wrong(code: object, at: int, other: str) -> None:
    payload = spell_bench_code(code)  # type: ignore[arg-type]
    at %= len(payload)
    wrong = payload[:at] + other + payload[at + 1 :]
    assert (parse_bench_code(wrong) is None) == (wrong != payload)


@given(codes, st.integers(0, 27))
def test_no_code_is_read_with_neighbours_swapped(code: object, at: int) -> None:
    payload = spell_bench_code(code)  # type: ignore[arg-type]
    at %= len(payload) - 1
    swapped = payload[:at] + payload[at + 1] + payload[at] + payload[at + 2 :]
    assert parse_bench_code(swapped) == (code if swapped == payload else None)


@given(st.text(max_size=32))
def test_other_text_is_no_code(text: str) -> None:
    found = parse_bench_code(text)
    assert found is None or spell_bench_code(found) == text.upper()


def test_a_name_is_one_code_however_it_is_cased_and_another_one_with_another_key() -> None:
    legal = office_code(KEY, BenchKind.DEPARTMENT, "Legal")
    assert legal == office_code(KEY, BenchKind.DEPARTMENT, "LEGAL")
    others = (
        office_code(KEY, BenchKind.METER, "Legal"),
        office_code(KEY, BenchKind.DEPARTMENT, "Lega"),
        office_code(KEY[::-1], BenchKind.DEPARTMENT, "Legal"),
    )
    assert len({legal.tag, *(one.tag for one in others)}) == 4


def test_a_badge_is_kept_as_a_digest_only() -> None:
    first, second = badge_code(bytes(8)), badge_code(b"\x01" * 8)
    assert badge_digest(first) != badge_digest(second)
    assert first.tag not in badge_digest(first)
    assert len(LETTERS) ** len(first.tag) >= 2**64


def test_a_misread_code_still_looks_like_one() -> None:
    payload = spell_bench_code(office_code(KEY, BenchKind.UNDO))
    wrong = payload[:-1] + ("B" if payload[-1] != "B" else "C")
    assert parse_bench_code(wrong) is None
    assert looks_like_bench_code(wrong)
    assert not looks_like_bench_code("1Z999AA10123456784")
