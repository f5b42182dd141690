# Numbers of tables whose unit stands in the caption, the head or a row above.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from unit.comparison.reading import read

COINS = [
    "The mint announces the prices of its gold coins.",
    "$950.00 to $999.99 | 1/2 oz | | | $740.00",
    "| 1/4 oz | | $397.50 |",
    "| 1/10 oz | $180.00 | |",
    "$1,000.00 to $1,049.99 | 1/2 oz | | | 765.00",
    "| 1/4 oz | | 410.00 |",
    "| 1/10 oz | 185.00 | |",
]
HOMES = [
    "Percentages of services meeting the standards, care homes for older people",
    "NMS 2002-03 2003-04 2004-05 2005-06",
    "Healthcare 73 78 81 86",
    "Both standards met or exceeded 62 67 70 79",
]
AID = ["Table 2: aid by country, £ thousand", "Country 2007 2008", "Malawi 4,120 5,310", "Zambia 2,960 3,480"]
STAFF = ["Staff by grade", "Grade Men Women", "Clerks 1,240 2,310", "Managers 310 180"]
TABLED = [
    ("The smallest gold coin will cost $185.", COINS, "$185"),
    ("Gold coins of a quarter ounce go for $410.", COINS, "$410"),
    ("The share of homes that met both standards rose to 79%.", HOMES, "79%"),
    ("In healthcare, 86 per cent of homes were up to standard.", HOMES, "86 per cent"),
    ("Malawi got £5.3 million in aid.", AID, "£5.3 million"),
    ("Nearly eight in ten homes met both standards.", HOMES, "eight in ten"),
    ("For healthcare that is a rise of 13 percentage points.", HOMES, "13 percentage points"),
    ("Some 2,310 clerks are women.", STAFF, "2,310"),
]
UNTABLED = [
    ("The smallest gold coin will cost $195.", COINS, "$195"),
    ("The smallest gold coin will cost €185.", COINS, "€185"),
    ("The share of homes that met both standards rose to 75%.", HOMES, "75%"),
    ("Homes were fined £86.", HOMES, "£86"),
    ("Malawi got £5.9 million in aid.", AID, "£5.9 million"),
    ("Some 2,410 clerks are women.", STAFF, "2,410"),
    ("Zambia got £5.3 million in aid.", AID, "£5.3 million"),
    ("The share of homes up to scratch on healthcare rose to 79%.", HOMES, "79%"),
    ("For healthcare that is a rise of 15 percentage points.", HOMES, "15 percentage points"),
]


def kind_of(claim: str, paragraphs: list[str], surface: str) -> str:
    passages = [read(text, passage=place) for place, text in enumerate(paragraphs)]
    findings = ask_whole_document(read(claim), compare_figures(read(claim), passages[:1]), read_whole(passages))
    return next(finding.kind for finding in findings if surface in finding.claimed.surface)


@pytest.mark.parametrize(("claim", "paragraphs", "surface"), TABLED)
def test_a_number_of_a_table_is_no_invention(claim: str, paragraphs: list[str], surface: str) -> None:
    assert kind_of(claim, paragraphs, surface) not in {"not_stated", "value_differs"}


@pytest.mark.parametrize(("claim", "paragraphs", "surface"), UNTABLED)
def test_a_number_that_no_table_of_its_unit_has_is(claim: str, paragraphs: list[str], surface: str) -> None:
    assert kind_of(claim, paragraphs, surface) not in {"may_follow", "equal"}
