import pytest

from headwater.corpus.lead_ins import find_author, find_lead_in
from headwater.corpus.passages import slice_passages


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Prime Minister said:", "Prime Minister"),
        ("Home Secretary Yvette Cooper said:", "Home Secretary Yvette Cooper"),
        ("Home Secretary, Yvette Cooper, said:", "Home Secretary, Yvette Cooper"),
        ("Speaking in Glasgow, the Prime Minister said:", "the Prime Minister"),
        ("Commenting on the figures, on Thursday, Dame Jo Lee also said:", "Dame Jo Lee"),
        ("In a statement, a spokesperson for No 10 said:", "a spokesperson for No 10"),
        ("The minister told MPs on Monday:", "The minister"),
        ("It rose by 3%. Chancellor Rachel Reeves said:", "Chancellor Rachel Reeves"),
        ("Asha Rao, adviser to the Are You Ready campaign, said:", "Asha Rao, adviser to the Are You Ready campaign"),
        ("She added:", "She"),
        ("Then the Secretary of State said:", "the Secretary of State"),
        ("Age Concern and Help the Aged have publicly stated:", "Age Concern and Help the Aged"),
        ("Jo Lee of the New West End Company—one of many—has said:", "Jo Lee of the New West End Company"),
        # Announced, but nobody is named that can be told.
        ("I wish to read into the record what he said:", ""),
        ("Lord Lloyd, moved an equivalent amendment in Committee, he said:", ""),
        ("Page 22 of the report says:", ""),
        ("A new Civil Service Rule XI is added:", ""),
        ("Appendix G-II-D-4-p currently states:", ""),
        ("these said:", ""),
    ],
)
def test_names_the_speaker(line: str, speaker: str) -> None:
    found = find_lead_in(line)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    "line",
    [
        "The figures are as follows:",
        "Notes to editors:",
        "Prime Minister said",
        "The following aid was said “given”:",
        ":",
        "said:",
        "",
    ],
)
def test_finds_none(line: str) -> None:
    assert find_lead_in(line) is None


def test_a_verb_away_from_the_colon_is_not_tight() -> None:
    loose, tight = find_lead_in("The report said the following is needed:"), find_lead_in("The report said:")
    assert loose is not None
    assert tight is not None
    assert (loose.is_tight, tight.is_tight) == (False, True)


AUTHORS = [
    ("Home Secretary Ada Poole issued the following statement:", "Home Secretary Ada Poole"),
    (
        "The Minister of State (Paul Ray) has today made the following Written Ministerial Statement.",
        "The Minister of State (Paul Ray)",
    ),
    ("Today, President Lee Marr released the following message on the flood:", "President Lee Marr"),
    ("The board made the following changes.", ""),
    ("We issued the following guidance in May.", ""),
    ("It is one of those days when he made the following speech.", ""),
]


@pytest.mark.parametrize(("paragraph", "author"), AUTHORS)
def test_author_of_the_statement_that_follows(paragraph: str, author: str) -> None:
    assert find_author(paragraph) == author


def test_everything_behind_the_announcement_is_its_authors() -> None:
    text = "The Minister (Paul Ray) has made the following statement.\n\nI am opening a new bridge.\n\nIt is long."
    assert [cut.speaker for cut in slice_passages(text)] == ["", "The Minister (Paul Ray)", "The Minister (Paul Ray)"]


def test_a_statement_laid_by_one_minister_for_another_is_the_others() -> None:
    text = (
        "My hon. friend the Minister (Paul Ray) has today made the following Ministerial Statement.\n\nI am opening it."
    )
    assert [cut.speaker for cut in slice_passages(text, speaker="Lord Vane")][1:] == [
        "My hon. friend the Minister (Paul Ray)"
    ]
