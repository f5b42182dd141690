# A number that the document has, though no word says that it is the claim's: the source does state it.
from datetime import date

import pytest

from headwater.comparison.figures import compare_figures
from headwater.comparison.whole_document import ask_whole_document, read_whole
from unit.comparison.reading import read

CASES = [
    # claimed, official paragraphs, the kind of its finding
    (
        "Staff saw about 43 holders of island passports.",
        ["The governor spoke.", "The yearly round of gaols is over, covering around 43 prisoners."],
        "stated_elsewhere",
    ),
    (
        "Seventeen council areas move to the top tier.",
        ["Thank you.", "That is why 17 local authorities enter level 4."],
        "stated_elsewhere",
    ),
    (
        "Five naval experts joined the inquiry.",
        ["The minister spoke.", "We were pleased to contribute five specialist personnel."],
        "stated_elsewhere",
    ),
    (
        "She keeps 14 goats.",
        ["The farm is old.", "Fourteen animals browse the steep meadow."],
        "stated_elsewhere",
    ),
    # nowhere
    (
        "Staff saw about 46 holders of island passports.",
        ["The round is over, covering around 43 prisoners."],
        "not_stated",
    ),
    ("Eighteen council areas move up.", ["That is why 17 local authorities enter level 4."], "not_stated"),
    # in too many places to mean anything
    (
        "She keeps 6 goats.",
        [
            "The farm is old.",
            *(f"The {room} has 6 rows." for room in ("hall", "attic", "shed", "barn", "nave")),
        ],
        "not_stated",
    ),
    # where the words have another number for it
    (
        "The choir sold 340 tickets for the concert.",
        ["The choir sold 430 tickets for the concert.", "The baker made 340 loaves."],
        "value_differs",
    ),
]


@pytest.mark.parametrize(("claimed", "official", "expected"), CASES)
def test_a_number_that_the_document_has_is_not_said_to_be_missing(
    claimed: str, official: list[str], expected: str
) -> None:
    claim = read(claimed, date(2020, 5, 1))
    passages = tuple(read(one, date(2020, 5, 1), place) for place, one in enumerate(official))
    findings = ask_whole_document(claim, compare_figures(claim, passages[:1]), read_whole(passages))
    assert [finding.kind for finding in findings][:1] == [expected]
