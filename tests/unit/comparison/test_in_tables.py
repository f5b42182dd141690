# Claims looked up in tables: rows, columns, years, changes, shares and ranks. Half must stay silent.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.in_tables import look_up_tables
from headwater.comparison.whole_document import ask_whole_document, read_whole
from headwater.domain.findings import Effect, Finding, Severity
from unit.comparison.reading import read

LANDINGS = [
    "The following table shows landings of fish by port, in tonnes.",
    "Port 2014 2015 2016 2017",
    "Peterhead 11,870 12,310 13,940 16,250",
    "Lerwick 4,120 3,980 4,410 4,530",
    "Newlyn 2,260 2,310 2,050 1,730",
    "Brixham 2,910 3,440 3,610 3,520",
    "Total 21,160 22,040 24,010 26,030",
]
LOANS = [
    "Loans of public libraries are given below.",
    "Year | Books | Films",
    "2009-10 | 309,500 | 31,200",
    "2010-11 | 300,200 | 27,900",
    "2011-12 | 287,500 | 24,100",
    "2012-13 | 262,700 | 19,600",
]
GRANTS = [
    "Grants to museums in each year are as follows:",
    "£ million",
    "Year Leeds Bradford",
    "2003 1.20 3.31",
    "2004 1.48 3.05",
    "2005 2.96 2.87",
    "2006 2.61 2.44",
]
HOURS = [
    "Waits at clinics, per cent of patients seen within four hours",
    "Clinic | Quarter 1 | Quarter 2 | Quarter 3",
    "Northgate | 81.2 | 84.6 | 79.9",
    "Southmead | 90.4 | 91.3 | 92.8",
    "Eastfield | 72.5 | 70.1 | 74.4",
]
TRAINED = [
    "Trainees who finished a course, per cent, men",
    "Course 2005 2006 2007",
    "Welding 61 66 71",
    "Catering 74 73 70",
    "Source: training board",
    "Trainees who finished a course, per cent, women",
    "Course 2005 2006 2007",
    "Welding 55 63 78",
    "Catering 81 80 85",
]
VISITS = [
    "Visits to parks and museums",
    "Place Year Number of visits Average spend (£)",
    "Forest parks 2010 Q1 5,657 28.8",
    "2011 Q1 5,134 30.8",
    "2012 Q1 4,610 26.7",
    "Town museums 2010 Q1 2,475 50.8",
    "2011 Q1 2,342 51.6",
    "2012 Q1 2,039 50.4",
]
CLAIMS = [
    "Claims by age and place",
    "Ashford Canterbury",
    "Month Over six months Over 12 months Over six months Over 12 months",
    "October 2008 25 5 70 20",
    "November 2008 35 5 75 25",
    "December 2008 45 10 95 30",
]
FIELDS = [
    "Grants paid to each farm, the monetary value of payments",
    "Farm 2001 2002 2003 Total",
    "Hilltop 4,193 1,275 2,310 7,778",
    "Brookside 3,271 4,421 1,775 9,467",
    "Moorland 5,116 5,241 2,422 12,779",
    "12,580 10,937 6,507 30,024",
]
WARDENS = [
    "The numbers of wardens are in the table.",
    "Wardens and rangers , 2003 to 2009",
    "Date Full-time Part-time( 1) Total",
    "31 March 2007 1,204 110 1,314",
    "31 March 2008 1,256 143 1,399",
    "31 January 2009 1,289 150 1,439",
    "31 March 2009 1,310 172 1,482",
]
RELIEF = [
    "The estimated cost of reducing tax rates on savings is below.",
    "£ million",
    "2010-11 2011-12 2012-13",
    "Cost of lower tax rates on savings 1,600 2,550 3,100",
]
PEOPLE = [
    line
    for year, cells in ((1997, ("55,420 462", "834 57", "1,054 64")), (2007, ("56,192 307", "1,588 52", "2,036 58")))
    for line in (
        f"Residents by nationality, {year}",
        "Thousand",
        "Nationality Estimate Error",
        *map(" ".join, zip(("British", "European Union", "Rest of the world"), cells, strict=True)),
        "Source: survey of the labour force, to be read with care",
    )
]
RUBBISH = [
    "Household rubbish per person (kg) Household recycling rate Total trade rubbish",
    "Authority 2006-07 2007-08 2006-07 2007-08 2006-07 2007-08",
    "Harwich DC 507.50 483.60 40.00 41.64 23,366 25,014",
    "City of Truro 570.20 700.09 28.19 33.39 39,091 34,950",
    "Bude 396.40 406.91 11.75 13.04 0 0",
    "Newquay 448.60 474.64 13.58 14.40 30,707 28,287",
]
TRIALS = [
    "Work trials finished, April 2009 to July 2009",
    "Region April May June July",
    "Anglia 18 53 31 41",
    "Mercia 81 82 92 120",
    "Wessex 26 56 87 117",
]
AWARDS = [
    "Awards to students in each year",
    "Academic year Number of awards Average (£)",
    "Bath-upon-Avon",
    "2006-07 1,110 1,550",
    "2007-08 1,390 1,860",
    "2008-09 1,440 2,240",
    "England",
    "2006-07 333,000 1,660",
    "2007-08 404,000 2,000",
    "2008-09 453,000 2,290",
]
CLOSED = [
    "Claims closed without damages",
    "Closure Number of claims Defence costs paid (£)",
    "2006-07 2,910 9,183,562",
    "2007-08 2,650 10,748,887",
    "2008-09 2,338 8,112,917",
]
STAFF = [
    "Staff in post at 31 March",
    "Headcount 2007 2008 2009",
    "Jobcentres 519 385 169",
    "Corporate and shared services 199 147 457",
]
WRONG = [
    ("Shared services had 199 staff in 2008.", STAFF, "199"),
    ("Trials in Mercia rose from 81 in May to 120 two months later.", TRIALS, "81"),
    ("Catches at Peterhead rose from 11,870 tonnes in 2014 to 13,940.", LANDINGS, "13,940"),
    ("Brixham took 3,520 tonnes, up from 3,440 in 2014.", LANDINGS, "3,440"),
    ("Nationally 453,000 were helped, up from 333,000 the year before.", AWARDS, "333,000"),
    ("Awards in Bath-upon-Avon doubled in two years to 1,440.", AWARDS, "doubled"),
    ("Awards in England came to 404,000 in 2006-07.", AWARDS, "404,000"),
    (
        "The City of Truro threw away most in 2007-08, 570kg of rubbish per person.",
        RUBBISH,
        "570kg of rubbish per person",
    ),
    ("Newquay had the lowest household recycling rate in 2007-08, 14.4 per cent.", RUBBISH, "lowest"),
    ("Trials in Wessex peaked at 117 in June.", TRIALS, "117"),
    ("Anglia had the fewest trials in April, just 31.", TRIALS, "31"),
    ("Trials in Mercia tripled between April and July, to 120.", TRIALS, "tripled"),
    ("Full-time wardens climbed from 1,310 to 1,256.", WARDENS, "1,310"),
    ("There were 1,482 wardens in March 2009, almost 150 more than in 2007.", WARDENS, "150"),
    ("Some 172 wardens were part-time in March 2009, three times as many as in 2007.", WARDENS, "three times"),
    ("There were 1,482 wardens on 31 March 2009, up from 1,314 twelve months earlier.", WARDENS, "1,314"),
    ("Full-time wardens rose by 83 in the year to March 2009.", WARDENS, "83"),
    ("The cost of relief would almost double to £2.55 billion in 2012-13.", RELIEF, "£2.55 billion"),
    ("People from the European Union numbered 1.6 million in 1997.", PEOPLE, "1.6 million"),
    ("Some 78 per cent of men finished welding in 2007.", TRAINED, "78 per cent"),
    ("Town museums had 4,610 visits in 2012.", VISITS, "4,610"),
    ("In Canterbury 45 people had claimed for over six months in December 2008.", CLAIMS, "45"),
    ("Moorland got £4.4 million in 2002.", FIELDS, "£4.4 million"),
    (
        "More went to Brookside than to any other farm in 2003, £1.8 million.",
        FIELDS,
        "More went to Brookside than to any other",
    ),
    ("Hilltop accounted for a half of the total paid in 2003.", FIELDS, "a half"),
    ("Boats landed 4,530 tonnes at Newlyn in 2017.", LANDINGS, "4,530 tonnes"),
    ("Newlyn took in 2,310 tonnes in 2016.", LANDINGS, "2,310 tonnes"),
    ("Landings at Peterhead rose by 40 per cent between 2014 and 2017.", LANDINGS, "40 per cent"),
    ("Landings at Newlyn rose from 1,730 tonnes to 2,260.", LANDINGS, "1,730 tonnes"),
    ("Peterhead accounted for more than three quarters of the total in 2017.", LANDINGS, "three quarters"),
    ("Lerwick was the largest port in 2017, with 4,530 tonnes.", LANDINGS, "largest"),
    ("Brixham peaked at 3,520 tonnes in 2017.", LANDINGS, "peaked"),
    ("Libraries lent 27,900 films in 2012-13.", LOANS, "27,900"),
    ("Loans of books fell by a third between 2009-10 and 2012-13.", LOANS, "a third"),
    ("Loans of films more than doubled from 2009-10 to 2012-13.", LOANS, "doubled"),
    ("Museums in Leeds got £3.05 million in 2004.", GRANTS, "£3.05 million"),
    ("Leeds got the lowest grant in 2006.", GRANTS, "lowest"),
    ("At Northgate 92.8 per cent were seen in time in the third quarter.", HOURS, "92.8 per cent"),
]
UNWORKABLE = [  # nothing in the table gives these, though the claim does not say which of its figures are meant
    ("The corps of wardens and rangers has grown by a half since 2007.", WARDENS, "a half"),
    ("The harbour accounted for almost half of the 26,030 tonnes.", LANDINGS, "half"),
    ("The northern port took three times as much as the 4,530 tonnes of Lerwick in 2017.", LANDINGS, "three times"),
]
RIGHT = [
    ("Shared services trebled in a year to 457.", STAFF),
    ("Trials in Mercia rose from 82 in May to 120 two months later.", TRIALS),
    ("Catches at Peterhead rose from 11,870 tonnes in 2014 to 16,250.", LANDINGS),
    ("Catches at Brixham rose from 2,910 tonnes in 2014 to 3,610 before they fell.", LANDINGS),
    ("Brixham took 3,520 tonnes, up from 2,910 in 2014.", LANDINGS),
    ("Nationally 453,000 were helped, up from 404,000 the year before.", AWARDS),
    ("Awards in Bath-upon-Avon rose by three tenths in two years to 1,440.", AWARDS),
    ("On average they got £2,240 in 2008-09, £50 less than students across England.", AWARDS),
    ("In the borough the average came to £1,550 in 2006-07.", AWARDS),
    ("The country gained 453,000 awards in 2008-09.", AWARDS),
    ("The average cost of a claim was about £3,500.", CLOSED),
    ("Brixham was the largest port of those in the south in 2017, with 3,520 tonnes.", LANDINGS),
    ("The City of Truro threw away most in 2007-08, 700kg of rubbish per person.", RUBBISH),
    ("Bude had the lowest household recycling rate in 2007-08, 13 per cent.", RUBBISH),
    ("Trials in Wessex rose to 117 in July.", TRIALS),
    ("Anglia had the fewest trials in April, just 18.", TRIALS),
    ("Trials in Mercia rose by half between April and July, to 120.", TRIALS),
    ("There were 1,482 wardens in March 2009, almost 170 more than in 2007.", WARDENS),
    ("Some 172 wardens were part-time in March 2009, half as many again as in 2007.", WARDENS),
    ("There were 1,482 wardens on 31 March 2009, up from 1,399 twelve months earlier.", WARDENS),
    ("Full-time wardens rose by 54 in the year to March 2009.", WARDENS),
    ("The corps of wardens and rangers has grown by an eighth since 2007.", WARDENS),
    ("The cost of relief would almost double to £3.1 billion in 2012-13.", RELIEF),
    ("Over the three years it would come to £7.25 billion.", RELIEF),
    ("People from the rest of the world numbered just over one million in 1997.", PEOPLE),
    ("The harbour accounted for almost two thirds of the 26,030 tonnes.", LANDINGS),
    ("Newlyn and Brixham made up about a fifth of the 26,030 tonnes.", LANDINGS),
    ("Leeds got £1.48 million in 2004 and twice as much a year later.", GRANTS),
    ("Landings at Brixham have grown by a fifth in three years.", LANDINGS),
    ("The harbour took more than three and a half times as much as the 4,530 tonnes of Lerwick in 2017.", LANDINGS),
    ("Some 78 per cent of women finished welding in 2007.", TRAINED),
    ("Catering courses for women rose from 81 per cent in 2005 to 85.", TRAINED),
    ("Town museums had 2,039 visits in 2012.", VISITS),
    ("In Canterbury 95 people had claimed for over six months in December 2008.", CLAIMS),
    ("Moorland got £5.2 million in 2002, £820,000 more than Brookside.", FIELDS),
    ("More went to Moorland than to any other farm in 2003, £2.4 million.", FIELDS),
    ("Hilltop accounted for a third of the total paid in 2003.", FIELDS),
    ("Payments came to £12.6 million in 2001.", FIELDS),
    ("Boats landed 4,530 tonnes at Lerwick in 2017.", LANDINGS),
    ("Newlyn took in 2,050 tonnes in 2016, down from 2,310 the year before.", LANDINGS),
    ("Landings at Peterhead rose by 37 per cent between 2014 and 2017.", LANDINGS),
    ("Landings at Newlyn fell from 2,260 tonnes to 1,730.", LANDINGS),
    ("Peterhead accounted for more than three fifths of the total in 2017.", LANDINGS),
    ("Peterhead was the largest port in 2017, with 16,250 tonnes.", LANDINGS),
    ("Brixham peaked at 3,610 tonnes in 2016.", LANDINGS),
    ("Brixham was third with 3,520 tonnes in 2017.", LANDINGS),
    ("Libraries lent 19,600 films in 2012-13.", LOANS),
    ("Loans of books fell by 15 per cent between 2009-10 and 2012-13.", LOANS),
    ("Loans of films fell by more than a third from 2009-10 to 2012-13.", LOANS),
    ("Museums in Leeds got £1.48 million in 2004.", GRANTS),
    ("Museums in Leeds got £1.5 million in 2004, and twice as much the next year.", GRANTS),
    ("Leeds got the lowest grant in 2003.", GRANTS),
    ("At Southmead 92.8 per cent were seen in time in the third quarter.", HOURS),
    ("The harbour took 12,310 tonnes, the best catch for years.", LANDINGS),
]


