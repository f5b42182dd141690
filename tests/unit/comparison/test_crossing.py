# A figure given to the group, the period or the side that another figure of the source belongs to.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

CROSSED = [
    ("In all, 21% of women smoke.", "21% of men and 16% of women smoke."),
    ("Leeds will get £4m and York £3m.", "Grants go to Leeds (£3m) and York (£4m)."),
    ("The duty is 8.0% on tea and 8.8% on coffee.", "Duties on coffee and tea are 8.0% and 8.8%, respectively."),
    ("Sales rose 5.1% in the year, up from 4.1%.", "Sales rose 4.1% in the year, down from 5.1%."),
    ("The index went from 80.2 to 101.4.", "The index went from 101.4 to 80.2."),
    ("So far 95 councils have a plan for floods and 129 one for fires.",
     "Already 129 councils have a plan for floods and 95 have a plan for fires."),
    ("Half of the nurses and 90% of the porters are vaccinated.",
     "Of the staff, 90% of nurses and 50% of porters are vaccinated."),
    ("Farmers lost $5m and fishermen $2m.", "Farmers lost $2m, while fishermen lost $5m."),
]  # fmt: skip
FAITHFUL = [
    ("Among women 16% smoke, and among men 21%.", "21% of men and 16% of women smoke."),
    ("York gets £4m; Leeds has to make do with £3m.", "Grants go to Leeds (£3m) and York (£4m)."),
    ("Tea pays 8.8%, coffee 8%.", "Duties on coffee and tea are 8.0% and 8.8%, respectively."),
    ("Growth in sales slowed from 5.1% to 4.1%.", "Sales rose 4.1% in the year, down from 5.1%."),
    ("The index fell to 80.2 from 101.4.", "The index went from 101.4 to 80.2."),
    ("The flood plan is in place in 129 councils, the one for fires in 95.",
     "Already 129 councils have a plan for floods and 95 have a plan for fires."),
    ("Half of the porters and nine in ten nurses are vaccinated.",
     "Of the staff, 90% of nurses and 50% of porters are vaccinated."),
    ("Losses came to $7m: $2m for farmers, $5m for fishermen.", "Farmers lost $2m, while fishermen lost $5m."),
    ("Absence fell to 7.1% from 7.5%.", "Absence among pupils fell from 7.5% to 7.1%."),
    ("Up to 18,004 MW of plant and 33,000 MW of new turbines are covered.",
     "Existing plant (up to 18,004 MW) and up to 33,000 MW of new turbines will be considered."),
]  # fmt: skip


def rules(claim: str, official: str) -> list[str]:
    return [f.rule for f in compare_figures(read(claim), [read(official, passage=0)]) if f.severity.value == "high"]


@pytest.mark.parametrize(("claim", "official"), CROSSED)
def test_a_figure_of_another_group_contradicts(claim: str, official: str) -> None:
    assert rules(claim, official)


@pytest.mark.parametrize(("claim", "official"), FAITHFUL)
def test_the_same_groups_in_other_words_contradict_nothing(claim: str, official: str) -> None:
    assert rules(claim, official) == []
