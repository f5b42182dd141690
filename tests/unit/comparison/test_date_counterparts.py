# A date that the document has nowhere, against the date in whose place it stands, or against others that are there.
from datetime import date

import pytest

from headwater.comparison.date_counterparts import is_placed
from headwater.comparison.dates import compare_dates, look_up_dates
from headwater.domain.findings import Finding
from unit.comparison.reading import read

DAY = date(2016, 4, 5)
# The claim, the document's passages in the order that the search found them, and the official date that is meant.
IN_THE_PLACE = [
    ("The harbour wall is due to be finished in 2018.", ["Repairs are scheduled to be completed by 2020."], "2020"),
    (
        "Schools with a place must report on their plans by July 1.",
        ["The reports shall be submitted to the board no later than June 1, 2016, by schools within the group."],
        "June 1, 2016",
    ),
    (
        "The road budget cannot help, being fully committed until 2019.",
        ["The road budget remains fully committed up to 2017 and cannot bridge the gap."],
        "2017",
    ),
    (
        "Families around Dubbo can use the clinic from January 31.",
        ["Families in the Dubbo region will have access to the clinic from the 13th of January."],
        "13th of January",
    ),
    (
        "Bids for the pier may be sent in until 28 May.",
        ["Bids for the pier are open until 18 May 2016.", "The pier was built in 1902."],
        "18 May 2016",
    ),
]
FROM_ELSEWHERE = [
    ("The minister was born in 1961.", ["The minister opened the hospital in 1998."]),
    ("Prices rose in 2012.", ["Prices rose in 2013.", "Prices fell in 2014."]),
    ("The pier closed in 2009.", ["The pier was sold on 3 May 2010."]),
    ("Paper discs were abolished in October 2014.", ["New tax rates came into force on 1 April 2016."]),
    ("Officials expect the river to be clean by 2021.", ["The partnership was announced in 2015 by both parties."]),
    (
        "Bids may be sent in until 28 May.",
        ["Bids are open until 18 May 2016.", "Late bids: until 28 May 2016."],
    ),
    ("The review starts next month.", ["The review ends on 3 June 2016."]),
]


def looked_up(claim: str, passages: list[str]) -> tuple[Finding, ...]:
    official = [read(text, DAY, passage=place + 1) for place, text in enumerate(passages)]
    findings = compare_dates(read(claim, DAY), official[:1])
    return look_up_dates(read(claim, DAY), findings, official, range(1, len(official) + 1))


@pytest.mark.parametrize(("claim", "passages", "meant"), IN_THE_PLACE)
def test_a_date_in_anothers_place_contradicts(claim: str, passages: list[str], meant: str) -> None:
    wrong = [f for f in looked_up(claim, passages) if f.effect.value == "contradicts"]
    assert [f.official.surface for f in wrong if f.official] == [meant]


@pytest.mark.parametrize(("claim", "passages"), FROM_ELSEWHERE)
def test_a_date_from_elsewhere_does_not(claim: str, passages: list[str]) -> None:
    assert not [f.rule for f in looked_up(claim, passages) if f.effect.value == "contradicts"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("on 7 May 2015", True), ("in 2015", True), ("last April", False), ("next week", False), ("early 2015", False)],
)
def test_a_date_is_placed_by_its_own_name(words: str, expected: bool) -> None:
    assert [is_placed(mention) for mention in read(f"It opened {words}.", DAY).facts.dates] == [expected]
