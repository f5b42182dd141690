# Which date a figure is given for, and which it is compared with.
import pytest

from headwater.comparison.contexts import read_contexts
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("text", "periods", "bases"),
    [
        ("Sales were £4m in May 2024.", ["May 2024"], [None]),
        ("In May 2024, sales were £4m.", ["May 2024"], [None]),
        ("In May 2024 sales were £4m and costs £3m.", ["May 2024", "May 2024"], [None, None]),
        ("Sales were £4m in May 2024, down from £5m in April 2024.", ["May 2024", "April 2024"], ["April 2024"] * 2),
        ("Sales were £4m, and in May 2024, £3m.", [None, "May 2024"], [None, None]),
        ("Sales were £4m.", [None], [None]),
    ],
)
def test_periods(text: str, periods: list[str | None], bases: list[str | None]) -> None:
    contexts = read_contexts(read(text))
    assert [context.period and context.period.surface for context in contexts] == periods
    if bases[0] is None:
        assert [context.base and context.base.surface for context in contexts] == bases
