# Those of whom something is not said: "all but 30 ended in a conviction" is the table's number of dismissals.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.in_tables import look_up_tables
from headwater.comparison.whole_document import ask_whole_document, read_whole
from unit.comparison.reading import read

CASES = [
    "Defendants prosecuted for cruelty, by outcome",
    "Outcome 2006 2007 2008",
    "Convictions 898 1,104 1,222",
    "Dismissals 40 32 30",
    "Total defendants 938 1,136 1,252",
]
SILENT = [
    "All but 30 of the defendants in 2008 ended in convictions.",
    "In 2007 all cases except for 32 ended in convictions.",
    "Apart from 40 defendants, all cases in 2006 ended in convictions.",
]
LOUD = [
    ("In 2008 there were 30 convictions.", "30"),
    ("In 2007 there were 32 convictions.", "32"),
    ("Convictions came to 40 in 2006, and all but Leeds cheered.", "40"),
]


def alarms(claimed: str) -> list[str]:
    claim, passages = read(claimed), tuple(read(line, None, at) for at, line in enumerate(CASES))
    whole = read_whole(passages)
    found = ask_whole_document(claim, compare_figures(claim, passages[:3]), whole)
    found = look_up_tables(claim, found, passages, whole.grids)
    return [one.claimed.surface for one in found if one.severity.value in {"medium", "high"}]


@pytest.mark.parametrize("claimed", SILENT)
def test_those_of_whom_it_is_not_said_are_another_row(claimed: str) -> None:
    assert alarms(claimed) == []


@pytest.mark.parametrize(("claimed", "surface"), LOUD)
def test_the_figure_of_another_row_is_named(claimed: str, surface: str) -> None:
    assert surface in alarms(claimed)