GOING_ON = [  # the sentence before, the claim, and what it gets wrong of the same year, or nothing
    ("Peterhead landed 16,250 tonnes in 2017.", "Brixham came to 3,610 tonnes.", "3,610 tonnes"),
    ("Peterhead rose from 13,940 tonnes to 16,250.", "Newlyn took just 2,050 tonnes.", "2,050 tonnes"),
    ("Peterhead landed 16,250 tonnes in 2017.", "Brixham came to 3,520 tonnes.", ""),
    ("Peterhead landed 11,870 tonnes in 2014.", "Brixham came to 2,910 tonnes.", ""),
    ("Peterhead landed 16,250 tonnes in 2017.", "Brixham peaked at 3,610 tonnes.", ""),
    ("Peterhead landed 16,250 tonnes in 2017.", "Newlyn fell from 2,050 tonnes to 1,730.", ""),
    ("Peterhead landed 16,250 tonnes in 2017.", "A year earlier Brixham had 3,610 tonnes.", ""),
    ("The catch was good.", "Brixham came to 3,610 tonnes.", ""),
]


def findings_of(claim: str, lines: list[str], before: str = "") -> tuple[Finding, ...]:
    passages = [read(text, passage=place) for place, text in enumerate(lines)]
    document = read_whole(passages)
    first = compare_figures(read(claim), passages[:1])
    asked = ask_whole_document(read(claim), first, document)
    return look_up_tables(read(claim), asked, passages, document.grids, before=before)


