# "Against fewer than a quarter" says how much it was before, and no fall.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

SOURCE = "Access by phone more than doubled, from 24% to 58%; the museum had 410 visitors in 2010 and 560 in 2014."
CASES = [
    ("Nearly 60% had access by phone, against fewer than 25% four years earlier.", False),
    ("Access by phone stood at 58%, compared with less than 25% before.", False),
    ("The museum had 410 visitors, against more than 500 in 2014.", False),
    ("Access by phone stood at 58%, a fall on 24% before.", True),
    ("Access by phone stood at 58%, lower than the 24% before.", True),
    ("The museum had 410 visitors, more than the 560 in 2014.", True),
]


@pytest.mark.parametrize(("claim", "loud"), CASES)
def test_a_bound_of_what_it_was_before_is_no_move(claim: str, *, loud: bool) -> None:
    found = compare_figures(read(claim), [read(SOURCE, passage=1)])
    assert any(one.rule == "FIG-DIRECTION" for one in found) is loud
