# Times of day against the source's.
import pytest

from headwater.comparison.clock_times import compare_times
from unit.comparison.reading import read

WRONG = [
    ("Bids have to be in by 5 p.m.", "Applications must be received no later than 4:00:00 p.m. Eastern Time."),
    ("Polls close at 22:30.", "Polling stations open at 7am and close at 10pm."),
    ("The service starts at noon.", "The service of remembrance will begin at 10.50am."),
    ("Doors open at 6:30 p.m.", "Doors open at 6 p.m. and the talk begins at 7 p.m."),
]
RIGHT = [
    ("Bids have to be in by 4pm.", "Applications must be received no later than 4:00:00 p.m. Eastern Time."),
    ("Polls close at 22:00.", "Polling stations open at 7am and close at 10pm."),
    ("The service starts at midday.", "The service of remembrance will begin at 12:00."),
    ("The plane left at 3 p.m. Pacific.", "The plane left at 6 p.m. Eastern."),
    ("Doors open at 6 p.m.", "Doors open in the evening."),
    ("The club won 3.30 million pounds.", "The club opens at 3.30pm."),
]


@pytest.mark.parametrize(("claim", "official"), WRONG)
def test_another_hour_is_told(claim: str, official: str) -> None:
    assert [one.kind for one in compare_times(read(claim), [read(official)])] == ["other_hour"]


@pytest.mark.parametrize(("claim", "official"), RIGHT)
def test_the_same_hour_is_not(claim: str, official: str) -> None:
    assert compare_times(read(claim), [read(official)]) == ()
