# Which of two equal figures is meant: the one with the claim's hedge, the one that keeps its bound, the revised one.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read

QUIET = [
    (
        "Just over half used a mobile phone to go online.",
        ["Almost half of adults read the news online.", "Adults who used a mobile phone to go online rose to 51%."],
    ),
    (
        "The fall in output was revised to 0.5% from 0.8%.",
        ["Output was revised from a fall of 0.8% to a fall of 0.5%."],
    ),
    (
        "More than 6.8 million people in the country were given a jab.",
        ["The country had immunised 1.3 million people; now that figure has grown to exceed 6.8 million people."],
    ),
]


@pytest.mark.parametrize(("claim", "passages"), QUIET)
def test_the_figure_that_is_meant_agrees(claim: str, passages: list[str]) -> None:
    found = compare_figures(read(claim), [read(text, passage=place + 1) for place, text in enumerate(passages)])
    assert not [f.rule for f in found if f.effect.value == "contradicts" or f.severity.value == "high"]


def test_a_bound_turned_round_is_still_told() -> None:
    found = compare_figures(
        read("Just over half of adults read the news online."), [read("Almost half of adults read the news online.")]
    )
    assert [f.rule for f in found] == ["FIG-HEDGE-FLIPPED"]
