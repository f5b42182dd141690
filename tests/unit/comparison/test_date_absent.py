# Dates that nothing in the whole document could be, and those that a reporter has from it in another form.
from datetime import date

import pytest

from headwater.comparison.dates import compare_dates, look_up_dates
from unit.comparison.reading import read

DAY = date(2016, 4, 5)
# The claim, and the document's passages: no date of them is the claim's, or can be made of theirs.
NOWHERE = [
    ("Five weeks earlier it was half as many.", ["Three weeks ago the number was half as large."]),
    ("The gown was worn at the 2011 ball.", ["She gave her gown of 2015 to the museum."]),
    ("The bridge was designed in 1934.", ["The bridge opened in 1951.", "Tolls ended in June 1973."]),
    ("Eight years of fighting had ended in September 1783.", ["Congress proclaimed the peace on April 11, 1783."]),
    ("The inquiry has taken evidence since January.", ["The inquiry was set up on 6 July 2015 and sat in October."]),
    ("Bids closed in early March.", ["Bids for the pier closed on 20 January 2016.", "Work starts on 3 June 2016."]),
    ("The fund was set up six months ago.", ["The fund was set up in February 2016.", "It pays out in May 2016."]),
    ("The charter was granted in 1770.", ["The fishing charter dates from 1771."]),
    ("The charter was revised in 1771.", ["The charter dates from 1768.", "A copy was made on 9 May 1902."]),
    ("The ferry will be replaced in 2027.", ["The ferry will be replaced next year.", "It was bought in 1998."]),
]
TOLD_OTHERWISE = [
    ("Students began the club in January 1920.", ["The club was founded on January 16, 1920, by five students."]),
    ("Payments must be made before 2026.", ["Payments will be made by the end of 2025."]),
    ("Nineteen cases have been heard since early July.", ["Since 6 July a further 19 cases have been heard."]),
    ("It is the biggest reform since the September 11 attacks.", ["No reform was as large since September 2001."]),
    ("The law was passed more than 50 years ago.", ["More than half a century ago the law was passed."]),
    ("Work on the pier began in 2014.", ["Work on the pier began in the three months to December 2014."]),
    ("The last count was in 1996.", ["The Shipping Act 1996 requires a count of ships."]),
    ("The consultation was launched last month.", ["The consultation opened on 14 March 2016."]),
    ("The rule took effect at the start of last month.", ["The rule has applied from 1 March 2016."]),
    ("The harbour closed three years ago.", ["The harbour was closed in late 2012."]),
    ("She joined the court a year later.", ["She was made a judge in 1990 and joined the court after a year."]),
    ("Five weeks earlier it was half as many.", ["Five weeks ago the number was half as large."]),
    ("Three days later they met again.", ["They met on 3 May 2015 and on 6 May 2015."]),
    ("Prices have hardly moved over the past decade.", ["Prices rose on 3 May 1970."]),
    ("The minister told MPs on Tuesday.", ["The figures are for May 2010."]),
]


def kinds(claim: str, passages: list[str], days: tuple[date, ...] = (DAY,)) -> list[str]:
    official = [read(text, DAY, passage=place + 1) for place, text in enumerate(passages)]
    said = read(claim, DAY)
    found = look_up_dates(said, compare_dates(said, ()), official, range(1, len(official) + 1), days=days)
    return [finding.kind for finding in found]


@pytest.mark.parametrize(("claim", "passages"), NOWHERE)
def test_a_date_that_the_document_has_nowhere_is_told(claim: str, passages: list[str]) -> None:
    assert set(kinds(claim, passages)) & {"nowhere", "differs"}


@pytest.mark.parametrize(("claim", "passages"), TOLD_OTHERWISE)
def test_a_date_told_otherwise_is_left_alone(claim: str, passages: list[str]) -> None:
    assert "nowhere" not in kinds(claim, passages)


def test_the_day_of_publication_is_a_date_of_the_document() -> None:
    claim, passages = "The plan was published in April.", ["The plan covers 2019."]
    assert kinds(claim, passages) != kinds(claim, passages, days=())
