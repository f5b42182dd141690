import pytest

from headwater.comparison.same_clause import say_alike
from headwater.comparison.statements import Place, read_statements
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts


def verb(text: str, word: str) -> tuple[Annotated, Place]:
    (statement,) = read_statements(text)
    at = next(place for place, term in enumerate(statement.words) if term.text == word)
    return Annotated(MappedText.identity(text), extract_facts(text)), statement.place(at)


@pytest.mark.parametrize(
    ("claimed", "official", "word", "expected"),
    [
        ("Fares on the ferry are capped at zero.", "Fares for the new ferry are capped at 0.", "capped", True),
        ("Fares on the ferry are capped at £2.", "Fares for the new ferry are capped at £3.", "capped", False),
        ("Fares for lorries are capped at £9.", "Fares for buses are capped at £9.", "capped", False),
        ("Speed limits are fixed by councils.", "Weight limits are fixed by councils.", "fixed", False),
        ("Figures are weighted by region.", "Prices are weighted by region.", "weighted", True),
        ("Rents are weighted by region.", "Prices are weighted by region.", "weighted", False),
        ("The dam was closed to traffic.", "In 2019 the dam was closed to traffic, as was the road.", "closed", True),
        ("In 2018 the dam was closed to traffic.", "In 2019 the dam was closed to traffic.", "closed", False),
        ("The dam in Leeds was closed to traffic.", "The dam in Derby was closed to traffic.", "closed", False),
    ],
)
def test_one_subject_and_just_the_same_said_of_it(claimed: str, official: str, word: str, *, expected: bool) -> None:
    assert say_alike(verb(claimed, word), verb(official, word)) is expected
