"""The writer's own remarks, and statements that only look like them."""

import pytest

from headwater.domain.claims import ClaimKind
from headwater.domain.spans import MappedText
from headwater.segmentation.claims import segment_claims

REMARKS = [
    "Attention will shift to the Senate in the new year.",
    "All eyes are now on the central bank.",
    "Whether the ferry ever sails again is anyone's guess.",
    "Voters will be the judges of whether it worked.",
    "Few would argue with that.",
    "Not many towns of its size can claim the same.",
    "The dispute over the bypass looks set to rumble on.",
    "How the county will pay for it is another matter.",
    "The decision is likely to anger farmers.",
    "It is hard to see how the port could have stayed open.",
    "Little wonder that the shelves were empty.",
    "For commuters it will be cold comfort.",
    "That is easier said than done.",
    "The question now is who will run the line.",
    "It is unlikely to be the last such closure.",
    "Behind those totals lies another story.",
    "The survey paints a different picture.",
    "It is the kind of project that engineers love.",
    "Nobody in the town would bet on it.",
]
STATEMENTS = [
    "The judges will meet in March to choose a winner.",
    "The minister turned to the question of fees.",
    "The army is likely to withdraw by June.",
    "The court is expected to rule on Friday.",
    "The row of houses is set back from the road.",
    "Officials watched the river closely during the flood.",
    "Not every school will receive a grant.",
    "The committee said that the story of the mine was recorded in 1912.",
    "Prices are sure to be checked by inspectors under the law.",
    "The dispute was settled in May.",
]


def kinds(text: str) -> set[ClaimKind]:
    return {claim.kind for claim in segment_claims(MappedText.identity(text))}


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_is_framing(text: str) -> None:
    assert kinds(text) == {ClaimKind.FRAMING}


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_is_none(text: str) -> None:
    assert kinds(text) == {ClaimKind.STATEMENT}
