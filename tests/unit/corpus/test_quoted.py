# Who speaks in paragraphs that are mostly somebody's words, told by the paragraphs around them.
import pytest

from headwater.corpus.passages import slice_passages
from headwater.corpus.quoted import find_quoted_speakers

CASES = [
    (["“The bridge will open in May,” said Jane Roe.", "“It was built in a year.”"], {0: "Jane Roe", 1: "Jane Roe"}),
    (["Jane Roe chairs the board.", "“The bridge will open in May,” she added."], {1: "Jane Roe"}),
    (["Jane Roe said the bridge was “well built” and would open in May, after two years of work."], {}),
    (["“We are ready,” said Jane Roe. “So are we,” said Tom Lee."], {}),
    (["The bridge opens in May.", "It was built in a year."], {}),
    (["“Nobody knows.”"], {}),
    ([], {}),
]


@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_speakers_of_paragraphs(texts: list[str], expected: dict[int, str]) -> None:
    assert find_quoted_speakers(texts) == expected


def test_a_passage_that_goes_on_with_a_quotation_has_its_speaker() -> None:
    text = '"The bridge will open in May," Mr Lee said.\n\n"It was built in a year.\n\nThe board meets in June.'
    assert [cut.speaker for cut in slice_passages(text)] == ["Mr Lee", "Mr Lee", ""]


def test_a_speech_keeps_its_speaker() -> None:
    text = "I asked her in May.\n\nShe told me: “The bridge is safe and will stay so.”"
    assert [cut.speaker for cut in slice_passages(text, speaker="Tom Lee")] == ["Tom Lee", "Tom Lee"]
