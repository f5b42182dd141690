import pytest

from headwater.corpus.passages import slice_passages
from headwater.corpus.turns import ends_turn, find_turn
from headwater.domain.documents import SpeakerBasis

RECORD = """HONORING CONSTANTINO BRUMIDI

Mr. MICA. Mr. Speaker, I move to agree to the resolution.

The Clerk read as follows:

Resolved by the House, That the rotunda may be used on July 26, 2005.

The SPEAKER pro tempore. The Chair recognizes the gentleman from Florida.

Mr. MICA. Mr. Speaker, it cost $4.5 million.

He worked there for 11 months.

EXECUTIVE SESSION

The Senate met at 10 a.m."""


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        ("Mr. WARNER. Mr. President, on Monday the committee met.", "Mr. WARNER"),
        ("Ms. ROS-LEHTINEN. Madam Speaker, I rise.", "Ms. ROS-LEHTINEN"),
        ("Mr. DAVIS of Illinois. I thank the gentleman.", "Mr. DAVIS of Illinois"),
        ("Mr. McCONNELL. “We agree.”", "Mr. McCONNELL"),
        ("Mrs. JACKSON LEE of Texas. I yield.", "Mrs. JACKSON LEE of Texas"),
        ("The PRESIDING OFFICER (Mr. Smith). Without objection.", "The PRESIDING OFFICER"),
        ("Mr. Warner met the President. He left.", ""),
        ("Mr. WARNER met the President.", ""),
        ("MR. SPEAKER. A vote was held.", ""),
        ("The SPEAKER of the House spoke.", ""),
        ("By Mr. WARNER:", ""),
    ],
)
def test_who_begins_to_speak(paragraph: str, speaker: str) -> None:
    assert find_turn(paragraph) == speaker


def test_what_is_put_in_the_record_is_not_said() -> None:
    assert ends_turn("There being no objection, the letter was ordered to be printed in the Record, as follows:")
    assert ends_turn("The bill reads as follows:")
    assert not ends_turn("The figures follow:")


@pytest.mark.parametrize(
    ("paragraph", "ends"),
    [
        ("Mr. DOE. Mr. Speaker, I submit the following eulogies honoring J.J. Roe.", True),
        ("Mr. DOE. Madam Speaker, I would like to insert the following letter from the town council:", True),
        ("Mr. Speaker, I include for the record the following article on farm aid.", True),
        ("Mr. Speaker, I ask to enter the following tribute by his daughter.", True),
        ("Mr. DOE. Mr. Speaker, I submit that the following letter was never sent to us, and I said so.", False),
        ("Mr. Speaker, I rise to honor the following graduates of the academy.", False),
        ("Mr. Speaker, the following article says that we offered nothing. I disagree.", False),
        ("Mr. Speaker, I submit this statement on behalf of the town.", False),
    ],
)
def test_what_is_put_in_the_record_ends_the_turn(paragraph: str, ends: bool) -> None:
    assert ends_turn(paragraph) is ends


def test_a_report_of_proceedings() -> None:
    said = [(part.speaker, part.speaker_basis, part.text[:20]) for part in slice_passages(RECORD)]
    report, unknown = SpeakerBasis.HANSARD_ITEM, SpeakerBasis.UNKNOWN
    assert said == [
        ("", unknown, "HONORING CONSTANTINO"),
        ("Mr. MICA", report, "Mr. MICA. Mr. Speake"),
        ("Mr. MICA", report, "The Clerk read as fo"),
        ("", unknown, "Resolved by the Hous"),
        ("The SPEAKER pro tempore", report, "The SPEAKER pro temp"),
        ("Mr. MICA", report, "Mr. MICA. Mr. Speake"),
        ("Mr. MICA", report, "He worked there for "),
        ("", unknown, "EXECUTIVE SESSION"),
        ("", unknown, "The Senate met at 10"),
    ]
