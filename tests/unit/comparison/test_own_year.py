# A sentence that names its own year does not go on in that of the one before it.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.in_tables import look_up_tables
from headwater.comparison.whole_document import ask_whole_document, read_whole
from unit.comparison.reading import read

TABLE = [
    "Defendants prosecuted for cruelty, by outcome",
    "Outcome 2004 2005 2006 2007 2008",
    "Convictions 870 980 898 1,104 1,222",
    "Total defendants 908 1,013 938 1,136 1,252",
]
BEFORE = "The charity prosecuted 1,252 defendants last year."
CASES = [
    ("In the quietest year, 2004, it took 908 defendants to court.", []),
    ("Its second year of calm was 2006, with 938 defendants.", []),
    ("Convictions were fewest in 2004, at 870.", []),
    ("Convictions came to 898.", ["898"]),
    ("It had 1,104 convictions.", ["1,104"]),
    ("In 2004 it took 1,252 defendants to court.", ["1,252"]),
]


@pytest.mark.parametrize(("claimed", "alarms"), CASES)
def test_a_year_of_its_own_goes_before_that_of_the_sentence_before(claimed: str, alarms: list[str]) -> None:
    claim, passages = read(claimed), tuple(read(line, None, at) for at, line in enumerate(TABLE))
    whole = read_whole(passages)
    found = ask_whole_document(claim, compare_figures(claim, passages[:3]), whole)
    found = look_up_tables(claim, found, passages, whole.grids, before=BEFORE)
    assert [one.claimed.surface for one in found if one.severity.value in {"medium", "high"}] == alarms
