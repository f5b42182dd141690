from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from headwater.retrieval import lexical
from headwater.retrieval.lexical import inverse_frequency, spellings, weigh_words
from headwater.retrieval.words import code_of


def frequencies(held: Mapping[str, int]) -> lexical.Frequencies:
    def look_up(terms: Sequence[str]) -> Mapping[str, int]:
        return {term: held.get(term, 0) for term in terms}

    return look_up


def weights(text: str, held: Mapping[str, int], *, passages: int = 1000, unknown: float = 0.0) -> dict[int, float]:
    (words,) = weigh_words([text], frequencies(held), passages, unknown=unknown)
    return dict(zip(words.codes.tolist(), words.weights.tolist(), strict=True))


def test_rare_words_weigh_more() -> None:
    found = weights("the gangs", {"the": 900, "gangs": 5})
    assert found[code_of("gangs")] == pytest.approx(inverse_frequency(5, 1000))
    assert found[code_of("gangs")] > 10 * found[code_of("the")]


def test_unknown_words_weigh_nothing_in_a_corpus_and_most_in_one_text() -> None:
    assert weights("zyx gangs", {"gangs": 5})[code_of("zyx")] == 0
    found = weights("zyx gangs", {"gangs": 5}, unknown=1.0)
    assert found[code_of("zyx")] == pytest.approx(inverse_frequency(0, 1000))


def test_figures_weigh_less_and_names_more() -> None:
    found = weights("They met 500 in Paris once", {"500": 5, "paris": 5, "once": 5})
    assert found[code_of("500")] == pytest.approx(found[code_of("once")] * 0.7)
    assert found[code_of("paris")] == pytest.approx(found[code_of("once")] * 1.5)


def test_both_spellings_of_a_prefixed_word_are_counted_and_looked_up() -> None:
    (words,) = weigh_words(["co-operation"], frequencies({"cooperation": 10, "co-operation": 40}), 1000)
    assert words.terms == ("cooperation", "co-operation")
    assert words.weights[0] == pytest.approx(inverse_frequency(50, 1000))


@pytest.mark.parametrize("word", ["code", "reach", "under", "overt", "100", "co'operation"])
def test_words_without_a_prefix_have_one_spelling(word: str) -> None:
    assert spellings(word) == (word,)


def test_rarest_words_are_looked_up_first() -> None:
    (words,) = weigh_words(
        ["the gangs smuggle people"], frequencies({"the": 900, "gangs": 5, "smuggle": 2, "people": 80}), 1000
    )
    assert words.terms == ("smuggle", "gangs", "people", "the")


def test_words_that_find_too_much_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "MOST_POSTINGS", 100)
    held = {"a": 900, "bee": 80, "sea": 30, "day": 5, "eel": 2}
    (words,) = weigh_words(["a bee sea day eel"], frequencies(held), 1000)
    assert words.terms == ("eel", "day", "sea")


def test_a_few_words_are_looked_up_however_common(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "MOST_POSTINGS", 1)
    (words,) = weigh_words(
        ["one two three four"], frequencies({"one": 900, "two": 901, "three": 902, "four": 903}), 1000
    )
    assert words.terms == ("one", "two", "three")


def test_a_query_without_words() -> None:
    (words,) = weigh_words(["– ?!"], frequencies({}), 1000)
    assert (words.total, words.terms, words.codes.shape) == (0, (), (0,))


def test_one_look_at_the_index_for_all_queries() -> None:
    asked: list[Sequence[str]] = []

    def look_up(terms: Sequence[str]) -> Mapping[str, int]:
        asked.append(terms)
        return dict.fromkeys(terms, 1)

    assert len(weigh_words(["one two", "two three"], look_up, 10)) == 2
    assert asked == [["one", "two", "three"]]


def test_codes_ascend() -> None:
    (words,) = weigh_words(["many words in no order whatever"], frequencies({"many": 1}), 10)
    assert (np.diff(words.codes.astype(np.int64)) > 0).all()


def test_common_words_are_not_looked_up_beside_a_rarer_one() -> None:
    held = {"ship": 40_000, "people": 700_000, "the": 900_000}
    (words,) = weigh_words(["the people ship"], frequencies(held), 1_000_000)
    assert words.terms == ("ship",)
