# Times of day against the source's.
import pytest

from headwater.comparison.clock_times import compare_times, without_told_hours
from unit.comparison.reading import read

WRONG = [
    ("Bids have to be in by 5 p.m.", "Applications must be received no later than 4:00:00 p.m. Eastern Time."),
    ("Polls close at 22:30.", "Polling stations open at 7am and close at 10pm."),
    ("The service starts at noon.", "The service of remembrance will begin at 10.50am."),
    ("The ship ran aground at 3.15am.", "The vessel grounded at 03:25."),
    ("The ship ran aground at 3.14am.", "The vessel grounded at 03:12."),
    ("The ship ran aground shortly before 6pm.", "The vessel grounded at 16:48."),
    ("Doors open at 6:30 p.m.", "Doors open at 6 p.m. and the talk begins at 7 p.m."),
]
RIGHT = [
    ("Bids have to be in by 4pm.", "Applications must be received no later than 4:00:00 p.m. Eastern Time."),
    ("Polls close at 22:00.", "Polling stations open at 7am and close at 10pm."),
    ("The service starts at midday.", "The service of remembrance will begin at 12:00."),
    ("The plane left at 3 p.m. Pacific.", "The plane left at 6 p.m. Eastern."),
    ("Doors open at 6 p.m.", "Doors open in the evening."),
    ("The club won 3.30 million pounds.", "The club opens at 3.30pm."),
    ("The office shuts at 4pm.", "The office is open 10am-4pm."),
    ("The office opens at 9am.", "The office is open from 9 to 5pm."),
    ("The office opens at 9 a.m.", "The office is open between 9 and 5.30pm."),
    ("The office shuts at 5.30pm.", "The office opens at 9am and shuts at 17.30."),
    ("The ship ran aground at 3.15am.", "The vessel grounded at 0313 hrs after leaving at 01:20, and called at 03:13."),
    ("The ship ran aground shortly before 6pm.", "The vessel grounded at 17:48."),
    ("The alarm was raised at about 10:30.", "The alarm was raised at 10:41."),
    ("The bells ring at 11am.", "The bells ring at eleven o'clock, and at 6pm."),
    ("The bells ring at 11 am.", "The bells ring at 11 o’clock. The doors shut at 6pm."),
]


@pytest.mark.parametrize(("claim", "official"), WRONG)
def test_another_hour_is_told(claim: str, official: str) -> None:
    assert [one.kind for one in compare_times(read(claim), [read(official)])] == ["other_hour"]


@pytest.mark.parametrize(("claim", "official"), RIGHT)
def test_the_same_hour_is_not(claim: str, official: str) -> None:
    assert compare_times(read(claim), [read(official)]) == ()


def test_a_time_that_stands_elsewhere_in_the_document_is_left_out() -> None:
    claim, near, far = read("Polls close at 10.30pm."), read("Polls open at 7am."), read("They shut from 22:30.")
    findings = compare_times(claim, [near])
    assert [one.kind for one in findings] == ["other_hour"]
    assert without_told_hours(findings, [near]) == findings
    assert without_told_hours(findings, [near, far]) == ()
