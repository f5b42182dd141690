# Ordinals of the claim and of the source: which of a row of things is meant.
import pytest

from headwater.comparison.ordinal_numbers import compare_ordinals
from unit.comparison.reading import read

OTHERWISE = [
    (
        "Tuesday is the 80th anniversary of the landings on the island.",
        "Today marks the 82nd anniversary of the island's liberation.",
        "82nd",
    ),
    ("Al Gore was sworn in as the 43rd vice president.", "Gore took the oath as the 45th Vice President.", "45th"),
    ("It was the 52nd inauguration of a president.", "They hosted the 53d Inauguration of the President.", "53d"),
    (
        "She is only the third first lady with two gowns.",
        "She is only the second First Lady in history to have two gowns.",
        "second",
    ),
    ("The ferry made its fifth crossing in fog.", "On the sixth crossing fog held up the ferry.", "sixth"),
    (
        "Leeds becomes the fourth city to get the card.",
        "The card will reach Leeds, which is the third city to take part.",
        "third",
    ),
]
SAME = [
    ("It was the 53rd inauguration of a president.", "They hosted the 53d Inauguration of the President."),
    ("The second bridge over the river is closed.", "The third bridge and the second bridge over the river close."),
    ("It was the worst storm of the 20th century.", "Storms of the 19th century were worse on the coast."),
    ("A third of the ferries were late in fog.", "A fourth ferry was late in the fog."),
    ("In the second quarter prices fell.", "In the third quarter prices fell."),
    ("He won the third race at Ayr.", "A fourth bid for the harbour failed."),
    ("It is the first time the river froze.", "It is the second time the river froze."),
    ("The third-largest city has a new mayor.", "The second city has a new mayor."),
    ("Its second president opened the hall.", "The fourth and the ninth president opened the hall."),
    ("On the 4th of May the hall opened.", "On the 5th of May the hall opened."),
]


@pytest.mark.parametrize(("claim", "official", "meant"), OTHERWISE)
def test_another_ordinal_of_the_same_thing_contradicts(claim: str, official: str, meant: str) -> None:
    found = compare_ordinals(read(claim), [read(official, passage=1)])
    assert [f.official.surface.split()[0] for f in found if f.official] == [meant]
    assert {f.rule for f in found} == {"FIG-ORDINAL"}


@pytest.mark.parametrize(("claim", "official"), SAME)
def test_what_is_no_other_ordinal_says_nothing(claim: str, official: str) -> None:
    assert not compare_ordinals(read(claim), [read(official, passage=1)])
