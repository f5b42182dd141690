# Bounds in nouns against bounds in hedges.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("Shops risk a fine of up to $5,000.", "Shops are liable to a maximum penalty of $5,000.", "equal"),
        ("Shops face a minimum fine of $5,000.", "Shops face a maximum fine of $5,000.", "hedge_flipped"),
        ("Shops face a minimum fine of $5,000.", "Shops face a fine of at least $5,000.", "equal"),
        ("Shops face a maximum fine of $5,000.", "Shops face a maximum fine of $5,000.", "equal"),
        ("The lowest for more than 50 years.", "The lowest level in over 50 years.", "equal"),
    ],
)
def test_limits(claim: str, official: str, expected: str) -> None:
    (finding,) = compare_figures(read(claim), [read(official, None, 0)])
    assert finding.kind == expected
