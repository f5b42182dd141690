# Figures told again in other words, and figures told wrong: what is faithful raises no alarm, what is wrong does.
from datetime import date

import pytest

from headwater.comparison.dates import compare_dates, look_up_dates
from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

DAY = date(2024, 6, 25)
FALL = "Rents slowed over the course of last year from above 5 percent to below 3.5 percent but have stalled this year."
PEAK = "In the past two years inflation has fallen from a peak above 7 percent to 2.7 percent in April."
ROW = [
    "Orders issued to juveniles, by area",
    "Area 2003 2004 2005 2006 2007",
    "Garland 9 15 28 32 27",
    "North 26 64 76 49 50",
]
SHARE = "Over 19 per cent of all federal money is available to the state."
AGES = "The orders were made against juveniles, defined as being 10-17 years old at the date of appearance in court."
GOAL = "The board is committed to bringing inflation back to its 2 percent target."
TARIFF = "Services account for about two-thirds of the budgets of households."
RULE = ["The rule amends the rates for May 2016.", "Effective May 1, 2016, the rule will apply."]
TOLL = "Today's report shows the toll passing 5,000. By last Sunday it was 5,135."
COURSES = ["Entrants by qualification", "Qualification Number Percentage", "Access 580 7.8", "Other 2,570 34.3"]
FAITHFUL = [
    ("More than 5,100 people have died, she said on Tuesday.", ["The weather.", TOLL]),
    ("Access courses accounted for 7.8 per cent.", COURSES),
    ("Rents dropped from over 5 percent to less than 3.5 percent last year.", [FALL]),
    ("Inflation had come down to 2.7 percent in April from a peak of more than 7 percent.", [PEAK]),
    ("Garland gave out 27, against 32 in 2006 and just nine in 2003.", ROW),
    ("The state has almost a fifth of all federal money.", [SHARE]),
    ("The orders were made against under-18s.", [AGES]),
    ("What is aimed at is 2 percent.", ["The weather.", GOAL]),
    ("Households spend about two dollars in three on services.", ["The weather.", TARIFF]),
    ("The rule takes effect on May 1.", RULE),
]
WRONG = [
    ("More than 5,200 people have died, she said on Tuesday.", ["The weather.", TOLL]),
    ("Access courses accounted for 8.7 per cent.", COURSES),
    ("Rents dropped from over 5 percent to less than 2.2 percent last year.", [FALL]),
    ("Inflation had come down to 2.9 percent in April from a peak of more than 7 percent.", [PEAK]),
    ("Garland gave out 29, against 32 in 2006 and just nine in 2003.", ROW),
    ("The state has almost a quarter of all federal money.", [SHARE]),
    ("The orders were made against people aged 13 to 17.", [AGES]),
    ("The target for inflation is 3 percent.", ["The weather.", GOAL]),
    ("Services account for about 45 percent of the budgets of households.", ["The weather.", TARIFF]),
    ("The rule takes effect on May 11, 2016.", RULE),
]


def alarms(claim: str, paragraphs: list[str]) -> list[Finding]:
    passages = [read(text, DAY, place + 1) for place, text in enumerate(paragraphs)]
    said = read(claim, DAY)
    found = ask_whole_document(said, compare_figures(said, passages), read_whole(passages))
    dates = look_up_dates(said, compare_dates(said, passages[:1]), passages, range(1, len(passages) + 1))
    loud = {Severity.MEDIUM, Severity.HIGH}
    return [one for one in (*found, *dates) if one.severity in loud and one.effect is not Effect.AGREES]


@pytest.mark.parametrize(("claim", "paragraphs"), FAITHFUL)
def test_what_is_told_in_other_words_raises_no_alarm(claim: str, paragraphs: list[str]) -> None:
    assert [finding.explanation for finding in alarms(claim, paragraphs)] == []


@pytest.mark.parametrize(("claim", "paragraphs"), WRONG)
def test_what_is_told_wrong_raises_one(claim: str, paragraphs: list[str]) -> None:
    assert alarms(claim, paragraphs)
