# The highest told as the lowest, and ends of rows that are not one.
import pytest

from headwater.comparison.superlatives import compare_superlatives
from unit.comparison.reading import read

TURNED = [
    (
        "Emissions fell in 2013 to their highest since 1990.",
        "Emissions in 2013 were 643 million tonnes, the lowest level since 1990.",
    ),
    (
        "Domestic takeovers fell to the highest number since records began.",
        "The number of domestic takeovers was the lowest since records began in 1969.",
    ),
    (
        "Unemployment is at its highest in half a century.",
        "Unemployment stood at 3.4 percent and is at its lowest in half a century.",
    ),
    ("Teachers in Wales had the smallest workload.", "The largest workload was that of teachers in Wales."),
    (
        "Leeds had the lowest median of all councils.",
        "Of councils Leeds had the highest median prices. The lowest wages were in Hull.",
    ),
    ("It was the driest harvest for growers.", "For growers this was the wettest harvest."),
]
OTHERS = [
    # Both ends in one official sentence
    (
        "Leeds had the lowest median of all councils.",
        "Councils with the highest median prices were in the south, whilst the lowest prices were paid in Leeds.",
    ),
    (
        "The fewest visitors went to the mill museum.",
        "The most visitors went to the castle museum, the fewest people to the mill.",
    ),
    ("Emissions fell to their lowest since 1990.", "This was the largest fall in emissions since 1990."),
    ("The highest rate was in Leeds.", "The lowest rate was in Hull; the highest rate was in Leeds."),
    ("The biggest share goes to farmers.", "The smallest grants go to churches."),
    ("The second-highest total was in May.", "The lowest total was in June, the second-highest in May."),
    ("Prices were at their highest since 2009.", "Prices were at their lowest since 1998."),
    ("It was not the lowest turnout since 1945.", "It was the highest turnout since 1945."),
]


@pytest.mark.parametrize(("claim", "official"), TURNED)
def test_the_other_end_is_contradicted(claim: str, official: str) -> None:
    assert [one.kind for one in compare_superlatives(read(claim), [read(official)])] == ["other_end"]


@pytest.mark.parametrize(("claim", "official"), OTHERS)
def test_other_rows_are_left_alone(claim: str, official: str) -> None:
    assert compare_superlatives(read(claim), [read(official)]) == ()
