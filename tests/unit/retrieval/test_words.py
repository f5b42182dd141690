from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from headwater.retrieval.words import code_of, codes_of, name_codes, split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UK’s 9,400 returns", ["the", "uk", "9400", "returns"]),
        ("people-smuggling gangs", ["people", "smuggling", "gangs"]),
        ("co-operation, re-elected, anti-terrorism", ["cooperation", "reelected", "antiterrorism"]),
        ("a co-op", ["a", "co", "op"]),
        ("co\u2011operate", ["cooperate"]),
        ("£3.5m and 19%", ["3.5", "m", "and", "19"]),
        ("“we’re” café COVID-19", ["we're", "cafe", "covid", "19"]),
        ("10:30 on 1,", ["10", "30", "on", "1"]),
        ("\ud800 _ –", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert split_words(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("returned", "returns", True),
        ("organised", "organizing", True),
        ("co-operation", "cooperation", True),
        ("100,000", "100000", True),
        ("government’s", "governments", True),
        ("rise", "fall", False),
        ("31,000", "13,000", False),
    ],
)
def test_what_counts_as_one_word(one: str, other: str, same: bool) -> None:
    assert (codes_of(one).tolist() == codes_of(other).tolist()) is same


def test_codes_are_the_same_everywhere() -> None:
    assert code_of("returned") == 2812165903  # crc32 of "return"


def test_codes_ascend_and_stand_once() -> None:
    codes = codes_of("to be or not to be, to return and be returned").tolist()
    assert codes == sorted(set(codes))
    assert codes_of("").shape == (0,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ministers met in Paris.", ["paris"]),
        ("The EU agreed. The Commission objected.", ["eu", "commission"]),
        ("He will fly to North Macedonia, Kosovo and Serbia", ["north", "macedonia", "kosovo", "serbia"]),
        ("nothing here", []),
    ],
)
def test_names_have_capitals_inside_a_sentence(text: str, names: list[str]) -> None:
    assert name_codes(text) == {code_of(name) for name in names}


def test_threads_may_share_the_stemmer() -> None:
    texts = [f"returning organised{number} co-operation" for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(codes_of, texts))
    assert [answer.tolist() for answer in answers] == [codes_of(text).tolist() for text in texts]


@pytest.mark.parametrize("text", ["a" * 500_000, "co-" * 200_000, "1," * 200_000, "a'" * 200_000, "é" * 200_000])
def test_odd_texts_are_split_in_linear_time(text: str) -> None:
    assert codes_of(text).ndim == 1
