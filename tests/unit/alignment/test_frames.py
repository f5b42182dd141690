"""What frames a claim."""

import pytest

from headwater.alignment.frames import find_frame
from headwater.domain.facts import Annotated
from headwater.domain.spans import MappedText
from headwater.extraction.facts import extract_facts

CASES = [
    ("LONDON, Nov 3 - Ferry fares fell.", ["LONDON, Nov 3 - "]),
    ("CARDIFF — Ferry fares fell.", ["CARDIFF — "]),
    ("OSLO (Reuters) - Ferry fares fell.", ["OSLO (Reuters) - "]),
    ("Ferry fares fell.", []),
    ("NATO ministers met - and agreed.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_dateline_tells_nothing(text: str, expected: list[str]) -> None:
    frame = find_frame(Annotated(MappedText.identity(text), extract_facts(text)))
    assert [span.slice(text) for span in frame.teller] == expected


def test_an_attribution_and_a_date_are_framing() -> None:
    text = "Ferry fares fell on Tuesday, the ministry said."
    frame = find_frame(Annotated(MappedText.identity(text), extract_facts(text)))
    assert frame.teller
    assert [span.slice(text) for span in frame.dates] == ["Tuesday"]
