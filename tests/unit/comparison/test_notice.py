# A stretch of time that has to be left before something is a least one, said or not.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

CASES = [
    # claimed, official, whether it stays silent
    ("Speakers must ask at least five days beforehand.", "Requests to speak must be received five days prior.", True),
    ("Tenants need at least six weeks' notice.", "Tenants are given six weeks' notice.", True),
    ("Forms are due at least ten days before the fair.", "Forms are due ten days in advance of the fair.", True),
    ("The siege lasted at least five days.", "The siege lasted five days.", False),
    ("The clinic was shut for at least six weeks.", "The clinic was shut for six weeks.", False),
    ("Forms are due at least twelve days before the fair.", "Forms are due ten days before the fair.", False),
]


@pytest.mark.parametrize(("claimed", "official", "silent"), CASES)
def test_what_has_to_be_left_is_at_least_that(claimed: str, official: str, *, silent: bool) -> None:
    found = compare_figures(read(claimed), [read(official, passage=1)])
    assert all(one.severity.value in {"info", "low"} for one in found) is silent
