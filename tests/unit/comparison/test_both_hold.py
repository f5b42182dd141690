import pytest

from headwater.comparison.polarity import compare_polarity
from headwater.domain.facts import Annotated
from headwater.domain.findings import Severity
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts


def annotate(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), extract_facts(text))


def loud(claimed: str, official: str) -> list[str]:
    found = compare_polarity(annotate(claimed), [annotate(official)])
    return [finding.rule for finding in found if finding.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        (
            "Victoria, Queensland and Western Australia have still not joined.",
            "It is now time for Victoria, Queensland and Western Australia to join with New South Wales in the plan.",
        ),
        (
            "Hungary and Slovakia have not ratified the treaty.",
            "The Commission calls on Hungary and Slovakia to ratify the treaty without delay.",
        ),
        ("The council has yet to publish the report.", "The council must publish the report by the end of May."),
        (
            "The bank did not disclose the losses to investors.",
            "The bank should disclose the losses to investors, the regulator said.",
        ),
        ("The ministry has not repaired the bridge.", "The ministry will repair the bridge next summer."),
        ("The council must publish the report by May.", "The council has not published the report."),
        (
            "Strip out London and the British figure drops to 1.4%.",
            "Rental prices for Great Britain excluding London grew by 1.4% in the same period.",
        ),
        ("Inflation dropped to 1.4% in December.", "Consumer prices rose by 1.4% in the year to December 2014."),
        (
            "Growth in retail sales fell back to 2.6% in March.",
            "Retail sales increased 2.6% in March 2015 compared with March 2014.",
        ),
    ],
)
def test_what_reads_opposite_may_both_hold(claimed: str, official: str) -> None:
    assert loud(claimed, official) == []


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("Hungary and Slovakia have not ratified the treaty.", "Hungary and Slovakia have ratified the treaty."),
        ("The council will not publish the report.", "The council will publish the report by the end of May."),
        ("The bank did not disclose the losses to investors.", "The bank disclosed the losses to investors in March."),
        ("Rental prices outside London fell by 1.4%.", "Rental prices for Great Britain outside London grew by 1.4%."),
        ("Excluding energy, output fell by 0.3%.", "Output excluding energy rose by 0.3% in May."),
        ("The jobless rate in Leeds rose to 4.1% in May.", "The jobless rate in Leeds fell to 4.1% in May."),
        ("The jobless rate in Leeds rose to 4.1%.", "The jobless rate in Leeds fell by 0.2 points to 4.1%."),
        ("The ministry did not manage to repair the bridge.", "The ministry managed to repair the bridge."),
    ],
)
def test_what_denies_the_other_is_told(claimed: str, official: str) -> None:
    assert loud(claimed, official)


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        (
            "The ships are to be built abroad.",
            ("The plan shall show how ships will then be built domestically.", "Four ships may be built abroad."),
        ),
        (
            "Protests in the capital were violent.",
            ("Protests in the capital were peaceful.", "Protests of the same day elsewhere were violent."),
        ),
    ],
)
def test_what_another_sentence_says_in_the_claims_own_word_is_left_open(
    claimed: str, official: tuple[str, str]
) -> None:
    first, second = official
    assert loud(claimed, first)
    assert compare_polarity(annotate(claimed), [annotate(first), annotate(second)]) == ()


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("Applications close at noon on February 10.", "Applications are now open to schools in Africa."),
        ("The gallery closes on Sunday.", "The gallery is open to all visitors."),
        ("Bids for the ferry contract close in June.", "Bids for the ferry contract opened last week."),
        (
            "Nobody may apply for the award and a scholarship at the same time.",
            "The rules for the award differ from those for a scholarship.",
        ),
        ("The bank and the mint shut on the same day.", "The bank and the mint have different rules."),
    ],
)
def test_what_is_open_closes_one_day_and_the_same_time_is_no_likeness(claimed: str, official: str) -> None:
    assert not loud(claimed, official)


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("Applications close on February 10.", "Applications open on February 10."),
        ("The gallery is closed to visitors.", "The gallery is open to visitors."),
        ("The border will close to lorries.", "The border will open to lorries."),
        (
            "The rules for ferries are the same as those for barges.",
            "The rules for ferries differ from those for barges.",
        ),
    ],
)
def test_what_is_open_is_not_closed_and_what_differs_is_not_the_same(claimed: str, official: str) -> None:
    assert loud(claimed, official)


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        (
            "Hiring has slowed since early last year.",
            "Job gains have moderated since early last year but remain strong.",
        ),
        ("Hiring has slowed since spring.", "Hiring has been strong since spring."),
        (
            "The course at the embassy in Tokyo ended on Saturday.",
            "The embassy in Tokyo continues to work with lawyers.",
        ),
        ("No other woman has held the seat of Leeds.", "She is the only woman to have held the seat of Leeds."),
        (
            "Leave out food and fuel and inflation is near 2 per cent.",
            "Inflation for items other than food remains near 2.",
        ),
    ],
)
def test_what_is_said_of_another_matter_is_no_opposite(claimed: str, official: str) -> None:
    assert not loud(claimed, official)


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("The course at the embassy in Tokyo ended in May.", "The course at the embassy in Tokyo continues in May."),
        ("No woman has held the seat of Leeds.", "A woman has held the seat of Leeds."),
        ("Hiring has been weak since spring.", "Hiring has been strong since spring."),
    ],
)
def test_what_is_said_of_the_same_matter_still_is(claimed: str, official: str) -> None:
    assert loud(claimed, official)
