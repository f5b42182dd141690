# Words and the marks between them; the words of one figure are one word.
import pytest

from headwater.comparison.quotation_words import read_words

KEYS = [
    ("Britain’s co-operation", ["britain's", "co", "operation"]),
    ("£75 million and £75m", ["£75000000", "and", "£75000000"]),
    ("seventy-seven per cent", ["%77"]),
    ("two hundred and fifty people", ["250", "people"]),
    ("two and three", ["2", "and", "3"]),
    ("a hundred years, a year", ["100", "years", "a", "year"]),
    ("one of them", ["one", "of", "them"]),
    ("100,000 or 100 000 or 100.000", ["100000", "or", "100000", "or", "100000"]),
    ("3.5 per cent", ["%3.5"]),
    ("the U.S. and R&D", ["the", "us", "and", "r", "and", "d"]),
    ("[W]e will [sic] go", ["we", "will", "go"]),
    ("2019–20", ["2019", "20"]),
    ("twenty million pounds", ["£20000000"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_folded_words(text: str, expected: list[str]) -> None:
    reading = read_words(text)
    assert [word.key for word in reading.words] == expected
    assert all(text[word.start : word.end] == word.surface for word in reading.words)
    assert len(reading.marks) == len(reading.words) + 1


MARKS = [
    ("one, two", ","),
    ("one – two", "—"),
    ("one—two", "—"),
    ("one-two", "‐"),
    ("one–two", "‒"),
    ("one ... two", "…"),
    ("one [...] two", "…"),
    ("one . . . two", "…"),
    ("one\ntwo", "¶"),
    ("one “two”", ""),
]


@pytest.mark.parametrize(("text", "signs"), MARKS)
def test_marks_between(text: str, signs: str) -> None:
    text = text.replace("one", "alpha").replace("two", "beta")
    assert "".join(mark.sign for mark in read_words(text).marks[1]) == signs


def test_bracketed_words_are_known() -> None:
    assert [word.bracketed for word in read_words("he [the minister] said").words] == [False, True, True, False]
