# A figure that stands in the source word for word, in words that no reader took for a figure.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.same_words import find_same_words
from unit.comparison.reading import read

CLAIM = "One patient tested in the earlier 28 days died."


@pytest.mark.parametrize(
    ("official", "expected"),
    [
        ("One patient tested in the previous 28 days died.", "28 days"),
        ("One patient tested in the previous 28  days died.", "28  days"),
        ("One patient tested in the previous 128 days died.", None),
        ("The port closed for the previous 28 days.", None),
        ("", None),
    ],
)
def test_same_words(official: str, expected: str | None) -> None:
    claimed = next(c for c in read_contexts(read(CLAIM)) if c.figure.surface == "28 days")
    found = find_same_words(claimed, [read(official)])
    assert (found and found.span.slice(official)) == expected
