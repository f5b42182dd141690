"""The words around a figure: qualifiers, change, rates, ages, parts, labels and idioms, one rule a case.

Covers the modules qualifiers, changes, rates, ages, parts, proportions, joining, labels, idioms and identifiers, which
read nothing by themselves: each case gives one text and what the first figure of it must (or must not) be.
"""

from __future__ import annotations

import pytest

from headwater.domain.quantities import Dimension, Direction, Qualifier, Role
from headwater.extraction.quantities import extract_quantities


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("It ran over six weeks.", Qualifier.EXACT),  # during them
        ("It ran for over six weeks.", Qualifier.ABOVE),
        ("The past 24 hours were calm.", Qualifier.EXACT),
        ("It rose past 24 points.", Qualifier.ABOVE),
        ("It ticked up to 4%.", Qualifier.EXACT),
        ("It may reach up to 4%.", Qualifier.AT_MOST),
        ("It is near 4%.", Qualifier.ABOUT),
        ("It is near 4 villages.", Qualifier.EXACT),
        ("He sold 20 or more cars.", Qualifier.AT_LEAST),
        ("It lost 1,420 tanks and up to half its men.", Qualifier.EXACT),
        ("About a further 20 came.", Qualifier.ABOUT),
        ("as many as 300 people", Qualifier.AT_MOST),
        ("300, three times as many as in March", Qualifier.EXACT),
    ],
)
def test_qualifier(text: str, qualifier: Qualifier) -> None:
    assert extract_quantities(text)[0].qualifier is qualifier


@pytest.mark.parametrize(
    ("text", "direction", "role"),
    [
        ("Women made up 40% of it.", None, Role.LEVEL),
        ("It was up 40% on May.", Direction.UP, Role.CHANGE_BY),
        ("They raised £5m for charity.", None, Role.LEVEL),
        ("The number of 40 was wrong.", None, Role.LEVEL),
        ("A rise in costs of 40% came.", Direction.UP, Role.CHANGE_BY),
        ("Five areas had a fall of some size.", None, Role.LEVEL),
        ("A ratio of 4 percent or greater is due.", None, Role.LEVEL),
        ("It rose to an average of £5.", Direction.UP, Role.CHANGE_TO),
        ("It stayed at 4%.", Direction.UNCHANGED, Role.LEVEL),
        ("Sales fell, but 40% of firms grew.", None, Role.LEVEL),
        ("Sales fell. By 40% of accounts all was well.", None, Role.LEVEL),
    ],
)
def test_change(text: str, direction: Direction | None, role: Role) -> None:
    first = extract_quantities(text)[0]
    assert (first.direction, first.role) == (direction, role)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("He earned 20 a year ago.", None),
        ("He earned 20 a year.", "year"),
        ("5 each week came.", "week"),
        ("£5/kg is dear.", "kilogram"),
        ("£5 per capita was due.", "person"),
    ],
)
def test_rate(text: str, per: str | None) -> None:
    assert extract_quantities(text)[0].unit.per == per


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("Those over 65 came.", Dimension.AGE),
        ("People over 65, he said, came.", Dimension.AGE),
        ("Over 65 people came.", Dimension.COUNT),
        ("Ann Lee, 65, came.", Dimension.AGE),
        ("Section 8, 65 and 70 apply to 9 men.", Dimension.COUNT),
        ("Six weeks old kittens came.", Dimension.AGE),
        ("Six weeks passed.", Dimension.DURATION),
        ("He bought 3 pounds of flour.", Dimension.MASS),
        ("He was fined 3 pounds.", Dimension.CURRENCY),
        ("The last three quarters were bad.", Dimension.DURATION),
        ("Three quarters of them were bad.", Dimension.PROPORTION),
        ("He ran three times.", Dimension.COUNT),
        ("It was three times higher.", Dimension.MULTIPLE),
        ("Two in five agreed.", Dimension.PROPORTION),
        ("Two in 1998 agreed.", Dimension.COUNT),
    ],
)
def test_dimension(text: str, dimension: Dimension) -> None:
    assert extract_quantities(text)[0].unit.dimension is dimension


@pytest.mark.parametrize(
    "text",
    [
        "Tables 2A and 2B apply.",
        "Rule 19b-4 applies.",
        "He finished Couch to 5K.",
        "S&P 500 firms rose.",
        "Notes: 1. Figures are rounded.",
        "It grew (DECC, 2013b).",
        "He said it works.”8 Then he left.",
        "Subheadings 5210.49 and 5211.42 apply.",
        "They were among 2025 White House decorators.",
        "See Table 8-3.",
        "In real 1997 dollars it fell.",
        "At the end of 2023.2 Prices fell.",
        "He served in 101 Engineer Regiment.",
        "The one Germany adopted is good.",
        "The forty-ninth day came.",
        "The multi-million pound deal fell.",
    ],
)
def test_no_figure(text: str) -> None:
    assert extract_quantities(text) == ()