@pytest.mark.parametrize(("before", "claim", "surface"), GOING_ON)
def test_a_sentence_goes_on_in_the_year_of_the_one_before(before: str, claim: str, surface: str) -> None:
    loud = [one for one in findings_of(claim, LANDINGS, before) if one.effect is Effect.CONTRADICTS]
    assert [one.claimed.surface for one in loud] == ([surface] if surface else [])


@pytest.mark.parametrize(("claim", "lines", "surface"), UNWORKABLE)
def test_what_no_cells_give_is_not_stated(claim: str, lines: list[str], surface: str) -> None:
    [finding] = [one for one in findings_of(claim, lines) if one.claimed.surface == surface]
    assert (finding.effect, finding.severity) == (Effect.NOT_STATED, Severity.MEDIUM)


@pytest.mark.parametrize(("claim", "lines", "surface"), WRONG)
def test_another_row_column_or_result_is_named(claim: str, lines: list[str], surface: str) -> None:
    wrong = [one for one in findings_of(claim, lines) if one.effect is Effect.CONTRADICTS]
    assert surface in {one.claimed.surface for one in wrong}
    assert all(one.official is not None and one.official.value in one.explanation for one in wrong)


@pytest.mark.parametrize(("claim", "lines"), RIGHT)
def test_what_a_table_bears_out_raises_no_alarm(claim: str, lines: list[str]) -> None:
    loud = [one for one in findings_of(claim, lines) if one.severity in {Severity.MEDIUM, Severity.HIGH}]
    assert loud == []
