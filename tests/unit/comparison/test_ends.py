# Ranges that one side writes end by end.
import pytest

from headwater.comparison.figures import compare_figures
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("claim", "official", "expected"),
    [
        ("The target range stays at zero to 0.25%.", "The target range stays at 0 to 1/4 percent.", "agrees"),
        ("The homes have between two and four bedrooms.", "The homes have 2, 3 and 4 bedrooms.", "agrees"),
        ("The target range stays at 0.25%.", "The target range stays at 0 to 1/4 percent.", "shifts"),
    ],
)
def test_ends(claim: str, official: str, expected: str) -> None:
    findings = compare_figures(read(claim), [read(official, None, 0)])
    assert findings[-1].effect == expected
