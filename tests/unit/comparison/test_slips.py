# A wrong copy of the source's figure against another figure that happens to be there.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

SLIPS = [
    ("The scheme has backed over 14,000 vouchers.", "Since 2021 the scheme has supported 1,400 rent vouchers."),
    ("The derelict works cover 31 hectares.", "For two decades the 31 acre works has lain derelict."),
    ("By then 253,634 orders had been placed.", "By October 253,364 orders for the scheme had been placed."),
    (
        "The reef adds $6.4 million to the economy.",
        "The reef supports jobs and gives $6.4 billion a year to the economy.",
    ),
    ("An urgent passport costs €69.", "Urgent passport: £69"),
    (
        "The levy will take $70 million from farmers over a decade.",
        "Farmers would pay $70 billion in levy over a decade.",
    ),
]
OTHERS = [
    (
        "Collections have risen from $8bn to $11.8bn in four years.",
        "In the four years since, collections have increased by nearly 50 percent, from $8 to $11.8 billion.",
    ),
    ("The town library holds 1,866 maps.", "Its museum was built in 1902 and holds 166 paintings."),
    ("The fund gave £500 to each club.", "Clubs paid £50 to enter."),
    ("About 28 schools closed for the day.", "There were 82 road accidents on the day of the storm."),
    ("The pool is 25 metres long.", "Swimmers covered 52 miles for charity."),
    ("The bridge cost £1.3 million.", "A tunnel under the river was priced at £31 million in 1990."),
]


def is_contradicted(claim: str, official: str) -> bool:
    return any(f.effect.value == "contradicts" for f in compare_figures(read(claim), [read(official, passage=0)]))


@pytest.mark.parametrize(("claim", "official"), SLIPS)
def test_a_slip_contradicts(claim: str, official: str) -> None:
    assert is_contradicted(claim, official)


@pytest.mark.parametrize(("claim", "official"), OTHERS)
def test_another_figure_does_not(claim: str, official: str) -> None:
    assert not is_contradicted(claim, official)
