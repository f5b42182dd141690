import pytest

from headwater.comparison.attribution import compare_attribution
from headwater.domain.facts import Annotated, Facts
from headwater.domain.spans import MappedText
from headwater.extraction.attribution import extract_attributions

SPEECH = (
    "I visited the harbour clinic in May. Its wards are overcrowded and its nurses badly overworked. The Red Cross "
    "has not been let in. Professor Alan Reid told me that the port lacks clean water for its crews. We thank Sir Ian "
    "Marsh for his help."
)
GIVEN_TO_ANOTHER = [
    "The wards of the harbour clinic are overcrowded and its nurses badly overworked, according to the Red Cross.",
    "The Red Cross said the wards are overcrowded and nurses overworked.",
    "Professor Alan Reid said that wards are overcrowded and nurses badly overworked.",
    "Sir Ian Marsh said the wards were overcrowded and the nurses badly overworked.",
]
SILENT = [
    "Joan Hale said the wards are overcrowded and its nurses badly overworked.",
    "The MP said the wards are overcrowded and nurses overworked.",
    "Professor Alan Reid said that the port lacks clean water for its crews.",
    "The Green Party said the wards are overcrowded and nurses badly overworked.",
    "The Red Cross said it has not been let in.",
    "The government said the wards are overcrowded and the nurses badly overworked.",
]


def read(text, **known):
    return Annotated(MappedText.identity(text), Facts(attributions=extract_attributions(text)), **known)


@pytest.mark.parametrize("claimed", GIVEN_TO_ANOTHER)
def test_the_author_says_it(claimed):
    assert "ATT-SPEAKER" in [f.rule for f in compare_attribution(read(claimed), [read(SPEECH, author="Joan Hale")])]


@pytest.mark.parametrize("claimed", SILENT)
def test_the_author_or_what_is_passed_on_is_left_alone(claimed):
    found = compare_attribution(read(claimed), [read(SPEECH, author="Joan Hale")])
    assert "ATT-SPEAKER" not in [f.rule for f in found]
