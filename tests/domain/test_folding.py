"""Text as it is compared and searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom.domain.folding import fold, fold_number, search_terms, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë ŁUK", "zoe luk"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
        ("  Søren\tÆrø\u00a0Þór ", "soren aero thor"),
        ("ｆｕｌｌ ①", "full 1"),
        ("日本", "日本"),
        ("", ""),
    ],
)
def test_accents_and_case_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Z"])))
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    import unicodedata

    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_numbers_are_compared_without_blanks_dashes_and_case() -> None:
    assert fold_number(" 1z 999-aa1 ") == fold_number("1Z999AA1") == "1Z999AA1"


def test_words_lose_their_punctuation_and_keep_their_parts() -> None:
    assert words("PO-77 O'Brien, a@b.example") == ["po77", "77", "obrien", "brien", "abexample", "b", "example"]
    assert words("--- … ") == []


@given(st.text(max_size=30))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    # every term of a text is part of one of its words: what is typed is found
    stored = words(text)
    assert all(any(term in word for word in stored) for term in search_terms(text))


def test_terms_are_the_longest_first_and_once() -> None:
    assert search_terms("us PO-77 us Kraków") == ("krakow", "po77", "us")
    assert search_terms(" - ") == ()
