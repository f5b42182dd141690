# The surroundings of a figure: sentences, content words and how near they are, the period it is given for.
import pytest

from headwater.comparison.contexts import read_contexts, sentence_at, sentences, told_words
from headwater.domain.spans import Span
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Up 3% to £1.2bn. Mr. Smith left.", ["Up 3% to £1.2bn.", "Mr. Smith left."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("“It rose.” 9,400 left.", ["“It rose.”", "9,400 left."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.slice(text).strip() for span in sentences(text)] == expected


def test_a_sentence_is_found_by_a_place_in_it() -> None:
    text = "Rents rose. Wages fell."
    assert sentence_at(text, Span(14, 15)).slice(text) == "Wages fell."
    assert told_words(text, sentence_at(text, Span(0, 1))) == {"rent"}


def test_each_figure_has_the_period_that_stands_with_it() -> None:
    contexts = read_contexts(read("Inflation was 4.1% in May 2024, down from 4.4% in April 2024."))
    assert [c.period and c.period.surface for c in contexts] == ["May 2024", "April 2024"]


def test_a_period_that_opens_the_sentence_is_for_all_its_figures() -> None:
    contexts = read_contexts(read("In May 2024, 40 homes burned and 12 people fled."))
    assert [c.period and c.period.surface for c in contexts] == ["May 2024", "May 2024"]


def test_words_beyond_another_figure_are_farther() -> None:
    first, second = read_contexts(read("Grants to Leeds reached £3m, those to York reached £4m."))
    assert first.near["leed"] > first.near["york"]
    assert second.near["york"] > second.near["leed"]


def test_the_words_of_units_and_dates_are_no_content() -> None:
    (context,) = read_contexts(read("The bypass is nine miles long since May 2024."))
    assert set(context.told) == {"bypass", "long"}
