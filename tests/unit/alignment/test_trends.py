"""Changes over time that no passage tells."""

import pytest

from headwater.alignment.trends import unstated_trends
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

# claimed, official, what is not told
ADDED = [
    ("Ferry strikes have increased in the north.", "Crews of the northern ferry are on strike.", ["have increased"]),
    (
        "Thefts from barns, which have risen sharply, worry farmers.",
        "Police spoke of thefts from barns.",
        ["have risen"],
    ),
    ("The plan answers the growing number of empty shops.", "The plan is about empty shops.", ["growing number"]),
    ("The clinic opened after a sharp rise in asthma.", "The clinic treats asthma.", ["a sharp rise"]),
    ("Falling river levels worry the port.", "The port watches the river levels.", ["Falling river"]),
    ("Visits to the archive have declined.", "Visits to the archive rose for years.", ["have declined"]),
    ("The economy is growing solidly, the central bank said.", "Wages have been expanding.", ["growing solidly"]),
    ("Wolf sightings have grown in the valley.", "Wages in the valley have grown.", ["have grown"]),
]
TOLD = [
    ("The economy is growing solidly, the central bank said.", "Economic activity has been expanding at a solid pace."),
    ("Thefts have increased, police in Leeds said.", "More thefts were counted."),
    ("Ferry strikes have increased in the north.", "There are more ferry strikes in the north than ever."),
    ("The plan answers the growing number of empty shops.", "The number of empty shops went up again."),
    ("Thefts have risen by 3% in barns.", "Police spoke of thefts."),
    ("Asthma cases have fallen.", "There were 40 asthma cases in 2010, 30 in 2011, 20 in 2012 and 9 in 2013."),
    ("The law will increase fines for dumping.", "The law is about fines for dumping."),
    ("“Strikes have increased,” she said.", "She spoke of strikes."),
    ("Growing up in Leeds, he sang.", "He sang in Leeds."),
    ("The clinic opened in May.", "The clinic treats asthma."),
]


def read(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text))


@pytest.mark.parametrize(("claimed", "official", "expected"), ADDED)
def test_a_change_that_is_added_is_found(claimed: str, official: str, expected: list[str]) -> None:
    assert [span.slice(claimed) for span in unstated_trends(read(claimed), [read(official)])] == expected


@pytest.mark.parametrize(("claimed", "official"), TOLD)
def test_a_change_that_is_told_or_can_be_made_out_is_not(claimed: str, official: str) -> None:
    assert unstated_trends(read(claimed), [read(official)]) == ()
