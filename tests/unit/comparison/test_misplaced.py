# A figure of the source given to something else of it, in another sentence: rows of lists, sentences built alike.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

LIST = [
    "Esplanade store ($6.7 million)",
    "Harbour Street store ($8.4 million)",
    "West diversion ($18.1 million)",
    "Combined main ($26.8 million)",
]
REGIONS = [
    "Ashby had the highest share of pensioners in the county at 38.4 per cent.",
    "Norcott had the highest proportion of households without a car at 42.5 per cent.",
]
FARMS = [
    "In Garland, dairy farms would lose a total of around $3.6 billion.",
    "In Tollmark, dairy farms would lose a total of around $2.9 billion.",
    "In Westery, dairy farms would lose a total of around $4.4 billion.",
]
PAIR = [
    "The trust has supported more than 1,400 beds for patients with the fever.",
    "It has trained over 4,000 nurses, porters and drivers.",
]
VOTERS = [
    "The number of parliamentary electors declined in all regions. The largest decrease (3.5%) was in the north east.",
    "The number of council electors declined in all regions. The largest decrease (3.9%) was in the north east.",
]
DAILY = ["There were another 40,261 positive tests since yesterday.", "The hospitals now have 38,562 patients in beds."]

MISPLACED = [
    ("In Tollmark the dairy farms stand to lose $3.6 billion.", FARMS),
    ("Dairy farms of Westery could lose about $2.9 billion.", FARMS),
    ("The dearest item is the west diversion, at $26.8 million; the combined main is $18.1 million.", LIST),
    ("The combined main will cost $8.4 million and the Harbour Street store $26.8 million.", LIST),
    ("More than 4,000 beds have been paid for, and over 1,400 nurses and porters trained.", PAIR),
    ("A further 38,562 tests came back positive, while 40,261 patients were in hospitals.", DAILY),
    ("In Norcott 38.4 per cent of households had no car.", REGIONS),
    ("The north east lost 3.9% of its parliamentary electors.", VOTERS),
]
IN_PLACE = [
    ("In Garland the dairy farms stand to lose $3.6 billion.", FARMS),
    ("Dairy farms of Westery could lose about $4.4 billion, and those of Tollmark $2.9 billion.", FARMS),
    ("The dearest item is the combined main, at $26.8 million; the west diversion is $18.1 million.", LIST),
    ("The Harbour Street store, at $8.4 million, comes before the pipe at $26.8 million.", LIST),
    ("Over 1,400 beds have been paid for, and more than 4,000 health workers trained.", PAIR),
    ("A further 40,261 people tested positive, and 38,562 are being treated in hospital.", DAILY),
    ("Pensioners make up 38.4 per cent of Ashby.", REGIONS),
    ("Parliamentary electors were down 3.5% in the north east.", VOTERS),
    ("Farmers there would be $3.6 billion worse off.", FARMS),
]


def kinds(claim: str, passages: list[str]) -> list[str]:
    official = [read(text, passage=place + 1) for place, text in enumerate(passages)]
    return [finding.kind for finding in compare_figures(read(claim), official)]


@pytest.mark.parametrize(("claim", "passages"), MISPLACED)
def test_a_figure_of_another_row_is_another_things(claim: str, passages: list[str]) -> None:
    assert "other_thing_counted" in kinds(claim, passages)


@pytest.mark.parametrize(("claim", "passages"), IN_PLACE)
def test_a_figure_of_its_own_row_stays(claim: str, passages: list[str]) -> None:
    assert "other_thing_counted" not in kinds(claim, passages)
